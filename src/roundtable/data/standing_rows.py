"""The rows of a canonical table that stand: of what arrives in increments, each thing's newest version.

The first of three views that a step reads through: what stands of all deliveries, then of that what is
permitted for the step's purpose, then of that what is not under seal.

Deliveries of periods and of whole registers stand or fall whole, and the lake holds only those that stand.
All increments stand; which of their rows do is worked out here, from `row_version` and from when each
delivery was drawn up, which the ledger keeps. Of the rows with one key the newest stands, by when its
delivery was drawn up, then by when the source recorded it, then by the delivery's id; and it does not where
it says that the thing no longer holds. None of that depends on the order in which deliveries came.

What a row became (its event, the record of its person, its details) has the row's id, and so stands or falls
together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from roundtable.data.engine import Engine
from roundtable.data.lake import Lake
from roundtable.data.lake_table import INSTANT, TEXT, LakeTable, described, key, maybe
from roundtable.data.tables import LAKE_TABLES
from roundtable.ledger import deliveries
from roundtable.partnership.model.contract_terms import Arrival

VERSIONS = "row_version"
#: What each table calls the id of the delivered row that brought a row of it.
ROW_IDS: Mapping[str, str] = MappingProxyType(
    {
        "event": "event_id",
        "event_result": "event_result_id",
        "contact": "contact_id",
        "involvement": "involvement_id",
        "detail": "of_id",
        "person_record": "row_id",
        "address_record": "row_id",
    }
)
_THING = ("dataset", "source_table", "row_key")

_DRAWN_UP = described(
    "drawn_up",
    "When a delivery of increments was drawn up.",
    key("delivery_id", TEXT, "The delivery."),
    maybe("as_at", INSTANT, "When it was drawn up, UTC; null where nobody says."),
)
STALE = described(
    "stale_row",
    "A delivered row that a newer one has taken the place of, or that says that its thing no longer holds.",
    key("row_id", TEXT, "The row."),
    key("delivery_id", TEXT, "The delivery that brought it."),
)


@dataclass
class StandingRows:
    """What stands, for the readers of one state of the lake.

    Attributes:
        versions: the files of `row_version`; none where nothing arrives in increments.
        drawn_up: when each delivery of increments was drawn up.
    """

    versions: Sequence[Path] = ()
    drawn_up: pa.Table = field(default_factory=_DRAWN_UP.schema.empty_table)
    _stale: pa.Table | None = None
    _known_to: dict[int, ir.Table] = field(default_factory=dict)

    def of(self, rows: ir.Table, table: LakeTable, engine: Engine) -> ir.Table:
        """The rows of a table that stand.

        Args:
            rows: the table with every row of every delivery that stands.
            table: which one it is; of one that no delivery brings, all rows stand.
            engine: what works expressions out.
        """
        row_id = ROW_IDS.get(table.name)
        if row_id is None or not self.versions or not self._found(engine).num_rows:
            return rows
        stale = self._known_to.setdefault(id(engine), engine.memory(self._found(engine), STALE.name))
        same = [rows[row_id] == stale.row_id, rows.delivery_id == stale.delivery_id]
        return rows.anti_join(stale, same)

    def _found(self, engine: Engine) -> pa.Table:
        """The rows that do not stand, worked out once: few beside those that do."""
        if self._stale is None:
            versions = engine.scan(LAKE_TABLES[VERSIONS], self.versions)
            drawn_up = engine.memory(self.drawn_up, _DRAWN_UP.name)
            self._stale = engine.to_arrow(stale_rows(versions, drawn_up), STALE)
        return self._stale


def stale_rows(versions: ir.Table, drawn_up: ir.Table) -> ir.Table:
    """The rows that do not stand.

    Args:
        versions: the rows of `row_version`.
        drawn_up: delivery_id and as_at of every delivery of increments.
    """
    told = versions.group_by(_THING).agg(times=versions.count(), gone=versions.withdrawn.cast("int8").max())
    # Most things have one version that holds: only the others are put in order.
    unsettled = versions.semi_join(told.filter((told.times > 1) | (told.gone > 0)), _THING)
    dated = unsettled.left_join(drawn_up, "delivery_id").select(
        *_THING, "row_id", "delivery_id", "recorded_at", "withdrawn", "as_at"
    )
    newest_first = [
        ibis.desc("as_at", nulls_first=False),
        ibis.desc("recorded_at", nulls_first=False),
        ibis.desc("delivery_id"),
        ibis.desc("row_id"),
    ]
    window = ibis.window(group_by=_THING, order_by=newest_first)
    placed = dated.mutate(place=ibis.row_number().over(window))
    return placed.filter((placed.place > 0) | placed.withdrawn).select("row_id", "delivery_id")


def standing_of(lake: Lake, snapshot: int | None = None) -> StandingRows:
    """What stands in a snapshot of the lake.

    Args:
        lake: the lake; its ledger is open.
        snapshot: the number of the snapshot; without it, the last.

    Raises:
        StoreUnusable: a file is gone or damaged.
    """
    files = lake.files(VERSIONS, snapshot)
    if not files:
        return StandingRows()
    drawn = deliveries.drawn_up(Arrival.INCREMENTS.value)
    rows = [{"delivery_id": delivery, "as_at": as_at} for delivery, as_at in sorted(drawn.items())]
    table = pa.Table.from_pylist(rows, schema=_DRAWN_UP.schema)
    return StandingRows(tuple(file.path for file in files), table)


def what_stands_rests_on(lake: Lake, table: str) -> list[str]:
    """What the standing rows of a table depend on beside its own files: for the key of a step."""
    if table not in ROW_IDS:
        return []
    names = [file.sha256 for file in lake.listed(VERSIONS)]
    if not names:
        return []
    drawn = deliveries.drawn_up(Arrival.INCREMENTS.value)
    return [*names, *(f"{delivery} {as_at}" for delivery, as_at in drawn.items())]
