"""Taking back a move: the decisions after which the next run has the people of before, and keeps them.

Undoing does not write the past anew. It says which records belong together and which do not, as a reviewer
does, and that stands in the ledger with who said so and why; the next run then moves the records back, and
its log says that too. The ids come back with the people (see `durable.py`).

Records that were not there before the move are left free: the next run puts them where they fit best.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.link_tables import PERSON_MOVE, Kind


@dataclass(frozen=True)
class Undoing:
    """What takes a move back.

    Attributes:
        decisions: which records are apart, and which together.
        says: what the decisions come to, in a sentence without a record's id, for the ledger.
    """

    decisions: Decisions
    says: str


def undoing(run: int, number: int, moves: pa.Table, moved: pa.Table, link: pa.Table) -> Undoing:
    """The decisions that take a move back.

    Args:
        run: the run of the move.
        number: the move's number in it.
        moves: the log; a `PERSON_MOVE`.
        moved: the records of the log; a `PERSON_MOVED`.
        link: the people as they are now; a `PERSON_LINK`.

    Raises:
        SettingUnusable: there is no such move, or it is undone already, or it took no record from one person
            to another, or its records have moved on since.
    """
    move = _move(run, number, moves)
    kind, whence, whither = Kind(move["kind"]), move["person_from"], move["person_to"]
    taken = _records_of(moved, run, (number,))
    those = [row for row in _people(link, {whence, whither})]
    moved_on = len(set(taken) & set(link["record_id"].to_pylist())) if False else None
    raise NotImplementedError((kind, those, moved_on, PERSON_MOVE))
