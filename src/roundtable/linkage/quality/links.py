"""What the measures are taken of: records, the people that they were linked to, and the pairs weighed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Links:
    """Records as they were linked.

    Attributes:
        cleaned: `CLEANED`, a row a record.
        of_record: the profile (distinct identity) of each record.
        people: the number of the person that each profile was put to, from nought.
        unlinkable: whether each profile says nothing to link it by.
        left, right: the profiles of each pair that was weighed and kept, each pair once.
        probability: of each pair that it is one person: calibrated, as far as that is known.
    """

    cleaned: pa.Table
    of_record: NDArray[np.int32]
    people: NDArray[np.int32]
    unlinkable: Flags
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    probability: Floats

    @cached_property
    def sizes(self) -> Numbers:
        """How many records each profile has."""
        return np.bincount(self.of_record, minlength=len(self.people)).astype(np.int64)

    @cached_property
    def person(self) -> NDArray[np.int32]:
        """The person of each record."""
        found: NDArray[np.int32] = self.people[self.of_record]
        return found

    @cached_property
    def people_count(self) -> int:
        """How many people there are."""
        return int(self.people.max(initial=-1)) + 1

    @cached_property
    def records_of_person(self) -> Numbers:
        """How many records each person has."""
        return np.bincount(self.person, minlength=self.people_count).astype(np.int64)

    def codes(self, column: str) -> tuple[NDArray[np.int32], list[str]]:
        """A column of the records as numbers, in the order of its words; -1 where it is null."""
        encoded = self.cleaned[column].combine_chunks().dictionary_encode()
        words = encoded.dictionary.to_pylist()
        order = np.argsort(np.array(words, dtype=object)) if words else np.empty(0, np.int64)
        place = np.full(len(words) + 1, -1, dtype=np.int32)
        place[order] = np.arange(len(words), dtype=np.int32)
        found: NDArray[np.int32] = place[np.asarray(encoded.indices.fill_null(-1), dtype=np.int64)]
        return found, [words[one] for one in order]


def calibrated(weight: Floats, calibration: pa.Table) -> Floats:
    """What pairs prove to be worth, by their weight, between the weights that were counted.

    Args:
        weight: in bits.
        calibration: `weight` and `found`, as the choice of the stop leaves them, by weight.
    """
    at, found = (np.asarray(calibration[name], dtype=np.float64) for name in ("weight", "found"))
    worth: Floats = np.clip(np.interp(weight, at, found), 0.0, 1.0)
    return worth
