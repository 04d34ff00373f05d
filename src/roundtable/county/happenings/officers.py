"""Which officer recorded what: all share the shifts, and one makes far more records of its own choosing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from roundtable.county.effects.planted import collar
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.drawing import words
from roundtable.county.happenings.lives import Flags, Floats, Ints
from roundtable.county.truth.tables import OFFICERS

#: Categories of crime that come of an officer's own looking: a record is at the officer's discretion.
DISCRETIONARY = ("Drugs", "Possession of weapons")


class Officers:
    """The team of a shard."""

    def __init__(self, chronicle: Chronicle) -> None:
        effect, shard = chronicle.planted.officer, chronicle.shard.number
        self._rng = chronicle.rng("officers")
        self.names = [collar(shard, place, effect.team) for place in range(effect.team)]
        self.pace: Floats = self._rng.lognormal(0.0, effect.spread, effect.team)
        self.pace /= self.pace.mean()
        if shard == effect.shard:
            self.pace[effect.place] = effect.factor
        columns = [pa.array(self.names), pa.repeat(shard, effect.team).cast(pa.int32()), pa.array(self.pace)]
        chronicle.reveal("officers", pa.Table.from_arrays(columns, schema=OFFICERS.schema))

    def draw(self, discretionary: Flags) -> pa.Array:
        """An officer for each record: by pace where it is discretionary, otherwise each as likely."""
        size = len(discretionary)
        by_pace = np.searchsorted(
            np.cumsum(self.pace), self._rng.random(size) * self.pace.sum(), side="right"
        )
        evenly = self._rng.integers(0, len(self.names), size)
        place: Ints = np.where(discretionary, np.minimum(by_pace, len(self.names) - 1), evenly)
        return words(self.names, place)

    def any(self, size: int) -> pa.Array:
        """An officer for each, each as likely."""
        return self.draw(np.zeros(size, bool))
