"""One row for each record, where a source sent a record more than once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.errors import Place, Problem, StoreUnusable
from roundtable.linkage.cleaning.coded import Coded

SENT_TWICE = "sent-twice"
_SAME = ("dataset", "source_table")


def sent_once(records: pa.Table) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows that stay, in the order of their record ids, and the rows that do not.

    Rows with one record id are versions of one record, and the one that was recorded last stays; of those
    that were recorded at the same time, or that do not say when, the one of the row id that is last in order.

    Args:
        records: `record_id`, `dataset`, `source_table`, and where there are such `recorded_at` and `row_id`.

    Raises:
        StoreUnusable: one record id stands in two tables, which no key makes.
    """
    order = np.asarray(pc.sort_indices(records["record_id"]).to_numpy(), dtype=np.int64)
    ids = _whole(records["record_id"].take(pa.array(order)))
    same = np.zeros(max(0, len(ids) - 1), dtype=np.bool_)
    if len(ids) > 1:
        same = np.asarray(pc.equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False))
    if not same.any():
        return order, order[:0]
    group = np.concatenate([[0], np.cumsum(~same)])
    _of_one_table(records, order, same)
    within = np.flatnonzero(np.concatenate([[False], same]) | np.concatenate([same, [False]]))
    order[within] = order[within][_by_time(records, order[within], group[within])]
    last = np.concatenate([~same, [True]])
    return order[last], np.sort(order[~last])


def _by_time(records: pa.Table, rows: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order of some rows by group, by when they were recorded (not at all comes first), and by row id."""
    chosen = records.take(pa.array(rows))
    columns: dict[str, pa.Array | pa.ChunkedArray] = {"group": pa.array(group)}
    if "recorded_at" in chosen.column_names:
        when = chosen["recorded_at"].cast(pa.timestamp("us")).cast(pa.int64())
        columns["when"] = pc.fill_null(when, np.iinfo(np.int64).min)
    if "row_id" in chosen.column_names:
        columns["row_id"] = chosen["row_id"]
    sorting = [(name, "ascending") for name in columns]
    return np.asarray(pc.sort_indices(pa.table(columns), sort_keys=sorting).to_numpy(), dtype=np.int64)


def _of_one_table(records: pa.Table, order: NDArray[np.int64], same: NDArray[np.bool_]) -> None:
    for name in _SAME:
        codes = Coded.of(records[name]).codes[order]
        apart = np.flatnonzero(same & (codes[1:] != codes[:-1]))
        if len(apart):
            one, other = (records[name][int(order[at])].as_py() for at in (apart[0], apart[0] + 1))
            what = f"one record id stands in two tables: {name} '{one}' and '{other}' ({len(apart)} such ids)"
            remedy = "Record ids are made from the table and the row; restore the lake and receive again."
            raise StoreUnusable(Problem(Place("person_record"), "record-id-of-two-tables", what, remedy))


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
