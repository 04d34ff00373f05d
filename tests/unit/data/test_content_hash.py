"""The definition of equal, on examples that can be worked out by hand."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.content_hash import content_hash


def _number(value: int) -> bytes:
    return value.to_bytes(8, "little")


def _sha(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def test_it_is_what_its_definition_says() -> None:
    table = pa.table({"n": pa.array([2, None, 1], pa.int16()), "a": ["x", "yy", None]})
    # By column a, then n: (x, 2), (yy, null), (null, 1).
    text = _sha(b"\x01\x01\x00") + _sha(_number(1) + _number(2) + _number(0)) + _sha(b"xyy")
    numbers = _sha(b"\x01\x00\x01") + _sha(b"\x02\x00\x00\x00\x01\x00")
    whole = b"roundtable content 1" + _number(3) + _number(2)
    whole += _number(1) + _number(6) + b"astring" + text
    whole += _number(1) + _number(5) + b"nint16" + numbers
    assert content_hash(table) == hashlib.sha256(whole).hexdigest()


def test_it_is_the_same_today_as_ever() -> None:
    table = pa.table(
        {
            "day": pa.array([date(2026, 1, 2), None]),
            "degrees": pa.array([Decimal("-1.083333"), None], pa.decimal128(9, 6)),
            "bytes": pa.array([b"\x00\xff", b""], pa.binary()),
            "true": pa.array([True, None]),
            "none": pa.nulls(2),
        }
    )
    assert content_hash(table) == "67d14076c263489fe5a8adca1bef970453b18123804670e00fe69ad85e2b0e14"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (pa.array(["ab", "c"]), pa.array(["a", "bc"])),
        (pa.array(["", None]), pa.array([None, None], pa.string())),
        (pa.array([0, None]), pa.array([0, 0])),
        (pa.array([1, 2], pa.int32()), pa.array([1, 2], pa.int64())),
        (pa.array([True, False]), pa.array([1, 0], pa.uint8())),
        (pa.array([Decimal("1.0")]), pa.array([Decimal("1.00")])),
        (pa.array([0], pa.timestamp("us")), pa.array([0], pa.timestamp("us", "UTC"))),
        (pa.array([0], pa.timestamp("us", "UTC")), pa.array([0], pa.timestamp("ms", "UTC"))),
        (pa.array(["a"]), pa.array([b"a"])),
        (pa.array([1, 1, 2]), pa.array([1, 2, 2])),
        (pa.array([1]), pa.array([1, 1])),
        (pa.nulls(1), pa.nulls(1, pa.string())),
        (pa.array([0.0]), pa.array([float("nan")])),
        (pa.array([], pa.int64()), pa.array([], pa.string())),
    ],
)
def test_what_differs_has_another_hash(one: pa.Array, other: pa.Array) -> None:
    assert content_hash(pa.table({"a": one})) != content_hash(pa.table({"a": other}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (pa.array(["a", None]), pa.array(["a", None], pa.large_string())),
        (pa.array(["a", None]), pa.array(["a", None], pa.string_view())),
        (pa.array([b"a", None]), pa.array([b"a", None], pa.binary_view())),
        (pa.array([b"a", None]), pa.array([b"a", None], pa.large_binary())),
        (pa.array(["a", None, "a"]), pa.array(["a", None, "a"]).dictionary_encode()),
        (pa.array([0.0, float("nan")]), pa.array([-0.0, -float("nan")])),
    ],
)
def test_what_is_equal_has_the_same_hash(one: pa.Array, other: pa.Array) -> None:
    assert content_hash(pa.table({"a": one})) == content_hash(pa.table({"a": other}))


def test_rows_stay_rows() -> None:
    one = pa.table({"a": [1, 2], "b": [1, 2]})
    assert content_hash(one) != content_hash(pa.table({"a": [1, 2], "b": [2, 1]}))


def test_what_lies_under_a_null_does_not_show() -> None:
    values = pa.Array.from_buffers(
        pa.int64(), 2, [pa.py_buffer(b"\x01"), pa.py_buffer(_number(5) + _number(99))]
    )
    assert values.to_pylist() == [5, None]
    assert content_hash(pa.table({"a": values})) == content_hash(pa.table({"a": [5, None]}))


def test_neither_the_order_of_columns_nor_a_file_in_between_shows(tmp_path: Path) -> None:
    table = pa.table({"b": ["x", None, "z"], "a": [1, 2, None]})
    pq.write_table(table, tmp_path / "file", use_dictionary=False, row_group_size=1)
    assert content_hash(pq.read_table(tmp_path / "file")) == content_hash(table.select(["a", "b"]))


@pytest.mark.parametrize("values", [pa.array([[1]]), pa.array([{"a": 1}]), pa.array([1.0], pa.float16())])
def test_a_type_that_the_lake_has_no_use_for_is_refused(values: pa.Array) -> None:
    with pytest.raises(TypeError, match="does not hold columns of"):
        content_hash(pa.table({"a": values}))


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        content_hash(pa.table([[1], [2]], names=["a", "a"]))


def test_it_holds_little_beside_the_table() -> None:
    rows = 600_000
    table = pa.table({name: pa.array(range(rows)).cast(pa.string()) for name in ("a", "b", "c")})
    pool = pa.proxy_memory_pool(pa.default_memory_pool())
    before = pa.default_memory_pool()
    pa.set_memory_pool(pool)
    try:
        content_hash(table)
    finally:
        pa.set_memory_pool(before)
    assert pool.max_memory() < 8 * rows + 12_000_000
