"""The files of the deliveries as they grow, a shard at a time, and the notes beside them when they are whole.

All of it stands in a folder whose name begins with a dot until it is whole: the intake passes such names
over, and whatever ends the making half-way leaves nothing that could be taken for a delivery.
"""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from roundtable.county.places.county_map import CountyMap
from roundtable.county.sends.notes import NOTE_ENDING, WITHDRAWAL_ENDING, Said, note_text
from roundtable.county.sends.outlines import outline_files
from roundtable.county.sends.planned_files import SentFile, SentTable
from roundtable.county.sends.shard_sent import Piece
from roundtable.partnership.model.contract import Dataset

#: Bytes that wait, over all files, before they are written: files are opened seldom, memory stays small.
_KEPT_BACK = 64_000_000
#: The day that stands in a ZIP for its file: the first that a ZIP can say.
_PACKED_ON = (1980, 1, 1, 0, 0, 0)


@dataclass
class _Growing:
    """One file as it grows."""

    path: Path
    header: bytes
    waiting: list[bytes] = field(default_factory=list)
    rows: int = 0
    begun: bool = False
    seen: hashlib._Hash = field(default_factory=hashlib.sha256)

    def write(self) -> None:
        """Append what waits; the first time the header too."""
        content = b"".join(self.waiting) if self.begun else b"".join((self.header, *self.waiting))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(content)
        self.seen.update(content)
        self.waiting.clear()
        self.begun = True

    def pack(self, name: str) -> None:
        """Put the whole file into a ZIP beside it, which takes its place."""
        packed = self.path.with_name(name)
        # One day for all: the bytes of the ZIP follow from the file alone.
        entry = zipfile.ZipInfo(self.path.name, _PACKED_ON)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with (
            zipfile.ZipFile(packed, "w") as archive,
            self.path.open("rb") as file,
            archive.open(entry, "w") as inside,
        ):
            shutil.copyfileobj(file, inside)
        self.path.unlink()
        self.path, self.seen = packed, hashlib.sha256(packed.read_bytes())


@dataclass(frozen=True)
class WrittenFile:
    """One delivery that was written: its dataset, its name and how many rows it has."""

    dataset: str
    table: str
    name: str
    rows: int


class DeliveryFiles:
    """The files of some tables under a root, in a folder for each dataset."""

    def __init__(self, root: Path, later: Path, tables: Sequence[SentTable], hold_back: int) -> None:
        """Begin.

        Args:
            root: where the folders of the datasets are made.
            later: the same for files that are held back.
            tables: what is sent.
            hold_back: how many of the newest slots of each table are held back.
        """
        self._tables = tables
        self._waiting = 0
        self._growing: dict[tuple[int, int], _Growing] = {}
        for number, sent in enumerate(tables):
            columns = [column.header for column in sent.table.properties]
            for place, file in enumerate(sent.files):
                header = sent.habit.header([*columns, file.adds] if file.adds else columns)
                held = file.slot >= len(sent.slots) - hold_back
                path = (later if held else root) / sent.dataset.id / file.name
                self._growing[number, place] = _Growing(path, header)

    def append(self, pieces: Iterable[Piece]) -> None:
        """Append a shard's pieces."""
        for piece in pieces:
            file = self._growing[piece.table, piece.file]
            file.waiting.append(piece.content)
            file.rows += piece.rows
            self._waiting += len(piece.content)
        if self._waiting > _KEPT_BACK:
            self._write()

    def finish(self) -> tuple[WrittenFile, ...]:
        """Write what still waits, then every note; a file without a row has its header alone."""
        self._write(every=True)
        written = []
        for (number, place), growing in self._growing.items():
            sent = self._tables[number]
            file = sent.files[place]
            if file.packed:
                growing.pack(file.sent_as)
            _write_notes(growing, file)
            written.append(WrittenFile(sent.dataset.id, sent.table.name, file.sent_as, growing.rows))
        return tuple(written)

    def _write(self, *, every: bool = False) -> None:
        for file in self._growing.values():
            if file.waiting or (every and not file.begun):
                file.write()
        self._waiting = 0


def _write_notes(growing: _Growing, file: SentFile) -> None:
    said: Said = {
        "rows": growing.rows,
        "sha256": growing.seen.hexdigest(),
        "period": file.period,
        "as_at": file.as_at,
        "corrects": file.corrects or None,
    }
    write_note(growing.path.with_name(growing.path.name + NOTE_ENDING), said)
    if file.withdrawn is not None:
        name = growing.path.name.rpartition(".")[0] + WITHDRAWAL_ENDING
        back: Said = {"withdraws": growing.path.name, "as_at": file.withdrawn, "reason": file.reason}
        write_note(growing.path.with_name(name), back)


def write_note(path: Path, said: Said) -> None:
    """Write a note."""
    path.write_text(note_text(said), encoding="utf-8")


def write_outlines(root: Path, datasets: Sequence[Dataset], county_map: CountyMap) -> tuple[WrittenFile, ...]:
    """Write the outlines of the county's areas, each with its note."""
    written = []
    for dataset, table, name, content, areas in outline_files(datasets, county_map):
        path = root / dataset / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        said: Said = {"rows": areas, "sha256": hashlib.sha256(content).hexdigest()}
        write_note(path.with_name(name + NOTE_ENDING), said)
        written.append(WrittenFile(dataset, table, name, areas))
    return tuple(written)
