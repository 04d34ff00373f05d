"""The rows that go with what is under seal, for whoever reads records one by one and not as a step does."""

from __future__ import annotations

from collections.abc import Sequence

from roundtable.data.engine import Engine, EngineName, open_engine
from roundtable.data.lake import Lake
from roundtable.data.lake_table import TEXT, described, key
from roundtable.data.subjects.belonging import RowId
from roundtable.data.subjects.leaving_out import GUARDED, LeavingOut
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.rights.sealing import LeftOut

#: The tables whose rows go by the id of the row that was sent.
BY_ROW = ("event", "involvement", "contact", "detail", "event_result")


def hidden_rows(lake: Lake, left_out: LeftOut, names: Sequence[str] = BY_ROW) -> dict[str, frozenset[RowId]]:
    """The rows of each table that are left out with what is under seal; `detail` has those of every kind.

    Args:
        lake: with the keys.
        left_out: what may not be seen; where that is nothing, no table is read.
        names: the tables that are asked about.
    """
    if not left_out.anything:
        return {}
    with open_engine(EngineName.DUCKDB, [lake.root], lake.scratch, lake.keyring) as engine:
        leaving = LeavingOut(
            lambda name: engine.scan(LAKE_TABLES[name], [file.path for file in lake.files(name)]),
            engine.memory,
            left_out,
        )
        return {name: gone_rows(engine, leaving, name) for name in names}


def gone_rows(engine: Engine, leaving: LeavingOut, name: str) -> frozenset[RowId]:
    """The rows of a table that are left out: each its delivery and its id."""
    row, delivery = GUARDED[name]
    keys = described(
        f"gone_{name}",
        "Rows that are left out.",
        key(row, TEXT, "The row."),
        key(delivery, TEXT, "The delivery that brought it."),
    )
    made = engine.to_arrow(leaving.gone(name), keys)
    return frozenset(zip(made.column(delivery).to_pylist(), made.column(row).to_pylist(), strict=True))
