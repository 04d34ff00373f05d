"""Two runs beside each other: what moved, and what moved too far."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from roundtable.linkage.evidence.model import LevelOdds, Model
from roundtable.linkage.quality.curve import curve_table
from roundtable.linkage.quality.drift import Run, alarms, drift, stability_index
from roundtable.linkage.quality.shape import shape_of
from tests.unit.linkage.quality.linked import links

MODEL = Model("uk", "f", {"name": (LevelOdds(0.1, 0.9, 0.9), LevelOdds(0.9, 0.1, 0.1))}, -10.0, -9.0, {})


def run(people: int = 100, named: int = 100, weight: float = 12.0, model: Model = MODEL, **moves: int) -> Run:
    """A run with so many people of two records each, of which so many per cent say a surname."""
    records = [(one, "police") for one in range(people) for _ in (0, 1)]
    surname = ["oak" if place * 100 < named * len(records) else None for place in range(len(records))]
    made = links(records, list(range(people)), surname=surname)
    return Run(shape_of(made, np.full(people, weight)), model, moves)


def alarmed(before: Run, now: Run) -> list[tuple[str, str]]:
    """What is beyond its threshold."""
    return [(row["measure"], row["part"]) for row in drift(before, now).to_pylist() if row["alarm"]]


def test_the_same_again_is_no_alarm() -> None:
    assert alarmed(run(), run(merge=1)) == []


def test_a_delivery_that_is_missing_is_an_alarm() -> None:
    found = drift(run(), run(people=80))

    assert [row["part"] for row in found.to_pylist() if row["alarm"]] == ["pairs", "people", "records"]
    assert "The number of records went from 200 to 160: is a delivery missing or doubled?" in alarms(found)


def test_a_column_that_empties_is_an_alarm() -> None:
    found = drift(run(), run(named=60))

    assert alarms(found) == ("The share of records that say surname went from 100% to 60%.",)


def test_weights_that_moved_are_an_alarm_and_so_is_a_model_that_did() -> None:
    odds = {"name": (LevelOdds(0.1, 0.9, 0.9), LevelOdds(0.9, 0.01, 0.1))}

    assert alarmed(run(), run(weight=3.0)) == [("spread", "weight")]
    assert alarmed(run(), run(model=replace(MODEL, odds=odds))) == [("model", "name")]
    assert alarmed(run(), run(model=replace(MODEL, odds={}))) == [("comparison", "name")]


def test_many_merges_are_an_alarm() -> None:
    assert alarmed(run(), run(merge=5, split=4)) == [("moved", "merge")]


def test_the_first_run_against_nothing_is_told_and_does_not_fail() -> None:
    nothing = Run(shape_of(links([], []), np.empty(0)), MODEL, {})

    assert ("count", "records") in alarmed(nothing, run())


def test_the_stability_index_is_as_defined() -> None:
    # (0.6 - 0.5) ln(0.6 / 0.5) + (0.4 - 0.5) ln(0.4 / 0.5), but for the half case in each band.
    assert stability_index([5000, 5000], [6000, 4000]) == pytest.approx(0.0405, abs=1e-3)
    assert stability_index([3, 4], [3, 4]) == 0


def test_every_record_and_pair_is_in_one_band() -> None:
    records = [(n, "police") for n in range(6)]
    shape = shape_of(links(records, [0, 0, 0, 0, 0, 1]), np.array([-3.0, 0.0, 29.0, 30.0])).to_pylist()

    bands = {(row["measure"], row["title"]): row["number"] for row in shape}
    assert bands["weight", "under 0"] == bands["weight", "0 to 2"] == bands["weight", "30 and more"] == 1
    assert bands["records_per_person", "1"] == bands["records_per_person", "5 to 9"] == 1
    assert sum(n for (measure, _), n in bands.items() if measure == "weight") == 4


def test_the_curve_is_told_in_parts_per_million() -> None:
    given = {
        "stop": [0.5],
        "people": [9],
        "largest": [3],
        "expected_precision": [0.99],
        "expected_recall": [0.9],
        "expected_f": [0.95],
        "alone_precision": [0.98],
        "alone_recall": [0.91],
        "chosen": [True],
    }

    (row,) = curve_table(pa.table(given)).to_pylist()

    assert (row["stop_ppm"], row["precision_ppm"], row["people"], row["chosen"]) == (
        500_000,
        990_000,
        9,
        True,
    )
