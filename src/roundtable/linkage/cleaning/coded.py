"""A column by its distinct values: what is done to values is done once for each, not once a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Codes = NDArray[np.int32]


@dataclass(frozen=True)
class Coded:
    """Distinct values, and for each row the position of its value among them; -1 where it has none.

    After values were cleaned two positions may have the same value.
    """

    codes: Codes
    values: tuple[str | None, ...]

    @classmethod
    def of(cls, column: pa.Array | pa.ChunkedArray) -> Coded:
        """A column of text."""
        whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        found = pc.dictionary_encode(whole.cast(pa.string()))
        if isinstance(found, pa.ChunkedArray):
            found = found.combine_chunks()
        codes = pc.fill_null(found.indices, -1).to_numpy(zero_copy_only=False)
        return cls(np.asarray(codes, dtype=np.int32), tuple(found.dictionary.to_pylist()))

    @classmethod
    def nothing(cls, rows: int) -> Coded:
        """A column without a value."""
        return cls(np.full(rows, -1, dtype=np.int32), ())

    def changed(self, change: Callable[[str], str | None]) -> Coded:
        """The column with each value put through a function."""
        return Coded(self.codes, tuple(None if one is None else change(one) for one in self.values))

    def replaced(self, values: Sequence[str | None]) -> Coded:
        """The column with other values in the same places."""
        return Coded(self.codes, tuple(values))

    def has(self) -> NDArray[np.bool_]:
        """Which rows have a value."""
        known = np.array([one is not None for one in self.values] + [False], dtype=np.bool_)
        return known[self.codes]

    def marked(self, wanted: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Which rows have a value of some kind."""
        found = [one is not None and wanted(one) for one in self.values]
        return np.array([*found, False], dtype=np.bool_)[self.codes]

    def array(self) -> pa.Array:
        """The column as text."""
        return pa.array([*self.values, None], pa.string()).take(
            pa.array(np.where(self.codes < 0, len(self.values), self.codes))
        )

    def compact(self) -> Coded:
        """The same column with each value in one position, and none that is null."""
        places: dict[str, int] = {}
        moved = [-1 if one is None else places.setdefault(one, len(places)) for one in self.values]
        return Coded(np.array([*moved, -1], dtype=np.int32)[self.codes], tuple(places))

    def at(self, rows: NDArray[np.int64]) -> Coded:
        """Some of the rows, in the order given."""
        return Coded(self.codes[rows], self.values)

    def only(self, rows: NDArray[np.bool_]) -> Coded:
        """The column with nothing in the other rows."""
        return Coded(np.where(rows, self.codes, np.int32(-1)), self.values)


def either(first: Coded, second: Coded) -> Coded:
    """The first column's values, and the second's where the first has none."""
    one, other = first.compact(), second.compact()
    shifted = np.where(other.codes < 0, -1, other.codes + len(one.values))
    codes = np.where(one.codes >= 0, one.codes, shifted).astype(np.int32)
    return Coded(codes, (*one.values, *other.values)).compact()


def combined(columns: Sequence[Codes]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Rows that are alike in all columns get one number, counted in the order in which they first come.

    Args:
        columns: codes of the same rows, -1 for null, which is alike to itself.

    Returns:
        The number of each row, and for each number the first row that has it.
    """
    together = np.zeros(len(columns[0]), dtype=np.int64)
    for codes in columns:
        width = int(codes.max(initial=-1)) + 2
        mixed = together * width + codes + 1
        together = pc.dictionary_encode(pa.array(mixed)).indices.to_numpy().astype(np.int64)
    count = int(together.max(initial=-1)) + 1
    first = np.full(count, -1, dtype=np.int64)
    first[together[::-1]] = np.arange(len(together) - 1, -1, -1)
    return together.astype(np.int32), first
