"""What each record has of every measure; what a pair is worth in the company it is in."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from roundtable.linkage.quality.links import Links, calibrated
from roundtable.linkage.quality.measures import Measure, measures_of
from roundtable.linkage.quality.worth import worth_of
from tests.unit.linkage.quality.linked import links

#: A person of three identities, the first and last of which never met; a fourth is somebody else, perhaps.
CHAIN = links(
    [(0, "police"), (0, "police"), (1, "police"), (2, "hospital"), (3, "hospital")],
    [0, 0, 0, 1],
    [(0, 1, 0.9), (1, 2, 0.8), (2, 3, 0.25)],
)


def value(measure: Measure, of: Links = CHAIN) -> list[Any]:
    """The measure of each record; None where it does not count."""
    found = next(one for one in measures_of(of) if one.measure is measure)
    told = zip(found.value.tolist(), found.counts.tolist(), strict=True)
    return [pytest.approx(one) if counts else None for one, counts in told]


def test_a_record_is_linked_where_another_agency_has_the_person() -> None:
    assert value(Measure.LINKED) == [1, 1, 1, 1, 0]


def test_precision_counts_what_is_expected_of_the_persons_other_records() -> None:
    # 0 and 2 never met: by way of 1 they are one person with 0.9 + 0.8 - 1 at the least.
    assert value(Measure.PRECISION)[:4] == [
        (1 + 1 + 0.9 + 0.7) / 4,
        (1 + 1 + 0.9 + 0.7) / 4,
        (1 + 2 * 0.9 + 0.8) / 4,
        (1 + 0.8 + 2 * 0.7) / 4,
    ]
    assert value(Measure.PRECISION)[4] is None


def test_recall_loses_what_is_expected_to_be_with_others() -> None:
    assert value(Measure.RECALL)[4] == 1 / 1.25
    assert value(Measure.RECALL)[3] == 3.2 / 3.45
    assert value(Measure.RECALL)[0] == 1


def test_certainty_is_of_the_best_pair_and_only_where_there_is_one() -> None:
    assert value(Measure.CERTAINTY) == [0.9, 0.9, 0.9, 0.8, None]


def test_a_record_is_in_the_grey_zone_where_its_best_pair_is_neither_likely_nor_unlikely() -> None:
    assert value(Measure.GREY) == [0, 0, 0, 1, 1]


def test_what_says_nothing_is_unlinkable_and_counts_in_no_recall() -> None:
    lone = links([(0, "police"), (1, "police")], [0, 1], unlinkable=(1,))

    assert value(Measure.UNLINKABLE, lone) == [0, 1]
    assert value(Measure.RECALL, lone) == [1, None]


def test_a_large_person_keeps_the_pairs_own_worth_and_is_bounded_in_time() -> None:
    count = 3000
    chained = links(
        [(n, "police") for n in range(count)], [0] * count, [(n, n + 1, 1.0) for n in range(count - 1)]
    )

    within = worth_of(chained).within

    assert within[0] == 1.0 and within[1] == 2.0


def test_no_pairs_and_no_records_are_measured_too() -> None:
    assert [len(one.value) for one in measures_of(links([], []))] == [0] * len(Measure)


def test_a_calibration_is_read_between_its_weights() -> None:
    table = pa.table({"weight": [0.0, 2.0], "found": [0.4, 0.8]})

    assert calibrated(np.array([-5.0, 1.0, 9.0]), table).tolist() == pytest.approx([0.4, 0.6, 0.8])
