"""What people decided about two records: that they are one person's, or two people's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import NO_PAIRS, Pairs

#: Two records, the one with the smaller id first.
Two = tuple[str, str]


@dataclass(frozen=True)
class Decisions:
    """Decisions in force, each two records once and in order.

    Attributes:
        apart: records of two people.
        together: records of one person.
    """

    apart: tuple[Two, ...] = ()
    together: tuple[Two, ...] = ()

    @classmethod
    def of(cls, apart: Iterable[Two] = (), together: Iterable[Two] = ()) -> Decisions:
        """From pairs in any order, either way round."""
        return cls(_each_once(apart), _each_once(together))

    def and_also(self, more: Decisions) -> Decisions:
        """These and further ones."""
        return Decisions.of((*self.apart, *more.apart), (*self.together, *more.together))

    def between(self, record_ids: pa.ChunkedArray, profile: NDArray[np.int32]) -> tuple[Pairs, Pairs]:
        """The profiles that are decided to be apart, and together.

        A decision about a record that is not there says nothing. Nor does one about two records of one
        profile: they are alike in everything that is looked at.

        Args:
            record_ids: the ids of the records that there are.
            profile: the profile of each of them; -1 for one that is not there any more.
        """
        if not self.apart and not self.together:
            return NO_PAIRS, NO_PAIRS
        asked = sorted({record for two in (*self.apart, *self.together) for record in two})
        place = pc.fill_null(pc.index_in(record_ids, value_set=pa.array(asked, pa.string())), -1).to_numpy()
        rows = np.flatnonzero((place >= 0) & (profile >= 0))
        of_asked = np.full(len(asked), -1, np.int64)
        of_asked[place[rows]] = profile[rows]
        number = {record: at for at, record in enumerate(asked)}
        apart, together = (
            np.array([[of_asked[number[one]] for one in two] for two in those], np.int64).reshape(-1, 2)
            for those in (self.apart, self.together)
        )
        return _known(apart), _known(together)


NOTHING_DECIDED = Decisions()


def _each_once(pairs: Iterable[Two]) -> tuple[Two, ...]:
    return tuple(sorted({(min(two), max(two)) for two in pairs if two[0] != two[1]}))


def _known(pairs: NDArray[np.int64]) -> Pairs:
    there = (pairs >= 0).all(axis=1)
    return Pairs.of(pairs[there, 0], pairs[there, 1])
