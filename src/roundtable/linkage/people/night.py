"""A night: the records that are new, changed or withdrawn, taken into what was linked before.

Only what they touch is worked out again: their candidate pairs, the pairs that they bring together, the
components that a pair has changed, and the people in those. All else stays as it is, and comes out as linking
the whole with the same model and stop would, but for words that are rarer or commoner since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.blocking.pairs import LeftOut
from roundtable.linkage.clustering.constraints import Constraints, Pairs, Positions
from roundtable.linkage.clustering.recluster import recluster
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.people.arriving import Arrived, arrived
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.durable import Assigned, assign
from roundtable.linkage.people.link_tables import PERSON_LINK
from roundtable.linkage.people.near_pairs import Kept, kept_pairs
from roundtable.linkage.people.state import RECORD, State, probability_of


@dataclass(frozen=True)
class Night:
    """What a night comes to.

    Attributes:
        state: everything as it is now.
        changed: the rows of the people's records that are new or are not as before; a `PERSON_LINK`.
        gone: ids of records that are no longer there.
        moves: what became of the people; a `PERSON_MOVE`.
        moved: which records went from one person to another; a `PERSON_MOVED`.
        left_out: blocks with a new profile that were too large to be looked at.
    """

    state: State
    changed: pa.Table
    gone: pa.Array
    moves: pa.Table
    moved: pa.Table
    left_out: tuple[LeftOut, ...]
