"""Whether the engines still do alike what the steps rely on, and which versions that is known of.

Each case is one Ibis operation over the same few rows, with the answer written down. A case that fails
says which operation a new version has changed, before a measure of harm does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.engine import Engine
from roundtable.data.tables import LakeTable
from roundtable.insight.harm.ratio import parts_per_million, ratio

SCHEMA = pa.schema(
    [
        pa.field("id", pa.int64()),
        pa.field("name", pa.string()),
        pa.field("day", pa.date32()),
        pa.field("at", pa.timestamp("us", "UTC")),
        pa.field("x", pa.decimal128(9, 6)),
        pa.field("n", pa.int64()),
        pa.field("shape", pa.binary()),
    ]
)
NOON = datetime(2024, 2, 29, 12, 30, 15, 123456, UTC)
ROWS = [
    (1, "b", date(2024, 2, 29), NOON, Decimal("-1.123456"), 7, b"\x01\x00"),
    (2, None, date(2023, 12, 31), None, None, None, None),
    (3, "É", date(2024, 2, 1), NOON, Decimal("-1.123456"), 2**60, b""),
    (4, "a", date(2024, 1, 1), NOON, Decimal("0.000001"), 0, b"\xff"),
]
TABLE = LakeTable("battery", SCHEMA, ("id",), "The rows that every case starts from.")


@dataclass(frozen=True)
class Case:
    """One operation: what is asked, the type of the answer, and the answer for each row of the result."""

    ask: Callable[[Any], Any]
    kind: pa.DataType
    answer: list[Any]


def _column(ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda t: t.select("id", answer=ask(t))


def _grouped(key: str, ask: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda t: t.group_by(id=t[key].length()).agg(answer=ask(t))


def _ordered(*order: Any) -> Callable[[Any], Any]:
    return _column(lambda t: ibis.row_number().over(ibis.window(order_by=list(order))).cast("int64"))


WHOLE, TEXT, DAY = pa.int64(), pa.string(), pa.date32()
CASES = {
    "bytes come through": Case(_column(lambda t: t.shape), pa.binary(), [b"\x01\x00", None, b"", b"\xff"]),
    "decimals keep their places": Case(
        _column(lambda t: t.x),
        pa.decimal128(9, 6),
        [Decimal("-1.123456"), None, Decimal("-1.123456"), Decimal("0.000001")],
    ),
    "an instant keeps its microseconds": Case(
        _column(lambda t: t.at), pa.timestamp("us", "UTC"), [NOON, None, NOON, NOON]
    ),
    "the month of a day": Case(
        _column(lambda t: ibis.date(t.day.year(), t.day.month(), 1)),
        DAY,
        [date(2024, 2, 1), date(2023, 12, 1), date(2024, 2, 1), date(2024, 1, 1)],
    ),
    "a whole remainder": Case(_column(lambda t: t.n % 3), WHOLE, [1, None, 2**60 % 3, 0]),
    "a product that a double cannot hold": Case(
        _column(lambda t: (t.n + 1) * 7), WHOLE, [56, None, (2**60 + 1) * 7, 7]
    ),
    "a ratio rounded half up": Case(
        _column(lambda t: ratio(t.id * 2 + 1, t.id * 0 + 2, 0)), WHOLE, [2, 3, 4, 5]
    ),
    "a large ratio, exact": Case(
        _column(lambda t: ratio(t.n, t.n * 0 + 1024, 0)), WHOLE, [0, None, 2**50, 0]
    ),
    "a share of a whole of nought": Case(
        _column(lambda t: parts_per_million(t.id, t.n)), WHOLE, [142857, None, 0, None]
    ),
    "the first of two where one is null": Case(
        _column(lambda t: t.name.fill_null("none")), TEXT, ["b", "none", "É", "a"]
    ),
    "one of two, by a condition that may be null": Case(
        _column(lambda t: ibis.ifelse(t.n > 5, "many", "few")), TEXT, ["many", "few", "many", "few"]
    ),
    "whether it is one of several": Case(
        _column(lambda t: ibis.ifelse(t.name.isin(("a", "b")), 1, 0)), WHOLE, [1, 0, 0, 1]
    ),
    "texts joined; a null makes a null": Case(
        _column(lambda t: t.name + ":" + t.name), TEXT, ["b:b", None, "É:É", "a:a"]
    ),
    "texts sort by their bytes, nulls last": Case(_ordered(ibis.asc("name")), WHOLE, [1, 3, 2, 0]),
    "falling order, nulls last": Case(_ordered(ibis.desc("n"), ibis.asc("id")), WHOLE, [1, 3, 0, 2]),
    "a sum, cast to 64 bits": Case(_grouped("name", lambda t: t.id.sum().cast("int64")), WHOLE, [8, 2]),
    "a sum of nothing but nulls": Case(
        _grouped("name", lambda t: t.n.sum().cast("int64")), WHOLE, [2**60 + 7, None]
    ),
    "a count of distinct values": Case(
        _grouped("name", lambda t: t.x.nunique().cast("int64")), WHOLE, [2, 0]
    ),
    "the least of a group": Case(
        _grouped("name", lambda t: t.day.min()), DAY, [date(2024, 1, 1), date(2023, 12, 31)]
    ),
    "a count over a window": Case(
        _column(lambda t: t.x.count().over(ibis.window(group_by="x"))), WHOLE, [2, 0, 2, 1]
    ),
    "an equal decimal joins; a null joins nothing": Case(
        lambda t: (
            t.left_join(t.select(x="x", other="id").view(), "x")
            .group_by("id")
            .agg(answer=lambda j: j.other.sum().cast("int64"))
        ),
        WHOLE,
        [4, None, 4, 4],
    ),
    "a union keeps every row": Case(
        lambda t: ibis.union(t.select("id"), t.select("id")).group_by("id").agg(answer=lambda u: u.count()),
        WHOLE,
        [2, 2, 2, 2],
    ),
    "every pair": Case(
        lambda t: (
            t.select("id")
            .cross_join(t.select(other="id").distinct())
            .group_by("id")
            .agg(answer=ibis._.count())
        ),
        WHOLE,
        [4, 4, 4, 4],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_engines_agree(engine: Engine, tmp_path: Path, name: str) -> None:
    """The operation gives the answer that is written down."""
    case = CASES[name]
    path = tmp_path / "battery.parquet"
    pq.write_table(
        pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in ROWS], SCHEMA), path
    )
    answer = LakeTable("answer", pa.schema([("id", WHOLE), ("answer", case.kind)]), ("id",), "An answer.")
    found = engine.to_arrow(case.ask(engine.scan(TABLE, [path])), answer)
    assert found["answer"].to_pylist() == case.answer


@pytest.mark.parametrize(
    ("library", "known"),
    [("duckdb", "1.5."), ("sqlglot", "28."), ("ibis-framework", "12."), ("pyarrow", "26.")],
)
def test_versions_that_the_battery_is_known_to_pass(library: str, known: str) -> None:
    """Another version may be taken once every case above and every spec has passed on it.

    DuckDB 2 and sqlglot 29 or later break Ibis 12 in places that no case here can show.
    """
    assert version(library).startswith(known), (
        f"run the battery on {library} {version(library)}, then say so here"
    )


@pytest.mark.spark
def test_version_of_spark_that_the_battery_is_known_to_pass() -> None:
    """Ibis 12 allows pyspark before 4.1."""
    assert version("pyspark").startswith("4.0.")
