"""What of a snapshot may leave in an export: without what is under seal, under names of its purpose's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.engine import EngineName, open_engine
from roundtable.data.lake import Lake
from roundtable.data.lake_export import Leaving, export_snapshot
from roundtable.data.subjects.belonging import RowId, pairs
from roundtable.data.subjects.hidden import gone_rows
from roundtable.data.subjects.leaving_out import CLOSED, GUARDED, LeavingOut
from roundtable.data.subjects.made_under import see_that_it_may_be_shown
from roundtable.data.subjects.records import isin
from roundtable.data.subjects.renaming import has_keyed_ids, renaming
from roundtable.data.subjects.settling import see_that_settled
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.keys import no_keys
from roundtable.governance.rights.sealing import LeftOut, left_out_of_runs
from roundtable.ledger import seals
from roundtable.partnership.model.purpose import Purpose

#: Takes out of the rows of a table whatever may not leave.
Unsealing = Callable[[str, pa.Table], pa.Table]


def export_lake(lake: Lake, snapshot: int, to: Path, purpose: Purpose, at: datetime | None) -> Path:
    """Copy a snapshot into a plain folder as it may leave: see `Lake.export`."""
    see_that_it_may_be_shown(lake, snapshot)
    outside = [name for name, table in LAKE_TABLES.items() if not table.vault]
    files = [file for name in outside for file in lake.files(name, snapshot)]
    keyed = any(has_keyed_ids(LAKE_TABLES[file.table]) for file in files)
    if keyed and lake.keyring is None:
        raise no_keys(lake.folder)
    files += [file for file in lake.listed(snapshot=snapshot) if LAKE_TABLES[file.table].vault]
    names = renaming(lake.keyring, purpose) if lake.keyring is not None else None
    return export_snapshot(snapshot, files, to, at, Leaving(purpose, unsealing(lake, snapshot), names))


def unsealing(lake: Lake, snapshot: int) -> Unsealing | None:
    """What takes sealed rows out of the tables of a snapshot; None where nothing is under seal.

    Raises:
        Busy: seals do not yet reach what was received last.
    """
    see_that_settled(lake)
    left_out = left_out_of_runs(seals.standing_marks())
    if not left_out.anything:
        return None
    gone = _gone(lake, snapshot, left_out)

    def without(name: str, rows: pa.Table) -> pa.Table:
        if name in CLOSED:
            return rows.slice(0, 0)
        for column, ids in (("record_id", left_out.people), ("address_id", left_out.addresses)):
            if column in rows.column_names:
                rows = rows.filter(pc.invert(isin(rows.column(column), ids)))
        if name in gone:
            key, delivery = GUARDED[name]
            rows = rows.filter(pc.invert(pairs(rows, delivery, key, gone[name])))
        return rows

    return without


def _gone(lake: Lake, snapshot: int, left_out: LeftOut) -> dict[str, frozenset[RowId]]:
    """The rows of each table outside the vault that are left out."""
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch) as engine:
        leaving = LeavingOut(
            lambda name: engine.scan(LAKE_TABLES[name], [file.path for file in lake.files(name, snapshot)]),
            engine.memory,
            left_out,
        )
        return {name: gone_rows(engine, leaving, name) for name in GUARDED if not LAKE_TABLES[name].vault}
