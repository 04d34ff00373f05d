"""Ids of households that last: a household keeps its id from run to run while it can be told to be the same.

A household is new once: then its id is made, under a key, of its address and of who was there first. Later it
keeps the id of the household of the run before with which it has most people at the same address in common;
of equals, the one that began first. Where one has come apart, the part with most of its people keeps the id;
where two have become one, the id of the larger part stays and the other goes.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.linkage.households.codes import coded, together

_BETWEEN = "\x1f"
#: Hexadecimal digits of an id: 128 bits.
_DIGITS = 32


def keyed(key: bytes, *parts: str) -> str:
    """An id of parts: HMAC-SHA256 (RFC 2104) in hexadecimal, its first 128 bits."""
    return hmac.digest(key, _BETWEEN.join(parts).encode(), "sha256").hex()[:_DIGITS]


def household_ids(
    household: NDArray[np.int64],
    address: Sequence[str],
    person: Sequence[str],
    spell: Sequence[int],
    key: bytes,
    previous: pa.Table | None,
) -> list[str]:
    """The id of each household.

    Args:
        household: of each member's time, the number of its household, counted from nought.
        address: of each, the id of the address.
        person: of each, the id of the person.
        spell: of each, which of the person's times there it is. Founders come first of their household.
        key: what ids are made under.
        previous: `household_id`, `linked_address_id` and `person_id` of the run before; None at the first.
    """
    count = int(household.max(initial=-1)) + 1
    kept = _kept(household, address, person, previous, count)
    founders = np.full(count, -1, dtype=np.int64)
    founders[household[::-1]] = np.arange(len(household))[::-1]
    taken = {one for one in kept if one}
    ids: list[str] = []
    for number, old in enumerate(kept):
        if old:
            ids.append(old)
            continue
        row = int(founders[number])
        parts = ("household", address[row], person[row], str(spell[row]))
        made, again = keyed(key, *parts), 1
        while made in taken:
            again += 1
            made = keyed(key, *parts, str(again))
        taken.add(made)
        ids.append(made)
    return ids


def _kept(
    household: NDArray[np.int64],
    address: Sequence[str],
    person: Sequence[str],
    previous: pa.Table | None,
    count: int,
) -> list[str]:
    """The id that each household keeps; nothing where it is new."""
    kept = [""] * count
    if previous is None or not previous.num_rows or not count:
        return kept
    now = [_BETWEEN.join(pair) for pair in zip(address, person, strict=True)]
    before = [
        _BETWEEN.join(pair)
        for pair in zip(
            previous["linked_address_id"].to_pylist(), previous["person_id"].to_pylist(), strict=True
        )
    ]
    marks, _ = coded(pa.array(before + now))
    old, names = coded(previous["household_id"])
    begun = _begun(previous, old, len(names))
    for new, was in _by_overlap(marks[: len(before)], old, marks[len(before) :], household, begun):
        if not kept[new] and names[was]:
            kept[new], names[was] = names[was], ""
    return kept


def _begun(previous: pa.Table, old: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """The first day of each household of the run before; those without a day come last."""
    found = np.full(count, np.iinfo(np.int64).max, dtype=np.int64)
    days = previous["from_on"].cast(pa.int32()).fill_null(np.iinfo(np.int32).max)
    np.minimum.at(found, old, np.asarray(days, dtype=np.int64))
    return found


def _by_overlap(
    marks_before: NDArray[np.int32],
    old: NDArray[np.int32],
    marks_now: NDArray[np.int32],
    new: NDArray[np.int64],
    begun: NDArray[np.int64],
) -> list[tuple[int, int]]:
    """Pairs of a household now and one before with people in common: most first, then by age and number."""
    before = np.unique(together(marks_before, old))
    now = np.unique(together(marks_now, new))
    old_width, new_width = int(old.max(initial=0)) + 1, int(new.max(initial=0)) + 1
    start = np.searchsorted(before // old_width, now // new_width, side="left")
    end = np.searchsorted(before // old_width, now // new_width, side="right")
    lengths = end - start
    within = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    was = before[np.repeat(start, lengths) + within] % old_width
    becomes = np.repeat(now % new_width, lengths)
    pairs, common = np.unique(together(becomes, was), return_counts=True)
    width = int(was.max(initial=0)) + 1
    becomes, was = pairs // width, pairs % width
    order = np.lexsort((becomes, was, begun[was], -common))
    return list(zip(becomes[order].tolist(), was[order].tolist(), strict=True))
