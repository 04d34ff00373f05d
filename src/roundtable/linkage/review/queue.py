"""Which pairs are worth most to ask about: by how many pairs of records an answer is expected to put right.

An answer that says what was done already changes nothing. One that says otherwise changes every pair of
records that hangs on it. So what a question is worth, in pairs of records put right, is

- between two groups that were left apart: the chance that they are one person, times the records of the one
  times the records of the other;
- inside a group: the chance that a bridge holds two people together, times the records on the one side of it
  times those on the other.

The chance between two groups is the mean probability of their weighed pairs; that of a bridge is its own. This
is the expected change in correct pairs of one answer taken alone (Lawson and others call it expected gain; it
is the value of information of decision theory with pairs as the unit).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from roundtable.linkage.review.bridges import bridges
from roundtable.linkage.review.linked import Asked, Flags, Floats, Ints, Linked, Longs
from roundtable.linkage.review.spread import spread

BETWEEN, WITHIN = "between groups", "weak bridge"


@dataclass(frozen=True)
class Worth:
    """Pairs of profiles to ask about, and what each is worth.

    Attributes:
        left: one profile.
        right: the other, higher one.
        worth: in pairs of records that an answer is expected to put right.
        pairs: how many pairs of records hang on it.
        within: whether it is a bridge inside a group.
    """

    left: Ints
    right: Ints
    worth: Floats
    pairs: Longs
    within: Flags


def worth_most(
    linked: Linked,
    number: int,
    settled: Iterable[tuple[str, str]] = (),
    asked: Iterable[tuple[str, str]] = (),
) -> list[Asked]:
    """The pairs of records to ask about, the one worth most first.

    Args:
        linked: the records, those that the post may see alone.
        number: how many at most.
        settled: pairs of records that were decided: nothing more hangs on their groups.
        asked: pairs of records that somebody was asked about already.
    """
    found = _left_to_ask(linked, weighed_worth(linked), settled, asked)
    by_name = dict(
        zip(linked.names_of(linked.left, linked.right).tolist(), linked.weight.tolist(), strict=True)
    )
    chosen = spread(found, linked, number)
    names = linked.names_of(found.left, found.right)
    return [
        Asked(
            _row(linked, int(found.left[one])),
            _row(linked, int(found.right[one])),
            WITHIN if found.within[one] else BETWEEN,
            float(found.pairs[one]),
            by_name.get(int(names[one])),
        )
        for one in chosen
    ]


def weighed_worth(linked: Linked) -> Worth:
    """What every question that can be asked is worth: the best pair of each two groups, and each bridge."""
    across, inside = _between(linked), bridges(linked)
    return Worth(
        np.concatenate([across.left, inside.left]),
        np.concatenate([across.right, inside.right]),
        np.concatenate([across.worth, (1.0 - inside.probability) * inside.pairs]),
        np.concatenate([across.pairs, inside.pairs]),
        np.concatenate([across.within, np.ones(inside.left.size, dtype=np.bool_)]),
    )


def _between(linked: Linked) -> Worth:
    """For each two groups with weighed pairs between them, the likeliest of those."""
    apart = np.flatnonzero(~linked.linked)
    left, right = linked.left[apart], linked.right[apart]
    one, other = linked.people[left].astype(np.int64), linked.people[right].astype(np.int64)
    groups = np.minimum(one, other) * (linked.people_sizes.size + 1) + np.maximum(one, other)
    probability = linked.probability[apart]
    order = np.lexsort((right, left, -probability, groups))
    _, first, number = np.unique(groups[order], return_index=True, return_counts=True)
    mean = np.add.reduceat(probability[order], first) / number if first.size else np.empty(0)
    best = order[first]
    pairs = linked.people_sizes[one[best]] * linked.people_sizes[other[best]]
    return Worth(left[best], right[best], mean * pairs, pairs, np.zeros(best.size, dtype=np.bool_))


def _left_to_ask(
    linked: Linked,
    found: Worth,
    settled: Iterable[tuple[str, str]],
    asked: Iterable[tuple[str, str]],
) -> Worth:
    """Without pairs that nobody may see, that are worth nothing, or that were asked or decided."""
    decided = _profiles_of(linked, settled)
    # A decision on two groups is about every pair between them.
    between = {_ordered(int(linked.people[one]), int(linked.people[other])) for one, other in decided}
    done = {*decided, *_profiles_of(linked, asked)}
    may = (linked.sizes[found.left] > 0) & (linked.sizes[found.right] > 0) & (found.worth > 0)
    if done:
        names = linked.names_of(found.left, found.right)
        wanted = linked.names_of(
            *(np.array(side, dtype=np.int64) for side in zip(*sorted(done), strict=True))
        )
        may &= ~np.isin(names, wanted)
        people = zip(linked.people[found.left].tolist(), linked.people[found.right].tolist(), strict=True)
        may &= np.array([_open(one, other, between) for one, other in people], dtype=np.bool_)
    kept = np.flatnonzero(may)
    return Worth(
        found.left[kept], found.right[kept], found.worth[kept], found.pairs[kept], found.within[kept]
    )


def _open(one: int, other: int, between: Collection[tuple[int, int]]) -> bool:
    return one == other or _ordered(one, other) not in between


def _profiles_of(linked: Linked, pairs: Iterable[tuple[str, str]]) -> set[tuple[int, int]]:
    """The profiles of pairs of records; of those that are there no more, nothing."""
    rows = linked.row_of
    return {
        _ordered(int(linked.of_record[rows[one]]), int(linked.of_record[rows[other]]))
        for one, other in pairs
        if one in rows and other in rows
    }


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _row(linked: Linked, profile: int) -> int:
    return int(linked.rows[linked.starts[profile]])
