"""Which moves of people are undone: those whose contrary decisions stand in the ledger.

That is asked anew of the ledger each time. A decision that was withdrawn, by whoever undid the undoing, no
longer counts, and its move stands again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.ledger.links import DecisionRecord

#: The run and the number of a move.
Move = tuple[int, int]
_COLUMN = "undone_by"


def undone_moves(decisions: Iterable[DecisionRecord]) -> Mapping[Move, tuple[DecisionRecord, ...]]:
    """The decisions that undo each move and stand, in order."""
    found: dict[Move, list[DecisionRecord]] = {}
    for one in decisions:
        if one.stands and one.undoes is not None:
            found.setdefault(one.undoes, []).append(one)
    return {move: tuple(found[move]) for move in sorted(found)}


def with_undone(moves: pa.Table, moved: pa.Table, decisions: Iterable[DecisionRecord]) -> pa.Table:
    """The log of moves, each with the first decision that undoes it and stands.

    A decision undoes by setting a record that moved against one that did not. Those among the records of one
    side hold it together, and alone undo nothing. One whose records were erased is taken to be of the first
    kind.

    Args:
        moves: the log, with or without the purpose in front; whatever it says of this is written over.
        moved: the records that moved, likewise.
        decisions: every decision of the purpose.
    """
    by = np.zeros(moves.num_rows, np.int64)
    runs, numbers = (moves[name].to_numpy() for name in ("run", "number"))
    for move, undoing in undone_moves(decisions).items():
        taken = _taken(moved, move)
        across = [
            one.number for one in undoing if not one.left or (one.left in taken) != (one.right in taken)
        ]
        if across:
            by[(runs == move[0]) & (numbers == move[1])] = min(across)
    place = moves.schema.get_field_index(_COLUMN)
    return moves.set_column(place, moves.schema.field(place), pa.array(by, mask=by == 0))


def _taken(moved: pa.Table, move: Move) -> frozenset[str]:
    of_it = pc.and_(pc.equal(moved["run"], move[0]), pc.equal(moved["number"], move[1]))
    return frozenset(moved.filter(of_it)["record_id"].to_pylist())
