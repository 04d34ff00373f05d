"""Looking for what was erased, everywhere that it could still be: the proof of an erasure.

Files are not taken at their word. Of a Parquet file every column chunk is decompressed, with its dictionary,
which can hold words that no row has any more; of a sealed one every chunk is opened first. Archives are
unpacked, members of members too. Whatever is not understood is looked through byte by byte, as it stands.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from roundtable.data.subjects.looking import Looking
from roundtable.data.subjects.needles import Needles
from roundtable.data.vault.sealed_file import LONGEST_HEADER, MAGIC, Unsealable, read_header
from roundtable.data.vault.unsealing import UnsealedFile
from roundtable.errors import StoreUnusable
from roundtable.governance.keys import Keyring

#: Bytes looked through at a time; a needle that lies across two pieces is found all the same.
_AT_A_TIME = 1 << 22
_LONGEST_NEEDLE = 512
_DEEPEST = 4
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
#: From here on a text does not turn up in other bytes by chance, words of their own or not.
_UNMISTAKABLE = 10


@dataclass
class Proof:
    """What was looked through, and where something was found.

    Attributes:
        looked: how many things of each kind were looked through: files, members, Parquet columns.
        bytes: how many bytes that came to, unpacked.
        found: where something was found, without saying what.
        unread: what could not be looked through, and why.
    """

    looked: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    found: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was found, and everything could be looked through."""
        return not self.found and not self.unread


class Search:
    """One search for needles through any number of files.

    Args:
        needles: what may be nowhere.
        keyring: the keys, for sealed files.
        packed: whether values stand in the files without anything between them, as in a database's pages.
    """

    def __init__(self, needles: Needles, keyring: Keyring | None, *, packed: bool = False) -> None:
        self.proof = Proof()
        self._packed = packed
        self._values = needles.values
        self._keyring = keyring
        wanted = sorted({text.encode(name) for text in needles.values for name in _ENCODINGS})
        self._looking = Looking(wanted)

    def through(self, paths: Iterable[Path], shown: str) -> None:
        """Look through files, and folders with all that is in them.

        Args:
            paths: which.
            shown: what the proof calls the place they are in.
        """
        for path in paths:
            for file in _files(path):
                inside = file.relative_to(path).as_posix() if path.is_dir() else file.name
                self._file(file, f"{shown}/{inside}")

    def has(self, path: Path, shown: str) -> bool:
        """Whether something is found in one file; the proof is told."""
        before = len(self.proof.found)
        self._file(path, shown)
        return len(self.proof.found) > before

    def _file(self, path: Path, shown: str) -> None:
        self.proof.looked["files"] += 1
        try:
            with path.open("rb") as file:
                self._stream(file, shown, 0)
        except FileNotFoundError:
            return
        except (OSError, StoreUnusable, Unsealable, pa.ArrowInvalid, zipfile.BadZipFile, zlib.error) as error:
            self.proof.unread.append(f"{shown}: {type(error).__name__}")

    def _stream(self, file: IO[bytes], shown: str, depth: int) -> None:
        begun = file.read(LONGEST_HEADER)
        file.seek(0)
        if begun.startswith(MAGIC):
            self._sealed(file, begun, shown, depth)
        elif begun.startswith(b"PAR1"):
            self._parquet(file, shown)
        elif begun.startswith(b"PK\x03\x04") and depth < _DEEPEST:
            self._archive(file, shown, depth)
        elif begun.startswith(b"\x1f\x8b") and depth < _DEEPEST:
            self.proof.looked["members"] += 1
            with gzip.GzipFile(fileobj=file) as unpacked:
                held = _Rewindable(cast(IO[bytes], unpacked))
                self._stream(cast(IO[bytes], held), f"{shown} (unpacked)", depth + 1)
        self._raw(file, shown)

    def _sealed(self, file: IO[bytes], begun: bytes, shown: str, depth: int) -> None:
        if self._keyring is None:
            self.proof.unread.append(f"{shown}: no key")
            return
        path = Path(cast(Any, file).name)
        self.proof.looked["sealed files"] += 1
        with UnsealedFile(path, read_header(begun).label, self._keyring) as opened:
            self._stream(cast(IO[bytes], io.BufferedReader(opened)), f"{shown} (unsealed)", depth + 1)

    def _archive(self, file: IO[bytes], shown: str, depth: int) -> None:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                self.proof.looked["members"] += 1
                with archive.open(entry) as member:
                    self._stream(cast(IO[bytes], _Rewindable(member)), f"{shown}/{entry.filename}", depth + 1)

    def _parquet(self, file: IO[bytes], shown: str) -> None:
        schema = pq.ParquetFile(file).schema_arrow
        texts = [one.name for one in schema if pa.types.is_string(one.type)]
        file.seek(0)
        opened = pq.ParquetFile(file, read_dictionary=texts)
        for number in range(opened.num_row_groups):
            group = opened.read_row_group(number)
            for column, name in zip(group.columns, group.column_names, strict=True):
                self.proof.looked["column chunks"] += 1
                self.proof.bytes += column.nbytes
                if self._in_column(column):
                    self.proof.found.append(f"{shown}, column {name}")

    def _in_column(self, column: pa.ChunkedArray) -> bool:
        return any(self._in_words(words) for chunk in column.chunks for words in _words_of(chunk))

    def _in_words(self, words: pa.Array) -> bool:
        if not self._values:
            return False
        wanted = pa.array(sorted(self._values), pa.string())
        if pc.any(pc.is_in(words.cast(pa.string()), value_set=wanted)).as_py():
            return True
        # A value may also stand inside a longer text, such as a quarantined row.
        texts = b"".join(bytes(buffer) for buffer in words.buffers()[2:] if buffer is not None)
        if next(self._looking.places(texts), None) is None:
            return False
        return any(self._in_bytes(word.encode()) for word in words.to_pylist() if word)

    def _raw(self, file: IO[bytes], shown: str) -> None:
        file.seek(0)
        held = b""
        while read := file.read(_AT_A_TIME):
            self.proof.bytes += len(read)
            if self._in_bytes(held + read):
                self.proof.found.append(shown)
                return
            held = read[-_LONGEST_NEEDLE:]

    def _in_bytes(self, content: bytes) -> bool:
        return any(
            (self._packed and end - start >= _UNMISTAKABLE) or _stands_alone(content, start, end)
            for start, end in self._looking.places(content)
        )


def _stands_alone(content: bytes, start: int, end: int) -> bool:
    """Whether what was found is a word of its own, and no part of a longer number or name."""
    before, after = content[max(0, start - 1) : start], content[end : end + 1]
    return not (before.isalnum() and before.isascii()) and not (after.isalnum() and after.isascii())


def _words_of(chunk: pa.Array) -> Iterator[pa.Array]:
    """The different texts that a chunk holds: its dictionary whole, with words that no row has."""
    if pa.types.is_dictionary(chunk.type):
        yield chunk.dictionary
    elif pa.types.is_string(chunk.type) or pa.types.is_large_string(chunk.type):
        yield chunk


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir() and not path.is_symlink():
        yield from (one for one in sorted(path.rglob("*")) if one.is_file() and not one.is_symlink())
    elif path.is_file():
        yield path


class _Rewindable(io.BytesIO):
    """A member of an archive, unpacked in memory, so that it can be read from its beginning again."""

    def __init__(self, member: IO[bytes]) -> None:
        super().__init__(member.read())
