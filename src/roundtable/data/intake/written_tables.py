"""The scratch files that the canonical rows of one delivered table go to: one for each table they are for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from roundtable.data.intake.pieces import Making
from roundtable.data.intake.reading_ahead import worked_ahead
from roundtable.data.intake.rules import refused
from roundtable.data.intake.taking_in import Rows
from roundtable.data.lake import Lake
from roundtable.data.parquet import ParquetWriting
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import writing_lake_file

#: Lots of canonical rows that may wait to be written.
_LOTS_WAITING = 2


@dataclass
class WrittenTables:
    """Where the rows go.

    Attributes:
        lake: whose files they will be.
        staged: gives a path for a new file.
        paths: the files of the delivery, each with the lake table it is for; more are added here.
        small: whether the rows are made sooner than a thread for it is started.
    """

    lake: Lake
    staged: Callable[[], Path]
    paths: list[tuple[str, Path]]
    small: bool = False

    def write(self, rows: Making[Rows], always: str | None) -> None:
        """Write every lot to the file of its table.

        Args:
            rows: lots of rows; they are made in a thread of their own, ahead of the writing.
            always: the table that has a file even when nothing comes of it. Written a second time, the
                rows take the place of those of the first.
        """
        begun = len(self.paths)
        try:
            self._write(rows, always)
        except BaseException:
            for _, path in self.paths[begun:]:
                path.unlink(missing_ok=True)
            del self.paths[begun:]
            raise

    def _write(self, rows: Making[Rows], always: str | None) -> None:
        open_files: dict[str, ParquetWriting] = {}
        with ExitStack() as stack:

            def file_of(table: str) -> ParquetWriting:
                if table not in open_files:
                    path = self.staged()
                    self.paths.append((table, path))
                    opening = writing_lake_file(LAKE_TABLES[table], path, self.lake.keyring)
                    open_files[table] = stack.enter_context(opening)
                return open_files[table]

            if always is not None:
                file_of(always)
            with closing(rows if self.small else worked_ahead(rows, _LOTS_WAITING)) as ready:
                for table, lot in ready:
                    if lot.num_rows:
                        file_of(table).add(lot)


@contextmanager
def told_of_memory(shown: str) -> Iterator[None]:
    """Turn what the engine says when its memory does not suffice into a refusal of the delivery."""
    import duckdb

    from roundtable.data.engine_duckdb import CANNOT_ENCRYPT

    try:
        yield
    except duckdb.Error as error:
        if CANNOT_ENCRYPT not in str(error) and not isinstance(error, duckdb.OutOfMemoryException):
            raise
        what = "reading it takes more memory than the engine may use"
        remedy = "Give it more, such as ROUNDTABLE_MEMORY=2GB, or send it in several files."
        raise refused("too-large", shown, what, remedy) from None
