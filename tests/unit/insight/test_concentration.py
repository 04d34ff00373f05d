"""The null models against what can be worked out by hand, and that they hold what they say they hold."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest

from roundtable.insight.harm.concentration import Grid, NullModel, concentration, mixed_severity, shuffled
from roundtable.insight.harm.counts import AREA_CODE_COUNTS
from roundtable.insight.harm.weights import Basis, WeightSet, weight_sets
from roundtable.partnership.model.reference import HarmWeight, HarmWeightTable, Status

#: Three areas with 2, 1 and 1 records, one of the four grave; nothing outside.
THREE = Grid(
    "crimes", "ward", (("s", "grave"), ("s", "slight")), np.array([[1, 1], [0, 1], [0, 1], [0, 0], [0, 0]]), 3
)


def test_shuffles_hold_both_margins() -> None:
    records = np.array([[5, 0, 2], [1, 1, 1], [0, 7, 0], [0, 0, 0], [3, 0, 4]])
    grid = Grid("crimes", "ward", (("s", "a"), ("s", "b"), ("s", "c")), records, 3)
    drawn = list(shuffled(grid, 50))
    assert all((one.sum(axis=0) == records.sum(axis=0)).all() for one in drawn)
    assert all((one.sum(axis=1) == records.sum(axis=1)).all() for one in drawn)
    assert len({one.tobytes() for one in drawn}) > 40


def test_shuffled_by_hand() -> None:
    """The grave record falls on each of the four records alike: on the area with two of them half the time.

    Then that area holds 10 + 1 of 13; otherwise the area of the grave record alone holds 10 of 13.
    """
    weights = np.array([10_000, 1_000])
    shares = [THREE.shares(one @ weights) for one in shuffled(THREE, 4_000)]
    worst = [share[0] for share in shares if share is not None]
    assert set(worst) == {round(Fraction(11, 13) * 10**6), round(Fraction(10, 13) * 10**6)}
    half = worst.count(round(Fraction(11, 13) * 10**6)) / len(worst)
    assert half == pytest.approx(0.5, abs=0.03)


def test_mixed_severity_by_hand() -> None:
    """Two records, each 99 a quarter of the time and 1 otherwise: alike in ten of sixteen draws."""
    grid = Grid("crimes", "ward", (("s", "v"),), np.array([[1], [1], [0], [0]]), 2)
    one = WeightSet(
        "p",
        "s",
        "GBP",
        Basis.MIX,
        {"hi": _d("99"), "lo": _d("1")},
        {"v": {"hi": _d("0.25"), "lo": _d("0.75")}},
    )
    harms = list(mixed_severity(grid, {"s": one}, 4_000))
    assert {int(value) for harm in harms for value in harm[:2]} == {1_000, 99_000}
    assert np.mean([harm.sum() for harm in harms]) == pytest.approx(51_000, rel=0.05)
    shares = [share[0] for harm in harms if (share := grid.shares(harm)) is not None]
    assert set(shares) == {500_000, 990_000}
    assert shares.count(500_000) / len(shares) == pytest.approx(10 / 16, abs=0.03)


def test_mixed_severity_keeps_an_unpriced_share_out_of_the_harm() -> None:
    grid = Grid("crimes", "ward", (("s", "v"), ("t", "w")), np.array([[50, 3], [0, 0], [0, 0]]), 1)
    one = WeightSet("p", "s", "GBP", Basis.MIX, {"hi": _d("2")}, {"v": {"hi": _d("0.5"), "none": _d("0.5")}})
    harms = [int(harm[0]) for harm in mixed_severity(grid, {"s": one}, 200)]
    assert all(0 <= harm <= 100_000 and harm % 2_000 == 0 for harm in harms)
    assert np.mean(harms) == pytest.approx(50_000, rel=0.05)


@pytest.mark.parametrize(
    ("areas", "tops"),
    [(1, (1, 1, 1)), (3, (1, 1, 1)), (50, (1, 3, 5)), (493, (5, 25, 49)), (100, (1, 5, 10))],
)
def test_the_top_is_the_nearest_whole_number_and_at_least_one(areas: int, tops: tuple[int, ...]) -> None:
    grid = Grid("crimes", "ward", (), np.zeros((areas + 2, 0), np.int64), areas)
    assert tuple(grid.top(percent) for percent in (1, 5, 10)) == tops


def test_a_stream_of_its_own_for_each_dataset_kind_and_model() -> None:
    """Another dataset delivered beside this one changes none of its numbers."""
    other = Grid("fires", "ward", THREE.categories, THREE.records, 3)
    firsts = [
        grid.generator(null, name).integers(2**60)
        for grid in (THREE, other)
        for null in (NullModel.SHUFFLED, NullModel.MIXED_SEVERITY)
        for name in ("p", "q")
    ]
    assert len(set(firsts)) == len(firsts)


def test_the_same_every_time_and_whatever_the_order_of_rows() -> None:
    rows = [
        {"dataset": "crimes", "area_kind": "ward", "area_id": area, "scheme": "s", "code": code, "records": n}
        for area, code, n in (("A", "x", 9), ("A", "y", 2), ("B", "y", 4), ("C", "x", 1), ("outside", "x", 3))
    ]
    areas = pa.table({"area_kind": ["ward"] * 3, "area_id": ["C", "A", "B"]})
    prices = HarmWeightTable(
        table="harm_weights",
        id="p",
        title="p",
        source="p",
        status=Status.ILLUSTRATIVE,
        scheme="s",
        unit="GBP",
        rows=(HarmWeight(code="x", value=10), HarmWeight(code="y", value=1)),
    )
    sets = weight_sets([prices], [], ["s"])
    once = concentration(pa.Table.from_pylist(rows, AREA_CODE_COUNTS.schema), areas, sets)
    again = concentration(
        pa.Table.from_pylist(rows[::-1], AREA_CODE_COUNTS.schema), areas.take([1, 2, 0]), sets[::-1]
    )
    assert once.equals(again)
    assert once.num_rows == 6


def test_the_interval_leaves_out_as_many_below_as_above() -> None:
    """Of 200 draws the five least and the five most are outside the middle 95 %."""
    rows = [
        {"dataset": "d", "area_kind": "k", "area_id": area, "scheme": "s", "code": code, "records": 50}
        for area in ("A", "B", "C", "D")
        for code in ("x", "y")
    ]
    prices = WeightSet("p", "s", "GBP", Basis.DIRECT, {"x": _d("7"), "y": _d("1")}, {})
    counts = pa.Table.from_pylist(rows, AREA_CODE_COUNTS.schema)
    areas = pa.table({"area_kind": ["k"] * 4, "area_id": ["A", "B", "C", "D"]})
    found = concentration(counts, areas, [prices]).to_pylist()[0]
    grid = Grid("d", "k", (("s", "x"), ("s", "y")), np.array([[50, 50]] * 4 + [[0, 0]] * 2), 4)
    weights = np.array([7_000, 1_000])
    drawn = sorted(
        share[0] for one in shuffled(grid, 200) if (share := grid.shares(one @ weights)) is not None
    )
    assert (found["null_low_ppm"], found["null_high_ppm"]) == (drawn[5], drawn[194])
    assert found["null_mean_ppm"] == round(sum(drawn) / 200)
    assert drawn[5] < found["null_mean_ppm"] < drawn[194]


def _d(written: str) -> Decimal:
    return Decimal(written)
