"""Which pairs are worth most to ask about: by how many pairs of records an answer is expected to put right.

An answer that says what was done already changes nothing. One that says otherwise changes every pair of
records that hangs on it. So what a question is worth, in pairs of records put right, is

- between two groups that were left apart: the chance that they are one person, times the records of the one
  times the records of the other;
- inside a group: the chance that a bridge holds two people together, times the records on the one side of it
  times those on the other.

The chance between two groups is the mean probability of their weighed pairs; that of a bridge is its own.
This is the expected value of sample information (Raiffa and Schlaifer, 1961) of one answer taken alone, with
a correct pair of records as its unit, of a reviewer who is right.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from roundtable.linkage.review.bridges import bridges
from roundtable.linkage.review.linked import AnyInts, Asked, Flags, Floats, Ints, Linked, Longs
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
    chosen = spread(found, linked, number)
    weights = linked.weights_of(found.left[chosen], found.right[chosen])
    return [
        Asked(
            _row(linked, int(found.left[one])),
            _row(linked, int(found.right[one])),
            WITHIN if found.within[one] else BETWEEN,
            float(found.pairs[one]),
            weight,
        )
        for one, weight in zip(chosen, weights, strict=True)
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
    groups, probability = _group_names(linked, left, right), linked.probability[apart]
    order = np.lexsort((right, left, -probability, groups))
    _, first, number = np.unique(groups[order], return_index=True, return_counts=True)
    mean = np.add.reduceat(probability[order], first) / number if first.size else np.empty(0)
    best = order[first]
    sizes = linked.people_sizes[linked.people]
    pairs = sizes[left[best]] * sizes[right[best]]
    return Worth(left[best], right[best], mean * pairs, pairs, np.zeros(best.size, dtype=np.bool_))


def _left_to_ask(
    linked: Linked,
    found: Worth,
    settled: Iterable[tuple[str, str]],
    asked: Iterable[tuple[str, str]],
) -> Worth:
    """Without pairs that nobody may see, that are worth nothing, or that were asked or decided."""
    decided = _profiles_of(linked, settled)
    done = np.concatenate([decided, _profiles_of(linked, asked)])
    may = (linked.sizes[found.left] > 0) & (linked.sizes[found.right] > 0) & (found.worth > 0)
    may &= ~np.isin(linked.names_of(found.left, found.right), linked.names_of(done[:, 0], done[:, 1]))
    # A decision on two groups is about every pair between them.
    groups = _group_names(linked, found.left, found.right)
    may &= found.within | ~np.isin(groups, _group_names(linked, decided[:, 0], decided[:, 1]))
    kept = np.flatnonzero(may)
    return Worth(
        found.left[kept], found.right[kept], found.worth[kept], found.pairs[kept], found.within[kept]
    )


def _group_names(linked: Linked, left: AnyInts, right: AnyInts) -> Longs:
    """The two groups of each pair as one number."""
    one, other = linked.people[left].astype(np.int64), linked.people[right].astype(np.int64)
    found: Longs = np.minimum(one, other) * (linked.people_sizes.size + 1) + np.maximum(one, other)
    return found


def _profiles_of(linked: Linked, pairs: Iterable[tuple[str, str]]) -> Longs:
    """The profiles of pairs of records, a row each; of those that are there no more, nothing."""
    both = list(pairs)
    rows = linked.rows_of(record for pair in both for record in pair).reshape(-1, 2)
    found: Longs = linked.of_record[rows[(rows >= 0).all(axis=1)]].astype(np.int64)
    return found


def _row(linked: Linked, profile: int) -> int:
    return int(linked.rows[linked.starts[profile]])
