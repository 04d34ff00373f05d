"""A move taken back by a post: the contrary decisions written down, for the next run to go by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from roundtable.errors import NotPermitted, Place, Problem
from roundtable.ledger.links import Undone, every_decision, keep_undone
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.undo import undoing
from roundtable.linkage.review.settling import settled_of
from roundtable.reviewing.desk import Desk
from roundtable.reviewing.moves import MoveLog, move_log
from roundtable.rights.office import plain_words


@dataclass(frozen=True)
class TakenBack:
    """What was written down.

    Attributes:
        says: what it comes to, in a sentence without anything that identifies.
        first: the number of the first decision.
        decisions: how many were made.
        withdrawn: how many pairs of records were decided to the contrary, and are no longer.
    """

    says: str
    first: int
    decisions: int
    withdrawn: int


def take_back_move(desk: Desk, post: str, run: int, number: int, why: str) -> TakenBack:
    """Undo a merge, a split or a move. The links change when the next run goes by it.

    Args:
        desk: open for writing.
        post: who undoes it.
        run: the run of the move.
        number: the move's number in it.
        why: in words that name nobody.

    Raises:
        SettingUnusable: there is no such post, no reason is given, nobody has been linked yet, or the move
            cannot be undone.
        NotPermitted: the agreements do not give the post all records of the two people.
        StoreUnusable: this process has no keys to the vault.
        Busy: people were linked before the last delivery, seal or decision about people.
    """
    said = plain_words(why, "--why")
    log = move_log(desk, post)
    _see_that_its_own(log, post, run, number)
    purpose = desk.purpose.value
    settled = settled_of(every_decision(purpose))
    in_force = Decisions.of(settled.apart, settled.together)
    found = undoing(run, number, log.moves, log.moved, log.link, in_force)
    made, gone = found.decisions, found.withdrawn
    undone = Undone(made.together, made.apart, gone.together, gone.apart, (run, number))
    first = keep_undone(purpose, undone, post, said, desk.now)
    return TakenBack(found.says, first, _pairs(made.apart, made.together), _pairs(gone.apart, gone.together))


def _see_that_its_own(log: MoveLog, post: str, run: int, number: int) -> None:
    """A post decides on no records that it may not be given. A move that is not there is told elsewhere."""
    own = pc.and_(pc.equal(log.moves["run"], run), pc.equal(log.moves["number"], number))
    if np.asarray(own)[~log.seen].any():
        what = f"'{post}' may not be given all records that it is about"
        remedy = "let a post undo it that may: `roundtable links moves` lists it for whoever that is"
        raise NotPermitted(Problem(Place("move", key=f"{run}/{number}"), "not-permitted", what, remedy))


def _pairs(*kinds: Collection[tuple[str, str]]) -> int:
    return len({pair for pairs in kinds for pair in pairs})
