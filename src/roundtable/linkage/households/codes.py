"""Texts as numbers, so that a million records are compared without a word being read twice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Codes = NDArray[np.int32]
#: The number of nothing.
NONE = -1


def coded(column: pa.ChunkedArray | pa.Array) -> tuple[Codes, list[str]]:
    """A column as numbers from nought, -1 where it is null, and the text of each number in its order.

    Numbers go by the order of the texts, so that they do not depend on the order of the rows.
    """
    flat = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    encoded = flat.dictionary_encode()
    words = encoded.dictionary
    order = np.asarray(pc.sort_indices(words), dtype=np.int64)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    at = np.asarray(pc.fill_null(encoded.indices, NONE), dtype=np.int64)
    return picked(place, at), words.take(pa.array(order)).to_pylist()


def picked(values: NDArray[Any], at: NDArray[Any], otherwise: Any = NONE) -> NDArray[Any]:
    """The value at each place; where the place is -1, something else."""
    found: NDArray[Any] = np.append(values, values.dtype.type(otherwise))[at]
    return found


def together(first: NDArray[Any], second: NDArray[Any]) -> NDArray[np.int64]:
    """Two columns of numbers from nought up as one, in the order of the first and then the second."""
    width = int(second.max(initial=0)) + 1
    found: NDArray[np.int64] = first.astype(np.int64) * width + second
    return found


def runs(ordered: NDArray[Any]) -> NDArray[np.int64]:
    """Where each run of equal values starts in an ordered column, and after them its length."""
    if not len(ordered):
        return np.zeros(1, dtype=np.int64)
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return np.append(starts, len(ordered)).astype(np.int64)
