"""What the page shows of linkage, gathered from the tables of the lake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.report.linkage_contents import (
    DriftShown,
    HomesShown,
    LinkageShown,
    PurposeLinkage,
    QualityShown,
    StopShown,
    ToldShown,
)
from roundtable.report.vocabulary import spoken

#: The tables that it is gathered from, and of each the columns that are read: no id of a person or a home.
READ: Mapping[str, Sequence[str] | None] = {
    "link_quality": None,
    "link_curve": None,
    "link_shape": None,
    "link_drift": None,
    "link_told": None,
    "person_move": ("purpose", "run", "kind"),
    "linked_address": ("purpose", "communal"),
    "household": ("purpose", "to_on"),
    "household_member": ("purpose", "person_id", "to_on"),
}
_Shown = TypeVar("_Shown")


def linkage_shown(tables: Mapping[str, pa.Table]) -> LinkageShown | None:
    """What there is to show; None where nothing was linked.

    Args:
        tables: those of `READ`, by name, as they may be seen. One that is missing counts as empty.
    """
    purposes = sorted(set(_column(tables, "link_quality", "purpose")))
    if not purposes:
        return None
    return LinkageShown(tuple(_of_purpose(tables, one) for one in purposes))


def _of_purpose(tables: Mapping[str, pa.Table], purpose: str) -> PurposeLinkage:
    shape = [row for row in _rows(tables, "link_shape", purpose) if row["measure"] == "weight"]
    return PurposeLinkage(
        purpose=spoken(purpose),
        quality=_all(QualityShown, _rows(tables, "link_quality", purpose)),
        curve=_all(StopShown, _rows(tables, "link_curve", purpose)),
        weights=tuple((row["title"], row["number"]) for row in sorted(shape, key=lambda row: row["band"])),
        drift=_all(DriftShown, _rows(tables, "link_drift", purpose)),
        moves=_moves(tables, purpose),
        told=_all(ToldShown, _rows(tables, "link_told", purpose)),
        homes=_homes(tables, purpose),
    )


def _all(kind: type[_Shown], rows: list[dict[str, Any]]) -> tuple[_Shown, ...]:
    names = kind.__dataclass_fields__  # type: ignore[attr-defined]
    return tuple(kind(**{name: row[name] for name in names}) for row in rows)


def _moves(tables: Mapping[str, pa.Table], purpose: str) -> tuple[tuple[str, int], ...]:
    """The moves of the newest run by kind."""
    moves = _of(tables, "person_move", purpose)
    if moves is None or not moves.num_rows:
        return ()
    newest = moves.filter(pc.equal(moves["run"], pc.max(moves["run"])))
    counts = newest.group_by("kind").aggregate([([], "count_all")])
    return tuple(sorted(zip(counts["kind"].to_pylist(), counts["count_all"].to_pylist(), strict=True)))


def _homes(tables: Mapping[str, pa.Table], purpose: str) -> HomesShown | None:
    addresses, households = (_of(tables, name, purpose) for name in ("linked_address", "household"))
    members = _of(tables, "household_member", purpose)
    if addresses is None or households is None or members is None:
        return None
    now = members.filter(pc.is_null(members["to_on"]))
    times = now.group_by("person_id").aggregate([([], "count_all")])["count_all"]
    return HomesShown(
        addresses=addresses.num_rows,
        communal=pc.sum(addresses["communal"]).as_py() or 0,
        households=households.num_rows,
        at_two=pc.sum(pc.greater(times, 1)).as_py() or 0,
    )


def _rows(tables: Mapping[str, pa.Table], name: str, purpose: str) -> list[dict[str, Any]]:
    found = _of(tables, name, purpose)
    return [] if found is None else found.to_pylist()


def _of(tables: Mapping[str, pa.Table], name: str, purpose: str) -> pa.Table | None:
    table = tables.get(name)
    return None if table is None else table.filter(pc.equal(table["purpose"], purpose))


def _column(tables: Mapping[str, pa.Table], name: str, column: str) -> list[Any]:
    return tables[name][column].to_pylist() if name in tables else []
