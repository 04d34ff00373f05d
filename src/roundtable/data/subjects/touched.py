"""Which records any of some marks could be about, asked of whole columns before a record is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.subjects.plain_values import in_plain
from roundtable.data.subjects.records import isin
from roundtable.governance.rights.keyed import Keyed
from roundtable.governance.rights.likeness import AS_PLAIN, born_on, phone
from roundtable.ledger.marks import Mark, addresses_in
from roundtable.ledger.models import MarkKind

_Value = TypeVar("_Value")


def touched(rows: pa.Table, marks: frozenset[Mark], keyed: Keyed) -> pa.Array:
    """Which records any of the marks could be about; never one too few, and a few that they are not about.

    A mark that was made while `keyed` remembered is looked for by what it is a digest of, in whole columns.
    Of others nobody knows that, and a digest is made of each different value. A number that was learnt from
    a likeness is looked for as any other. Likenesses themselves are looked for where the day of birth or the
    telephone is one of theirs: what else they are made of is compared then.
    """
    wanted = frozenset(Mark(AS_PLAIN.get(mark.what, mark.what), mark.value) for mark in marks)
    by_kind: dict[MarkKind, set[str]] = {kind: set() for kind in MarkKind}
    for mark in wanted:
        by_kind[mark.what].add(mark.value)
    mask = isin(rows.column("record_id"), by_kind[MarkKind.RECORD])
    mask = pc.or_(mask, isin(rows.column("address_id"), by_kind[MarkKind.ADDRESS]))
    known = {mark: keyed.plain[mark] for mark in wanted if mark in keyed.plain} if keyed.plain else {}
    for found in in_plain(rows, known):
        mask = pc.or_(mask, found)
    for found in _by_digest(rows, wanted - known.keys(), replace(keyed, plain=None)):
        mask = pc.or_(mask, found)
    return mask


def _by_digest(rows: pa.Table, wanted: frozenset[Mark], keyed: Keyed) -> Iterator[pa.ChunkedArray]:
    kinds = {mark.what for mark in wanted}
    if MarkKind.PERSON_NUMBER in kinds:
        yield _by_person_number(rows, wanted, keyed)
    if MarkKind.ADDRESS_FORM in kinds:
        yield at_address(rows, wanted, keyed)
    for kind, name, made in _of_one_column(keyed):
        if kind in kinds:
            column = rows.column(name)
            yield isin(column, _values(column, made, wanted))


def placed_alike(rows: pa.Table, marks: frozenset[Mark], keyed: Keyed) -> pa.ChunkedArray:
    """Which rows could stand at an address that a mark writes; a few more, and never one too few."""
    forms = frozenset(mark for mark in marks if mark.what is MarkKind.ADDRESS_FORM)
    known = {mark: keyed.plain[mark] for mark in forms if mark in keyed.plain} if keyed.plain else {}
    mask = isin(rows.column("address_id"), addresses_in(marks))
    for found in in_plain(rows, known):
        mask = pc.or_(mask, found)
    left = forms - known.keys()
    return pc.or_(mask, at_address(rows, left, replace(keyed, plain=None))) if left else mask


def _of_one_column(keyed: Keyed) -> Iterator[tuple[MarkKind, str, Callable[..., Mark | None]]]:
    yield MarkKind.NHS_NUMBER, "nhs_number", keyed.nhs_number
    yield MarkKind.BORN, "date_of_birth", partial(born_on, keyed)
    yield MarkKind.PHONE, "phone", partial(phone, keyed)


def _by_person_number(rows: pa.Table, wanted: frozenset[Mark], keyed: Keyed) -> pa.Array:
    mask = pa.chunked_array([pa.repeat(False, rows.num_rows)])
    for dataset in pc.unique(rows.column("dataset")).to_pylist():
        here = pc.equal(rows.column("dataset"), dataset)
        numbers = rows.filter(here).column("source_person_id")
        known = _values(numbers, partial(keyed.person_number, dataset), wanted)
        mask = pc.or_(mask, pc.and_(here, isin(rows.column("source_person_id"), known)))
    return mask


def _values(
    column: pa.ChunkedArray, mark: Callable[[_Value], Mark | None], wanted: frozenset[Mark]
) -> set[_Value]:
    """The different values of a column whose mark is wanted."""
    return {value for value in pc.unique(column).to_pylist() if value is not None and mark(value) in wanted}


def at_address(rows: pa.Table, marks: frozenset[Mark], keyed: Keyed) -> pa.Array:
    """Records whose address is written as a wanted one is."""
    both = rows.select(["address", "postcode"])
    known: Mapping[tuple[str | None, str | None], bool] = {
        (one["address"], one["postcode"]): keyed.address_form(one["address"], one["postcode"]) in marks
        for one in both.group_by(["address", "postcode"]).aggregate([]).to_pylist()
    }
    pairs = zip(both.column("address").to_pylist(), both.column("postcode").to_pylist(), strict=True)
    return pa.chunked_array([pa.array([known[pair] for pair in pairs], pa.bool_())])
