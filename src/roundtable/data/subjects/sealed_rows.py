"""Rows that were not taken and have no ids: whether what they say is about somebody under seal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import product
from typing import TypeVar

from roundtable.data.lake import Lake
from roundtable.governance.rights.folding import digits_of
from roundtable.governance.rights.keyed import Identity, Keyed
from roundtable.governance.rights.likeness import AS_PLAIN, Known, born_on, phone
from roundtable.ledger import seals
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import MarkKind

_Where = TypeVar("_Where")
_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%y", "%Y%m%d")
_NHS_DIGITS, _UPRN_DIGITS = 10, 12
Said = Mapping[str, str | None]


def without_sealed(lake: Lake, dataset: str, rows: Mapping[_Where, Said]) -> dict[_Where, Said]:
    """Rows of a dataset without those that bear a sealed number or address in any of their values.

    A row in quarantine may have its values in the wrong places, so that each is tried as everything it could
    be: an NHS number, a property's number, the source's number for a person, a line with any postcode, and
    with the others a name and a date of birth, or a surname and a telephone.

    Args:
        lake: with the keys; without them, nothing that is private can be read anyway.
        dataset: the id of the dataset.
        rows: what each row says, by where it stands.
    """
    sealed = frozenset(
        Mark(AS_PLAIN.get(mark.what, mark.what), mark.value)
        for marks in seals.standing_marks().values()
        for mark in marks
    )
    if not sealed or lake.keyring is None:
        return dict(rows)
    keyed = Keyed(lake.keyring)
    kinds = {mark.what for mark in sealed}
    left: dict[_Where, Said] = {}
    for where, said in rows.items():
        values = [value for value in said.values() if value]
        named = not sealed.isdisjoint(_marks(dataset, values, keyed, kinds))
        if not named and not _is_like(values, keyed, sealed):
            left[where] = said
    return left


def _marks(dataset: str, values: list[str], keyed: Keyed, kinds: set[MarkKind]) -> Iterator[Mark]:
    for value in values:
        digits = digits_of(value)
        found = [keyed.person_number(dataset, value)]
        if len(digits) == _NHS_DIGITS:
            found.append(keyed.nhs_number(digits))
        if 0 < len(digits.lstrip("0")) <= _UPRN_DIGITS:
            found.append(keyed.address(digits))
        if MarkKind.ADDRESS_FORM in kinds:
            found += [keyed.address_form(value, other) for other in values if other is not value]
        yield from (mark for mark in found if mark is not None)


def _is_like(values: list[str], keyed: Keyed, sealed: frozenset[Mark]) -> bool:
    """Whether the values, each tried as every part of a name, a birth and a telephone, are like somebody.

    A day or a telephone that nobody under seal has ends it: most rows are done with then.
    """
    days = {day for value in values for day in _days(value) if born_on(keyed, day) in sealed}
    phones = {value for value in values if phone(keyed, value) in sealed}
    if not days and not phones:
        return False
    words = [value for value in values if any(letter.isalpha() for letter in value)]
    some_day: list[date | None] = [*sorted(days)] or [None]
    some_phone: list[str | None] = [*sorted(phones)] or [None]
    tried = [
        *(_said(*parts) for parts in product(words, words, some_day, some_phone)),
        *(_said(None, None, *parts) for parts in product(some_day, some_phone, words)),
    ]
    return any(not sealed.isdisjoint(Known(one, keyed).alike) for one in tried)


def _said(
    first: str | None, last: str | None, day: date | None, number: str | None, whole: str | None = None
) -> Identity:
    return Identity("", "", given_name=first, surname=last, full_name=whole, date_of_birth=day, phone=number)


def _days(value: str) -> Iterator[date]:
    """The days that a value could be, in the ways in which dates are sent."""
    for form in _DATES:
        try:
            yield datetime.strptime(value.strip()[:10], form).date()
        except ValueError:
            continue
