"""Records found by what marks are digests of, where that is known: whole columns, and no digest made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.subjects.records import isin
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import MarkKind

#: The digits at the end of a telephone number that the country's code leaves alone.
_END = 9
_NO_DIGITS = "[^0-9]+"
_NEITHER_LETTER_NOR_DIGIT = "[^0-9A-Za-z]+"


def in_plain(rows: pa.Table, known: Mapping[Mark, tuple[str, ...]]) -> Iterator[pa.ChunkedArray]:
    """Masks of the records that the marks could be about; one that a mark is about is always among them.

    Args:
        rows: records, with the columns that identify.
        known: what each mark is a digest of, as governance/rights/keyed.py and likeness.py write it.
    """
    by_kind: dict[MarkKind, set[tuple[str, ...]]] = defaultdict(set)
    for mark, parts in known.items():
        by_kind[mark.what].add(parts)
    if numbers := by_kind[MarkKind.NHS_NUMBER]:
        yield isin(_without(rows.column("nhs_number"), _NO_DIGITS), {number for (number,) in numbers})
    if days := by_kind[MarkKind.BORN]:
        yield isin(rows.column("date_of_birth"), {date.fromisoformat(day) for (day,) in days})
    if phones := by_kind[MarkKind.PHONE]:
        digits = _without(rows.column("phone"), _NO_DIGITS)
        ends = pc.utf8_slice_codeunits(digits, -_END)
        yield isin(ends, {number[-_END:] for (number,) in phones})
    if numbers := by_kind[MarkKind.PERSON_NUMBER]:
        yield from _by_person_number(rows, numbers)
    if forms := by_kind[MarkKind.ADDRESS_FORM]:
        yield _in_postcodes(rows.column("postcode"), {code for _, code in forms})


def _by_person_number(rows: pa.Table, numbers: set[tuple[str, ...]]) -> Iterator[pa.ChunkedArray]:
    sent = pc.utf8_trim_whitespace(rows.column("source_person_id"))
    for dataset in sorted({dataset for dataset, _ in numbers}):
        here = pc.equal(rows.column("dataset"), dataset)
        yield pc.and_(here, isin(sent, {number for of, number in numbers if of == dataset}))


def _in_postcodes(column: pa.ChunkedArray, codes: set[str]) -> pa.ChunkedArray:
    """Where a postcode is one of those, or has letters that only folding would tell."""
    plain = isin(pc.utf8_lower(_without(column, _NEITHER_LETTER_NOR_DIGIT)), codes)
    strange = pc.fill_null(pc.invert(pc.string_is_ascii(column)), False)
    return pc.or_(plain, strange)


def _without(column: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    return pc.replace_substring_regex(column, pattern=pattern, replacement="")
