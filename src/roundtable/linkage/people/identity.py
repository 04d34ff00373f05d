"""Whether a record of the night says just what a profile says already: one number for all that it says."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numba import njit
from numpy.typing import NDArray

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.profiles.profile import says_enough

Identity = NDArray[np.uint64]
#: Of a profile that no other record can share: a thin one, or one that nobody shows any more.
NONE = np.uint64(0)
#: Slots of the sieve by which most profiles are told to be none of the night's (a power of two).
_SLOTS = 1 << 22
#: Between the words of a list.
_BETWEEN = "\x1f"


def identity_of(profiles: pa.Table) -> Identity:
    """64 bits of all columns of each profile; `NONE` where it says too little for another record to share it.

    Two profiles that differ have one number only by a chance of 5 in 10^20, and `known_already` compares what
    is encoded besides.

    Args:
        profiles: a `PROFILE`, with or without further columns.
    """
    found = np.zeros(profiles.num_rows, np.uint64)
    for name in sorted(set(profiles.column_names) - {"profile"}):
        column = profiles[name]
        if pa.types.is_list(column.type):
            column = pc.binary_join(column, _BETWEEN)
        words = (column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column).cast(
            pa.large_string()
        )
        salt = np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little"))
        _mix_in(found, *_buffers(words), salt)
    found[found == NONE] = np.uint64(1)
    found[~says_enough(profiles)] = NONE
    return found


def known_already(
    identity: Identity, encoded: Encoded, new_identity: Identity, new: Encoded
) -> NDArray[np.int32]:
    """For each new profile, the old one that says just the same; -1 where there is none.

    Args:
        identity: of the old profiles.
        encoded: the old profiles.
        new_identity: of the new profiles.
        new: the new profiles, in the same codes.
    """
    sieve = np.zeros(_SLOTS, np.bool_)
    sieve[new_identity & np.uint64(_SLOTS - 1)] = True
    perhaps = np.flatnonzero(sieve[identity & np.uint64(_SLOTS - 1)] & (identity != NONE))
    perhaps = perhaps[np.argsort(identity[perhaps], kind="stable")]
    found = np.full(len(new_identity), -1, np.int32)
    if not len(perhaps):
        return found
    place = np.minimum(np.searchsorted(identity[perhaps], new_identity), len(perhaps) - 1)
    old = perhaps[place]
    same = (identity[old] == new_identity) & (new_identity != NONE)
    for column, codes in new.codes.items():
        same &= encoded.codes[column][old] == codes
    found[same] = old[same]
    return found


def _buffers(words: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.uint8], NDArray[np.bool_]]:
    """Where each word starts and ends, the bytes, and which words there are."""
    valid = pc.is_valid(words).to_numpy(zero_copy_only=False)
    _, offsets, data = words.buffers()
    if not len(words):
        return np.zeros(1, np.int64), np.zeros(0, np.uint8), valid
    ends = np.frombuffer(offsets, np.int64)[words.offset : words.offset + len(words) + 1]
    letters = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
    return ends, letters, valid


@njit(cache=True)
def _mix_in(found, ends, letters, valid, salt):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Each row's number with one word more: FNV-1a over its bytes, and SplitMix64's finaliser."""
    for row in range(len(found)):
        mixed = salt
        if valid[row]:
            mixed ^= np.uint64(0xCBF29CE484222325)
            for place in range(ends[row], ends[row + 1]):
                mixed = (mixed ^ np.uint64(letters[place])) * np.uint64(0x100000001B3)
        mixed = (mixed ^ found[row]) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found[row] = mixed ^ (mixed >> np.uint64(31))
