"""A delivery as the files in it: itself, or the entries of a ZIP; each with the table it is for."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, cast

from roundtable.data.intake.archive import broken, data_entries, open_archive
from roundtable.data.intake.choosing_table import table_of
from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.rules import problem, refused
from roundtable.errors import DeliveryRefused, Problem
from roundtable.partnership.model.contract import Table
from roundtable.partnership.model.contract_terms import FileFormat

_FORMATS = {
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".txt": FileFormat.CSV,
    ".parquet": FileFormat.PARQUET,
    ".geojson": FileFormat.GEOJSON,
    ".json": FileFormat.GEOJSON,
}
_KINDS = "CSV (also packed as .csv.gz or in a .zip), Parquet and GeoJSON"


@dataclass(frozen=True)
class SourceFile:
    """One file of a delivery.

    Attributes:
        name: what the quarantine and the ledger call it: its path inside the ZIP, or the delivery's.
        shown: what messages call it.
        table: the table of the contract that its rows belong to.
        open: opens it, unpacked, from its first byte.
    """

    name: str
    shown: str
    table: Table
    open: Callable[[], IO[bytes]]

    @property
    def stem(self) -> str:
        """Its name without folders and without endings such as `.csv.gz`."""
        return PurePosixPath(self.name.removesuffix(".gz")).stem


@contextmanager
def unpacked(found: FoundDelivery, limits: Limits) -> Iterator[tuple[SourceFile, ...]]:
    """The files of a delivery in order of name, to be opened one by one while the block lasts.

    Raises:
        DeliveryRefused: the file is of no kind that is taken in, an entry of the archive is not
            allowed, or a name fits no table; every such file is named.
    """
    with ExitStack() as stack:
        if found.name.lower().endswith(".zip"):
            archive = stack.enter_context(open_archive(found.path, found.shown, limits))
            yield _entries(found, archive, limits)
        else:
            yield (_alone(found, limits),)


def _alone(found: FoundDelivery, limits: Limits) -> SourceFile:
    def opened() -> IO[bytes]:
        if found.name.lower().endswith(".gz"):
            return cast(IO[bytes], _Unpacking(found, limits))
        return found.path.open("rb")

    table = table_of(found.dataset, found.name, found.shown)
    if (unfit := _not_of_format(found.name, found.shown, table)) is not None:
        raise DeliveryRefused(unfit)
    return SourceFile(found.name, found.shown, table, opened)


def _entries(found: FoundDelivery, archive: zipfile.ZipFile, limits: Limits) -> tuple[SourceFile, ...]:
    files: list[SourceFile] = []
    problems: list[Problem] = []
    for entry in data_entries(archive, found.shown, limits):
        name = entry.filename
        shown = f"{found.shown}/{name}"
        try:
            table = table_of(found.dataset, name, shown)
        except DeliveryRefused as error:
            problems += error.problems
            continue
        unfit = _not_of_format(name, shown, table, inside=True)
        if unfit is not None:
            problems.append(unfit)
        files.append(SourceFile(name, shown, table, _opening(archive, entry, shown)))
    if problems:
        raise DeliveryRefused(problems)
    return tuple(files)


def _opening(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        try:
            return archive.open(entry)
        except ValueError as error:
            # The entry's own header has a name in no known letters, or is said to lie out of all reach.
            raise broken(shown, str(error)) from None

    return opened


def _not_of_format(name: str, shown: str, table: Table, *, inside: bool = False) -> Problem | None:
    ending = PurePosixPath(name.lower().removesuffix(".gz")).suffix
    found = _FORMATS.get(ending)
    wanted = table.terms.format
    if found is None:
        what = f"'{ending or 'no ending'}' is not a kind of file that is taken in"
        return problem("kind-of-file", shown, what, f"Send {_KINDS}.")
    if found is not wanted:
        what = f"it is a {found} file, and the contract says that table '{table.name}' comes as {wanted}"
        remedy = f"Send it as {wanted}, or change 'format' in the contract."
        return problem("kind-of-file", shown, what, remedy)
    packed = inside or name.lower().endswith(".gz")
    if packed and found is not FileFormat.CSV:
        what = f"a {found} file may not be packed: only CSV files may"
        return problem("kind-of-file", shown, what, "Send the file as it is, unpacked.")
    return None


@contextmanager
def unpacking_refused(shown: str) -> Iterator[None]:
    """Turn what a broken archive raises, whenever its bytes are read, into a refusal."""
    try:
        yield
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise broken(shown, str(error)) from None


class _Unpacking(gzip.GzipFile):
    """A `.gz` that is read only as far as the limits allow."""

    def __init__(self, found: FoundDelivery, limits: Limits) -> None:
        super().__init__(found.path, "rb")
        self._shown = found.shown
        self._packed = found.path.stat().st_size
        most = max(limits.ratio_from, limits.ratio * self._packed)
        self._most = min(most, limits.unpacked)
        by_ratio = most <= limits.unpacked
        self._why = f"{limits.ratio} times its size" if by_ratio else f"{limits.unpacked:,} bytes"

    def read(self, size: int | None = -1) -> bytes:
        """Read on, unless that would be too far."""
        data = super().read(size)
        if self.tell() > self._most:
            what = f"it unpacks to more than {self._why} (it has {self._packed:,} bytes); that is the limit"
            raise refused("archive-limit", self._shown, what, "If it is honest, send it without packing it.")
        return data


def blocks(source: SourceFile, size: int, seen: hashlib._Hash) -> Iterator[bytes]:
    """The bytes of a file in blocks of one size, the last one shorter; all of them are also hashed.

    Raises:
        DeliveryRefused: it is damaged, or unpacks to more than the limits allow.
    """
    with unpacking_refused(source.shown), source.open() as file:
        while block := _filled(file, size):
            seen.update(block)
            yield block


def _filled(file: IO[bytes], size: int) -> bytes:
    """Read until the block is full or the file ends: unpackers hand over less than they are asked for."""
    first = file.read(size)
    if len(first) in (0, size):
        return first
    parts = [first]
    held = len(first)
    while held < size and (part := file.read(size - held)):
        parts.append(part)
        held += len(part)
    return first if len(parts) == 1 else b"".join(parts)
