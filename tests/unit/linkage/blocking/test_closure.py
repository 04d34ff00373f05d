"""Friends of friends: pairs not scored yet whose records have a likely neighbour in common."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.linkage.blocking.closure import HUB, closure

PROFILES = 9
PAIRS = st.lists(
    st.tuples(st.integers(0, PROFILES - 1), st.integers(0, PROFILES - 1)).filter(
        lambda pair: pair[0] < pair[1]
    ),
    unique=True,
)


def arrays(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([a for a, _ in pairs], np.int32), np.array([b for _, b in pairs], np.int32)


def closed(pairs: list[tuple[int, int]], weight: list[float], **options: Any) -> list[tuple[int, int]]:
    left, right = closure(PROFILES, *arrays(pairs), np.array(weight, float), **options)
    return list(zip(left.tolist(), right.tolist(), strict=True))


@settings(deadline=None)  # the first call compiles
@given(PAIRS, st.data())
def test_it_is_every_pair_with_a_likely_neighbour_in_common_that_was_not_scored(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    weight = data.draw(st.lists(st.sampled_from([-3.0, 1.0, 4.0]), min_size=len(pairs), max_size=len(pairs)))
    near: dict[int, set[int]] = {profile: set() for profile in range(PROFILES)}
    for (a, b), value in zip(pairs, weight, strict=True):
        if value > 1.0:
            near[a].add(b)
            near[b].add(a)
    expected = sorted(
        (a, b)
        for a in range(PROFILES)
        for b in range(a + 1, PROFILES)
        if near[a] & near[b] and (a, b) not in pairs
    )
    assert closed(pairs, weight) == expected


def test_only_pairs_with_a_new_record_on_a_night() -> None:
    assert closed([(0, 1), (1, 2), (2, 8)], [5.0, 5.0, 5.0]) == [(0, 2), (1, 8)]
    assert closed([(0, 1), (1, 2), (2, 8)], [5.0, 5.0, 5.0], since=8) == [(1, 8)]


def test_a_hub_brings_nobody_together() -> None:
    spokes = np.arange(1, HUB + 2, dtype=np.int32)
    hub = np.zeros(HUB + 1, np.int32)
    left, _ = closure(HUB + 2, hub, spokes, np.full(HUB + 1, 5.0))
    assert len(left) == 0
    left, _ = closure(HUB + 2, hub[:-1], spokes[:-1], np.full(HUB, 5.0))
    assert len(left) == HUB * (HUB - 1) // 2


def test_it_answers_with_no_more_than_its_limit() -> None:
    assert closed([(0, 1), (0, 2), (0, 3)], [5.0, 5.0, 5.0], limit=2) == [(1, 2), (1, 3)]
