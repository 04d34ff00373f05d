"""What a person's records are worth together: pairs judged by the company they are in.

A pair's own probability leaves out what the others say. Where A is B with probability p, and B is C with q, A
is C with p + q - 1 at the least (Fréchet 1935: no two events overlap less). So a pair within a person is
worth the most that any way through the person's other records gives: one less the shortest way, each step as
long as one less its probability. Two records that nothing brought together are worth nothing of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from roundtable.linkage.quality.links import Floats, Links

#: People with more distinct identities than this keep the pairs' own probabilities: the ways are too many.
MOST = 128


@dataclass(frozen=True)
class Worth:
    """Of each profile, in records.

    Attributes:
        within: how many of its person's other records are expected to be of the same person truly.
        without: how many records put to others are expected to be the same person's.
        best: the best probability of any pair that holds the profile to its person; NaN where none does.
    """

    within: Floats
    without: Floats
    best: Floats


def worth_of(links: Links) -> Worth:
    """Add up what each profile's pairs are worth. Records of one profile are one person's."""
    inside = links.people[links.left] == links.people[links.right]
    order = np.argsort(links.people, kind="stable").astype(np.int64)
    starts = np.concatenate(([0], np.cumsum(np.bincount(links.people, minlength=links.people_count))))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    left, right = links.left[inside], links.right[inside]
    by_person = np.argsort(links.people[left], kind="stable")
    pair_starts = np.concatenate(
        ([0], np.cumsum(np.bincount(links.people[left], minlength=links.people_count)))
    )
    within = np.zeros(len(order))
    best = np.full(len(order), np.nan)
    _within(
        starts.astype(np.int64),
        order,
        pair_starts.astype(np.int64),
        place[left][by_person],
        place[right][by_person],
        links.probability[inside][by_person],
        links.sizes,
        within,
        best,
        MOST,
    )
    return Worth(within + np.maximum(links.sizes - 1, 0), _without(links, ~inside), best)


def _without(links: Links, outside: np.ndarray) -> Floats:
    one, other, worth = links.left[outside], links.right[outside], links.probability[outside]
    found: Floats = np.zeros(len(links.people))
    np.add.at(found, one, worth * links.sizes[other])
    np.add.at(found, other, worth * links.sizes[one])
    return found


@njit(cache=True)
def _within(starts, order, pair_starts, left, right, probability, sizes, within, best, most):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """`left` and `right` are places in `order`, where the profiles of one person stand together."""
    for person in range(len(starts) - 1):
        start, count = starts[person], starts[person + 1] - starts[person]
        if count < 2:
            continue
        pairs = range(pair_starts[person], pair_starts[person + 1])
        for pair in pairs:
            one, other = order[left[pair]], order[right[pair]]
            if not best[one] >= probability[pair]:
                best[one] = probability[pair]
            if not best[other] >= probability[pair]:
                best[other] = probability[pair]
        if count > most:
            for pair in pairs:
                one, other = order[left[pair]], order[right[pair]]
                within[one] += probability[pair] * sizes[other]
                within[other] += probability[pair] * sizes[one]
            continue
        way = np.ones((count, count))
        for pair in pairs:
            one, other = left[pair] - start, right[pair] - start
            way[one, other] = way[other, one] = 1.0 - probability[pair]
        for through in range(count):
            for one in range(count):
                for other in range(count):
                    way[one, other] = min(way[one, other], way[one, through] + way[through, other])
        for one in range(count):
            for other in range(count):
                if one != other:
                    within[order[start + one]] += (1.0 - way[one, other]) * sizes[order[start + other]]
