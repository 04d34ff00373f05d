"""Exports of the lake that an erased person is in: their files written anew, where they can be reached.

Exports are copies and never links, so that a file of the lake can be destroyed, and an export changed,
without the one touching the other.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roundtable.data.durable import sync_file, sync_folder, write_lasting
from roundtable.data.lake_export import LIST
from roundtable.data.parquet import write_parquet
from roundtable.data.subjects.belonging import KNOWN_BY, Belonging
from roundtable.data.tables import LAKE_TABLES


def forget_in_export(folder: Path, own: Belonging) -> int:
    """Write the files of an export anew without a person; how many there were to be written.

    Args:
        folder: as the register of copies has it; nothing happens where it is gone.
        own: what belongs to the person.
    """
    listed = folder / LIST
    if not listed.is_file():
        return 0
    told = json.loads(listed.read_text(encoding="utf-8"))
    changed = 0
    for name in KNOWN_BY:
        for path in sorted((folder / name).glob("*.parquet")):
            changed += _forget_in_file(path, name, own, told)
    if changed:
        write_lasting(listed, json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    return changed


def _forget_in_file(path: Path, name: str, own: Belonging, told: dict[str, Any]) -> int:
    rows = pq.read_table(path, partitioning=None)
    mask = own.mask(name, rows)
    if mask is None or not pc.any(mask).as_py():
        return 0
    kept = rows.filter(pc.invert(mask)).cast(LAKE_TABLES[name].schema)
    draft = path.with_name(f".{path.name}.draft")
    write_parquet(kept.to_batches() or [_nothing(name)], LAKE_TABLES[name].schema, draft)
    sync_file(draft)
    final = path.with_name(f"{hashlib.sha256(draft.read_bytes()).hexdigest()}.parquet")
    draft.replace(final)
    path.unlink()
    sync_folder(path.parent)
    entry = told["tables"][name]
    entry["files"] = sorted({final.name, *(one for one in entry["files"] if one != path.name)})
    entry["rows"] -= rows.num_rows - kept.num_rows
    return 1


def _nothing(name: str) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([], schema=LAKE_TABLES[name].schema)
