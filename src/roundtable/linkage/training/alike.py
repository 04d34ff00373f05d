"""Some pairs of profiles to learn from: alike in given columns, at one address, or drawn at random."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.settings import KeyPart

Positions = NDArray[np.int32]
Groups = NDArray[np.int64]
PairsFound = tuple[Positions, Positions]

#: What stands between a dataset and its number in `source_person`.
MARK = "␟"


def within(groups: Groups, reach: int, most: int, seed: int) -> PairsFound:
    """Pairs of profiles of one group (-1: none), each with up to `reach` after it in an order by chance.

    A group of many (a hostel, a school) is thinned by that, and cannot drown the others.

    Args:
        groups: the group of each profile.
        reach: how many of its group each profile is paired with, at the most.
        most: the most pairs; beyond it, a part drawn at random.
        seed: of the order and of the draw.
    """
    chance = np.random.default_rng(seed)
    there = np.flatnonzero(groups >= 0)
    chance.shuffle(there)
    order = there[np.argsort(groups[there], kind="stable")]
    sorted_groups = groups[order]
    lefts, rights = [], []
    for step in range(1, min(reach, len(order) - 1) + 1):
        same = np.flatnonzero(sorted_groups[step:] == sorted_groups[:-step])
        if not len(same):
            break
        lefts.append(order[same])
        rights.append(order[same + step])
    if not lefts:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    one, other = np.concatenate(lefts), np.concatenate(rights)
    if len(one) > most:
        kept = np.sort(chance.choice(len(one), most, replace=False))
        one, other = one[kept], other[kept]
    return np.minimum(one, other).astype(np.int32), np.maximum(one, other).astype(np.int32)


def at_random(count: int, most: int, seed: int) -> PairsFound:
    """Pairs of any two profiles; strangers but for very few."""
    if count < 2:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    chance = np.random.default_rng(seed)
    one, other = chance.integers(0, count, most), chance.integers(0, count, most)
    apart = one != other
    one, other = one[apart], other[apart]
    return np.minimum(one, other).astype(np.int32), np.maximum(one, other).astype(np.int32)


def alike_in(encoded: Encoded, parts: Sequence[KeyPart]) -> Groups:
    """The group of each profile that is alike in the whole columns of the parts; -1 where one is missing."""
    return _joined([encoded.codes[part.column].astype(np.int64) for part in parts])


def whole(parts: Sequence[KeyPart]) -> tuple[KeyPart, ...]:
    """The parts with nothing cut off."""
    return tuple(part.model_copy(update={"first": None, "last": None}) for part in parts)


def addresses(profiles: pa.Table) -> Groups:
    """The address of each profile: its number or, without one, its first line and postcode; -1 for none."""
    names = profiles.schema.names
    if not {"address_id", "address_key", "postcode"} <= set(names):
        return np.full(len(profiles), -1, np.int64)
    written = pc.binary_join_element_wise(profiles["address_key"], profiles["postcode"], "|")
    return _coded(pc.coalesce(profiles["address_id"], written))


def numbers(profiles: pa.Table) -> tuple[Groups, Groups]:
    """Of each profile the register or source that numbers its people, and the number in it; -1 for none."""
    names = [name for name in ("other_number", "source_person") if name in profiles.schema.names]
    if not names:
        nobody = np.full(len(profiles), -1, np.int64)
        return nobody, nobody
    number = pc.coalesce(*(profiles[name] for name in names))
    return _coded(pc.replace_substring_regex(number, f"{MARK}.*$", "")), _coded(number)


def both(one: Groups, other: Groups) -> Groups:
    """The groups of profiles that are alike in two things."""
    return _joined([one, other])


def _joined(columns: list[Groups]) -> Groups:
    joined = columns[0]
    for column in columns[1:]:
        there = (joined >= 0) & (column >= 0)
        groups = np.full(len(joined), -1, np.int64)
        pairs = (joined[there] << 32) | column[there]
        groups[there] = np.unique(pairs, return_inverse=True)[1]
        joined = groups
    return joined


def _coded(words: pa.ChunkedArray) -> Groups:
    array = words.combine_chunks() if isinstance(words, pa.ChunkedArray) else words
    coded = array.dictionary_encode().indices.fill_null(-1)
    return np.asarray(coded.to_numpy(zero_copy_only=False), np.int64)
