"""People with their ids: after linking all records from the beginning, or after a night."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.blocking.pairs import LeftOut
from roundtable.linkage.cleaning.cleaned import Cleaned
from roundtable.linkage.clustering.constraints import Contradiction
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.linking.whole import Whole
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.durable import assign
from roundtable.linkage.people.identity import NONE, identity_of
from roundtable.linkage.people.night import night
from roundtable.linkage.people.pairs_kept import Kept
from roundtable.linkage.people.reasons import Grounds, with_reasons
from roundtable.linkage.people.state import RECORD, State
from roundtable.linkage.profiles.profile import profiled


@dataclass(frozen=True)
class Linked:
    """What linking comes to.

    Attributes:
        state: everything that the next night and a lookup need.
        link: which person each record is of; a `PERSON_LINK`, sorted.
        moves, moved: what became of people; a `PERSON_MOVE` and a `PERSON_MOVED` of this run.
        left_out: blocks that were too large.
        contradictions: decisions that could not be followed.
        whole: how the whole was linked; None after a night.
        changed: how many records were new, changed or gone.
    """

    state: State
    link: pa.Table
    moves: pa.Table
    moved: pa.Table
    left_out: Sequence[LeftOut]
    contradictions: Sequence[Contradiction]
    whole: Whole | None
    changed: int


@dataclass(frozen=True)
class Changes:
    """What is not as it was.

    Attributes:
        rows: rows of the cleaned records that are new, or say something else.
        gone: ids of records that are there no more.
    """

    rows: NDArray[np.int64]
    gone: pa.Array

    def __len__(self) -> int:
        return len(self.rows) + len(self.gone)


def with_ids(whole: Whole, before: pa.Table | None, key: bytes, run: int) -> Linked:
    """Give the people of a whole their ids.

    Args:
        whole: who is one person.
        before: the `PERSON_LINK` of the run before; None for the first.
        key: what ids are keyed with.
        run: the number of this run.
    """
    of_record, weighed = whole.profiles.of_record, whole.weighed
    record_id = whole.cleaned.table["record_id"].combine_chunks()
    people = assign(before, whole.labels[of_record], record_id, key, run)
    kept = Kept(weighed.left, weighed.right, weighed.weight)
    grounds = Grounds(
        record_id,
        people.link["person_id"].combine_chunks(),
        of_record,
        whole.labels,
        kept,
        whole.constraints,
    )
    records = [*people.link.columns, pa.array(of_record), whole.cleaned.table["event_id"]]
    state = State(
        model=whole.model,
        stop=whole.chosen.stop,
        encoded=whole.encoded,
        identity=identity_of(whole.profiles.table),
        keys=weighed.keys,
        left=kept.left,
        right=kept.right,
        weight=kept.weight,
        labels=whole.labels,
        apart=whole.apart,
        alone=whole.constraints.alone,
        decisions=whole.decisions,
        records=pa.table(records, schema=RECORD).combine_chunks(),
    )
    moves = with_reasons(people.moves, people.moved, grounds)
    return Linked(
        state, people.link, moves, people.moved, weighed.left_out, whole.contradictions, whole, len(of_record)
    )


def link_night(
    state: State,
    cleaned: Cleaned,
    changes: Changes,
    key: bytes,
    run: int,
    decisions: Decisions,
    settings: Settings,
) -> Linked:
    """Take what changed into what was linked before.

    Args:
        state: what the run before left.
        cleaned: all records as they are now.
        changes: which of them are new or changed, and which are gone.
        key: what ids are keyed with.
        run: the number of this run.
        decisions: all that are in force.
        settings: those of the state's model.
    """
    rows = cleaned.table.take(pa.array(changes.rows))
    found = night(state, rows, changes.gone, key, run, decisions, settings)
    link = found.state.person_link()
    return Linked(
        found.state, link, found.moves, found.moved, found.left_out, found.contradictions, None, len(changes)
    )


def changes_since(state: State, cleaned: Cleaned) -> Changes:
    """Hold the records as they are now against those that were linked.

    A thin record, which has no profile to share, counts as it was where its words have the same codes; so do
    two of one event.
    """
    found = profiled(cleaned.table)
    beside = state.encoded.beside(found.table)
    now_id = cleaned.table["record_id"].combine_chunks()
    place = pc.index_in(now_id, value_set=state.records["record_id"].combine_chunks())
    known = pc.is_valid(place).to_numpy(zero_copy_only=False)
    at = pc.fill_null(place, 0).to_numpy()
    was, now = state.profile[at] if len(state.profile) else at, found.of_record
    identity = identity_of(found.table)[now]
    same = known & ((identity == state.identity[was]) | (identity == NONE)) if len(state) else known
    for column, codes in beside.codes.items():
        same &= codes[now] == state.encoded.codes[column][was]
    was_event = state.records["event_id"].combine_chunks().take(pa.array(at))
    same &= _alike(cleaned.table["event_id"].combine_chunks(), was_event)
    gone = state.records["record_id"].filter(
        pc.invert(pc.is_in(state.records["record_id"], value_set=now_id))
    )
    return Changes(np.flatnonzero(~same), gone.combine_chunks())


def _alike(one: pa.Array, other: pa.Array) -> NDArray[np.bool_]:
    both_null = pc.and_(pc.is_null(one), pc.is_null(other))
    found: NDArray[np.bool_] = pc.or_(pc.fill_null(pc.equal(one, other), False), both_null).to_numpy(
        zero_copy_only=False
    )
    return found
