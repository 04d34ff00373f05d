"""A canonical table as one purpose may see it: rows that may not be seen left out, columns made null.

The second of three views that a step reads through: what stands of all deliveries, then of that what is
permitted for the step's purpose, then of that what is not under seal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from roundtable.data.lake_table import LakeTable
from roundtable.data.shown_columns import Hidden, InPlace, Shown

#: The column that holds the names of facts or measures, in the tables that have such.
_NAMES = {"detail": "name", "area_deprivation": "measure"}


@dataclass(frozen=True)
class Limit:
    """What may be seen of the rows that one table of one dataset brought.

    Attributes:
        dataset: the id of the dataset.
        source_table: the table of its contract.
        deliveries: the deliveries that brought them, in order.
        shown: what may be seen.
    """

    dataset: str
    source_table: str
    deliveries: tuple[str, ...]
    shown: Shown


def permitted_rows(rows: ir.Table, table: LakeTable, limits: Sequence[Limit]) -> ir.Table:
    """The table as it may be seen.

    Args:
        rows: a canonical table; the same rows in any order give the same result.
        table: which table it is.
        limits: what may not be seen whole of it. Without any, it stays as it is.
    """
    for limit in limits:
        rows = _without_rows(rows, table, limit)
    for limit in limits:
        rows = _without_columns(rows, limit)
    return rows


def _without_rows(rows: ir.Table, table: LakeTable, limit: Limit) -> ir.Table:
    column = _NAMES.get(table.name)
    if column is not None:
        if not limit.shown.without:
            return rows
        return rows.filter(~(_of(rows, limit) & rows[column].isin(limit.shown.without)))
    return rows if limit.shown.rows else rows.filter(~_of(rows, limit))


def _without_columns(rows: ir.Table, limit: Limit) -> ir.Table:
    hidden = limit.shown.hidden if limit.shown.rows else ()
    if not hidden:
        return rows
    here = _of(rows, limit)
    return rows.mutate(
        **{one.column: ibis.ifelse(here, _instead(rows, one), rows[one.column]) for one in hidden}
    )


def _of(rows: ir.Table, limit: Limit) -> ir.BooleanValue:
    """Whether a row is one of those that the limit is about."""
    if "dataset" not in rows.columns:
        return rows.delivery_id.isin(limit.deliveries)
    of_dataset = rows.dataset == limit.dataset
    return (
        of_dataset & (rows.source_table == limit.source_table)
        if "source_table" in rows.columns
        else of_dataset
    )


def _instead(rows: ir.Table, one: Hidden) -> ir.Value:
    kind = rows[one.column].type()
    match one.instead:
        case InPlace.FIRST_DAY:
            return rows.occurred_from
        case InPlace.AREA:
            return rows.area_id
        case InPlace.USUAL:
            return ibis.literal(one.value).cast(kind)
    return ibis.null(kind)
