"""What the room makes, as tables: those of `roundtable.data.linked_tables` without the purpose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from roundtable.data.lake_table import LakeTable
from roundtable.data.linked_tables import (
    HOUSEHOLD,
    HOUSEHOLD_MEMBER,
    LINKED_ADDRESS,
    PERSON_ADDRESS,
    without_purpose,
)
from roundtable.linkage.households.addresses import BASES
from roundtable.linkage.households.codes import Codes, together
from roundtable.linkage.households.communal import WHY as WHY_COMMUNAL
from roundtable.linkage.households.communal import Crowds
from roundtable.linkage.households.living_together import WHY, Together
from roundtable.linkage.households.sightings import NO_DAY, Sightings
from roundtable.linkage.households.spells import NEVER, Spells


def linked_address(
    ids: Sequence[str], has_uprn: NDArray[np.bool_], forms: NDArray[np.int64], seen: Sightings, crowds: Crowds
) -> pa.Table:
    """The table of that name; a row an address that any record is of."""
    at = seen.place[seen.place >= 0]
    pairs = np.unique(together(at, seen.person[seen.place >= 0]))
    width = int(seen.person[seen.place >= 0].max(initial=0)) + 1
    return _table(
        LINKED_ADDRESS,
        {
            "linked_address_id": pa.array(ids, pa.string()),
            "has_uprn": has_uprn,
            "written_forms": forms,
            "records": np.bincount(at, minlength=len(ids)),
            "people": np.bincount(pairs // width, minlength=len(ids)),
            "most_in_a_year": crowds.most,
            "surnames_in_a_year": crowds.surnames,
            "communal": crowds.communal,
            "why_communal": _words(crowds.why, WHY_COMMUNAL),
        },
    )


def person_address(
    spells: Spells, addresses: Sequence[str], people: Sequence[str], agencies: Sequence[str]
) -> pa.Table:
    """The table of that name; a row a spell."""
    return _table(
        PERSON_ADDRESS,
        {
            "person_id": _words(spells.person, people),
            "linked_address_id": _words(spells.place, addresses),
            "spell": spells.number.astype(np.int64),
            "first_seen": days(spells.first),
            "last_seen": days(spells.last),
            "left_by": days(spells.left),
            "agencies": _agencies(spells, agencies),
            "records": spells.records,
            "undated": spells.undated,
            "basis": _words(spells.basis, BASES),
            "stale": spells.stale,
        },
    )


def household_member(
    spells: Spells, found: Together, rows: NDArray[np.int64], ids: Sequence[str], people: Sequence[str]
) -> pa.Table:
    """The table of that name; a row a spell in a household.

    Args:
        spells: the spells.
        found: their households.
        rows: which spells are in one.
        ids: the id of each household by its number.
        people: the id of each person by their number.
    """
    return _table(
        HOUSEHOLD_MEMBER,
        {
            "household_id": _words(found.household[rows], ids),
            "person_id": _words(spells.person[rows], people),
            "spell": spells.number[rows].astype(np.int64),
            "from_on": days(spells.first[rows]),
            "to_on": days(found.to[rows]),
            "why": _words(found.why[rows], WHY),
            "basis": _words(spells.basis[rows], BASES),
        },
    )


def household(
    spells: Spells, found: Together, rows: NDArray[np.int64], ids: Sequence[str], addresses: Sequence[str]
) -> pa.Table:
    """The table of that name; a row a household."""
    number, person = found.household[rows], spells.person[rows]
    count = len(ids)
    place = np.zeros(count, dtype=np.int64)
    place[number] = spells.place[rows]
    first = np.full(count, NEVER, dtype=np.int32)
    dated = spells.first[rows] != NO_DAY
    np.minimum.at(first, number[dated], spells.first[rows][dated])
    last = np.full(count, NO_DAY, dtype=np.int32)
    np.maximum.at(last, number[dated], found.to[rows][dated])
    # Who has no day may be there still: they neither end a household nor keep it from ending.
    going_on = (last == NEVER) | (last == NO_DAY)
    present = (found.to[rows] == NEVER) | ((found.to[rows] == NO_DAY) & going_on[number])
    return _table(
        HOUSEHOLD,
        {
            "household_id": pa.array(ids, pa.string()),
            "linked_address_id": _words(place, addresses),
            "members": _different(number, person, count),
            "members_now": _different(number[present], person[present], count),
            "from_on": days(np.where(first == NEVER, NO_DAY, first).astype(np.int32)),
            "to_on": days(last),
        },
    )


def days(numbers: Codes) -> pa.Array:
    """Days as dates, null where there is none or it has not come."""
    missing = (numbers == NO_DAY) | (numbers == NEVER)
    return pa.array(np.where(missing, 0, numbers).astype(np.int32), mask=missing).cast(pa.date32())


def _different(group: NDArray[np.int64], who: Codes, count: int) -> NDArray[np.int64]:
    pairs = np.unique(together(group, who))
    return np.bincount(pairs // (int(who.max(initial=0)) + 1), minlength=count)


def _words(numbers: NDArray[Any], words: Sequence[str | None]) -> pa.Array:
    return pa.array(words, pa.string()).take(pa.array(numbers.astype(np.int64)))


def _agencies(spells: Spells, names: Sequence[str]) -> pa.Array:
    """The agencies of each spell in one text: there are few different sets of them."""
    offsets = spells.agencies_from
    seen: dict[bytes, int] = {}
    texts: list[str] = []
    which = np.empty(len(spells), dtype=np.int64)
    lists = np.ascontiguousarray(spells.agencies)
    for row in range(len(spells)):
        mark = lists[offsets[row] : offsets[row + 1]].tobytes()
        if mark not in seen:
            seen[mark] = len(texts)
            texts.append("+".join(names[one] for one in lists[offsets[row] : offsets[row + 1]]))
        which[row] = seen[mark]
    return _words(which, texts)


def _table(table: LakeTable, columns: Mapping[str, Any]) -> pa.Table:
    made = pa.table([columns[field.name] for field in without_purpose(table)], schema=without_purpose(table))
    return made.sort_by([(name, "ascending") for name in table.sort_key if name != "purpose"])
