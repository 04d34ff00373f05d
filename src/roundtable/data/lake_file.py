"""One file of the lake, as it is staged and as the ledger knows it, and whether it is still whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.data.durable import file_sha256
from roundtable.data.lake_table import LakeTable
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import open_lake_file
from roundtable.errors import Place, Problem, StoreUnusable
from roundtable.governance.keys import Keyring

#: How many deliveries or steps a message names.
_SHOWN = 3
_RESTORE = "restore the folder .roundtable/lake from a backup of the same moment as the ledger"


@dataclass(frozen=True)
class StagedFile:
    """A file in its place in the lake that no snapshot has yet.

    Attributes:
        table: the table it belongs to.
        path: where it is.
        rows: how many it holds.
        bytes: its size.
        sha256: of its bytes; also its name.
        source: the delivery or the step that made it.
    """

    table: str
    path: Path
    rows: int
    bytes: int
    sha256: str
    source: str


@dataclass(frozen=True)
class LakeFile:
    """A file that a snapshot has.

    Attributes:
        table: the table it belongs to.
        path: where it is.
        rows: how many it holds.
        bytes: its size.
        sha256: of its bytes; also its name.
        source: the delivery or the step that made it.
        added: the snapshot that brought it.
        erased_why: why its bytes were erased; empty as long as they are there.
        shape: the shape that its table had when it was written.
    """

    table: str
    path: Path
    rows: int
    bytes: int
    sha256: str
    source: str
    added: int
    erased_why: str = ""
    shape: str = ""


def see_that_whole(files: Sequence[LakeFile | StagedFile]) -> None:
    """Compare files with what was published: there, of that size, of those bytes.

    Raises:
        StoreUnusable: naming every file that is not.
    """
    problems = [problem for file in files if (problem := _fault(file))]
    if problems:
        raise StoreUnusable(problems)


def see_that_of_todays_shape(files: Sequence[LakeFile], folder: Path) -> None:
    """See that files have the columns that their tables have today.

    Args:
        files: the files, as the ledger knows them.
        folder: the partnership folder.

    Raises:
        StoreUnusable: an earlier version wrote them, naming each table once.
    """
    older: dict[str, list[LakeFile]] = {}
    for file in files:
        if file.shape != LAKE_TABLES[file.table].shape:
            older.setdefault(file.table, []).append(file)
    if older:
        remedy = (
            f"`roundtable receive {folder}` takes every delivery in again, and `roundtable run {folder}` "
            "then works everything else out again; a delivery whose file is not in deliveries/ any more has "
            "to be sent again"
        )
        raise StoreUnusable([_of_another_shape(table, found, remedy) for table, found in older.items()])


def _of_another_shape(table: str, files: Sequence[LakeFile], remedy: str) -> Problem:
    made = ", ".join(sorted({file.source for file in files})[:_SHOWN])
    more = len({file.source for file in files}) - _SHOWN
    what = "an earlier version of Roundtable wrote it, with other columns than it has now"
    sources = f"{made} and {more:,} more" if more > 0 else made
    place = Place(str(files[0].path.parent), key=table)
    return Problem(place, "lake-of-older-shape", f"{what}: what came from {sources}", remedy)


def see_that_it_fits(path: Path, table: LakeTable, keyring: Keyring | None = None) -> int:
    """Compare a file with the table it is for; the number of its rows.

    Raises:
        StoreUnusable: the table is in the vault, and there is no key.
        ValueError: it has other columns, or a null where none may be. That is a mistake of whoever wrote
            the file, not of the user.
    """
    with open_lake_file(path, table, keyring) as file:
        found, metadata = file.schema_arrow, file.metadata
        wanted = [(field.name, field.type) for field in table.schema]
        if [(field.name, field.type) for field in found] != wanted:
            raise ValueError(f"a file for the table {table.name} has the columns {_shown(found)}")
        for number, field in enumerate(table.schema):
            if not field.nullable and _nulls(metadata, number):
                raise ValueError(f"a file for the table {table.name} has a null in its column {field.name}")
    return int(metadata.num_rows)


def _nulls(metadata: pq.FileMetaData, column: int) -> int:
    groups = (metadata.row_group(number).column(column) for number in range(metadata.num_row_groups))
    told = (group.statistics for group in groups)
    return sum(one.null_count for one in told if one is not None and one.has_null_count)


def _shown(schema: pa.Schema) -> str:
    return ", ".join(f"{field.name} {field.type}" for field in schema)


def _fault(file: LakeFile | StagedFile) -> Problem | None:
    if isinstance(file, LakeFile) and file.erased_why:
        remedy = "ask about a later snapshot; this one can no longer be read, and must not be"
        return _problem(file, f"its bytes were erased: {file.erased_why}", remedy)
    if not file.path.is_file():
        return _problem(file, "the ledger names this file, and it is not there", _RESTORE)
    size = file.path.stat().st_size
    if size != file.bytes:
        return _problem(file, f"it has {size:,} bytes, and was published with {file.bytes:,}", _RESTORE)
    if file_sha256(file.path) != file.sha256:
        return _problem(file, "its bytes are not those that were published", _RESTORE)
    return None


def _problem(file: LakeFile | StagedFile, what: str, remedy: str) -> Problem:
    return Problem(Place(str(file.path), key=file.table), "lake-damaged", what, remedy)
