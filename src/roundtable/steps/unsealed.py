"""The last of the views that a step reads through: without what is under seal, and without who has objected.

It is worked out on the tables as they stand, before permission: see data/subjects/leaving_out.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis.expr.types as ir

from roundtable.data.engine import Engine
from roundtable.data.lake import Lake
from roundtable.data.standing_rows import StandingRows, what_stands_rests_on
from roundtable.data.subjects.leaving_out import LeavingOut, is_guarded, tables_beside
from roundtable.data.subjects.settling import see_that_settled
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.rights.objections import upheld_objections
from roundtable.governance.rights.sealing import LeftOut, left_out_of_runs
from roundtable.ledger import seals
from roundtable.partnership.model.purpose import Purpose
from roundtable.steps.key import digest


def left_out_for(purpose: Purpose) -> LeftOut:
    """What no run may see that works for a purpose: all that is sealed, and who is not to be in it."""
    return left_out_of_runs(seals.standing_marks(), upheld_objections(purpose.value))


def leaving_out(
    lake: Lake, engine: Engine, standing: StandingRows, left_out: LeftOut, reads: Sequence[str]
) -> LeavingOut | None:
    """What takes out of the tables whatever may not be seen; None where nothing is left out.

    Raises:
        Busy: seals do not yet reach what was received last.
    """
    if not any(is_guarded(name) for name in reads):
        return None
    see_that_settled(lake)
    if not left_out.anything:
        return None

    def whole(name: str) -> ir.Table:
        table = LAKE_TABLES[name]
        rows = engine.scan(table, [file.path for file in lake.files(name)])
        return standing.of(rows, table, engine)

    return LeavingOut(whole, engine.memory, left_out)


def what_is_left_rests_on(lake: Lake, left_out: LeftOut, name: str) -> list[str]:
    """What of the ledger and of other tables decides which rows of a table a step sees, for its key."""
    if not is_guarded(name) or not left_out.anything:
        return []
    beside = tables_beside([name])
    files = [file.sha256 for other in beside for file in lake.listed(other)]
    rests = [one for other in beside for one in what_stands_rests_on(lake, other)]
    return [f"left out {digest([left_out.fingerprint(), sorted(files), sorted(rests)])}"]
