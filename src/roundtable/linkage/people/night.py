"""A night: the records that are new, changed or withdrawn, taken into what was linked before.

Only what they touch is worked out again: their candidate pairs, the pairs that they bring together, the
components in which a pair has changed, and the people of those. All else stays, and comes out as if the whole
had been linked again with the same model and stop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from roundtable.linkage.blocking.pairs import LeftOut
from roundtable.linkage.clustering.constraints import Constraints, Contradiction, Pairs, Positions
from roundtable.linkage.clustering.counted import in_units, stop_in_units
from roundtable.linkage.clustering.joined_first import joined_first
from roundtable.linkage.clustering.recluster import recluster
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.people.arriving import Arrived, arrived, by_first_record
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.facts import apart_now, changed_pairs, constraints_of
from roundtable.linkage.people.near_pairs import Added, added_pairs
from roundtable.linkage.people.reasons import Grounds, with_reasons
from roundtable.linkage.people.renaming import renamed
from roundtable.linkage.people.state import State, probability_of


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
        contradictions: decisions that are not followed, because what is known forbids it.
    """

    state: State
    changed: pa.Table
    gone: pa.Array
    moves: pa.Table
    moved: pa.Table
    left_out: tuple[LeftOut, ...]
    contradictions: tuple[Contradiction, ...]


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
    kept = added.old.and_also(added.new)
    known = _known(state, here, added, state.decisions if decisions is None else decisions, settings)
    labels, again = recluster(
        state.labels,
        _touched(state, here, added, known),
        len(here.dead),
        kept.left,
        kept.right,
        probability_of(kept.weight),
        known.constraints,
        state.stop,
        lambda chosen: by_first_record(state, here, chosen),
    )
    named = renamed(state, here, labels, again, key, run)
    grounds = Grounds(
        named.link["record_id"].combine_chunks(),
        named.link["person_id"].combine_chunks(),
        named.profile,
        labels,
        kept,
        known.constraints,
    )
    after = State(
        model=state.model,
        stop=state.stop,
        encoded=here.encoded,
        identity=here.identity,
        keys=here.keys,
        left=kept.left,
        right=kept.right,
        weight=kept.weight,
        labels=labels,
        apart=known.apart,
        alone=known.constraints.alone,
        decisions=known.decisions,
        records=named.records,
    )
    moves = with_reasons(named.moves, named.moved, grounds)
    contradictions = joined_first(len(after), known.constraints).contradictions
    return Night(after, named.changed, named.gone, moves, named.moved, added.left_out, contradictions)


@dataclass(frozen=True)
class _Known:
    """What no score overrules after the night."""

    apart: Pairs
    decisions: Decisions
    decided: tuple[Pairs, Pairs]
    constraints: Constraints


def _known(state: State, here: Arrived, added: Added, decisions: Decisions, settings: Settings) -> _Known:
    apart = apart_now(state, here, added.apart, settings)
    ids = pa.chunked_array([*state.records["record_id"].chunks, here.record_id])
    profile = np.concatenate([np.where(here.stayed, state.profile, -1), here.profile])
    decided = decisions.between(ids, profile)
    alone = np.union1d(state.alone, here.unlinkable).astype(np.int32)
    return _Known(apart, decisions, decided, constraints_of(here.encoded, apart, alone, decided))


def _touched(state: State, here: Arrived, added: Added, known: _Known) -> Positions:
    """The profiles in whose components something has changed.

    A new pair below the stop joins nobody, and counts only within a component: that of its new profile is
    looked at in any case, so that only pairs between two old ones are to be named.
    """
    new = added.new
    joins = (in_units(probability_of(new.weight)) >= stop_in_units(state.stop)) | (new.right < here.first_new)
    lost = here.dead[state.left] | here.dead[state.right]
    return np.concatenate(
        [
            new.left[joins],
            new.right[joins],
            state.left[lost],
            state.right[lost],
            np.flatnonzero(here.dead).astype(np.int32),
            changed_pairs(state.apart, known.apart),
            *(changed_pairs(was, now) for was, now in zip(state.decided, known.decided, strict=True)),
        ]
    )
