"""Pairs that were put together without being weighed: alike in everything, or linked through others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from roundtable.linkage.review.drawing import Rows, blocks_of, distinct
from roundtable.linkage.review.linked import Linked, Longs
from roundtable.linkage.review.strata import Reach, Stratum

#: More records of one person than this are not gone through pair by pair.
MOST_RECORDS = 2_000
#: What the model would expect of them is not known. Where a sample goes, they count as nearly sure.
EXPECTED = 0.98
#: Draws for each pair that is wanted of a person with more records than can be gone through.
_TRIES = 200

Draw = Callable[[np.random.Generator, int], Rows]


def alike(linked: Linked) -> tuple[Stratum, Draw]:
    """Pairs of records with one identity, which were never told apart."""
    blocks = blocks_of(linked.of_record.astype(np.int64))

    def drawn(chance: np.random.Generator, number: int) -> Rows:
        return blocks.at(distinct(chance, blocks.pairs, number))

    return Stratum("alike in everything", Reach.LINKED, float(blocks.pairs), EXPECTED), drawn


def through_others(linked: Linked) -> tuple[Stratum, Draw]:
    """Pairs of records of one person whose profiles were never weighed against one another."""
    people = linked.people[linked.of_record].astype(np.int64)
    rows = blocks_of(people).rows
    ordered, ends = people[rows], np.cumsum(_open_pairs(linked))
    size = int(ends[-1]) if ends.size else 0

    def drawn(chance: np.random.Generator, number: int) -> Rows:
        numbers = np.sort(distinct(chance, size, number))
        of = np.searchsorted(ends, numbers, side="right")
        left, right = [], []
        for person in np.unique(of).tolist():
            within = numbers[of == person] - (int(ends[person - 1]) if person else 0)
            first, last = np.searchsorted(ordered, [person, person + 1])
            one, other = _of_person(linked, rows[first:last], within, chance)
            left.append(one)
            right.append(other)
        none = np.empty(0, dtype=np.int64)
        return np.concatenate([none, *left]), np.concatenate([none, *right])

    return Stratum("linked through others", Reach.LINKED, float(size), EXPECTED), drawn


def _open_pairs(linked: Linked) -> Longs:
    """For each person, the pairs of records that were put together and never weighed."""
    count = linked.people_sizes.size
    every = linked.people_sizes * (linked.people_sizes - 1) // 2
    alone = _added(linked.people, linked.sizes * (linked.sizes - 1) // 2, count)
    weighed = _added(linked.people[linked.left[linked.linked]], linked.pair_sizes[linked.linked], count)
    found: Longs = every - alone - weighed
    return found


def _added(people: Any, amounts: Longs, count: int) -> Longs:
    found = np.zeros(count, dtype=np.int64)
    np.add.at(found, people, amounts)
    return found


def _of_person(linked: Linked, rows: Longs, numbers: Longs, chance: np.random.Generator) -> Rows:
    """The pairs of these numbers among the open ones of a person; of a very large one, any so many."""
    if len(rows) <= MOST_RECORDS:
        one, other = np.triu_indices(len(rows), 1)
        places = np.flatnonzero(_are_open(linked, rows[one], rows[other]))[numbers]
        return rows[one[places]], rows[other[places]]
    tries = chance.integers(0, len(rows), size=(2, _TRIES * len(numbers)))
    one, other = rows[tries.min(axis=0)], rows[tries.max(axis=0)]
    kept = np.flatnonzero((one != other) & _are_open(linked, one, other))
    _, first = np.unique(one[kept] * (rows.max() + 1) + other[kept], return_index=True)
    chosen = kept[np.sort(first)][: len(numbers)]
    return one[chosen], other[chosen]


def _are_open(linked: Linked, one: Longs, other: Longs) -> Any:
    left, right = linked.of_record[one], linked.of_record[other]
    return (left != right) & (linked.places_of(left, right) < 0)
