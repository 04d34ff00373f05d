"""Taking back a move: the decisions after which the next run has the people of before, and keeps them.

Undoing does not write the past anew. It says which records belong together and which do not, as a reviewer
does, and that stands in the ledger with who said so and why; the next run then moves the records back, and
its log says that too. The ids come back with the people (see `durable.py`).

Records that came after the move, or with it, are left free: the next run puts them where they fit best.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.linkage.people.decisions import NOTHING_DECIDED, Decisions, Two
from roundtable.linkage.people.link_tables import BETWEEN_PEOPLE, Kind

_LOOK = "`roundtable links moves` lists the moves; a merge, a split or a move can be undone."
_BACK = "To have it back, let a run go by it, and undo the move that this run makes of it."
_REVIEW = "Two records that came together, and are not one person's, are parted by `roundtable review`."


@dataclass(frozen=True)
class Undoing:
    """What takes a move back.

    Attributes:
        decisions: which records are apart, and which together.
        withdrawn: decisions in force that say the contrary and are to be withdrawn with it.
        says: what it comes to, in a sentence without anything that identifies, for the ledger.
    """

    decisions: Decisions
    withdrawn: Decisions
    says: str


@dataclass(frozen=True)
class _Move:
    """A move, and the records that it is about."""

    run: int
    number: int
    kind: Kind
    taken: list[str]
    left_behind: list[str]
    come_to: list[str]


def undoing(
    run: int,
    number: int,
    moves: pa.Table,
    moved: pa.Table,
    link: pa.Table,
    in_force: Decisions = NOTHING_DECIDED,
) -> Undoing:
    """The decisions that take a move back.

    Args:
        run: the run of the move.
        number: the move's number in it.
        moves: the log; a `PERSON_MOVE`.
        moved: the records of the log; a `PERSON_MOVED`.
        link: the people as they are now; a `PERSON_LINK`.
        in_force: what is decided already.

    Raises:
        SettingUnusable: there is no such move, it is undone already, it took no record from one person to
            another, or the records or those they were with have gone or moved on since.
    """
    move = _found(run, number, moves, moved, link)
    apart: list[Two] = []
    together = [*pairwise(move.taken)]
    if move.kind is not Kind.SPLIT:
        # Each with one of the others' is enough while both sides hold together; that they do is decided
        # below for a merge, and cannot be for a move, whose other people are let be.
        others = move.come_to[:1] if move.kind is Kind.MERGE else move.come_to
        apart = [(one, other) for one in move.taken for other in others]
        apart += [(move.taken[0], other) for other in move.come_to]
    if move.kind is Kind.MERGE:
        together += pairwise(move.come_to)
    else:
        together += pairwise([move.taken[-1], *move.left_behind])
    return Undoing(Decisions.of(apart, together), _contrary(move, in_force), _says(move))


def _contrary(move: _Move, in_force: Decisions) -> Decisions:
    """Of the decisions in force, those that keep the people of before from coming back."""
    taken, come_to = set(move.taken), set(move.come_to)
    one = taken | set(move.left_behind)
    apart = () if move.kind is Kind.MERGE else tuple(two for two in in_force.apart if one.issuperset(two))
    across = (set() if move.kind is Kind.SPLIT else come_to, taken)
    together = tuple(
        two
        for two in in_force.together
        if (two[0] in across[0] and two[1] in across[1]) or (two[1] in across[0] and two[0] in across[1])
    )
    return Decisions.of(apart, together)


def _found(run: int, number: int, moves: pa.Table, moved: pa.Table, link: pa.Table) -> _Move:
    rows = _where(moves, run, number).to_pylist()
    if not rows:
        raise _unusable(run, number, "there is no such move")
    if rows[0]["undone_by"] is not None:
        raise _unusable(run, number, "the move is undone already", _BACK)
    kind = Kind(rows[0]["kind"])
    if kind not in BETWEEN_PEOPLE:
        raise _unusable(run, number, f"a '{kind}' took no record from one person to another", _REVIEW)
    whence, whither = rows[0]["person_from"], rows[0]["person_to"]
    taken = _where(moved, run, number)["record_id"].combine_chunks()
    there = link.filter(pc.is_in(link["record_id"], value_set=taken))
    if not there.num_rows:
        raise _unusable(run, number, "none of its records is there any more")
    if set(there["person_id"].to_pylist()) != {whither}:
        raise _unusable(run, number, "its records have moved on since; undo what moved them first")
    same_run = moved.filter(pc.equal(moved["run"], run))["record_id"].combine_chunks()
    come_to = _with(link, whither, run, same_run, taken)
    left_behind = _with(link, whence, run, same_run, taken)
    if not (left_behind if kind is Kind.SPLIT else come_to):
        raise _unusable(run, number, "the records that they were parted from or joined to are there no more")
    return _Move(run, number, kind, sorted(there["record_id"].to_pylist()), left_behind, come_to)


def _with(link: pa.Table, person: str, run: int, same_run: pa.Array, taken: pa.Array) -> list[str]:
    """The records that were of a person when a run was done, came not new in it, and are of them still."""
    rows = link.filter(pc.equal(link["person_id"], person))
    before = pc.less(rows["joined_run"], run)
    with_it = pc.and_(pc.equal(rows["joined_run"], run), pc.is_in(rows["record_id"], value_set=same_run))
    rows = rows.filter(pc.or_(before, with_it))
    return sorted(
        rows.filter(pc.invert(pc.is_in(rows["record_id"], value_set=taken)))["record_id"].to_pylist()
    )


def _where(table: pa.Table, run: int, number: int) -> pa.Table:
    return table.filter(pc.and_(pc.equal(table["run"], run), pc.equal(table["number"], number)))


def _says(move: _Move) -> str:
    count = len(move.taken)
    which = "1 record" if count == 1 else f"{count} records"
    told = {
        Kind.MERGE: f"the {which} that it brought to another person are a person of their own",
        Kind.SPLIT: f"the {which} that it took away belong to the person whom they were taken from",
        Kind.MOVE: f"the {which} that it took from one person to another belong to the first",
    }[move.kind]
    return f"Move {move.number} of run {move.run}, a {move.kind}, is undone: {told}."


def _unusable(run: int, number: int, what: str, remedy: str = _LOOK) -> SettingUnusable:
    return SettingUnusable(Problem(Place("move", key=f"{run}/{number}"), "move-not-undone", what, remedy))
