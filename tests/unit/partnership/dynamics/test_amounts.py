"""Sizes and courses in words."""

from __future__ import annotations

import pytest

from roundtable.partnership.dynamics.amounts import Phase, either, moves, phases, ranged, signed, told_course
from roundtable.partnership.dynamics.influence import Range


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "as now"),
        (0.0049, "as now"),
        (-0.005, "barely down"),
        (0.05, "a little up"),
        (-0.15, "clearly down"),
        (0.39, "clearly up"),
        (-0.4, "strongly down"),
        (1.0, "strongly up"),
    ],
)
def test_how_far_in_words(value: float, words: str) -> None:
    assert moves(value) == words


def test_figures_have_a_sign_and_no_more_digits_than_they_deserve() -> None:
    assert [signed(v) for v in (0.3, -0.0131, 0.0995, 0.0004, -0.0006, -1.0)] == [
        "+0.30",
        "-0.013",
        "+0.10",
        "0",
        "-0.001",
        "-1.00",
    ]
    assert ranged(Range(-0.4, -0.3, -0.2)) == "-0.30 (-0.40 to -0.20)"


def test_either_way_needs_both_ends_to_be_worth_speaking_of() -> None:
    assert either(Range(-0.1, 0, 0.1))
    assert not either(Range(-0.004, 0.1, 0.2))


def test_phases_leave_out_what_is_too_little_to_speak_of() -> None:
    assert phases([0, 0.1, 0.098, 0.2, 0.1, -0.1]) == (Phase(0, 3, 0, 0.2), Phase(3, 5, 0.2, -0.1))
    assert phases([0, 0.004, -0.004]) == ()
    assert phases([]) == ()


def test_a_course_that_creeps_towards_its_end() -> None:
    values = [0.0, 0.0, 0.1, 0.2, 0.3, 0.38, 0.4, 0.4]
    assert told_course(values, still_moving=True) == (
        "Over time: felt from week 2, half of it by week 3, almost all by week 5 (+0.40), and still moving."
    )


def test_a_remedy_that_does_harm_later_is_said_to() -> None:
    assert told_course([0.0, -0.2, 0.0, 0.1, 0.1], still_moving=False) == (
        "Over time: felt from week 1, all of it at once (-0.20); then up to +0.10 by week 3. "
        "What it does first is the opposite of what it does later."
    )


def test_a_course_that_stays() -> None:
    assert told_course([0.0, 0.001], still_moving=False) == "Over time: nothing to speak of."
