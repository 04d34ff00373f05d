"""Which rows of increments do not stand: by when a delivery was drawn up, then recorded, then by its id."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from roundtable.data.engine import Engine, EngineName, open_engine
from roundtable.data.standing_rows import ROW_IDS, STALE, StandingRows, stale_rows
from roundtable.data.tables import LAKE_TABLES

DRAWN_UP = pa.schema([("delivery_id", pa.string()), ("as_at", pa.timestamp("us", tz="UTC"))])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("engine")
    with open_engine(EngineName.DUCKDB, [folder], folder / "scratch") as opened:
        yield opened


def day(number: int | None) -> datetime | None:
    return None if number is None else datetime(2026, 1, number, tzinfo=UTC)


def stale(
    engine: Engine, *versions: tuple[str, str, int | None, int | None, bool], dataset: str = "d"
) -> set[str]:
    """The rows that do not stand, of rows given as (delivery, key, drawn up, recorded, withdrawn)."""
    rows = [
        {
            "row_id": f"{delivery}-{key}-{recorded}",
            "dataset": dataset,
            "source_table": "t",
            "row_key": key,
            "recorded_at": day(recorded),
            "withdrawn": withdrawn,
            "delivery_id": delivery,
        }
        for delivery, key, _, recorded, withdrawn in versions
    ]
    drawn = [{"delivery_id": one, "as_at": day(at)} for one, at in {(row[0], row[2]) for row in versions}]
    told = engine.memory(pa.Table.from_pylist(rows, schema=LAKE_TABLES["row_version"].schema), "told")
    dated = engine.memory(pa.Table.from_pylist(drawn, schema=DRAWN_UP), "dated")
    return set(engine.to_arrow(stale_rows(told, dated), STALE).column("row_id").to_pylist())


@pytest.mark.parametrize(
    ("versions", "gone"),
    [
        ([("a", "k", 1, 1, False)], set()),
        ([("a", "k", 1, 9, False), ("b", "k", 2, 1, False)], {"a-k-9"}),
        ([("a", "k", 2, 1, False), ("b", "k", 1, 9, False)], {"b-k-9"}),
        ([("a", "k", None, 9, False), ("b", "k", 1, 1, False)], {"a-k-9"}),
        ([("a", "k", 1, 2, False), ("b", "k", 1, 1, False)], {"b-k-1"}),
        ([("a", "k", 1, None, False), ("b", "k", 1, 1, False)], {"a-k-None"}),
        ([("b", "k", 1, 1, False), ("a", "k", 1, 1, False)], {"a-k-1"}),
        ([("a", "k", 1, 1, False), ("a", "k", 1, 2, False)], {"a-k-1"}),
        ([("a", "k", 1, 1, True)], {"a-k-1"}),
        ([("a", "k", 1, 1, False), ("b", "k", 2, 1, True)], {"a-k-1", "b-k-1"}),
        ([("a", "k", 1, 1, True), ("b", "k", 2, 1, False)], {"a-k-1"}),
        ([("a", "k", 1, 1, False), ("a", "l", 1, 1, False)], set()),
    ],
)
def test_the_newest_version_that_holds_stands(
    engine: Engine, versions: list[tuple[str, str, int | None, int | None, bool]], gone: set[str]
) -> None:
    assert stale(engine, *versions) == gone
    assert stale(engine, *reversed(versions)) == gone


def test_without_increments_a_table_is_read_as_it_is(engine: Engine) -> None:
    event = LAKE_TABLES["event"]
    rows = engine.scan(event, [])
    assert StandingRows().of(rows, event, engine) is rows


def test_every_table_that_a_delivered_row_becomes_is_known_with_its_rows_id() -> None:
    of_rows = {
        name
        for name, table in LAKE_TABLES.items()
        if {"delivery_id", "dataset"} <= set(table.schema.names) and name != "row_version"
    }
    assert of_rows - set(ROW_IDS) <= {"quarantine", "quarantine_row"}
    assert all(LAKE_TABLES[name].schema.field(column).type == pa.string() for name, column in ROW_IDS.items())
