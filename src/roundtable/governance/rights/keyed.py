"""Identifiers as keyed digests, so that a seal, an objection or a suppression can know them again.

Each kind has a key of its own, from the first version of the partnership's keys: what was sealed before a
rotation must be found after it. A digest says nothing to whoever has no key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from roundtable.governance.keys import Keyring
from roundtable.governance.pseudonyms import SEPARATOR, address_id, keyed
from roundtable.governance.rights.folding import digits_of, folded, folded_name, folded_postcode
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import MarkKind


@dataclass(frozen=True)
class Identity:
    """What one record says about who it is of, as it stands in the vault. None where it says nothing."""

    record_id: str
    dataset: str
    source_person_id: str | None = None
    full_name: str | None = None
    given_name: str | None = None
    surname: str | None = None
    former_surname: str | None = None
    known_as: str | None = None
    date_of_birth: date | None = None
    nhs_number: str | None = None
    phone: str | None = None
    address: str | None = None
    postcode: str | None = None
    address_id: str | None = None


@dataclass(frozen=True)
class Keyed:
    """Makes marks with a partnership's keys.

    Attributes:
        keyring: the keys.
        plain: what each mark that was made is a digest of, where that is to be remembered; in memory alone.
    """

    keyring: Keyring
    plain: dict[Mark, tuple[str, ...]] | None = field(default=None, repr=False, compare=False)
    _keys: dict[MarkKind, bytes] = field(default_factory=dict, repr=False, compare=False)

    def nhs_number(self, number: str | None) -> Mark | None:
        """The mark of an NHS number, however it is spaced; None for none."""
        plain = digits_of(number)
        return self.digest(MarkKind.NHS_NUMBER, plain) if plain else None

    def person_number(self, dataset: str, number: str | None) -> Mark | None:
        """The mark of a dataset's own number for a person; None for none."""
        plain = (number or "").strip()
        return self.digest(MarkKind.PERSON_NUMBER, dataset, plain) if plain else None

    def address_form(self, address: str | None, postcode: str | None) -> Mark | None:
        """The mark of an address as it is written; None unless both its line and its postcode are known."""
        code = folded_postcode(postcode)
        bare = _without_postcode(folded(address), code)
        return self.digest(MarkKind.ADDRESS_FORM, bare, code) if bare and code else None

    def name_and_birth(self, one: Identity) -> Mark | None:
        """The mark of a name, a day of birth and a postcode together; None unless all are known."""
        name = folded_name(one.full_name, one.given_name, one.surname)
        code = folded_postcode(one.postcode)
        if not (name and code and one.date_of_birth):
            return None
        return self.digest(MarkKind.NAME_AND_BIRTH, name, one.date_of_birth.isoformat(), code)

    def address(self, uprn: str) -> Mark | None:
        """The mark of an address by its UPRN; None for none."""
        found = address_id(self.keyring, uprn)
        return Mark(MarkKind.ADDRESS, found) if found else None

    def person(self, one: Identity) -> frozenset[Mark]:
        """By what other records of the same person are known: the record, its numbers."""
        return frozenset(
            mark
            for mark in (
                Mark(MarkKind.RECORD, one.record_id),
                self.nhs_number(one.nhs_number),
                self.person_number(one.dataset, one.source_person_id),
            )
            if mark is not None
        )

    def place(self, one: Identity) -> frozenset[Mark]:
        """By what the address of a record is known: its id, and how it is written."""
        return self.written_place(one.address_id, one.address, one.postcode)

    def written_place(
        self, address_id: str | None, address: str | None, postcode: str | None
    ) -> frozenset[Mark]:
        """By what an address is known: its id, and how it is written; what is not known makes no mark."""
        held = Mark(MarkKind.ADDRESS, address_id) if address_id else None
        return frozenset(mark for mark in (held, self.address_form(address, postcode)) if mark)

    def erased(self, record_id: str) -> Mark:
        """The mark of a record that was erased: its id itself is to be nowhere."""
        return self.digest(MarkKind.RECORD, record_id)

    def suppressed(self, one: Identity) -> Iterator[Mark]:
        """By what a row that was erased is known when it is sent again: first as the very same record."""
        yield self.erased(one.record_id)
        numbers = (self.nhs_number(one.nhs_number), self.person_number(one.dataset, one.source_person_id))
        yield from (mark for mark in numbers if mark is not None)
        named = self.name_and_birth(one)
        if named is not None:
            yield named

    def digest(self, what: MarkKind, *parts: str) -> Mark:
        """The mark of a kind, of parts that are written alike already."""
        if what not in self._keys:
            self._keys[what] = self.keyring.derive(f"mark {what.value}", self.keyring.first)
        mark = Mark(what, keyed(self._keys[what], SEPARATOR.join(parts)))
        if self.plain is not None:
            self.plain[mark] = parts
        return mark


def _without_postcode(line: str, code: str) -> str:
    """A line without the postcode at its end: it is the same address as one that never had it."""
    words = line.split()
    for number in range(1, min(3, len(words)) + 1):
        if "".join(words[-number:]) == code:
            return " ".join(words[:-number])
    return line
