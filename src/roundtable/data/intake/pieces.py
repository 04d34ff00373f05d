"""Some rows of a file on their way in: columns of text, as they were sent, and where each row stood."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa

from roundtable.data.intake.records import BadRow

Thing = TypeVar("Thing")
#: Makes things one after another, and can be stopped.
Making = Generator[Thing, None, None]


@dataclass(frozen=True)
class Wanted:
    """A column to be read.

    Attributes:
        header: what it is called in the file.
        column: what it is called in a piece: never the sender's words, so that no name can do harm.
        few_values: whether the same values are expected again and again.
    """

    header: str
    column: str
    few_values: bool = False


@dataclass(frozen=True)
class Piece:
    """Rows that follow each other in a file.

    Attributes:
        table: the wanted columns as text, with `record` and `line` beside them.
        bad: rows that could not be told apart into values.
        sha256: of the whole file as it stood in the delivery; on its last piece only, if at all.
        told: what the receipt should say about the file, in sentences.
    """

    table: pa.Table
    bad: tuple[BadRow, ...]
    sha256: str = ""
    told: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows received: those in the table and those set aside."""
        return int(self.table.num_rows) + len(self.bad)
