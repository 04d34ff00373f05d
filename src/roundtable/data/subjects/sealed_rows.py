"""Rows that were not taken and have no ids: whether what they say is about somebody under seal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from roundtable.data.lake import Lake
from roundtable.governance.rights.folding import digits_of
from roundtable.governance.rights.keyed import Keyed
from roundtable.ledger import seals
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import MarkKind

_Where = TypeVar("_Where")
_NHS_DIGITS, _UPRN_DIGITS = 10, 12
Said = Mapping[str, str | None]


def without_sealed(lake: Lake, dataset: str, rows: Mapping[_Where, Said]) -> dict[_Where, Said]:
    """Rows of a dataset without those that bear a sealed number or address in any of their values.

    A row in quarantine may have its values in the wrong places, so that each is tried as everything it could
    be: an NHS number, a property's number, the source's number for a person, a line with any postcode.

    Args:
        lake: with the keys; without them, nothing that is private can be read anyway.
        dataset: the id of the dataset.
        rows: what each row says, by where it stands.
    """
    sealed = frozenset(mark for marks in seals.standing_marks().values() for mark in marks)
    if not sealed or lake.keyring is None:
        return dict(rows)
    keyed = Keyed(lake.keyring)
    kinds = {mark.what for mark in sealed}
    return {
        where: said
        for where, said in rows.items()
        if sealed.isdisjoint(_marks(dataset, [value for value in said.values() if value], keyed, kinds))
    }


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
