"""One Parquet file from rows that arrive in pieces: equal rows give equal bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

#: Rows in each group of a file. Fixed, so that how the rows arrive does not show in the file.
ROWS_IN_A_GROUP = 122_880


def write_parquet(batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> None:
    """Write batches, in the order they come, as one file of this schema; holds one group at a time.

    Raises:
        pyarrow.ArrowInvalid: a value does not fit the schema.
        OSError: the file cannot be written.
    """
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        for group in _groups(batches, schema):
            writer.write_table(group, row_group_size=ROWS_IN_A_GROUP)


def _groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """The same rows in tables of exactly one group each, but for the last."""
    held: pa.Table = schema.empty_table()
    for batch in batches:
        held = pa.concat_tables([held, pa.Table.from_batches([batch]).cast(schema)])
        while held.num_rows >= ROWS_IN_A_GROUP:
            yield held.slice(0, ROWS_IN_A_GROUP).combine_chunks()
            held = held.slice(ROWS_IN_A_GROUP)
    if held.num_rows:
        yield held.combine_chunks()
