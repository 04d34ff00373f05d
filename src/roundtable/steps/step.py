"""What a step of a run is: a pure function with a name, what it reads and what it writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from roundtable.data.engine import Engine
from roundtable.data.permitted_rows import Limit, permitted_rows
from roundtable.data.standing_rows import StandingRows
from roundtable.data.subjects.leaving_out import LeavingOut
from roundtable.data.subjects.rectified import PutRight
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.keys import Keyring
from roundtable.governance.policy.actions import Action
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership

#: What a step hands back, by table: an expression the engine still has to work out, or a small
#: table that the driver has worked out already.
Made = Mapping[str, "ir.Table | pa.Table"]
#: What for, and what is done: what may be read hangs on both.
Use = tuple[Purpose, Action]


def _nothing(_partnership: Partnership) -> Any:
    return None


@dataclass(frozen=True)
class Bench:
    """What a step works with: the partnership, and the tables it said it reads.

    Attributes:
        partnership: what is agreed.
        engine: what works expressions out.
        paths: the files of each table of which it may use anything.
        limits: what of each table its purpose may not see.
        standing: which of the rows that arrived in increments stand.
        leaving: takes out whatever is under seal or objected to; None where nothing is.
        put_right: lays over the records what was put right by request; None where nothing was.
        before: the files that the step itself made last, by table: what it goes on from.
        run: the number of the run, for steps that say which one did what.
        keyring: the keys, where the step reads or writes the vault.
    """

    partnership: Partnership
    engine: Engine
    paths: Mapping[str, Sequence[Path]]
    limits: Mapping[str, Sequence[Limit]] = field(default_factory=dict)
    standing: StandingRows = field(default_factory=StandingRows)
    leaving: LeavingOut | None = None
    put_right: PutRight | None = None
    before: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    run: int = 0
    keyring: Keyring | None = None

    def table(self, name: str) -> ir.Table:
        """A lake table as an expression, for steps that any engine can work out."""
        table = LAKE_TABLES[name]
        rows = self.standing.of(self.engine.scan(table, self.paths[name]), table, self.engine)
        rows = rows if self.put_right is None else self.put_right.over(name, rows)
        seen = permitted_rows(rows, table, self.limits.get(name, ()))
        return seen if self.leaving is None else self.leaving.take_from(name, seen)

    def arrow(self, name: str) -> pa.Table:
        """A lake table in memory, sorted by its key, for steps bounded by its size."""
        return self.engine.to_arrow(self.table(name), LAKE_TABLES[name])

    def made_before(self, name: str) -> pa.Table:
        """What the step itself made last of a table that it goes on from; no rows before the first time.

        Nothing is taken out of it: it says what ids were given, and a step that goes by it looks up nothing
        in it but records that it may see today.
        """
        table = LAKE_TABLES[name]
        return self.engine.to_arrow(self.engine.scan(table, self.before.get(name, ())), table)


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        name: what it is called in `roundtable status` and in the ledger.
        does: what it does, in words that finish "this step ...".
        reads: the lake tables it may see.
        writes: the lake tables it replaces, all in one snapshot.
        make: the pure function.
        config: what it takes from the partnership's files, as values that can be written as JSON;
            a change to anything else in the folder does not make it run again.
        purpose: what it uses data for. It sees the columns granted for that alone, and of what other
            steps made only what was made for the same.
        action: what it does with them.
        goes_on_from: the tables of its own that it goes on from; they alone never make it run again.
        decided: what people decided that it goes by, from the ledger, as values that can be written as JSON.
    """

    name: str
    does: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    make: Callable[[Bench], Made]
    config: Callable[[Partnership], Any] = _nothing
    purpose: Purpose = Purpose.HARM_BY_PLACE
    action: Action = Action.READ
    goes_on_from: tuple[str, ...] = ()
    decided: Callable[[], Any] | None = None

    @property
    def use(self) -> Use:
        """What it may read hangs on this."""
        return self.purpose, self.action
