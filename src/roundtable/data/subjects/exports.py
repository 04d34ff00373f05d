"""Exports of the lake that an erased person is in: their files written anew, where they can be reached.

Exports are copies and never links, so that a file of the lake can be destroyed, and an export changed,
without the one touching the other.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roundtable.data.durable import sync_file, sync_folder, write_lasting
from roundtable.data.lake_export import LIST
from roundtable.data.parquet import write_parquet
from roundtable.data.subjects.belonging import KNOWN_BY, Belonging
from roundtable.data.subjects.renaming import names_of
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.keys import Keyring
from roundtable.partnership.model.purpose import Purpose


def forget_in_export(folder: Path, own: Belonging, keyring: Keyring | None) -> int:
    """Write the files of an export anew without a person; how many there were to be written.

    Args:
        folder: as the register of copies has it; nothing happens where it is gone.
        own: what belongs to the person.
        keyring: by which it is known what the export calls the person; None where there is none.
    """
    listed = folder / LIST
    if not listed.is_file():
        return 0
    told = json.loads(listed.read_text(encoding="utf-8"))
    changed = 0
    for name, path in _files_in(folder):
        changed += _forget_in_file(path, name, _as_called(own, path, told, keyring), told)
    if changed:
        write_lasting(listed, json.dumps(told, indent=2, sort_keys=True, ensure_ascii=False) + "\n")
    return changed


def rows_in_export(folder: Path, own: Belonging, keyring: Keyring | None) -> int:
    """How many rows of an export belong to a person; 0 where it is gone. See `forget_in_export`."""
    listed = folder / LIST
    if not listed.is_file():
        return 0
    told = json.loads(listed.read_text(encoding="utf-8"))
    found = 0
    for name, path in _files_in(folder):
        rows = pq.read_table(path, columns=list(KNOWN_BY[name]), partitioning=None)
        mask = _as_called(own, path, told, keyring).mask(name, rows)
        found += int(pc.sum(mask).as_py() or 0) if mask is not None else 0
    return found


def _files_in(folder: Path) -> list[tuple[str, Path]]:
    return [(name, path) for name in KNOWN_BY for path in sorted((folder / name).glob("*.parquet"))]


def _as_called(own: Belonging, path: Path, told: dict[str, Any], keyring: Keyring | None) -> Belonging:
    """The same person by the names that a file of the export has, beside the ids themselves."""
    if keyring is None or "record_id" not in pq.read_schema(path).names:
        return own
    held = pc.unique(pq.read_table(path, columns=["record_id"], partitioning=None).column("record_id"))
    names = names_of(keyring, Purpose(told["purpose"]), own.records, held.to_pylist())
    return replace(own, records=own.records | names)


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
