"""Files of the lake, written and read as their table wants it: plain Parquet, or Parquet that is sealed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.fs as pafs
import pyarrow.parquet as pq

from roundtable.data.lake_table import LakeTable
from roundtable.data.parquet import ParquetWriting
from roundtable.data.vault.sealing import SealingFile
from roundtable.data.vault.unsealing import UnsealedFile
from roundtable.errors import Place, Problem, StoreUnusable
from roundtable.governance.keys import Keyring

PLAIN, SEALED = ".parquet", ".vault"
ENDINGS = (PLAIN, SEALED)
#: Rows in each group of a sealed file. A reader holds several groups at once, and the rows are wide.
SEALED_ROWS_IN_A_GROUP = 30_720
#: Bytes of content up to which a sealed file is opened whole. An engine has four files open at once.
SMALL = 1 << 24


def ending_of(table: LakeTable) -> str:
    """What the names of a table's files end in: what is sealed is no Parquet file to anybody else."""
    return SEALED if table.vault else PLAIN


def write_lake_file(
    batches: Iterable[pa.RecordBatch], table: LakeTable, path: Path, keyring: Keyring | None
) -> None:
    """Write batches, in the order they come, as one file for a table; equal rows give equal bytes.

    Raises:
        StoreUnusable: the table is in the vault and this process has no key.
        pyarrow.ArrowInvalid: a value does not fit the table.
        OSError: the file cannot be written.
    """
    with writing_lake_file(table, path, keyring) as writing:
        for batch in batches:
            writing.add(pa.Table.from_batches([batch]))


@contextmanager
def writing_lake_file(table: LakeTable, path: Path, keyring: Keyring | None) -> Iterator[ParquetWriting]:
    """A file for a table, to which rows are added as they come.

    Raises:
        StoreUnusable: the table is in the vault and this process has no key.
    """
    if not table.vault:
        with ParquetWriting(table.schema, path) as plain:
            yield plain
        return
    with SealingFile(path, table.name, needed(keyring, table)) as sealing:
        to = pa.PythonFile(sealing, mode="w")
        with ParquetWriting(table.schema, to, SEALED_ROWS_IN_A_GROUP) as sealed:
            yield sealed
        sealing.finish()


@contextmanager
def open_lake_file(path: Path, table: LakeTable, keyring: Keyring | None) -> Iterator[pq.ParquetFile]:
    """A file of a table, to be read in pieces; of a sealed one only what is asked for is opened.

    Raises:
        StoreUnusable: the table is in the vault, and this process has no key, or not the right one.
    """
    if not table.vault:
        with pq.ParquetFile(path) as plain:
            yield plain
        return
    with (
        _content(path, table.name, needed(keyring, table)) as content,
        pq.ParquetFile(content) as file,
    ):
        yield file


def read_lake_files(paths: Sequence[Path], table: LakeTable, keyring: Keyring | None) -> pa.Table:
    """Files of a table in memory, in their order."""
    parts = [table.schema.empty_table()]
    for path in paths:
        with open_lake_file(path, table, keyring) as file:
            parts.append(file.read(use_threads=False))
    return pa.concat_tables(parts)


def vault_dataset(paths: Sequence[Path], table: LakeTable, keyring: Keyring | None) -> Any:
    """Sealed files as an Arrow dataset: an engine asks it for the columns and rows that it needs.

    Raises:
        StoreUnusable: this process has no key.
    """
    opening = pafs.PyFileSystem(_Opening(table.name, needed(keyring, table)))
    return ds.dataset(
        [str(path.absolute()) for path in paths],
        filesystem=opening,
        # Read when it is wanted and no sooner: what waits in memory is not counted by the engine.
        format=ds.ParquetFileFormat(
            default_fragment_scan_options=ds.ParquetFragmentScanOptions(pre_buffer=False)
        ),
        schema=table.schema,
    )


def needed(keyring: Keyring | None, table: LakeTable) -> Keyring:
    """The keys, for a table of the vault.

    Raises:
        StoreUnusable: this process has none.
    """
    if keyring is not None:
        return keyring
    what = "it is in the identity vault, and this process has no key"
    remedy = "put the key file where ROUNDTABLE_KEYS says, or make keys with `roundtable keys init DIR`"
    raise StoreUnusable(Problem(Place("table", key=table.name), "keys-missing", what, remedy))


def _content(path: Path, label: str, keyring: Keyring) -> pa.NativeFile:
    """The content of a sealed file as Arrow reads it: a small one whole, of a large one what is asked for."""
    unsealed = UnsealedFile(path, label, keyring)
    if unsealed.size() > SMALL:
        return pa.PythonFile(unsealed, mode="r")
    # Arrow's threads need not come back to Python for what is in memory already.
    with unsealed:
        return pa.BufferReader(unsealed.read())


class _Opening(pafs.FileSystemHandler):  # type: ignore[misc]
    """What Arrow needs to open sealed files by path, and nothing else."""

    def __init__(self, label: str, keyring: Keyring) -> None:
        self._label = label
        self._keyring = keyring

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)

    def get_type_name(self) -> str:
        return "vault"

    def normalize_path(self, path: str) -> str:
        return path

    def get_file_info(self, paths: list[str]) -> list[Any]:
        return [pafs.FileInfo(path, pafs.FileType.File) for path in paths]

    def open_input_file(self, path: str) -> Any:
        return _content(Path(path), self._label, self._keyring)

    def open_input_stream(self, path: str) -> Any:
        return self.open_input_file(path)

    def _refused(self, *_: object, **__: object) -> Any:
        raise io.UnsupportedOperation("sealed files are opened by path and read")

    get_file_info_selector = create_dir = delete_dir = delete_dir_contents = _refused
    delete_root_dir_contents = delete_file = move = copy_file = _refused
    open_output_stream = open_append_stream = _refused
