"""Columns that an agency sends though nobody has a grant for them: free text, faith, other numbers.

They are what the door must drop, so they are filled with values that look the part: harmless sentences and
codes from `reference/asides.csv`, drawn for each row apart from everything else. None says anything of the
person.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa

from roundtable.county.reference_table import reference_rows
from roundtable.partnership.model.contract import Column, LogicalType


def aside(column: Column, count: int, random: np.random.Generator) -> pa.Array:
    """A value for each of so many rows, by the column's name; nothing in those that the table leaves empty.

    Raises:
        KeyError: no producer fills the column and the table does not know it.
    """
    words, shares = _words(column.name)
    if column.terms.codes:
        words = tuple(word if word is None or word in column.terms.codes else None for word in words)
    drawn = np.searchsorted(np.cumsum(shares), random.random(count), side="right")
    texts = pa.array(words, pa.string()).take(pa.array(np.minimum(drawn, len(words) - 1)))
    if column.logical_type is LogicalType.STRING and "######" in "".join(word or "" for word in words):
        return _with_numbers(texts, random)
    return texts


def known_asides() -> frozenset[str]:
    """The names of the columns that can be filled."""
    return frozenset(row["column"] for row in reference_rows("sends", "asides"))


@cache
def _words(name: str) -> tuple[tuple[str | None, ...], tuple[float, ...]]:
    rows = [row for row in reference_rows("sends", "asides") if row["column"] == name]
    if not rows:
        raise KeyError(f"no producer fills the column '{name}', and asides.csv does not know it")
    return tuple(row["value"] or None for row in rows), tuple(float(row["share"]) for row in rows)


def _with_numbers(texts: pa.Array, random: np.random.Generator) -> pa.Array:
    """Texts with each ###### replaced by six figures."""
    figures = random.integers(0, 1_000_000, len(texts))
    made = [
        None if text is None else text.replace("######", f"{figure:06d}")
        for text, figure in zip(texts.to_pylist(), figures.tolist(), strict=True)
    ]
    return pa.array(made, pa.string())
