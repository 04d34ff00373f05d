"""What runs did to people, as far as a post may be told: who were joined, parted, or won and lost records.

A move tells of two people how much speaks for their being one. So it is a post's to see only where the
agreements give it every record that moved and every record of both people, as they do for a question to a
reviewer. The others are counted, for the purpose as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.ledger.links import every_decision
from roundtable.ledger.runs import worked_in
from roundtable.linkage.people.link_tables import BETWEEN_PEOPLE, Kind
from roundtable.linkage.review.undone import with_undone
from roundtable.reviewing.desk import Desk
from roundtable.reviewing.seen_by_post import seen_by_post
from roundtable.steps.link_people import link_step_name

Rows = NDArray[np.bool_]


@dataclass(frozen=True)
class Move:
    """One move.

    Attributes:
        run: the run that did it.
        number: which of the run's moves.
        kind: what it was.
        person_from: whose the records were; None where the person is new.
        person_to: whose they became; None where the person is gone.
        records: how many records.
        evidence: why, in words and bits; None where nothing joined.
        undone_by: the number of the decision that undoes it; None while it stands.
        waits: whether no run has gone by that decision yet.
    """

    run: int
    number: int
    kind: Kind
    person_from: str | None
    person_to: str | None
    records: int
    evidence: str | None
    undone_by: int | None
    waits: bool


@dataclass(frozen=True)
class Moves:
    """What was asked for, newest first.

    Attributes:
        moves: as many as were asked for.
        older: how many more there are that the post may see.
        not_shown: how many more there are that are not this post's to see.
        counted: all moves by run, newest first, and kind, shown or not.
        began: when each run began.
    """

    moves: tuple[Move, ...]
    older: int
    not_shown: int
    counted: Mapping[int, Mapping[Kind, int]]
    began: Mapping[int, datetime]


@dataclass(frozen=True)
class MoveLog:
    """The log for a purpose, with which rows of it a post may see.

    Attributes:
        moves: the rows, with what undoes them now.
        waits: of each row, whether no run has gone by what the ledger says of it.
        seen: of each row, whether the post may see it.
        moved: the records that moved.
        link: whose each record is.
    """

    moves: pa.Table
    waits: Rows
    seen: Rows
    moved: pa.Table
    link: pa.Table


def move_log(desk: Desk, post: str) -> MoveLog:
    """The log for a post.

    Raises:
        SettingUnusable: there is no such post, or nobody has been linked yet.
        NotPermitted: the agreements give this post nobody's records for the purpose.
        StoreUnusable: this process has no keys to the vault.
        Busy: people were linked before the last delivery, seal or decision about people.
    """
    desk.agency_of(post)
    given = seen_by_post(desk.partnership, post, desk.purpose, desk.now.date())
    found = desk.linked("person_move", "person_moved")
    moves, moved, link = (found[name] for name in ("person_move", "person_moved", "person_link"))
    now = with_undone(moves, moved, every_decision(desk.purpose.value))
    waits = np.asarray(pc.not_equal(_number(now), _number(moves)))
    may = np.asarray(desk.agencies(link["record_id"], given).is_valid())
    return MoveLog(now, waits, _seen(moves, moved, link, may), moved, link)


def moves_told(desk: Desk, post: str, kind: Kind | None, run: int | None, most: int) -> Moves:
    """The moves that a post may see.

    Args:
        desk: for the purpose.
        post: who asks.
        kind: only such; without it those between two people, which can be undone.
        run: only of this run.
        most: so many at most.

    Raises:
        As `move_log`.
    """
    log = move_log(desk, post)
    kinds = BETWEEN_PEOPLE if kind is None else (kind,)
    asked = np.asarray(pc.is_in(log.moves["kind"], value_set=pa.array([str(one) for one in kinds])))
    if run is not None:
        asked &= np.asarray(pc.equal(log.moves["run"], run))
    rows = np.flatnonzero(asked & log.seen)
    order = np.lexsort((log.moves["number"].to_numpy()[rows], -log.moves["run"].to_numpy()[rows]))
    chosen = rows[order[:most]]
    told = [
        _move(row, bool(waits))
        for row, waits in zip(log.moves.take(pa.array(chosen)).to_pylist(), log.waits[chosen], strict=True)
    ]
    began = worked_in(link_step_name(desk.purpose))
    hidden = int(np.count_nonzero(asked & ~log.seen))
    return Moves(tuple(told), len(rows) - len(chosen), hidden, _counted(log.moves, run), began)


def _seen(moves: pa.Table, moved: pa.Table, link: pa.Table, may: Rows) -> Rows:
    """Which moves are of people and records that a post may be given all of, and any of."""
    if may.all():
        return np.ones(moves.num_rows, np.bool_)
    place = pc.index_in(moved["record_id"], value_set=link["record_id"].combine_chunks())
    there = np.asarray(pc.is_valid(place))
    at = np.asarray(pc.fill_null(place, 0))
    own, key = _keys(moves), _keys(moved)
    all_of, any_of = np.ones(moves.num_rows, np.bool_), np.zeros(moves.num_rows, np.bool_)
    all_of &= ~np.isin(own, key[there & ~may[at]])
    any_of |= np.isin(own, key[there & may[at]])
    for side in ("person_from", "person_to"):
        all_of &= ~_among(moves[side], link["person_id"], ~may)
        any_of |= _among(moves[side], link["person_id"], may)
    return all_of & any_of


def _among(people: pa.ChunkedArray, of_record: pa.ChunkedArray, chosen: Rows) -> Rows:
    those = pc.unique(of_record.filter(pa.array(chosen)))
    return np.asarray(pc.is_in(people, value_set=those, skip_nulls=True))


def _keys(rows: pa.Table) -> NDArray[np.int64]:
    found: NDArray[np.int64] = (rows["run"].to_numpy() << 32) + rows["number"].to_numpy()
    return found


def _number(moves: pa.Table) -> pa.ChunkedArray:
    return pc.fill_null(moves["undone_by"], 0)


def _counted(moves: pa.Table, run: int | None) -> Mapping[int, Mapping[Kind, int]]:
    grouped = moves.group_by(["run", "kind"]).aggregate([([], "count_all")]).to_pylist()
    found: dict[int, Counter[Kind]] = {}
    for row in grouped:
        if run in (None, row["run"]):
            found.setdefault(row["run"], Counter())[Kind(row["kind"])] = row["count_all"]
    return {one: {kind: found[one][kind] for kind in Kind} for one in sorted(found, reverse=True)}


def _move(row: dict[str, Any], waits: bool) -> Move:
    return Move(
        row["run"],
        row["number"],
        Kind(row["kind"]),
        row["person_from"],
        row["person_to"],
        row["records"],
        row["evidence"],
        row["undone_by"],
        waits,
    )
