"""Pairs to learn from: of one group, thinned where a group is large, and the same for the same seed."""

from __future__ import annotations

import numpy as np

from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.settings import KeyPart, shipped
from roundtable.linkage.training.alike import addresses, alike_in, at_random, both, numbers, within
from tests.factories_profiles import profiles


def listed(pairs: tuple[np.ndarray, np.ndarray]) -> set[tuple[int, int]]:
    return set(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True))


def test_pairs_are_of_one_group_and_of_no_profile_without_one() -> None:
    groups = np.array([4, -1, 4, 7, 4, 7, -1])
    assert listed(within(groups, 5, 100, 1)) == {(0, 2), (0, 4), (2, 4), (3, 5)}


def test_a_large_group_is_thinned_and_the_draw_is_bounded_and_repeats() -> None:
    groups = np.zeros(1000, np.int64)
    left, right = within(groups, 3, 10_000, 1)
    assert len(left) == 999 + 998 + 997
    assert (left < right).all()
    few = within(groups, 3, 50, 1)
    assert len(few[0]) == 50
    assert listed(few) == listed(within(groups, 3, 50, 1)) != listed(within(groups, 3, 50, 2))


def test_nothing_to_draw_from() -> None:
    assert listed(within(np.full(5, -1), 3, 10, 1)) == set()
    assert listed(within(np.zeros(0, np.int64), 3, 10, 1)) == set()
    assert listed(at_random(1, 10, 1)) == set()
    assert all(left < right for left, right in listed(at_random(3, 50, 1)))


def test_an_address_is_its_number_or_as_written_and_a_number_has_its_register() -> None:
    table = profiles(
        {"address_id": "a", "other_number": "police␟1", "source_person": "crime␟1"},
        {"address_id": "a", "source_person": "crime␟1"},
        {"address_key": "1 hill", "postcode": "ZY11AA", "other_number": "police␟2"},
        {"address_key": "1 hill", "postcode": "ZY12AA"},
        {"address_key": "1 hill"},
    )
    place = addresses(table)
    assert (place[0] == place[1], place[2] == place[3], place[4]) == (True, False, -1)
    register, number = numbers(table)
    assert (register[0] == register[2], number[0] == number[2]) == (True, False)
    assert (register[0] == register[1], register[3]) == (False, -1)
    assert listed(within(both(place, register), 3, 10, 1)) == set()


def test_alike_in_several_columns() -> None:
    table = profiles(
        {"given": "ruth", "surname": "hill"},
        {"given": "ruth", "surname": "hill"},
        {"given": "ruth", "surname": "dale"},
    )
    encoded = encode(table, shipped("uk"))
    groups = alike_in(encoded, (KeyPart(column="given"), KeyPart(column="surname")))
    assert listed(within(groups, 3, 10, 1)) == {(0, 1)}
