"""The hash of a table's content: nothing of its layout shows, everything of its content does."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import assume, given
from hypothesis import strategies as st

from roundtable.data.content_hash import content_hash
from roundtable.data.tables import LAKE_TABLES

INSTANT = pa.timestamp("us", tz="UTC")
DEGREES = pa.decimal128(9, 6)
KINDS: dict[pa.DataType, st.SearchStrategy[Any]] = {
    pa.string(): st.text(max_size=5),
    pa.binary(): st.binary(max_size=5),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.int16(): st.integers(-3, 3),
    pa.bool_(): st.booleans(),
    pa.date32(): st.dates(),
    INSTANT: st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    DEGREES: st.decimals(Decimal(-180), Decimal(180), places=6),
    pa.float64(): st.floats(),
}
NAMES = ("area", "code", "day", "harm")


@st.composite
def tables(draw: st.DrawFn, least_rows: int = 0) -> pa.Table:
    """A table of up to four columns of the lake's types, with nulls and with rows that are alike."""
    kinds = draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=4))
    rows = draw(st.integers(least_rows, 12))
    columns = {}
    for name, kind in zip(NAMES, kinds, strict=False):
        few = draw(st.lists(st.none() | KINDS[kind], min_size=1, max_size=4))
        values = draw(st.lists(st.sampled_from(few), min_size=rows, max_size=rows))
        columns[name] = pa.array(values, kind)
    return pa.table(columns)


@given(tables(), st.data())
def test_neither_the_order_of_rows_nor_that_of_columns_shows(table: pa.Table, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(table.num_rows)))
    names = data.draw(st.permutations(table.column_names))
    shuffled = table.take(pa.array(order, pa.int64())).select(names)
    assert content_hash(shuffled) == content_hash(table)


@given(tables(), st.data())
def test_neither_chunks_nor_slices_show(table: pa.Table, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, table.num_rows))
    twice = pa.concat_tables([table, table, table])
    middle = twice.slice(table.num_rows, table.num_rows)
    parts = [middle.slice(0, at), middle.slice(at, 0), middle.slice(at)]
    assert content_hash(pa.concat_tables(parts)) == content_hash(table)


@given(tables())
def test_dictionaries_do_not_show(table: pa.Table) -> None:
    encoded = {name: table[name].dictionary_encode() for name in table.column_names}
    assert content_hash(pa.table(encoded)) == content_hash(table)


@given(tables(least_rows=1), st.data())
def test_any_other_value_shows(table: pa.Table, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(table.column_names))
    row = data.draw(st.integers(0, table.num_rows - 1))
    values = table[name].to_pylist()
    other = data.draw(st.none() | KINDS[table[name].type])
    assume(other != values[row])
    # Two values that are no numbers are one value.
    assume(not (other != other and values[row] != values[row]))
    values[row] = other
    changed = table.set_column(table.column_names.index(name), name, pa.array(values, table[name].type))
    assert content_hash(changed) != content_hash(table)


@given(tables(least_rows=1), st.data())
def test_one_row_more_or_less_shows(table: pa.Table, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, table.num_rows - 1))
    more = pa.concat_tables([table, table.slice(row, 1)])
    less = pa.concat_tables([table.slice(0, row), table.slice(row + 1)])
    assert len({content_hash(table), content_hash(more), content_hash(less)}) == 3


@given(tables())
def test_another_name_and_another_column_show(table: pa.Table) -> None:
    first, *rest = table.column_names
    renamed = table.rename_columns([f"{first}_", *rest])
    longer = table.append_column("more", pa.nulls(table.num_rows, pa.string()))
    assert len({content_hash(table), content_hash(renamed), content_hash(longer)}) == 3


@given(st.lists(st.none() | st.integers(0, 100), max_size=5))
def test_another_type_shows(values: list[int | None]) -> None:
    kinds = [pa.int8(), pa.int64(), pa.uint8(), pa.float64(), pa.decimal128(21, 0), pa.decimal128(21, 2)]
    hashes = {content_hash(pa.table({"a": pa.array(values, pa.int64()).cast(kind)})) for kind in kinds}
    assert len(hashes) == len(kinds)


def test_every_type_of_the_lake_is_tried() -> None:
    used = {field.type for table in LAKE_TABLES.values() for field in table.schema}
    assert used <= set(KINDS)
