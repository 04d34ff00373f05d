"""A night: the records that are new, changed or withdrawn, taken into what was linked before.

Only what they touch is worked out again: their candidate pairs, the pairs that they bring together, the
components in which a pair has changed, and the people of those. All else stays, and comes out as if the whole
had been linked again with the same model and stop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.blocking.pairs import LeftOut
from roundtable.linkage.clustering.constraints import Pairs, Positions
from roundtable.linkage.clustering.recluster import recluster
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.people.arriving import Arrived, arrived
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.durable import Assigned, assign
from roundtable.linkage.people.events import apart_by_events
from roundtable.linkage.people.link_tables import PERSON_LINK
from roundtable.linkage.people.near_pairs import Added, added_pairs
from roundtable.linkage.people.reasons import with_reasons
from roundtable.linkage.people.state import RECORD, State, probability_of


@dataclass(frozen=True)
class Night:
    """What a night comes to.

    Attributes:
        state: everything as it is now.
        changed: the links that are new or not as they were; a `PERSON_LINK`.
        gone: ids of records that were there and are there no more.
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


def night(
    state: State,
    cleaned: pa.Table,
    gone: pa.Array,
    key: bytes,
    run: int,
    decisions: Decisions | None = None,
    settings: Settings | None = None,
) -> Night:
    """Take a night's records in.

    Args:
        state: what the run before left.
        cleaned: the records that are new or changed, each once, cleaned as those of the run before were;
            `CLEANED`.
        gone: ids of records that were withdrawn; those that were not there say nothing.
        key: what ids of people are keyed with.
        run: the number of this run.
        decisions: all that are in force; without them, those of before.
        settings: those that the model was learnt for; without them, the shipped ones of its name.

    Raises:
        ValueError: a record stands in `cleaned` twice.
    """
    settings = settings or shipped(state.model.settings)
    here = arrived(state, cleaned, gone, settings)
    added = added_pairs(state, here, settings)
    decided = _decided(state, here, state.decisions if decisions is None else decisions)
    apart = _still(state.apart, here.dead).and_also(added.apart, apart_by_events(state, here, settings))
    every = added.old.and_also(added.new)
    labels, again = recluster(
        state.labels,
        _touched(state, here, added, apart, decided),
        len(here.dead),
        every.left,
        every.right,
        probability_of(every.weight),
        constraints_of(here.encoded, apart, state.alone, decided),
        state.stop,
    )
    named, affected = _named(state, here, labels, again, key, run)
    after = State(
        model=state.model,
        stop=state.stop,
        encoded=here.encoded,
        identity=here.identity,
        keys=here.keys,
        left=every.left,
        right=every.right,
        weight=every.weight,
        labels=labels,
        apart=apart,
        alone=state.alone,
        decisions=state.decisions if decisions is None else decisions,
        records=named.records,
    )
