"""Parquet: typed values become the same canonical rows as text does, within bounds."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.intake.limits import Limits
from tests.factories_intake import DropOff, column, contract, crime_columns, crimes, good_rows, table
from tests.unit.intake.refusing import refused

ROWS = good_rows(4).decode().splitlines()


def parquet(columns: Any, **options: Any) -> bytes:
    packed = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), packed, **options)
    return packed.getvalue()


def as_text() -> dict[str, list[str]]:
    """The four good rows as columns of text."""
    names, *rows = [line.split(",") for line in ROWS]
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}


def test_the_same_rows_as_text_and_as_csv_are_equal(drop_off: DropOff) -> None:
    drop_off.deliver("crimes", "2024-01.csv", good_rows(4))
    drop_off.receive()
    wanted = [row | {"delivery_id": ""} for row in drop_off.rows("event")]
    drop_off.agree(crimes("other", format="parquet"))
    drop_off.deliver("other", "2024-01.parquet", parquet(as_text()))
    drop_off.receive()
    found = [row for row in drop_off.rows("event") if row["dataset"] == "other"]
    assert [row | {"delivery_id": "", "dataset": "crimes"} for row in found] == wanted


def test_typed_values(drop_off: DropOff) -> None:
    drop_off.agree(crimes(format="parquet", quarantineLimit=1))
    columns = as_text() | {
        "id": [1, 2, None, 4],
        "month": [date(2024, 1, 9), None, date(2024, 2, 1), date(2024, 3, 1)],
        "east": [-1.5, -1.25, None, float("nan")],
        "north": pa.array(["54.5", "54.25", None, "54"], pa.string()).cast(pa.decimal128(9, 6)),
    }
    drop_off.deliver("crimes", "2024-01.parquet", parquet(columns))
    receipt = drop_off.receive_one()
    assert (receipt.rows_received, receipt.rows_kept) == (4, 2)
    found = [(row["event_id"], row["source_id"], row["longitude"]) for row in drop_off.rows("event")]
    assert found == [("2024-01/1", "1", Decimal("-1.500000")), ("2024-01/3", None, None)]
    bad = [(row["line"], row["rule"]) for row in drop_off.rows("quarantine")]
    assert bad == [(2, "required"), (4, "number")]


@pytest.mark.parametrize(
    ("kind", "options", "hour"),
    [
        (pa.timestamp("us"), {}, 10),
        (pa.timestamp("us"), {"defaultTimezone": "Europe/London"}, 9),
        (pa.timestamp("us", "UTC"), {}, 10),
        (pa.timestamp("us", "UTC"), {"defaultTimezone": "Europe/London"}, 10),
        (pa.timestamp("us", "UTC"), {"format": "yyyy-MM-dd HH:mm:ssXXX"}, 10),
        (pa.timestamp("ns"), {"format": "dd/MM/yyyy HH:mm"}, 10),
    ],
)
def test_times(drop_off: DropOff, kind: pa.DataType, options: dict[str, Any], hour: int) -> None:
    noted = column("noted", "recorded_at", logicalType="timestamp", logicalTypeOptions=options)
    day = column("day", "occurred_from", logicalType="date")
    terms = {"canonical": "event", "scheme": "s", "format": "parquet"}
    drop_off.agree(contract("crimes", table("street", [day, column("kind", "code"), noted], **terms)))
    at = pa.array([datetime(2024, 7, 1, 10, tzinfo=UTC)], pa.timestamp("us", "UTC")).cast(kind)
    content = parquet({"day": ["2024-07-01"], "kind": ["x"], "noted": at})
    drop_off.deliver("crimes", "calls.parquet", content)
    drop_off.receive()
    (row,) = drop_off.rows("event")
    assert row["recorded_at"] == datetime(2024, 7, 1, hour, tzinfo=UTC)


def test_a_changed_column_is_told_as_in_a_header(drop_off: DropOff) -> None:
    drop_off.agree(crimes(format="parquet"))
    columns = as_text()
    columns["Month"] = columns.pop("month")
    drop_off.deliver("crimes", "2024-01.parquet", parquet(columns))
    assert "renamed: 'month' to 'Month'" in refused(drop_off, "header")


def test_a_column_that_comes_twice(drop_off: DropOff) -> None:
    drop_off.agree(crimes(format="parquet"))
    columns = as_text()
    twice = pa.table([*columns.values(), columns["id"]], [*columns, "id"])
    drop_off.deliver("crimes", "2024-01.parquet", parquet(twice))
    assert "more than once: 'id'" in refused(drop_off, "header")


def test_columns_that_differ_in_capitals_alone(drop_off: DropOff) -> None:
    columns = [*crime_columns(), column("ID")]
    drop_off.agree(crimes(format="parquet", columns=columns))
    drop_off.deliver(
        "crimes",
        "2024-01.parquet",
        parquet(pa.table([["other"] * 4, *as_text().values()], ["ID", *as_text()])),
    )
    drop_off.receive()
    assert {row["source_id"] for row in drop_off.rows("event")} == set(as_text()["id"])


def test_nested_columns_that_nobody_takes_do_no_harm(drop_off: DropOff) -> None:
    drop_off.agree(crimes(format="parquet"))
    drop_off.deliver("crimes", "2024-01.parquet", parquet(as_text() | {"note": [[{"a": [1]}]] * 4}))
    assert drop_off.receive_one().rows_kept == 4


def test_long_texts_that_the_contract_announces(drop_off: DropOff) -> None:
    drop_off.limits = Limits(ratio_from=1_000)
    columns = as_text() | {"id": ["x" * 5_000] * 4}
    drop_off.agree(crimes(format="parquet"))
    drop_off.deliver("crimes", "2024-01.parquet", parquet(columns))
    assert "its columns are declared to hold" in refused(drop_off, "too-large")
    long = column("id", "source_id", logicalTypeOptions={"maxLength": 5_000})
    drop_off.agree(crimes(format="parquet", columns=crime_columns(id=long)))
    assert drop_off.receive_one().rows_kept == 4


def test_a_file_that_unpacks_to_more_than_anything_may(drop_off: DropOff) -> None:
    drop_off.limits = Limits(unpacked=50)
    drop_off.agree(crimes(format="parquet"))
    drop_off.deliver("crimes", "2024-01.parquet", parquet(as_text()))
    assert "it unpacks to more than 50 bytes, the limit" in refused(drop_off, "too-large")


def test_an_engine_without_memory_refuses_and_does_not_fall_over(
    drop_off: DropOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROUNDTABLE_MEMORY", "20MB")
    drop_off.agree(crimes(format="parquet"))
    long = pa.array(["x" * 200]).take(pa.array([0] * 200_000, pa.int32()))
    one_page = {"use_dictionary": False, "compression": "zstd", "data_page_size": 2**30}
    content = parquet(dict.fromkeys(as_text(), long), row_group_size=200_000, **one_page)
    drop_off.deliver("crimes", "2024-01.parquet", content)
    assert "takes more memory than the engine may use" in refused(drop_off, "too-large")


@pytest.mark.parametrize("at", [10, 200, -20])
def test_a_byte_that_was_changed_on_the_way(drop_off: DropOff, at: int) -> None:
    drop_off.agree(crimes(format="parquet"))
    columns = {name: values * 500 for name, values in as_text().items()}
    content = bytearray(parquet(columns, compression="zstd"))
    content[at] ^= 0xFF
    drop_off.deliver("crimes", "2024-01.parquet", bytes(content))
    receipt = drop_off.receive_one()
    assert receipt.refused or receipt.rows_received == 2_000
