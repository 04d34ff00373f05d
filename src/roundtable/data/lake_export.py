"""A snapshot as a plain folder: one folder a table, Parquet files in it, and a list of what is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from roundtable.data.disk import ensure_room, room_to_write
from roundtable.data.durable import sync_file, sync_folder
from roundtable.data.lake_file import LakeFile
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.ledger import audit

#: Left free beside the copies: for the empty tables, the list and the folders.
_BESIDE = 1 << 20
EMPTY = "empty.parquet"
LIST = "snapshot.json"


def export_snapshot(snapshot: int, files: Sequence[LakeFile], to: Path, at: datetime | None) -> Path:
    """Copy whole files, never links, into a new folder that appears complete or not at all.

    A table without rows has one empty file, so that every table can be read by its folder's name.
    """
    _see_that_free(to)
    draft = to.absolute().with_name(f".{to.name}.draft")
    with room_to_write(draft.parent), _clean_afterwards(draft):
        draft.parent.mkdir(parents=True, exist_ok=True)
        ensure_room(draft.parent, sum(file.bytes for file in files) + _BESIDE)
        _fill(draft, snapshot, files)
        # The chain says first what leaves: an export that nobody was told of cannot be.
        audit.append("lake.exported", f"snapshot {snapshot}", {"tables": _rows(files)}, at)
        draft.replace(to)
        sync_folder(draft.parent)
    return to


@contextmanager
def _clean_afterwards(draft: Path) -> Iterator[None]:
    """Begin and end without a draft, whoever left one and however the block ends."""
    if draft.exists():
        shutil.rmtree(draft)
    try:
        yield
    finally:
        if draft.exists():
            shutil.rmtree(draft)


def _fill(draft: Path, snapshot: int, files: Sequence[LakeFile]) -> None:
    for name, table in LAKE_TABLES.items():
        (draft / name).mkdir(parents=True)
        mine = sorted({file.path for file in files if file.table == name})
        for path in mine:
            shutil.copyfile(path, draft / name / path.name)
        if not mine:
            pq.write_table(table.schema.empty_table(), draft / name / EMPTY)
    listed = {"snapshot": snapshot, "tables": {name: _listed(name, files) for name in LAKE_TABLES}}
    text = json.dumps(listed, indent=2, sort_keys=True, ensure_ascii=False)
    (draft / LIST).write_text(text + "\n", encoding="utf-8")
    for path in sorted(draft.rglob("*")):
        sync_folder(path) if path.is_dir() else sync_file(path)
    sync_folder(draft)


def _listed(name: str, files: Sequence[LakeFile]) -> dict[str, Any]:
    table = LAKE_TABLES[name]
    return {
        "description": table.description,
        "columns": dict(table.columns),
        "sorted_by": list(table.sort_key),
        "rows": _rows(files).get(name, 0),
        "files": sorted({file.path.name for file in files if file.table == name}) or [EMPTY],
    }


def _rows(files: Sequence[LakeFile]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for file in files:
        rows[file.table] = rows.get(file.table, 0) + file.rows
    return dict(sorted(rows.items()))


def _see_that_free(to: Path) -> None:
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        what, remedy = "something stands there already", "name a folder that does not exist yet"
        raise SettingUnusable(Problem(Place(str(to)), "export-folder", what, remedy))
