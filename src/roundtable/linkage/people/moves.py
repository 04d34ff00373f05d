"""The log of a run: what became of the people of the run before, and which records moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.people.claims import Claims
from roundtable.linkage.people.link_tables import PERSON_MOVE, PERSON_MOVED, Kind

Whole = NDArray[np.int64]
_ORDER = list(Kind)


@dataclass(frozen=True)
class Moves:
    """What the log is written from.

    Attributes:
        claims: of groups for the people before.
        holder: which of those people each group is, -1 for none.
        names: the id of each group's person.
        people: the ids of the people before.
        size: how many records each of those had.
        sizes: how many records each group has.
    """

    claims: Claims
    holder: Whole
    names: pa.Array
    people: pa.Array
    size: Whole
    sizes: Whole


def moves_of(known: Moves, ids: pa.Array, first: Whole, run: int) -> tuple[pa.Table, pa.Table]:
    """The moves of a run, and the records that went from one person to another.

    They are numbered from 1: by kind, and within one by the first record that moved, or by the id of who is
    gone.

    Args:
        known: who is who.
        ids: the ids of the records, in ascending order.
        first: the position of each group's first record.
        run: the number of the run.
    """
    claims, holder = known.claims, known.holder
    flows = np.flatnonzero(holder[claims.group] != claims.person)
    begun = np.flatnonzero(np.bincount(claims.group, minlength=len(holder)) == 0)
    gone = np.flatnonzero(np.bincount(claims.person, minlength=len(known.people)) == 0)
    gone = gone[np.argsort(_texts(known.people, gone))]
    leading = claims.least(np.arange(len(ids)), len(ids))[flows]
    kinds = np.concatenate(
        [
            np.full(len(gone), _ORDER.index(Kind.GONE)),
            _kinds(claims, holder, len(known.people))[flows],
            np.full(len(begun), _ORDER.index(Kind.NEW)),
        ]
    )
    order = np.lexsort((np.concatenate([np.arange(len(gone)), leading, first[begun]]), kinds))
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(1, len(order) + 1)
    none_from, none_to = pa.nulls(len(begun), pa.string()), pa.nulls(len(gone), pa.string())
    whence = [known.people.take(pa.array(gone)), known.people.take(pa.array(claims.person[flows])), none_from]
    whither = [none_to, known.names.take(pa.array(claims.group[flows])), known.names.take(pa.array(begun))]
    records = np.concatenate([known.size[gone], claims.records[flows], known.sizes[begun]])
    one = np.concatenate([np.full(len(gone), -1), leading, first[begun]])
    one[records != 1] = -1
    columns = [
        np.full(len(order), run),
        number,
        pa.array([str(kind) for kind in _ORDER]).take(pa.array(kinds)),
        pa.concat_arrays(whence),
        pa.concat_arrays(whither),
        records,
        ids.take(pa.array(np.maximum(one, 0), mask=one < 0)),
        pa.nulls(len(order), pa.string()),
        pa.nulls(len(order), pa.int64()),
    ]
    moves = pa.table(columns, schema=PERSON_MOVE).take(pa.array(order))
    return moves, _moved(claims, flows, number[len(gone) : len(gone) + len(flows)], ids, run)


def _kinds(claims: Claims, holder: Whole, people: int) -> Whole:
    """What each claim that was not granted comes to: a merge, a move or a split."""
    lives = np.zeros(people + 1, np.bool_)
    lives[holder] = True
    stays = np.where(holder[claims.group] >= 0, _ORDER.index(Kind.MOVE), _ORDER.index(Kind.SPLIT))
    return np.where(lives[claims.person], stays, _ORDER.index(Kind.MERGE))


def _moved(claims: Claims, flows: Whole, numbers: Whole, ids: pa.Array, run: int) -> pa.Table:
    number = np.zeros(len(claims.person) + 1, np.int64)
    number[flows] = numbers
    of_record = number[claims.of_record]
    rows = np.flatnonzero(of_record)
    rows = rows[np.argsort(of_record[rows], kind="stable")]
    return pa.table([np.full(len(rows), run), of_record[rows], ids.take(pa.array(rows))], schema=PERSON_MOVED)


def _texts(values: pa.Array, at: Whole) -> NDArray[np.str_]:
    return np.array(pc.take(values, pa.array(at)).to_pylist(), dtype=np.str_)
