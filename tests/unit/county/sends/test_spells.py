"""Which row of a table of spells held on a day, beside a search row by row."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from roundtable.county.sends.spells import NONE, Spells

ROWS = some.lists(some.tuples(some.integers(0, 4), some.integers(-9000, 30_000)), max_size=12)
ASKED = some.lists(some.tuples(some.integers(0, 5), some.integers(-9000, 30_000)), min_size=1, max_size=8)


def _days(numbers: list[int]) -> np.ndarray:
    return np.array(numbers, "datetime64[D]")


@given(ROWS, ASKED)
def test_as_found_row_by_row(rows: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    spells = Spells(np.array([row[0] for row in rows], np.int64), _days([row[1] for row in rows]))
    found = spells.on(np.array([one[0] for one in asked]), _days([one[1] for one in asked]))
    for (holder, day), row in zip(asked, found.tolist(), strict=True):
        mine = sorted((begins, number) for number, (whose, begins) in enumerate(rows) if whose == holder)
        before = [number for begins, number in mine if begins <= day]
        assert row == (before[-1] if before else mine[0][1] if mine else NONE)
