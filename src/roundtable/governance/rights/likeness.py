"""By what a record is probably of the same person, where no number says so: what a seal reaches besides.

It stands on the side of safety: that a stranger of the same name and day of birth is left out too costs them
less than an address that comes out costs whoever hides there. It is exact matching of folded parts, and each
likeness needs several of them together:

- forename, surname and date of birth, with a former surname and what somebody is called as further names;
- forename and date of birth at the same postcode or property, whatever the surname;
- forename, surname and one of those places, with the day and the month of birth either way round;
- surname and telephone, for sources that send little else.

A likeness is learnt from records that a number, an address or a post has put under seal, and never from one
that was itself reached by a likeness: two uncertain steps make no certain one, and so nobody is reached by
way of a namesake. Linkage can take this over: what it says is the same person comes in here as a number does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from roundtable.governance.rights.folding import digits_of, folded, folded_postcode
from roundtable.governance.rights.keyed import Identity, Keyed
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import MarkKind

#: What reaches a record by likeness, the surest first.
LIKENESS = (MarkKind.NAMED_BORN, MarkKind.BORN_AT, MarkKind.SWAPPED_BORN, MarkKind.PHONED)
#: How a number of a record is kept that was reached by likeness alone.
_LIKELY = {
    MarkKind.RECORD: MarkKind.LIKELY_RECORD,
    MarkKind.NHS_NUMBER: MarkKind.LIKELY_NHS_NUMBER,
    MarkKind.PERSON_NUMBER: MarkKind.LIKELY_PERSON_NUMBER,
}
#: The same the other way round.
AS_PLAIN = {likely: plain for plain, likely in _LIKELY.items()}
_TITLES = frozenset(
    ("mr", "mrs", "miss", "ms", "mx", "dr", "master", "prof", "professor", "rev", "reverend", "sir", "dame")
)
#: Fewer digits are an extension or half a number, which many people have.
_PHONE_DIGITS = 10


@dataclass(frozen=True)
class Known:
    """One record and every mark of it, each worked out once however many seals ask."""

    one: Identity
    keyed: Keyed

    @cached_property
    def person(self) -> frozenset[Mark]:
        """The record and its numbers."""
        return self.keyed.person(self.one)

    @cached_property
    def place(self) -> frozenset[Mark]:
        """Its address."""
        return self.keyed.place(self.one)

    @cached_property
    def likely(self) -> frozenset[Mark]:
        """The record and its numbers, as they are kept where a likeness alone reached it."""
        return frozenset(Mark(_LIKELY[mark.what], mark.value) for mark in self.person)

    @cached_property
    def alike(self) -> frozenset[Mark]:
        """By what other records are like it."""
        return frozenset(_alike(self.one, self.keyed))

    @cached_property
    def where_to_look(self) -> frozenset[Mark]:
        """The days of birth and the telephone that a record like it has, asked of whole columns."""
        days = [born_on(self.keyed, day) for day in _either_way(self.one.date_of_birth)]
        return frozenset(mark for mark in (*days, phone(self.keyed, self.one.phone)) if mark is not None)


def born_on(keyed: Keyed, day: date | None) -> Mark | None:
    """The mark of a date of birth; None for none."""
    return keyed.digest(MarkKind.BORN, day.isoformat()) if day is not None else None


def phone(keyed: Keyed, number: str | None) -> Mark | None:
    """The mark of a telephone number, with or without the country's code; None for none or a part of one."""
    plain = _phone_digits(number)
    return keyed.digest(MarkKind.PHONE, plain) if plain else None


def _alike(one: Identity, keyed: Keyed) -> Iterator[Mark]:
    forenames, surnames = _names(one)
    number = _phone_digits(one.phone)
    if number:
        yield from (keyed.digest(MarkKind.PHONED, name, number) for name in surnames)
    born = one.date_of_birth
    if born is None:
        return
    places = [place for place in (folded_postcode(one.postcode), one.address_id) if place]
    for first in forenames:
        yield from (keyed.digest(MarkKind.BORN_AT, first, born.isoformat(), place) for place in places)
        for last in surnames:
            # Sources with one field for the name write it either way round.
            pair = sorted((first, last))
            yield keyed.digest(MarkKind.NAMED_BORN, *pair, born.isoformat())
            if born.day != born.month and born.day <= 12:
                day = min(_either_way(born)).isoformat()
                yield from (keyed.digest(MarkKind.SWAPPED_BORN, *pair, day, place) for place in places)


def _either_way(day: date | None) -> tuple[date, ...]:
    if day is None:
        return ()
    return (day, day.replace(month=day.day, day=day.month)) if day.day <= 12 else (day,)


def _names(one: Identity) -> tuple[list[str], list[str]]:
    """The forenames and the surnames that a record could stand under, each once and in order."""
    whole_first, whole_last = _taken_apart(one.full_name)
    first = {_first(one.given_name), _first(one.known_as), whole_first}
    last = {_joined(one.surname), _joined(one.former_surname), whole_last}
    return sorted(first - {""}), sorted(last - {""})


def _taken_apart(whole: str | None) -> tuple[str, str]:
    """The forename and the surname of a name in one field: the surname is last, or stands before a comma."""
    last, comma, rest = (whole or "").partition(",")
    if comma:
        return _first(rest), _joined(last)
    words = [word for word in folded(whole).split() if word not in _TITLES]
    return (words[0], words[-1]) if len(words) > 1 else ("", "")


def _first(text: str | None) -> str:
    return next((word for word in folded(text).split() if word not in _TITLES), "")


def _joined(text: str | None) -> str:
    return folded(text).replace(" ", "")


def _phone_digits(number: str | None) -> str:
    plain = digits_of(number)
    for abroad in ("0044", "44"):
        if plain.startswith(abroad):
            plain = "0" + plain.removeprefix(abroad).removeprefix("0")
            break
    return plain if len(plain) >= _PHONE_DIGITS else ""
