"""The lake: tables as files that never change, and snapshots that say which files are the tables.

A file is written in a scratch place, made durable, given the hash of its bytes as its name, and only
then named in the ledger, in one transaction with whatever else must be true from then on. Whoever reads
sees the snapshot before or the snapshot after, and a crash at any moment leaves one of the two. Files that
no snapshot names are left-overs, which the next writer clears away.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

import pyarrow as pa

from roundtable.data.disk import room_to_write
from roundtable.data.durable import (
    file_sha256,
    lasting_folder,
    sync_file,
    sync_folder,
    write_lasting,
)
from roundtable.data.lake_file import (
    LakeFile,
    StagedFile,
    see_that_it_fits,
    see_that_of_todays_shape,
    see_that_whole,
)
from roundtable.data.leftovers import clear_folder, left_over_files
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import ending_of, write_lake_file
from roundtable.errors import Place, Problem, StoreUnusable
from roundtable.governance.keys import Keyring
from roundtable.ledger import audit, models, snapshots
from roundtable.ledger.address import private_folder
from roundtable.ledger.database import ledger_id
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.lock import is_writer
from roundtable.partnership.model.purpose import Purpose

#: The file by which a lake knows its ledger again.
MARK = "ledger-id"
#: Numbers for scratch files, so that no two of a process are alike.
_numbers = count(1)


class Lake:
    """The lake of a partnership folder. Its ledger must be open.

    Whoever writes holds the writer lock. Readers need nothing and are never in the way.
    """

    def __init__(self, folder: Path, keyring: Keyring | None = None) -> None:
        """Look at the lake of a folder; nothing is made until something is staged.

        Args:
            folder: the partnership folder.
            keyring: the keys, for a process that writes or reads tables of the vault.

        Raises:
            StoreUnusable: the lake was written with another ledger than the one that is open.
        """
        self.folder = folder
        self.keyring = keyring
        self.root = private_folder(folder) / "lake"
        self.scratch = private_folder(folder) / "scratch"
        self._sealed: set[Path] = set()
        self._whole: set[tuple[str, str]] = set()
        self._see_that_ledger_is_its_own()

    def stage(self) -> Path:
        """A path to write a new file to. Nobody reads it there.

        Raises:
            DiskFull: there is no room even for a folder.
        """
        with room_to_write(self.folder):
            lasting_folder(self.scratch)
            lasting_folder(self.root)
            if not (self.root / MARK).exists():
                write_lasting(self.root / MARK, ledger_id())
        return self.scratch / f"{os.getpid()}-{next(_numbers)}.parquet"

    def write(self, table: str, batches: Iterable[pa.RecordBatch], path: Path) -> None:
        """Write rows to a staged path as the table wants it: what is in the vault is encrypted at once.

        Raises:
            StoreUnusable: the table is in the vault, and there is no key.
        """
        write_lake_file(batches, LAKE_TABLES[table], path, self.keyring)

    def seal(self, table: str, scratch_path: Path, source: str) -> StagedFile:
        """Make a written file durable and give it its name in the lake. No snapshot has it yet.

        Args:
            table: the table it is for.
            scratch_path: where it was written, as `stage` said.
            source: the delivery or the step that made it.

        Raises:
            ValueError: the file does not have the table's columns.
            StoreUnusable: the table is in the vault, and there is no key.
            DiskFull: there is no room.
        """
        rows = see_that_it_fits(scratch_path, LAKE_TABLES[table], self.keyring)
        with room_to_write(self.folder):
            scratch_path.chmod(0o440)
            sync_file(scratch_path)
            sha256, size = file_sha256(scratch_path), scratch_path.stat().st_size
            path = self._path(table, sha256)
            lasting_folder(path.parent)
            self._sealed.add(path)
            scratch_path.replace(path)
            sync_folder(path.parent)
        return StagedFile(table, path, rows, size, sha256, source)

    def publish(
        self,
        reason: str,
        adds: Sequence[StagedFile],
        removes: Sequence[LakeFile] = (),
        extra: Callable[[int], None] | None = None,
        at: datetime | None = None,
    ) -> int:
        """Make the next snapshot, in one transaction: its files, what `extra` writes, its audit event.

        Args:
            reason: why there is a new snapshot, in a few words.
            adds: files that it has and the last one does not.
            removes: files of the last one that it does not have.
            extra: called with the number of the snapshot, inside the transaction, to write what must be
                true exactly when the snapshot is: a receipt, a step's record.
            at: when; without it, now.

        Raises:
            StoreUnusable: a file to add is not in its place.
            ValueError: a file to remove is not in the last snapshot.
            DiskFull: there is no room; the last snapshot still stands.
        """
        see_that_whole([file for file in adds if not file.path.is_file()])
        with room_to_write(self.folder), ledger_transaction():
            snapshot = snapshots.add_snapshot(reason, at)
            snapshots.remove_files(snapshot, [(file.table, file.sha256, file.source) for file in removes])
            snapshots.add_files(snapshot, [_row(file) for file in adds])
            if extra is not None:
                extra(snapshot.id)
            detail = {"reason": reason, "added": _told(adds), "removed": _told(removes)}
            audit.append("lake.published", f"snapshot {snapshot.id}", detail, at)
        return snapshot.id

    def current_snapshot(self) -> int:
        """The number of the last snapshot; 0 before the first."""
        return snapshots.current_snapshot()

    def listed(self, table: str | None = None, snapshot: int | None = None) -> tuple[LakeFile, ...]:
        """The files of a snapshot as the ledger knows them, without a look at the disk.

        Args:
            table: of this table alone; without it, of all.
            snapshot: the number of the snapshot; without it, the last.

        Raises:
            SettingUnusable: there is no such snapshot.
        """
        rows = snapshots.files_at(snapshots.known_snapshot(snapshot), table)
        return tuple(self._file(row) for row in rows)

    def ever_listed(self) -> tuple[LakeFile, ...]:
        """The files of every snapshot there has been whose bytes were not erased, each once for a source."""
        rows = [row for row in snapshots.every_file() if row.erased_at is None]
        found = {(row.table, row.sha256, row.source): self._file(row) for row in rows}
        return tuple(found[name] for name in sorted(found))

    def listed_of(self, sources: Sequence[str]) -> tuple[LakeFile, ...]:
        """The files of the last snapshot that these deliveries or steps made, without a look at the disk."""
        return tuple(self._file(row) for row in snapshots.files_of(sources))

    def files(self, table: str, snapshot: int | None = None) -> tuple[LakeFile, ...]:
        """The files that are a table in a snapshot, each seen to be whole: what a reader reads.

        A file is compared with its hash once in the life of this object.

        Raises:
            SettingUnusable: there is no such snapshot.
            StoreUnusable: files are missing, damaged or erased, each is named; or of an older shape.
        """
        files = self.listed(table, snapshot)
        known = self._whole
        see_that_whole([file for file in files if file.erased_why or (file.table, file.sha256) not in known])
        see_that_of_todays_shape(files, self.folder)
        self._whole.update((file.table, file.sha256) for file in files)
        return files

    def erase(self, files: Sequence[LakeFile], why: str, at: datetime | None = None) -> None:
        """Destroy the bytes of files that the last snapshot no longer has; older ones then refuse to be read.

        The ledger says so first: a crash in between leaves left-overs, never a file whose loss is untold.

        Raises:
            ValueError: the last snapshot still has one of them.
        """
        names = sorted({(file.table, file.sha256) for file in files})
        with ledger_transaction():
            for table, sha256 in names:
                snapshots.mark_erased(table, sha256, why, at)
            audit.append("lake.erased", f"{len(names)} files", {"why": why, "files": _told(files)}, at)
        self._whole.difference_update(names)
        for table, sha256 in names:
            self._path(table, sha256).unlink(missing_ok=True)
            sync_folder(self.root / table)

    def collect_orphans(self) -> int:
        """Clear away what writers that were killed left behind; how many files that was.

        Called by a writer before it stages anything or opens an engine, which spills to the same place.

        Raises:
            RuntimeError: this process does not hold the writer lock, so that a file which looks left
                over may be one that somebody is about to publish.
        """
        if not is_writer(self.folder):
            raise RuntimeError("only the holder of the writer lock may clear left-overs away")
        named = {(row.table, row.sha256) for row in snapshots.every_file() if row.erased_at is None}
        orphans = [path for path in left_over_files(self.root, named) if path not in self._sealed]
        for path in orphans:
            path.unlink()
        return len(orphans) + clear_folder(self.scratch)

    def export(self, snapshot: int | None, to: Path, purpose: Purpose, at: datetime | None = None) -> Path:
        """Copy a snapshot into a plain folder that any engine can read; the folder.

        Args:
            snapshot: its number; None for the last.
            to: a folder that does not exist yet, or is empty.
            purpose: what it is for. People and addresses are called by its own names in it, so that the
                exports for two purposes cannot be put together by them.
            at: when; without it, now.

        Raises:
            SettingUnusable: there is no such snapshot, or something stands in the folder already.
            StoreUnusable: files of it are missing, damaged or erased, or keyed ids are in it and this
                process has no keys.
            Busy: seals do not yet reach what was received last, or no run has gone through since.
            DiskFull: there is no room for the copies.
        """
        from roundtable.data.subjects.exporting import export_lake

        return export_lake(self, snapshots.known_snapshot(snapshot), to, purpose, at)

    def _path(self, table: str, sha256: str) -> Path:
        return self.root / table / f"{sha256}{ending_of(LAKE_TABLES[table])}"

    def _file(self, row: models.LakeFile) -> LakeFile:
        path = self._path(row.table, row.sha256)
        return LakeFile(
            row.table,
            path,
            row.rows,
            row.bytes,
            row.sha256,
            row.source,
            row.added_id,
            row.erased_why,
            row.shape,
        )

    def _see_that_ledger_is_its_own(self) -> None:
        mark = self.root / MARK
        if mark.exists() and mark.read_text(encoding="utf-8") != ledger_id():
            what = "this lake was written with another ledger than the one that is open"
            remedy = "set DATABASE_URL to what it was then, or unset it if it was unset"
            raise StoreUnusable(Problem(Place(str(self.root)), "lake-of-another", what, remedy))


def _row(file: StagedFile) -> models.LakeFile:
    return models.LakeFile(
        table=file.table,
        sha256=file.sha256,
        rows=file.rows,
        bytes=file.bytes,
        source=file.source,
        shape=LAKE_TABLES[file.table].shape,
    )


def _told(files: Sequence[LakeFile | StagedFile]) -> dict[str, list[str]]:
    """The hashes of files by table, for the audit chain."""
    ordered = sorted({(file.table, file.sha256) for file in files})
    return {table: [sha for name, sha in ordered if name == table] for table in dict(ordered)}
