"""Why a move was made, in weights and words: nothing in it identifies anybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import Constraints, Pairs, Positions
from roundtable.linkage.people.link_tables import BETWEEN_PEOPLE, Kind
from roundtable.linkage.people.pairs_kept import Kept
from roundtable.linkage.people.state import probability_of


@dataclass(frozen=True)
class Grounds:
    """What a run's groups rest on.

    Attributes:
        record_id: the records of the people that were worked out again, in ascending order.
        person_id: of each, whose it is now.
        profile: of each, its profile.
        labels: the group of every profile.
        kept: the pairs.
        constraints: what no score overrules.
    """

    record_id: pa.Array
    person_id: pa.Array
    profile: NDArray[np.int32]
    labels: NDArray[np.int32]
    kept: Kept
    constraints: Constraints


def with_reasons(moves: pa.Table, moved: pa.Table, grounds: Grounds) -> pa.Table:
    """The moves with their evidence: what is between the records that moved and those they came to or left.

    For a merge and a move, that is the rest of the person that they are of now; for a split, what is left of
    the person that they were of.

    Args:
        moves: of one run; a `PERSON_MOVE`.
        moved: their records; a `PERSON_MOVED`.
        grounds: what the groups rest on.
    """
    between = pc.is_in(moves["kind"], value_set=pa.array([str(kind) for kind in BETWEEN_PEOPLE]))
    rows = np.flatnonzero(between.to_numpy())
    if not len(rows):
        return moves
    chosen = moves.take(pa.array(rows))
    sides = _Sides(chosen, moved, grounds)
    kept, apart, together = grounds.kept, grounds.constraints.apart, grounds.constraints.together
    which, at = sides.between(kept.left, kept.right)
    probability = probability_of(kept.weight[at])
    told = _told(
        chosen["kind"].to_pylist(),
        sides.possible,
        np.bincount(which, minlength=len(rows)),
        np.bincount(which, weights=probability, minlength=len(rows)).astype(np.float64),
        _heaviest(which, kept.weight[at], len(rows)),
        sides.has(apart),
        sides.has(together),
    )
    evidence = np.full(moves.num_rows, None, object)
    evidence[rows] = told
    place = moves.schema.get_field_index("evidence")
    return moves.set_column(place, moves.schema.field(place), pa.array(evidence, pa.string()))


class _Sides:
    """Of each move, the profiles that moved and those on the other side, by the move's place in the list."""

    def __init__(self, chosen: pa.Table, moved: pa.Table, grounds: Grounds) -> None:
        labels = grounds.labels
        numbers = chosen["number"].combine_chunks()
        place = pc.index_in(moved["number"], value_set=numbers).to_numpy()
        record = pc.index_in(moved["record_id"], value_set=grounds.record_id).to_numpy()
        self._move = np.full(len(labels), -1, np.int64)
        self._move[grounds.profile[record]] = place
        split = pc.equal(chosen["kind"], str(Kind.SPLIT)).to_numpy()
        other = pc.if_else(pa.array(split), chosen["person_from"], chosen["person_to"])
        row = pc.index_in(other, value_set=grounds.person_id).to_numpy()
        self._other = labels[grounds.profile[row]]
        self._labels = labels
        taken = np.bincount(self._move[self._move >= 0], minlength=chosen.num_rows)
        rest = np.bincount(labels, minlength=len(labels))[self._other] - np.where(split, 0, taken)
        self.possible: NDArray[np.int64] = taken * rest

    def between(self, left: Positions, right: Positions) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pairs between the two sides of a move: of each the move, and its place among the pairs."""
        moves, places = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for one, other in ((left, right), (right, left)):
            at = np.flatnonzero(self._move[one] >= 0)
            move = self._move[one[at]]
            across = (self._labels[other[at]] == self._other[move]) & (self._move[other[at]] != move)
            moves.append(move[across])
            places.append(at[across])
        return np.concatenate(moves), np.concatenate(places)

    def has(self, pairs: Pairs) -> NDArray[np.bool_]:
        """Which moves have one of these pairs between their sides."""
        which, _ = self.between(pairs.left, pairs.right)
        return np.bincount(which, minlength=len(self._other)) > 0


def _heaviest(which: NDArray[np.int64], weight: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    found = np.full(count, -np.inf)
    np.maximum.at(found, which, weight)
    return found


def _told(
    kinds: list[str],
    possible: NDArray[np.int64],
    pairs: NDArray[np.int64],
    likely: NDArray[np.floating],
    heaviest: NDArray[np.float64],
    apart: NDArray[np.bool_],
    together: NDArray[np.bool_],
) -> list[str]:
    told = []
    for at, kind in enumerate(kinds):
        says = "no pair between the two sides was kept"
        if pairs[at]:
            mean = likely[at] / max(int(possible[at]), 1)
            says = (
                f"{pairs[at]} of {possible[at]} pairs between the two sides were kept, the heaviest of "
                f"{heaviest[at]:.1f} bits; over all of them it is {mean:.0%} likely that they are one person"
            )
        if together[at] and kind != Kind.SPLIT:
            says += "; it is decided that they are one person"
        if apart[at] and kind == Kind.SPLIT:
            says += "; it is known or decided that they are two people"
        told.append(says)
    return told
