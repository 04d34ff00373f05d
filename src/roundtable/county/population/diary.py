"""What happened to whom and when, as the simulation goes along: the raw material of the tables."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]


@dataclass
class Diary:
    """Entries by kind; each entry is a block of equally long columns of whole numbers.

    - `stays`: person, household, from, to, stay kind
    - `unions`: person, partner, from, to, day they married (or never), what ended it
    - `marriages`: woman (or first), man (or second), day
    - `custody`: child, the parent it does not mainly live with, from, to
    - `adoptions`: child, adoptive parent, day
    - `protections`: person, kind, from, to
    """

    entries: dict[str, list[Rows]] = field(default_factory=dict)

    def note(self, kind: str, *columns: npt.NDArray[np.integer] | int) -> None:
        """Write down a block of entries; a single number stands for the whole block."""
        block = np.array(np.broadcast_arrays(*columns), dtype=np.int64)
        if block.shape[1]:
            self.entries.setdefault(kind, []).append(block)

    def of(self, kind: str, columns: int) -> Rows:
        """All entries of a kind, as one array of columns × entries."""
        blocks = self.entries.get(kind)
        return np.concatenate(blocks, axis=1) if blocks else np.empty((columns, 0), dtype=np.int64)
