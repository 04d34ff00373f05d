"""A county's cleaned records many times over: the same names, other birthdays, numbers, homes and telephones.

To measure a search among a million records a million are needed, and to make a county of that size takes
longer than the search is worth. Each copy is of other people: what tells a person from others is changed
alike wherever it stands, so that a person's records still agree; names stay, so that as many share one as
among a million.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType

import pyarrow as pa
import pyarrow.compute as pc

#: Between one copy's birthdays and the next one's; prime to the days of a week and a year.
DAYS = 97
_BASE = 10**9
_STEP = 7_919_333
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def enlarged(cleaned: pa.Table, copies: int) -> pa.Table:
    """Cleaned records and `copies` - 1 times as many of other people, sorted by record id."""
    tables = [cleaned, *(_copy(cleaned, number) for number in range(1, copies))]
    return pa.concat_tables(tables).sort_by("record_id").combine_chunks()


def _copy(cleaned: pa.Table, number: int) -> pa.Table:
    columns = []
    for field in cleaned.schema:
        column = cleaned[field.name]
        change = CHANGES.get(field.name)
        columns.append(column if change is None else _changed(column, change, number))
    return pa.table(columns, schema=cleaned.schema)


def _changed(column: pa.ChunkedArray, change: Callable[[str, int], str], copy: int) -> pa.Array:
    """Each different value changed once."""
    coded = pc.dictionary_encode(column.combine_chunks())
    words = pa.array([change(text, copy) for text in coded.dictionary.to_pylist()], pa.string())
    return words.take(coded.indices)


def _number(text: str, copy: int) -> str:
    return f"{text}-{copy}"


def _born(text: str, copy: int) -> str:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return text
    return f"{day + timedelta(days=DAYS * copy):%Y%m%d}"


def _nhs(text: str, copy: int) -> str:
    """Another number with a right check digit (modulus 11, NHS Data Dictionary)."""
    base = (int(text[:9]) + _STEP * copy) % _BASE
    while (
        check := 11 - sum(int(one) * by for one, by in zip(f"{base:09}", range(10, 1, -1), strict=True)) % 11
    ) == 10:
        base = (base + 1) % _BASE
    return f"{base:09}{0 if check == 11 else check}"


def _mobile(text: str, copy: int) -> str:
    return f"07{'12345789'[copy % 8]}{(int(text[3:]) + _STEP * copy) % 10**8:08}"


def _landline(text: str, copy: int) -> str:
    return f"{text[:-7]}{(int(text[-7:]) + _STEP * copy) % 10**7:07}"


def _email(text: str, copy: int) -> str:
    return f"{copy}.{text}"


def _postcode(text: str, copy: int) -> str:
    return text[:1] + _LETTERS[copy % len(_LETTERS)] + text[2:] if text[1:2].isalpha() else text


CHANGES: Mapping[str, Callable[[str, int], str]] = MappingProxyType(
    {
        "record_id": _number,
        "source_person": _number,
        "other_number": _number,
        "date_of_birth": _born,
        "nhs_number": _nhs,
        "mobile": _mobile,
        "landline": _landline,
        "email": _email,
        "postcode": _postcode,
        "outward": _postcode,
        "address_id": _number,
    }
)
