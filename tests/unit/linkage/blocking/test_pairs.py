"""Candidate pairs are all pairs with a key in common, no other, each once."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.linkage.blocking.pairs import Blocked, candidate_pairs, candidates_of_new

KEYS = st.integers(0, 6)


def listed(blocked: Blocked) -> list[tuple[int, int]]:
    return list(zip(blocked.left.tolist(), blocked.right.tolist(), strict=True))


def column(*keys: int) -> np.ndarray:
    return np.array(keys, np.uint64)


@st.composite
def key_columns(draw: st.DrawFn) -> dict[str, np.ndarray]:
    profiles = draw(st.integers(0, 12))
    names = draw(st.lists(st.sampled_from(["one", "two", "two#b", "three"]), unique=True))
    return {name: column(*draw(st.lists(KEYS, min_size=profiles, max_size=profiles))) for name in names}


def by_hand(keys: dict[str, np.ndarray], cap: int) -> set[tuple[int, int]]:
    """The definition, block by block."""
    blocks: dict[tuple[str, int], list[int]] = {}
    for name, values in keys.items():
        for profile, key in enumerate(values.tolist()):
            if key:
                blocks.setdefault((name.partition("#")[0], key), []).append(profile)
    return {
        (min(pair), max(pair))
        for members in blocks.values()
        if len(members) <= cap
        for pair in combinations(members, 2)
        if pair[0] != pair[1]
    }


@settings(deadline=None)  # the first call compiles
@given(key_columns(), st.integers(2, 12))
def test_every_pair_with_a_key_in_common_once_and_no_other(keys: dict[str, np.ndarray], cap: int) -> None:
    pairs = listed(candidate_pairs(keys, cap))
    assert pairs == sorted(by_hand(keys, cap))


@settings(deadline=None)  # the first call compiles
@given(key_columns(), st.integers(2, 12), st.integers(0, 12))
def test_a_night_finds_what_a_whole_run_finds_of_its_new_profiles(
    keys: dict[str, np.ndarray], cap: int, first_new: int
) -> None:
    whole = listed(candidate_pairs(keys, cap))
    assert listed(candidates_of_new(keys, first_new, cap)) == [pair for pair in whole if pair[1] >= first_new]


def test_two_types_of_key_do_not_meet_and_one_family_does() -> None:
    assert not listed(candidate_pairs({"name": column(5, 0), "place": column(0, 5)}, 10))
    assert listed(candidate_pairs({"name#first": column(5, 0), "name#last": column(0, 5)}, 10)) == [(0, 1)]


def test_a_block_too_large_is_left_out_and_told_and_its_profiles_can_meet_elsewhere() -> None:
    keys = {"telephone": column(7, 7, 7, 7, 0), "name": column(1, 0, 0, 1, 1)}
    blocked = candidate_pairs(keys, 3)
    assert listed(blocked) == [(0, 3), (0, 4), (3, 4)]
    assert [(out.key, out.size) for out in blocked.left_out] == [("telephone", 4)]
    assert blocked.left_out[0].example in range(4)


def test_two_hundred_thousand_alike_profiles_cost_no_pairs() -> None:
    alike = np.full(200_000, 9, np.uint64)
    blocked = candidate_pairs({"name": alike, "other#a": alike, "other#b": alike}, 400)
    assert len(blocked) == 0
    assert [(out.key, out.size) for out in blocked.left_out] == [("other", 400_000), ("name", 200_000)]


def test_no_keys_no_profiles_and_a_cap_that_cannot_be() -> None:
    assert len(candidate_pairs({}, 10)) == 0
    assert len(candidate_pairs({"name": column()}, 10)) == 0
    assert len(candidate_pairs({"name": column(0, 0, 0)}, 10)) == 0
    with pytest.raises(ValueError, match="two profiles or more"):
        candidate_pairs({"name": column(1, 1)}, 1)
