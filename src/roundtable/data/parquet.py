"""One Parquet file from rows that arrive in pieces: equal rows give equal bytes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

#: Rows in each group of a file. Fixed, so that how the rows arrive does not show in the file.
ROWS_IN_A_GROUP = 122_880


class ParquetWriting:
    """One file, written a group at a time from rows that are added as they come. Used in a `with` block.

    Args:
        schema: of the file.
        to: where it goes.
        rows_in_a_group: of every group but the last.

    Raises:
        pyarrow.ArrowInvalid: a value does not fit the schema.
        OSError: the file cannot be written.
    """

    def __init__(
        self, schema: pa.Schema, to: Path | pa.NativeFile, rows_in_a_group: int = ROWS_IN_A_GROUP
    ) -> None:
        self._rows = rows_in_a_group
        self._held: pa.Table = schema.empty_table()
        self._writer = pq.ParquetWriter(to, schema, compression="zstd", version="2.6")

    def __enter__(self) -> Self:
        """The file is begun."""
        return self

    def add(self, rows: pa.Table) -> None:
        """Put rows behind those that were added before."""
        self._held = pa.concat_tables([self._held, rows.cast(self._held.schema)])
        while self._held.num_rows >= self._rows:
            self._write(self._held.slice(0, self._rows))
            self._held = self._held.slice(self._rows)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left, unless something went wrong, and end the file."""
        if kind is None and self._held.num_rows:
            self._write(self._held)
        self._writer.close()

    def _write(self, group: pa.Table) -> None:
        self._writer.write_table(group.combine_chunks(), row_group_size=self._rows)


def write_parquet(
    batches: Iterable[pa.RecordBatch],
    schema: pa.Schema,
    to: Path | pa.NativeFile,
    rows_in_a_group: int = ROWS_IN_A_GROUP,
) -> None:
    """Write batches, in the order they come, as one file of this schema; holds one group at a time.

    Raises:
        pyarrow.ArrowInvalid: a value does not fit the schema.
        OSError: the file cannot be written.
    """
    with ParquetWriting(schema, to, rows_in_a_group) as writing:
        for batch in batches:
            writing.add(pa.Table.from_batches([batch]))
