"""Harm, whatever the events: checked against a few lines of plain Python, and for what must always hold."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundtable.data.engine import Engine, EngineName, open_engine
from roundtable.data.tables import LAKE_TABLES
from roundtable.insight.harm.by_area import harm_area, harm_area_month, harm_code
from roundtable.insight.harm.ratio import ratio

CODES = ("theft", "assault", "unknown")
MONTHS = (date(2024, 1, 1), date(2024, 3, 1))
#: Points and the ward each is in; the last is outside.
POINTS = {Decimal(1): "W1", Decimal(2): "W1", Decimal(3): "W2", Decimal(9): None}
WARDS = ("W1", "W2", "W3")


@dataclass(frozen=True)
class Happened:
    """An event, as far as harm is concerned."""

    code: str
    month: date
    point: Decimal | None

    @property
    def area(self) -> str:
        """Where its harm is counted."""
        return "no-coordinates" if self.point is None else POINTS[self.point] or "outside"


happened = st.builds(
    Happened, st.sampled_from(CODES), st.sampled_from(MONTHS), st.sampled_from([*POINTS, None])
)
prices = st.dictionaries(st.sampled_from(CODES[:2]), st.none() | st.integers(0, 10**12))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with open_engine(EngineName.DUCKDB, [], tmp_path_factory.mktemp("scratch")) as one:
        yield one


def _table(name: str, rows: list[dict[str, Any]], /, **same: Any) -> pa.Table:
    schema = LAKE_TABLES[name].schema
    filled = {field.name: None if field.nullable else "-" for field in schema}
    return pa.Table.from_pylist([filled | same | row for row in rows], schema)


def _events(events: list[Happened]) -> pa.Table:
    rows = [
        {
            "event_id": str(number),
            "code": event.code,
            "occurred_from": event.month,
            "occurred_to": event.month,
            "longitude": event.point,
            "latitude": event.point,
        }
        for number, event in enumerate(events)
    ]
    return _table("event", rows)


def _weights(prices: dict[str, int | None]) -> pa.Table:
    sets: dict[str, dict[str, int | None]] = {"p": prices, "count": dict.fromkeys(CODES, 1000)}
    rows = [
        {"weight_set": name, "code": code, "weight": value}
        for name, one in sets.items()
        for code, value in one.items()
    ]
    return _table("harm_weight", rows, priced_ppm=0)


PLACES = _table(
    "place_area", [{"longitude": at, "latitude": at, "area_id": ward} for at, ward in POINTS.items()]
)


def _months(engine: Engine, events: list[Happened], prices: dict[str, int | None]) -> list[dict[str, Any]]:
    given = (_events(events), PLACES, _weights(prices))
    tables = [engine.memory(table, f"given_{at}") for at, table in enumerate(given)]
    rows: list[dict[str, Any]] = engine.to_arrow(
        harm_area_month(*tables), LAKE_TABLES["harm_area_month"]
    ).to_pylist()
    return rows


def _by_hand(events: list[Happened], prices: dict[str, int | None]) -> dict[tuple[str, ...], tuple[int, ...]]:
    counted = Counter((event.area, event.month.isoformat(), event.code) for event in events)
    found: dict[tuple[str, ...], tuple[int, ...]] = {}
    for (area, month, code), records in counted.items():
        weight = prices.get(code)
        priced = (0, records * weight) if weight is not None else (records, 0)
        found[area, month, code] = (records, *priced)
    return found


quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(st.lists(happened, max_size=60), prices)
def test_it_is_what_plain_python_says(
    engine: Engine, events: list[Happened], prices: dict[str, int | None]
) -> None:
    rows = _months(engine, events, prices)
    found = {
        (row["area_id"], row["month"].isoformat(), row["code"]): (
            row["records"],
            row["unpriced_records"],
            row["harm"],
        )
        for row in rows
        if row["weight_set"] == "p"
    }
    assert found == (_by_hand(events, prices) if prices else {})
    assert sum(row["records"] for row in rows if row["weight_set"] == "count") == len(events)


@quick
@given(st.lists(happened, max_size=40), prices, st.randoms())
def test_the_order_of_events_changes_nothing(
    engine: Engine, events: list[Happened], prices: dict[str, int | None], random: Any
) -> None:
    turned = list(events)
    random.shuffle(turned)
    assert _months(engine, turned, prices) == _months(engine, events, prices)


@quick
@given(st.lists(happened, min_size=1, max_size=40), st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_greater_weight_never_lowers_harm(
    engine: Engine, events: list[Happened], weight: int, more: int
) -> None:
    before = _months(engine, events, {"theft": weight, "assault": 5})
    after = _months(engine, events, {"theft": weight + more, "assault": 5})
    for one, other in zip(before, after, strict=True):
        assert other["harm"] >= one["harm"]
        assert _but_harm(one) == _but_harm(other)


def _but_harm(row: dict[str, Any]) -> dict[str, Any]:
    """All of a row but its harm."""
    return row | {"harm": None}


@quick
@given(st.lists(happened, min_size=1, max_size=40), prices)
def test_every_table_adds_up_to_what_happened(
    engine: Engine, events: list[Happened], prices: dict[str, int | None]
) -> None:
    """By month, by area and by code the records, the unpriced and the harm have the same totals."""
    months = _table("harm_area_month", _months(engine, events, prices))
    area = engine.memory(
        _table("area", [{"area_id": ward} for ward in WARDS], geometry=b"", name="-"), "wards"
    )
    people = engine.memory(_table("area_population", []), "nobody")
    by_area = engine.to_arrow(
        harm_area(engine.memory(months, "months"), area, people), LAKE_TABLES["harm_area"]
    )
    event, weight = engine.memory(_events(events), "events"), engine.memory(_weights(prices), "weights")
    by_code = engine.to_arrow(harm_code(event, weight), LAKE_TABLES["harm_code"])
    assert _totals(by_area) == _totals(by_code) == _totals(months)
    ranks = [row["rank"] for row in by_area.to_pylist() if row["weight_set"] == "count"]
    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert {*WARDS} <= set(by_area["area_id"].to_pylist())


def _totals(table: pa.Table) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for row in table.to_pylist():
        before = found.get(row["weight_set"], (0, 0, 0))
        now = (row["records"], row["unpriced_records"], row["harm"])
        found[row["weight_set"]] = tuple(a + b for a, b in zip(before, now, strict=True))
    return found


@quick
@given(
    st.lists(st.tuples(st.integers(0, 2 * 10**15), st.integers(0, 4 * 10**15 - 1)), min_size=1, max_size=50),
    st.integers(0, 1),
)
def test_ratios_are_exact(engine: Engine, pairs: list[tuple[int, int]], thousands: int) -> None:
    """Against whole-number arithmetic of any size; a half goes up, and nothing divided by nought is null."""
    pairs = [(part, whole) for part, whole in pairs if whole == 0 or part * 1000**thousands // whole < 2**62]
    rows = [{"part": part, "whole": whole, "at": at} for at, (part, whole) in enumerate(pairs)]
    schema = pa.schema([(name, pa.int64()) for name in ("part", "whole", "at")])
    given_ = engine.memory(pa.Table.from_pylist(rows, schema), "pairs")
    answer = replace(LAKE_TABLES["harm_area"], schema=pa.schema([("at", pa.int64()), ("answer", pa.int64())]))
    answer = replace(answer, sort_key=("at",))
    found = engine.to_arrow(given_.select("at", answer=ratio(given_.part, given_.whole, thousands)), answer)
    exact = [(2 * part * 1000**thousands + whole) // (2 * whole) if whole else None for part, whole in pairs]
    assert found["answer"].to_pylist() == exact
