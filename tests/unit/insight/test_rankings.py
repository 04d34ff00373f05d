"""Rank correlations against pairs counted by hand."""

from itertools import combinations

import pyarrow as pa
import pytest

from roundtable.data.tables import LAKE_TABLES
from roundtable.insight.harm.rankings import ranking_agreement


def _harm_area(**harms: list[int]) -> pa.Table:
    rows = []
    for name, values in harms.items():
        order = sorted(range(len(values)), key=lambda at: (-values[at], at))
        for at, value in enumerate(values):
            rows.append(
                {"weight_set": name, "area_id": f"A{at:03}", "harm": value, "rank": order.index(at) + 1}
            )
    schema = LAKE_TABLES["harm_area"].schema
    filled = {"dataset": "crimes", "area_kind": "ward", "records": 0, "unpriced_records": 0, "months": 1}
    filled |= {"records_ppm": 0, "harm_ppm": 0}
    return pa.Table.from_pylist([filled | row for row in rows], schema)


def _tau_b(first: list[int], second: list[int]) -> float:
    """Kendall's tau-b by its definition: every pair looked at."""
    signs = [
        (_sign(first[i] - first[j]), _sign(second[i] - second[j]))
        for i, j in combinations(range(len(first)), 2)
    ]
    alike = sum(a * b for a, b in signs)
    untied = [sum(1 for pair in signs if pair[side]) for side in (0, 1)]
    return float(alike / (untied[0] * untied[1]) ** 0.5)


def _sign(value: int) -> int:
    return (value > 0) - (value < 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([3, 1, 2, 5, 4], [3, 1, 2, 5, 4]),
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]),
        ([1, 1, 2, 2, 3], [5, 4, 4, 1, 1]),
        ([0, 0, 0, 7], [1, 0, 0, 0]),
    ],
)
def test_tau_b_by_hand(first: list[int], second: list[int]) -> None:
    found = ranking_agreement(_harm_area(a=first, b=second)).to_pylist()
    assert found[0]["kendall_tau_b_ppm"] == pytest.approx(_tau_b(first, second) * 1_000_000, abs=0.51)


def test_the_first_25_in_common() -> None:
    """Thirty areas; the second set turns the order of the first 27 by two places."""
    first = list(range(30, 0, -1))
    second = [30 - (at + 2) % 27 if at < 27 else first[at] for at in range(30)]
    found = ranking_agreement(_harm_area(a=first, b=second)).to_pylist()
    assert (found[0]["areas"], found[0]["top25_in_common"]) == (30, 23)


def test_every_pair_of_sets_once() -> None:
    found = ranking_agreement(_harm_area(c=[1, 2], a=[1, 2], b=[2, 1]))
    pairs = list(zip(found["first_set"].to_pylist(), found["second_set"].to_pylist(), strict=True))
    assert pairs == [("a", "b"), ("a", "c"), ("b", "c")]
