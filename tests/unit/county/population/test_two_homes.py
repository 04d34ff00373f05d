"""A child's second home follows the parent it mainly does not live with, and ends with it."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from roundtable.county.population.diary import Diary
from roundtable.county.population.lives import HOME, NEVER, People
from roundtable.county.population.stays import custody_stays

CHILD, MOTHER, FATHER = 0, 1, 2
MOTHERS, FATHERS, FATHERS_NEXT = 10, 20, 21
TODAY = 1_000


def _second_homes(stays: list[tuple[int, int, int, int]], until: int = 900) -> list[tuple[int, int, int]]:
    """Household, first day and last of each second home, of a child shared from day 100."""
    people, diary = People(3), Diary()
    people.add(3)
    diary.note("custody", np.array([CHILD]), FATHER, 100, until)
    life: Any = SimpleNamespace(people=people, diary=diary, end=TODAY + 1)
    main = np.array([(*stay, HOME) for stay in sorted(stays, key=lambda one: (one[0], one[2]))]).T
    second = custody_stays(life, main)
    return [(int(row[1]), int(row[2]), int(row[3])) for row in second.T]


def test_it_follows_the_parent_from_home_to_home() -> None:
    stays = [
        (CHILD, MOTHERS, 0, NEVER),
        (FATHER, FATHERS, 100, 400),
        (FATHER, FATHERS_NEXT, 400, NEVER),
    ]
    assert _second_homes(stays) == [(FATHERS, 100, 400), (FATHERS_NEXT, 400, 900)]


def test_it_ends_only_in_days_that_have_come() -> None:
    stays = [(CHILD, MOTHERS, 0, NEVER), (FATHER, FATHERS, 100, NEVER)]
    assert _second_homes(stays, until=5_000) == [(FATHERS, 100, NEVER)]


def test_a_child_that_moves_to_that_parent_has_no_second_home_there() -> None:
    stays = [(CHILD, MOTHERS, 0, 300), (CHILD, FATHERS, 300, NEVER), (FATHER, FATHERS, 100, NEVER)]
    assert _second_homes(stays) == []


def test_there_is_none_while_the_parent_has_no_home() -> None:
    stays = [(CHILD, MOTHERS, 0, NEVER), (FATHER, -1, 100, 300), (FATHER, FATHERS, 300, NEVER)]
    assert _second_homes(stays) == [(FATHERS, 300, 900)]
