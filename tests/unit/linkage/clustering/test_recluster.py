"""Only components with a touched profile are worked out again; that this is enough is a property."""

from __future__ import annotations

import numpy as np

from roundtable.linkage.clustering.average import average_linkage
from roundtable.linkage.clustering.constraints import Constraints, Pairs
from roundtable.linkage.clustering.recluster import recluster
from tests.unit.linkage.clustering.test_average import TWO, arrays


def test_only_what_was_touched_is_worked_out() -> None:
    before = average_linkage(6, *arrays(*TWO))
    after, again = recluster(
        before, np.zeros(0, np.int32), 7, *arrays(*TWO, (4, 6, 0.9), (5, 6, 0.9)), Constraints(), 0.5
    )
    assert again.tolist() == [3, 4, 5, 6]
    assert after.tolist() == [0, 0, 0, 3, 3, 3, 3]


def test_a_group_that_was_touched_may_fall_apart() -> None:
    before = average_linkage(6, *arrays(*TWO))
    after, again = recluster(
        before, np.array([0, 1], np.int32), 6, *arrays(*TWO[3:], (0, 2, 0.9)), Constraints(), 0.5
    )
    assert again.tolist() == [0, 1, 2]
    assert after.tolist() == [0, 1, 0, 3, 3, 3]


def test_nothing_touched_is_nothing_done() -> None:
    labels = np.array([0, 0, 2], np.int32)
    after, again = recluster(labels, np.zeros(0, np.int32), 3, *arrays((0, 1, 0.9)), Constraints(), 0.5)
    assert (after.tolist(), again.tolist()) == ([0, 0, 2], [])


def test_whoever_is_decided_to_be_with_the_touched_is_worked_out_with_them() -> None:
    decided = Constraints(together=Pairs.of([0], [1]))
    before = average_linkage(3, *arrays((1, 2, 0.1)), decided)
    after, again = recluster(before, np.array([2], np.int32), 3, *arrays((1, 2, 1.0)), decided, 0.5)
    assert again.tolist() == [0, 1, 2]
    assert after.tolist() == [0, 0, 0]
