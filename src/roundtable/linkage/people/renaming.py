"""The people of a night: only those that it touched are named again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import Positions
from roundtable.linkage.people.arriving import Arrived
from roundtable.linkage.people.durable import assign
from roundtable.linkage.people.link_tables import PERSON_LINK
from roundtable.linkage.people.state import RECORD, State


@dataclass(frozen=True)
class Renamed:
    """The people after a night.

    Attributes:
        records: all records; a `RECORD`.
        link: those of people that were named again; a `PERSON_LINK`, sorted.
        profile: the profile of each of those.
        changed: the rows of `link` that were not there before, or not so.
        gone: ids of records that are there no more.
        moves, moved: as `Assigned` has them.
    """

    records: pa.Table
    link: pa.Table
    profile: NDArray[np.int32]
    changed: pa.Table
    gone: pa.Array
    moves: pa.Table
    moved: pa.Table


def renamed(
    state: State, here: Arrived, labels: NDArray[np.int32], again: Positions, key: bytes, run: int
) -> Renamed:
    """Name the people of whom something was worked out again, or who have a record more or less.

    Args:
        state: what the run before left.
        here: the night's records.
        labels: the group of every profile now.
        again: the profiles whose groups were worked out again.
        key: what ids are keyed with.
        run: the number of this run.
    """
    touched = _touched(state, here, again)
    before = state.records.take(pa.array(np.flatnonzero(touched)))
    stayed = here.stayed[touched]
    still = before.filter(pa.array(stayed))
    ids = pa.concat_arrays([*still["record_id"].chunks, here.record_id])
    events = pa.concat_arrays([*still["event_id"].chunks, here.event_id])
    order = pc.sort_indices(ids)
    profile = np.concatenate([still["profile"].to_numpy(), here.profile])[order.to_numpy()]
    people = assign(
        before.select(PERSON_LINK.names),
        labels[profile],
        ids.take(order),
        key,
        run,
        state.records["person_id"],
    )
    rows = pa.table([*people.link.columns, profile, events.take(order)], schema=RECORD)
    missing = before.filter(pa.array(~stayed))["record_id"].combine_chunks()
    let_be = state.records.take(pa.array(np.flatnonzero(~touched)))
    return Renamed(
        records=pa.concat_tables([let_be, rows]),
        link=people.link,
        profile=profile,
        # Whoever came to a person came in this run, and nothing else of a link ever changes.
        changed=people.link.filter(pc.equal(people.link["joined_run"], run)),
        gone=missing.filter(pc.invert(pc.is_in(missing, value_set=here.record_id))),
        moves=people.moves,
        moved=people.moved,
    )


def _touched(state: State, here: Arrived, again: Positions) -> NDArray[np.bool_]:
    """The records of people of whom something was worked out again, or who have a record more or less."""
    people = np.zeros(len(state), np.bool_)
    people[state.labels[state.profile[~here.stayed]]] = True
    people[state.labels[again[again < here.first_new]]] = True
    people[state.labels[here.profile[here.profile < here.first_new]]] = True
    found: NDArray[np.bool_] = people[state.labels[state.profile]]
    return found
