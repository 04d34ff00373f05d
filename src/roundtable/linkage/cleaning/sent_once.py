"""One row for each record, where a source sent a record more than once."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

SENT_TWICE = "sent-twice"


def sent_once(
    record_id: pa.ChunkedArray, recorded_at: pa.ChunkedArray
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The rows that stay, in the order of their record ids, and the rows that do not.

    Of rows with one record id the one that was recorded last stays; of those that were recorded at the same time
    or that do not say when, the last.
    """
    order = np.asarray(pc.sort_indices(record_id).to_numpy(), dtype=np.int64)
    ids = record_id.take(pa.array(order))
    if isinstance(ids, pa.ChunkedArray):
        ids = ids.combine_chunks()
    if len(ids) < 2:
        return order, order[:0]
    same = np.asarray(pc.equal(ids[1:], ids[:-1]).to_numpy(zero_copy_only=False))
    if not same.any():
        return order, order[:0]
    group = np.concatenate([[0], np.cumsum(~same)])
    when = pc.fill_null(recorded_at.cast(pa.timestamp("us", tz="UTC")).cast(pa.int64()), np.iinfo(np.int64).min)
    inside = np.lexsort((order, when.to_numpy()[order], group))
    last = np.concatenate([group[1:] != group[:-1], [True]])
    return order[inside][last], np.sort(order[inside][~last])
