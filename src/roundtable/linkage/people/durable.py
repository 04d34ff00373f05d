"""Ids of people that stay: from the groups of one run to people who are the same in the next.

A group of records takes over the id of the person most of whose records it holds. Where several groups want
one id, or several ids want one group, the largest overlap in records goes first, then the records that have
been of their person for longest, then the smaller id, then the group with the smaller record id; an id goes
to one group and a group takes one id. So a person whose records stay together, with or without new ones,
keeps their id.

A group that is left without takes back the id of a person whom a merge had ended and whose records it
mostly holds, so that a merge that is undone leaves no trace. Any other group is a new person, with the keyed
id of the smallest of its record ids that is nobody's name. A record can found a second person only after it
has left the first one while that one lives; it then founds them under its id and a number. The key says
nothing about the record, and two purposes have two keys, so that their people cannot be compared.

The outcome depends on the records and the groups alone: not on the order of rows, nor on what groups are
called. Nothing changes where the groups do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.governance.pseudonyms import SEPARATOR, keyed
from roundtable.linkage.people.claims import Claims, granted
from roundtable.linkage.people.link_tables import PERSON_LINK
from roundtable.linkage.people.moves import Moves, moves_of

_NOBODY: pa.Array = pa.array([], pa.string())


@dataclass(frozen=True)
class Assigned:
    """The people of a run.

    Attributes:
        link: which person each record is of; a `PERSON_LINK`.
        moves: what became of the people before; a `PERSON_MOVE`.
        moved: which records went from one person to another; a `PERSON_MOVED`.
    """

    link: pa.Table
    moves: pa.Table
    moved: pa.Table


@dataclass(frozen=True)
class _Before:
    """What the run before says of the records of this one, by their order here; -1 is nobody."""

    people: pa.Array
    person: NDArray[np.int64]
    joined: NDArray[np.int64]
    former: pa.Array
    size: NDArray[np.int64]


def assign(
    previous: pa.Table | None,
    labels: NDArray[np.integer],
    record_ids: pa.Array | pa.ChunkedArray,
    key: bytes,
    run: int,
    others: pa.Array | pa.ChunkedArray = _NOBODY,
) -> Assigned:
    """Give every group of records the id of a person, and tell what became of the people before.

    Args:
        previous: the `PERSON_LINK` of the run before; None for the first.
        labels: a number for each record: records with the same one are one person.
        record_ids: the records' ids, in the order of the labels; each stands there once.
        key: what ids are keyed with, one a purpose.
        run: the number of this run, above those before.
        others: ids of living people none of whose records stand in `previous`; a night hands over only the
            people that it touches.

    Raises:
        ValueError: labels and record ids are not of one length, or a record stands there twice.
    """
    ids, groups = _in_order(record_ids, np.asarray(labels))
    _, first, group = np.unique(groups, return_index=True, return_inverse=True)
    group = group.astype(np.int64)
    before = _before(PERSON_LINK.empty_table() if previous is None else previous, ids)
    claims = Claims.counted(before.person, group)
    holder = granted(claims, claims.least(before.joined, run), before.people, first)
    names = _names(ids, group, first, holder, before, key, others)
    moves = moves_of(
        Moves(claims, holder, names, before.people, before.size, np.bincount(group, minlength=len(first))),
        ids,
        first,
        run,
    )
    return Assigned(_link(ids, group, holder, names, before, run), *moves)


def _in_order(
    record_ids: pa.Array | pa.ChunkedArray, labels: NDArray[np.integer]
) -> tuple[pa.Array, NDArray[np.integer]]:
    ids = _one_array(record_ids)
    if len(ids) != len(labels):
        raise ValueError("there are as many labels as records")
    if len(ids) > 1 and not pc.all(pc.less(ids[:-1], ids[1:])).as_py():
        order = pc.sort_indices(ids)
        ids, labels = ids.take(order), labels[order.to_numpy()]
        if not pc.all(pc.less(ids[:-1], ids[1:])).as_py():
            raise ValueError("a record stands there once")
    return ids, labels


def _before(previous: pa.Table, ids: pa.Array) -> _Before:
    people = _one_array(previous["person_id"]).dictionary_encode()
    person = people.indices.to_numpy().astype(np.int64)
    joined = previous["joined_run"].to_numpy()
    row = pc.index_in(ids, value_set=_one_array(previous["record_id"]))
    at = pc.fill_null(row, -1).to_numpy()
    known = at >= 0
    return _Before(
        people=people.dictionary,
        person=np.where(known, person[at], -1) if len(person) else at.astype(np.int64),
        joined=np.where(known, joined[at], 0) if len(person) else at.astype(np.int64),
        former=_one_array(previous["former_id"]).take(row),
        size=np.bincount(person, minlength=len(people.dictionary)),
    )


def _names(
    ids: pa.Array,
    group: NDArray[np.int64],
    first: NDArray[np.int64],
    holder: NDArray[np.int64],
    before: _Before,
    key: bytes,
    others: pa.Array | pa.ChunkedArray,
) -> pa.Array:
    """The id of each group's person: kept, taken back or new."""
    kept = before.people.take(pa.array(np.where(holder >= 0, holder, 0), mask=holder < 0))
    nameless = holder < 0
    if not nameless.any():
        return kept
    back = _taken_back(group, first, nameless, before, others)
    named = pc.coalesce(kept, back)
    left = np.flatnonzero(pc.is_null(named).to_numpy(zero_copy_only=False))
    new = _founded(ids, group, first, left, key, (before.people, back.drop_null(), others))
    found = pa.nulls(len(first), pa.string())
    if len(left):
        mask = np.zeros(len(first), np.bool_)
        mask[left] = True
        found = pc.replace_with_mask(found, pa.array(mask), new)
    return pc.coalesce(named, found)


