"""What a review is chosen from: records, the people they were put to, and the pairs that were weighed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
AnyInts = npt.NDArray[np.integer]


@dataclass(frozen=True)
class Linked:
    """Records as they were linked for one purpose.

    Everything here counts pairs of *records*: two identities with three and two records are six pairs.

    Attributes:
        record_ids: the ids of the records, each once.
        of_record: which profile (distinct identity) each record is of.
        people: which person each profile was put to.
        left: one profile of each pair that was weighed and kept.
        right: the other, higher one. No pair stands here twice.
        weight: what the model says of the pair, in bits.
        probability: the same as a probability.
        groups: codes by which agencies and groups of people are told apart, one a profile, -1 unknown: each
            of them gets its share of the questions.
    """

    record_ids: pa.Array
    of_record: Ints
    people: Ints
    left: Ints
    right: Ints
    weight: Floats
    probability: Floats
    groups: Mapping[str, Ints] = field(default_factory=dict)

    @property
    def profiles(self) -> int:
        """How many profiles there are, also those of which no record may be seen."""
        return int(self.people.size)

    @cached_property
    def sizes(self) -> Longs:
        """How many records each profile has."""
        return np.bincount(self.of_record, minlength=self.profiles).astype(np.int64)

    @cached_property
    def rows(self) -> Longs:
        """The rows of records, profile after profile."""
        return np.argsort(self.of_record, kind="stable").astype(np.int64)

    @cached_property
    def starts(self) -> Longs:
        """Where each profile's records begin in `rows`."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.int64)

    @cached_property
    def people_sizes(self) -> Longs:
        """How many records each person has."""
        most = int(self.people.max(initial=-1)) + 1
        return np.bincount(self.people, weights=self.sizes, minlength=most).astype(np.int64)

    @cached_property
    def pair_sizes(self) -> Longs:
        """How many pairs of records each weighed pair of profiles stands for."""
        found: Longs = self.sizes[self.left] * self.sizes[self.right]
        return found

    @cached_property
    def linked(self) -> Flags:
        """Whether each weighed pair was put to one person."""
        found: Flags = self.people[self.left] == self.people[self.right]
        return found

    @cached_property
    def _by_name(self) -> tuple[Longs, Longs]:
        """Each weighed pair as one number, in order, and the place of each."""
        names = self.names_of(self.left, self.right)
        order = np.argsort(names, kind="stable").astype(np.int64)
        return names[order], order

    def names_of(self, left: AnyInts, right: AnyInts) -> Longs:
        """Pairs of profiles, whichever way round, each as one number."""
        low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right).astype(np.int64)
        found: Longs = low * self.profiles + high
        return found

    def rows_of(self, record_ids: Iterable[str]) -> Longs:
        """The rows of records; -1 of those that are not among them."""
        wanted = pa.array(list(record_ids), pa.string())
        found = pc.index_in(wanted, value_set=self.record_ids).fill_null(-1)
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)

    def places_of(self, left: AnyInts, right: AnyInts) -> Longs:
        """Where pairs of profiles stand among those that were weighed and kept; -1 where they do not."""
        names, places = self._by_name
        if not names.size:
            return np.full(len(left), -1, dtype=np.int64)
        wanted = self.names_of(left, right)
        at = np.minimum(np.searchsorted(names, wanted), names.size - 1)
        found: Longs = np.where(names[at] == wanted, places[at], -1)
        return found

    def weights_of(self, left: AnyInts, right: AnyInts) -> list[float | None]:
        """What the model says of pairs of profiles; None of those that it never weighed or did not keep."""
        places = self.places_of(left, right).tolist()
        return [float(self.weight[place]) if place >= 0 else None for place in places]

    def seen(self, may: Flags) -> Linked:
        """The same with the records that a post may see alone.

        Args:
            may: for each record, whether it may.
        """
        kept = np.flatnonzero(may)
        return Linked(
            self.record_ids.take(pa.array(kept)),
            self.of_record[kept],
            self.people,
            self.left,
            self.right,
            self.weight,
            self.probability,
            self.groups,
        )


@dataclass(frozen=True)
class Asked:
    """A pair of records to ask about.

    Attributes:
        left: the row of one record.
        right: the row of the other.
        stratum: what it was drawn from.
        stands_for: how many pairs of records it stands for.
        weight: the model's weight; None where it was never weighed or not kept.
    """

    left: int
    right: int
    stratum: str
    stands_for: float
    weight: float | None
