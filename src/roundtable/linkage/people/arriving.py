"""The records of a night among those that were there: who is new, who says something else, who is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.blocking.keys import keys_of
from roundtable.linkage.clustering.constraints import Positions
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.people.identity import NONE, identity_of, known_already
from roundtable.linkage.people.state import State
from roundtable.linkage.profiles.profile import profiled


@dataclass(frozen=True)
class Arrived:
    """The profiles of before with the night's after them, and what became of the records.

    Attributes:
        encoded, identity, keys: of all profiles, as in a `State`.
        first_new: the position of the first new profile.
        record_id, profile, event_id: of each record of the night, in the order of the cleaned ones.
        stayed: which rows of the state's records are neither changed nor gone.
        dead: which profiles no record shows any more.
        unlinkable: positions of new profiles that have neither a name nor a number.
    """

    encoded: Encoded
    identity: NDArray[np.uint64]
    keys: Mapping[str, NDArray[np.uint64]]
    first_new: int
    record_id: pa.Array
    profile: NDArray[np.int32]
    event_id: pa.Array
    stayed: NDArray[np.bool_]
    dead: NDArray[np.bool_]
    unlinkable: NDArray[np.int32]


def arrived(state: State, cleaned: pa.Table, gone: pa.Array, settings: Settings) -> Arrived:
    """Put the records of a night among those of before.

    A record that says just what a profile says belongs to it; all others make new profiles, which come after
    the old ones.

    Args:
        state: what the run before left.
        cleaned: the records that are new or changed; `CLEANED`.
        gone: ids of records that were withdrawn. One that stands in `cleaned` too has come back.
        settings: those of the state's model.
    """
    there = state.records["record_id"]
    record_id = cleaned["record_id"].combine_chunks()
    stayed = ~_among(there, record_id) & ~_among(there, gone)
    found = profiled(cleaned)
    new = state.encoded.beside(found.table)
    identity = identity_of(found.table)
    position = known_already(state.identity, state.encoded, identity, new)
    added = np.flatnonzero(position < 0)
    position[added] = len(state) + np.arange(len(added), dtype=np.int32)
    profile = position[found.of_record]
    count = len(state) + len(added)
    shown = np.bincount(state.profile[stayed], minlength=count) + np.bincount(profile, minlength=count)
    dead = shown == 0
    keys = keys_of(settings, new)
    lasting = {name: np.concatenate([old, keys[name][added]]) for name, old in state.keys.items()}
    for column in lasting.values():
        column[dead] = 0
    whole = np.concatenate([state.identity, identity[added]])
    whole[dead] = NONE
    return Arrived(
        encoded=Encoded(
            {
                name: np.concatenate([old, new.codes[name][added]])
                for name, old in state.encoded.codes.items()
            },
            new.vocabularies,
        ),
        identity=whole,
        keys=lasting,
        first_new=len(state),
        record_id=record_id,
        profile=profile,
        event_id=cleaned["event_id"].combine_chunks(),
        stayed=stayed,
        dead=dead,
        unlinkable=position[found.unlinkable],
    )


def by_first_record(state: State, here: Arrived, chosen: Positions) -> Positions:
    """Profiles by the smallest record id of each, which is their order in the whole; dead ones last."""
    wanted = np.zeros(len(here.dead), np.bool_)
    wanted[chosen] = True
    old = np.flatnonzero(here.stayed & wanted[state.profile])
    new = np.flatnonzero(wanted[here.profile])
    ids = pa.chunked_array(
        [*state.records["record_id"].take(pa.array(old)).chunks, here.record_id.take(pa.array(new))]
    )
    profile = np.concatenate([state.profile[old], here.profile[new]])
    by_id = profile[pc.sort_indices(ids).to_numpy()]
    place = np.full(len(here.dead), len(by_id), np.int64)
    place[by_id[::-1]] = np.arange(len(by_id))[::-1]
    return chosen[np.argsort(place[chosen], kind="stable")]


def _among(ids: pa.ChunkedArray, those: pa.Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = pc.is_in(ids, value_set=those).to_numpy()
    return found