def _taken_back(
    group: NDArray[np.int64],
    first: NDArray[np.int64],
    nameless: NDArray[np.bool_],
    before: _Before,
    others: pa.Array | pa.ChunkedArray,
) -> pa.Array:
    """For groups without an id, that of a person who had ended: whose records the group mostly holds."""
    rows = np.flatnonzero(nameless[group] & pc.is_valid(before.former).to_numpy(zero_copy_only=False))
    former = before.former.take(pa.array(rows)).dictionary_encode()
    living = _in_use(former.dictionary, (before.people, others))
    code = former.indices.to_numpy().astype(np.int64)
    free = ~living[code]
    claims = Claims.counted(code[free], group[rows][free])
    holder = granted(claims, np.zeros(len(claims.person), np.int64), former.dictionary, first)
    return former.dictionary.take(pa.array(np.where(holder >= 0, holder, 0), mask=holder < 0))


def _founded(
    ids: pa.Array,
    group: NDArray[np.int64],
    first: NDArray[np.int64],
    left: NDArray[np.int64],
    key: bytes,
    taken: tuple[pa.Array | pa.ChunkedArray, ...],
) -> pa.Array:
    """New ids for the groups in `left`: of their first record, where that id is nobody's."""
    names = np.array([keyed(key, record) for record in ids.take(pa.array(first[left])).to_pylist()], object)
    clash = _in_use(pa.array(names, pa.string()), taken)
    if not clash.any():
        return pa.array(names, pa.string())
    place = np.full(len(first), -1, np.int64)
    place[left[clash]] = np.flatnonzero(clash)
    rows = np.flatnonzero(place[group] >= 0)
    records = ids.take(pa.array(rows)).to_pylist()
    for number in count():
        # First the plain id of every other record of these groups, and then numbered ones.
        tried = [keyed(key, f"{one}{SEPARATOR}{number}" if number else one) for one in records]
        free = ~_in_use(pa.array(tried, pa.string()), taken)
        # Backwards, so that of several that are free the first is what stands.
        names[place[group[rows[free]]][::-1]] = np.array(tried, object)[free][::-1]
        place[group[rows[free]]] = -1
        rest = place[group[rows]] >= 0
        if not rest.any():
            return pa.array(names, pa.string())
        rows, records = rows[rest], [one for one, still in zip(records, rest, strict=True) if still]
    raise AssertionError("numbers do not end")


def _in_use(names: pa.Array, taken: Iterable[pa.Array | pa.ChunkedArray]) -> NDArray[np.bool_]:
    used = np.zeros(len(names), np.bool_)
    for those in taken:
        # The shorter list is hashed, and the longer one is read once.
        few = those.filter(pc.is_in(those, value_set=names)) if len(those) > len(names) else those
        used |= pc.is_in(names, value_set=_one_array(few)).to_numpy(zero_copy_only=False)
    return used


def _link(
    ids: pa.Array,
    group: NDArray[np.int64],
    holder: NDArray[np.int64],
    names: pa.Array,
    before: _Before,
    run: int,
) -> pa.Table:
    stayed = (before.person >= 0) & (holder[group] == before.person)
    ended = np.ones(len(before.people) + 1, np.bool_)
    ended[holder] = False
    left_ended = (before.person >= 0) & ended[before.person]
    was = before.people.take(pa.array(np.where(left_ended, before.person, 0), mask=~left_ended))
    return pa.table(
        [
            ids,
            names.take(pa.array(group)),
            pa.array(np.where(stayed, before.joined, run)),
            pc.coalesce(was, before.former),
        ],
        schema=PERSON_LINK,
    )


def _one_array(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """One array of text, whatever it came as."""
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return whole.cast(pa.string())
