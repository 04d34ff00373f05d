"""The index of a purpose as rows of a table: parts by name, large ones in pieces."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from roundtable.data.linked_tables import LINK_INDEX, without_purpose

#: The largest piece, in bytes: a column of a file holds two thousand million bytes in one go, and no more.
PIECE = 1 << 24


def index_rows(parts: Mapping[str, bytes]) -> pa.Table:
    """The table `link_index` without its purpose."""
    named: list[str] = []
    numbers: list[int] = []
    pieces: list[bytes] = []
    for name, data in sorted(parts.items()):
        for number, start in enumerate(range(0, max(1, len(data)), PIECE), 1):
            named.append(name)
            numbers.append(number)
            pieces.append(data[start : start + PIECE])
    columns = [pa.array(named, pa.string()), pa.array(numbers, pa.int64()), pa.array(pieces, pa.binary())]
    return pa.table(columns, schema=without_purpose(LINK_INDEX))


def index_parts(rows: pa.Table) -> dict[str, bytes]:
    """The parts again."""
    ordered = rows.sort_by([("part", "ascending"), ("piece", "ascending")])
    parts: dict[str, list[bytes]] = {}
    for name, data in zip(ordered["part"].to_pylist(), ordered["data"].to_pylist(), strict=True):
        parts.setdefault(name, []).append(data)
    return {name: pieces[0] if len(pieces) == 1 else b"".join(pieces) for name, pieces in parts.items()}
