"""A snapshot as a plain folder: one folder a table, Parquet files in it, and a list of what is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roundtable.data.disk import ensure_room, room_to_write
from roundtable.data.durable import sync_file, sync_folder
from roundtable.data.lake_file import LakeFile
from roundtable.data.lake_table import LakeTable
from roundtable.data.linked_tables import LINKED_TABLES
from roundtable.data.parquet import write_parquet
from roundtable.data.subjects.renaming import Renaming, has_keyed_ids
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.ledger import audit, copies
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.models import CopyKind
from roundtable.partnership.model.purpose import Purpose

#: Left free beside the copies: for the empty tables, the list and the folders.
_BESIDE = 1 << 20
EMPTY = "empty.parquet"
LIST = "snapshot.json"
#: The tables that have rows of every purpose that people are linked for: an export has those of its own.
_OF_A_PURPOSE = frozenset(table.name for table in LINKED_TABLES)


@dataclass(frozen=True)
class Leaving:
    """What becomes of rows on their way out.

    Attributes:
        purpose: what the export is for.
        unsealing: takes out what is under seal; None where nothing is.
        renaming: writes keyed ids as the purpose's own names; None where this process has no keys.
    """

    purpose: Purpose
    unsealing: Callable[[str, pa.Table], pa.Table] | None = None
    renaming: Renaming | None = None

    def changing(self, table: LakeTable) -> Callable[[pa.Table], pa.Table] | None:
        """What is done to the rows of a table; None where its files leave as they are."""
        renaming = self.renaming if has_keyed_ids(table) else None
        own = table.name in _OF_A_PURPOSE
        if self.unsealing is None and renaming is None and not own:
            return None

        def changed(rows: pa.Table) -> pa.Table:
            rows = rows.filter(pc.equal(rows.column("purpose"), self.purpose.value)) if own else rows
            left = rows if self.unsealing is None else self.unsealing(table.name, rows)
            return left if renaming is None else renaming(table, left)

        return changed


def export_snapshot(
    snapshot: int,
    files: Sequence[LakeFile],
    to: Path,
    at: datetime | None,
    leaving: Leaving,
) -> Path:
    """Copy whole files, never links, into a new folder that appears complete or not at all.

    A table without rows has one empty file, so that every table can be read by its folder's name. What is in
    the identity vault stays there: its tables are listed, with their rows counted and no file. Where anything
    is under seal, files are written anew without it, and nothing is counted in the vault. Tables with keyed
    ids are written anew with the pseudonyms of the export's purpose.

    The export is noted in the register of copies, so that an erasure can find it.
    """
    _see_that_free(to)
    draft = to.absolute().with_name(f".{to.name}.draft")
    with room_to_write(draft.parent), _clean_afterwards(draft):
        draft.parent.mkdir(parents=True, exist_ok=True)
        outside = [file for file in files if not LAKE_TABLES[file.table].vault]
        ensure_room(draft.parent, sum(file.bytes for file in outside) + _BESIDE)
        listed = _fill(draft, snapshot, files, leaving)
        held = {file.table for file in outside}
        rows = {name: one["rows"] for name, one in sorted(listed.items()) if name in held}
        # The chain says first what leaves: an export that nobody was told of cannot be.
        with ledger_transaction():
            purpose = leaving.purpose.value
            audit.append("lake.exported", f"snapshot {snapshot}", {"tables": rows, "purpose": purpose}, at)
            what, place = f"an export of snapshot {snapshot} for {purpose}", str(to.absolute())
            copies.register(CopyKind.EXPORT, what, at or datetime.now(UTC), place, snapshot=snapshot)
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


def _fill(
    draft: Path,
    snapshot: int,
    files: Sequence[LakeFile],
    leaving: Leaving,
) -> dict[str, dict[str, Any]]:
    entries = {name: _listed(name, files) for name in LAKE_TABLES}
    for name, table in LAKE_TABLES.items():
        if table.vault:
            continue
        (draft / name).mkdir(parents=True)
        mine = sorted({file.path for file in files if file.table == name})
        changing = leaving.changing(table)
        if changing is None:
            for path in mine:
                shutil.copyfile(path, draft / name / path.name)
        else:
            entries[name] |= _written_anew(mine, table, draft / name, changing)
        if not mine:
            pq.write_table(table.schema.empty_table(), draft / name / EMPTY)
    if leaving.unsealing is not None:
        for name, table in LAKE_TABLES.items():
            entries[name] |= {"rows": None} if table.vault else {}
    listed = {"snapshot": snapshot, "purpose": leaving.purpose.value, "tables": entries}
    text = json.dumps(listed, indent=2, sort_keys=True, ensure_ascii=False)
    (draft / LIST).write_text(text + "\n", encoding="utf-8")
    for path in sorted(draft.rglob("*")):
        sync_folder(path) if path.is_dir() else sync_file(path)
    sync_folder(draft)
    return entries


def _written_anew(
    paths: Sequence[Path], table: LakeTable, to: Path, changing: Callable[[pa.Table], pa.Table]
) -> dict[str, Any]:
    """Write files anew as they may leave, under names that tell nothing; what is listed of them."""
    rows = 0
    names: list[str] = []
    for number, path in enumerate(paths, start=1):
        with pq.ParquetFile(path) as file:
            left = changing(file.read())
        write_parquet(left.to_batches(), table.schema, to / f"{number}.parquet")
        rows, names = rows + left.num_rows, [*names, f"{number}.parquet"]
    return {"rows": rows, "files": sorted(names) or [EMPTY]}


def _listed(name: str, files: Sequence[LakeFile]) -> dict[str, Any]:
    table = LAKE_TABLES[name]
    held = {file.path.name for file in files if file.table == name}
    return {
        "description": table.description,
        "columns": dict(table.columns),
        "sorted_by": list(table.sort_key),
        "rows": _rows(files).get(name, 0),
        "files": [] if table.vault else sorted(held) or [EMPTY],
        "vault": table.vault,
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
