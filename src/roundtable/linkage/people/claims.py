"""Which group takes over whose id: claims by shared records, granted one after the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit
from numpy.typing import NDArray

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Claims:
    """A claim for every person and group that share records.

    Attributes:
        person: the person, by number.
        group: the group, by number.
        records: how many records they share.
        of_record: the claim that each record belongs to; -1 for a record that was nobody's.
    """

    person: Whole
    group: Whole
    records: Whole
    of_record: Whole

    @classmethod
    def counted(cls, person: Whole, group: Whole) -> Claims:
        """From the person (-1 for nobody) and the group of each record."""
        known = person >= 0
        width = int(group.max()) + 1 if len(group) else 1
        pairs, of_known, records = np.unique(
            person[known] * width + group[known], return_inverse=True, return_counts=True
        )
        of_record = np.full(len(person), -1, np.int64)
        of_record[known] = of_known
        return cls(pairs // width, pairs % width, records.astype(np.int64), of_record)

    def least(self, values: Whole, none: int) -> Whole:
        """The least of the values of each claim's records; `none` stands in for a claim without any."""
        least = np.full(len(self.person) + 1, none, np.int64)
        np.minimum.at(least, self.of_record, values)
        return least[:-1]


def granted(claims: Claims, since: Whole, people: pa.Array, first: Whole) -> Whole:
    """Whose id each group takes over: the person by number, or -1.

    The largest claim goes first, then that whose records have been of the person for longest, then that for
    the smaller id, then that of the group whose first record comes first.

    Args:
        claims: of groups for people.
        since: for each claim, the run in which the first of its records came to the person.
        people: the id of each person.
        first: the position of each group's first record.
    """
    holder = np.full(len(first), -1, np.int64)
    rivals = np.bincount(claims.person, minlength=len(people))[claims.person] > 1
    rivals |= np.bincount(claims.group, minlength=len(first))[claims.group] > 1
    holder[claims.group[~rivals]] = claims.person[~rivals]
    person, group = claims.person[rivals], claims.group[rivals]
    asked, at = np.unique(person, return_inverse=True)
    by_name = np.empty(len(asked), np.int64)
    by_name[pc.sort_indices(people.take(pa.array(asked))).to_numpy()] = np.arange(len(asked))
    order = np.lexsort((first[group], by_name[at], since[rivals], -claims.records[rivals]))
    _one_to_one(person[order], group[order], holder, np.zeros(len(people), np.bool_))
    return holder


@njit(cache=True)
def _one_to_one(person: Whole, group: Whole, holder: Whole, given: NDArray[np.bool_]) -> None:
    """Grant each claim whose person and group are both free, in order; writes to the last two."""
    for claim in range(len(person)):
        if holder[group[claim]] < 0 and not given[person[claim]]:
            holder[group[claim]] = person[claim]
            given[person[claim]] = True
