"""What is known of two profiles after a night: what was known before, and what its records add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import UNKNOWN, Constraints, Pairs, Positions
from roundtable.linkage.clustering.known import by_birth_and_name, by_events, by_numbers
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.people.arriving import Arrived
from roundtable.linkage.people.state import State
from roundtable.linkage.scoring.weights import Scored

_Two = NDArray[np.int64]


def apart_now(state: State, arrived: Arrived, by_birth: Pairs, settings: Settings) -> Pairs:
    """Profiles that are known to be of two people.

    What an event said stays said while both profiles are there, also where one of its records was put right:
    another record may show the profile, and to keep two apart is the lesser error.

    Args:
        state: what was known before.
        arrived: the night's records.
        by_birth: new pairs that differ in birth and name.
        settings: those of the state's model.
    """
    both = ~(arrived.dead[state.apart.left] | arrived.dead[state.apart.right])
    before = Pairs(state.apart.left[both], state.apart.right[both])
    return joined(before, by_birth, _by_events(state, arrived, settings))


def two_people(scored: Scored, bar: float) -> Pairs:
    """Scored pairs that are two people by birth and name; of those below the bar nobody need say so."""
    near = scored.weights.weight > bar
    levels = {name: level[near] for name, level in scored.levels.items()}
    return by_birth_and_name(scored.left[near], scored.right[near], levels)


def constraints_of(
    encoded: Encoded, apart: Pairs, alone: Positions, decided: tuple[Pairs, Pairs]
) -> Constraints:
    """What no score overrules, of all profiles."""
    facts = by_numbers(encoded)
    return replace(facts, apart=joined(apart, decided[0]), together=decided[1], alone=alone)


def changed_pairs(before: Pairs, now: Pairs) -> Positions:
    """The profiles of pairs that were not there before, or are there no longer."""
    found = np.setxor1d(_named(before), _named(now), assume_unique=True)
    return np.concatenate([found >> 32, found & 0xFFFFFFFF]).astype(np.int32)


def joined(*several: Pairs) -> Pairs:
    """All of the pairs, each once and in order."""
    found = np.unique(np.concatenate([_named(one) for one in several]))
    return Pairs((found >> 32).astype(np.int32), (found & 0xFFFFFFFF).astype(np.int32))


def _named(pairs: Pairs) -> _Two:
    return (pairs.left.astype(np.int64) << 32) | pairs.right


def _by_events(state: State, arrived: Arrived, settings: Settings) -> Pairs:
    """What the events of the night's records say, with all who stand in them."""
    told = arrived.event_id.drop_null().unique()
    old = np.flatnonzero(_in(state.records["event_id"], told) & arrived.stayed)
    events = pa.concat_arrays([*_taken(state.records["event_id"], old), arrived.event_id]).dictionary_encode()
    codes = pc.fill_null(events.indices, UNKNOWN).to_numpy().astype(np.int64)
    profiles = np.concatenate([state.profile[old], arrived.profile])
    return by_events(codes, profiles, settings, arrived.encoded).apart


def _in(values: pa.ChunkedArray, those: pa.Array) -> NDArray[np.bool_]:
    if not len(those):
        return np.zeros(len(values), np.bool_)
    found: NDArray[np.bool_] = pc.is_in(values, value_set=those).to_numpy()
    return found


def _taken(values: pa.ChunkedArray, rows: NDArray[np.int64]) -> Iterable[pa.Array]:
    taken = values.take(pa.array(rows))
    return taken.chunks if isinstance(taken, pa.ChunkedArray) else [taken]
