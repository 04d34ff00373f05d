"""How many cases a year there are of each outcome that names where its cases are counted."""

from __future__ import annotations

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from roundtable.data.tables import LakeTable
from roundtable.insight.harm.ratio import ratio
from roundtable.partnership.model.outcome import Outcome

MEASURED_CODES = LakeTable(
    name="measured_code",
    schema=pa.schema(
        [
            pa.field(name, pa.string(), False)
            for name in ("outcome_id", "dataset", "source_table", "codes", "code")
        ]
    ),
    sort_key=("outcome_id", "code"),
    description="What counts as a case of an outcome; worked out in passing, never kept in the lake.",
)


def measured_codes(outcomes: Iterable[Outcome]) -> pa.Table:
    """One row for each code that counts as a case of an outcome; `codes` repeats them all, for show."""
    rows = [
        {
            "outcome_id": outcome.id,
            "dataset": outcome.measured_by.dataset,
            "source_table": outcome.measured_by.table,
            "codes": "|".join(sorted(set(outcome.measured_by.codes))),
            "code": code,
        }
        for outcome in outcomes
        if outcome.measured_by is not None
        for code in sorted(set(outcome.measured_by.codes))
    ]
    return pa.Table.from_pylist(rows, schema=MEASURED_CODES.schema)


def outcome_cases(event: ir.Table, measured_code: ir.Table) -> ir.Table:
    """The table `outcome_cases`: records of the outcome's codes, as a year's worth.

    Args:
        event: the canonical events.
        measured_code: what `measured_codes` made.

    `months` counts the distinct months that the source table holds, with or without a case in them, so
    a month of no cases counts and a month that was never delivered does not. An outcome whose source
    table holds nothing has no row: its cases are unknown, not none.
    """
    month = ibis.date(event.occurred_from.year(), event.occurred_from.month(), 1)
    source = ["dataset", "source_table"]
    counted = event.group_by(*source, "code", month=month).agg(records=event.count())
    held = counted.group_by(source).agg(
        months=counted.month.nunique().cast("int64"),
        first_month=counted.month.min(),
        last_month=counted.month.max(),
    )
    by_code = counted.group_by(*source, "code").agg(records=counted.records.sum().cast("int64"))
    joined = measured_code.join(held, source).left_join(by_code, [*source, "code"])
    cases = joined.group_by("outcome_id", *source, "codes", "months", "first_month", "last_month").agg(
        records=joined.records.fill_null(0).sum().cast("int64")
    )
    return cases.mutate(annual_cases=ratio(cases.records * 12, cases.months, thousands=0))
