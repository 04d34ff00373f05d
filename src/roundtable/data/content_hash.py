"""When two tables are equal: when the hash of their content is.

The hash is SHA-256 over the following, numbers being written as 8 bytes, least significant first:

1. the text `roundtable content 1`, the number of rows and the number of columns;
2. for each column, in the order of the columns' names: the length of the name and of the type's name,
   both in bytes, the name, the type's name, and then one SHA-256 for each of
   a. its presence: one byte a row, 1 for a value and 0 for null;
   b. its lengths, for text and binary only: the bytes of each value as a number, 0 for null;
   c. its values: the bytes of each value in turn. Numbers, dates and times are as Arrow lays them out,
      least significant byte first, with 0 for null; true is 1; a null text takes no bytes.

Rows are taken in ascending order of all the columns, compared in the order of their names, nulls last;
rows that are alike in every column are the same bytes in any order. So the hash does not depend on the
order of rows or columns, on chunks, slices or dictionaries, or on how a file is laid out; it changes with any
value, null, row, type or name. Large and view types have the type name of the plain one. Of floating
numbers, all that are not numbers are one value, and so are the two zeros.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: Rows that are put in order and hashed at a time: what is held beside the table and its order.
ROWS_AT_A_TIME = 65_536

_TEXT = (pa.types.is_string, pa.types.is_large_string)
_BINARY = (pa.types.is_binary, pa.types.is_large_binary)
_FIXED = (
    pa.types.is_null,
    pa.types.is_boolean,
    pa.types.is_integer,
    pa.types.is_decimal,
    pa.types.is_date,
    pa.types.is_time,
    pa.types.is_timestamp,
    pa.types.is_duration,
)


def content_hash(table: pa.Table) -> str:
    """SHA-256 of a table's content, as hexadecimal digits. This module says of what, exactly.

    Beside the table it holds 8 bytes a row and 65,536 rows, and what its dictionaries and floating
    numbers come to when they are written out.

    Raises:
        TypeError: a column holds lists, structs or another type that the lake has no use for.
        ValueError: two columns have the same name.
    """
    plain = _plain(table)
    columns = [_ColumnHash(field) for field in plain.schema]
    for rows in _in_order(plain):
        for column, values in zip(columns, rows.columns, strict=True):
            column.update(_one_array(values))
    whole = hashlib.sha256(b"roundtable content 1" + _number(plain.num_rows) + _number(len(columns)))
    for column in columns:
        whole.update(column.digest())
    return whole.hexdigest()


class _ColumnHash:
    """The hashes of one column, fed with its values in order."""

    def __init__(self, field: pa.Field) -> None:
        self._name: bytes = field.name.encode()
        self._kind = _kind_name(field.type).encode()
        self._presence, self._lengths, self._values = (hashlib.sha256() for _ in range(3))
        self._has_lengths = _is_any(field.type, _TEXT + _BINARY)

    def update(self, values: pa.Array) -> None:
        """Take in the next values."""
        self._presence.update(np.asarray(pc.is_valid(values)).tobytes())
        if self._has_lengths:
            self._update_lengths(values)
        elif not pa.types.is_null(values.type):
            self._values.update(_fixed_bytes(values))

    def _update_lengths(self, values: pa.Array) -> None:
        filled = pc.fill_null(values, b"" if pa.types.is_large_binary(values.type) else "")
        _, offsets, data = filled.buffers()
        ends = np.frombuffer(offsets, np.int64)[filled.offset : filled.offset + len(filled) + 1]
        self._lengths.update(np.diff(ends).tobytes())
        if data is not None:
            self._values.update(memoryview(data)[ends[0] : ends[-1]])

    def digest(self) -> bytes:
        """Name, type and hashes."""
        named = _number(len(self._name)) + _number(len(self._kind)) + self._name + self._kind
        lengths = self._lengths.digest() if self._has_lengths else b""
        return named + self._presence.digest() + lengths + self._values.digest()


def _plain(table: pa.Table) -> pa.Table:
    """The same values in columns of name order, of types that can be put in order."""
    names = sorted(table.column_names)
    if len(set(names)) < len(names):
        raise ValueError("two columns have the same name")
    return pa.table({name: _plain_column(table[name]) for name in names})


def _plain_column(values: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _plain_column(values.cast(kind.value_type))
    if pa.types.is_string_view(kind):
        return values.cast(pa.large_string())
    if pa.types.is_binary_view(kind):
        return values.cast(pa.large_binary())
    if pa.types.is_float32(kind) or pa.types.is_float64(kind):
        # Adding zero turns the negative zero into the positive one and changes nothing else.
        numbers = pc.add(values, pa.scalar(0.0, kind))
        return pc.if_else(pc.is_nan(numbers), pa.scalar(float("nan"), kind), numbers)
    if _is_any(kind, _TEXT + _BINARY + _FIXED):
        return values
    raise TypeError(f"a table of the lake does not hold columns of {kind}")


def _in_order(table: pa.Table) -> Iterator[pa.Table]:
    """The rows in the order of all the columns, some at a time."""
    keys = [(field.name, "ascending") for field in table.schema if not pa.types.is_null(field.type)]
    order = pc.sort_indices(table, sort_keys=keys) if keys else None
    for start in range(0, table.num_rows, ROWS_AT_A_TIME):
        if order is None:
            yield table.slice(start, ROWS_AT_A_TIME)
        else:
            yield table.take(order.slice(start, ROWS_AT_A_TIME))


def _one_array(values: pa.ChunkedArray) -> pa.Array:
    """The rows of a chunked column as one array, text and binary with 8 bytes to a length."""
    if _is_any(values.type, _TEXT):
        values = values.cast(pa.large_string())
    elif _is_any(values.type, _BINARY):
        values = values.cast(pa.large_binary())
    return values.combine_chunks()


def _fixed_bytes(values: pa.Array) -> Any:
    if pa.types.is_boolean(values.type):
        values = values.cast(pa.uint8())
    width = values.type.bit_width // 8
    if values.null_count:
        zero = pa.Array.from_buffers(values.type, 1, [None, pa.py_buffer(bytes(width))])[0]
        values = pc.fill_null(values, zero)
    return memoryview(values.buffers()[1])[values.offset * width : (values.offset + len(values)) * width]


def _is_any(kind: pa.DataType, families: tuple[Callable[[pa.DataType], bool], ...]) -> bool:
    return any(is_one(kind) for is_one in families)


def _kind_name(kind: pa.DataType) -> str:
    return str(kind).removeprefix("large_")


def _number(value: int) -> bytes:
    return value.to_bytes(8, "little")
