"""Small steps from the simulation's whole numbers to columns of Arrow tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roundtable.county.population.lives import NEVER

Numbers = npt.NDArray[np.integer]


def days(numbers: Numbers, known: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """Day numbers as dates, null where they are `NEVER` or not known."""
    missing = np.asarray(numbers >= NEVER)
    if known is not None:
        missing = missing | ~known
    return pa.array(np.where(missing, 0, numbers).astype(np.int32), mask=missing).cast(pa.date32())


def ids(numbers: Numbers, first_id: int) -> pa.Array:
    """Ids of the county, null where the number is negative."""
    return pa.array(numbers.astype(np.int64) + first_id, mask=np.asarray(numbers < 0))


def words_of(codes: Numbers, texts: Sequence[str]) -> pa.Array:
    """The texts with these places in a list."""
    return pa.array([str(text) for text in texts]).take(pa.array(codes))


def table(columns: Mapping[str, object], schema: pa.Schema, *order: Numbers) -> pa.Table:
    """A table of these columns, its rows in order of the last of `order`, then the one before."""
    made = pa.table(dict(columns), schema=schema)
    return made.take(pa.array(np.lexsort(order))) if order else made
