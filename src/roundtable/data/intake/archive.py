"""A ZIP from outside: every entry is judged by its name, nature and size before one byte is unpacked."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from roundtable.data.intake.limits import Limits
from roundtable.data.intake.rules import printable, problem, refused
from roundtable.errors import DeliveryRefused, Problem

_ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst", ".cab", ".iso")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Flags of an entry: encrypted, strongly encrypted, with an encrypted directory.
_ENCRYPTED = 0x1 | 0x40 | 0x2000
#: The flag of an entry that holds only the difference from another file.
_PATCH = 0x20
#: What other systems leave in archives: never data, and passed over.
_LITTER_FOLDERS = frozenset({"__MACOSX"})
_LITTER_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
#: The least room that an entry takes in the archive's directory.
_DIRECTORY_RECORD = 46
_END = b"PK\x05\x06"
_END_SIZE = 22


def open_archive(path: Path, shown: str, limits: Limits) -> zipfile.ZipFile:
    """Open a ZIP whose directory is of a size that can be read.

    Raises:
        DeliveryRefused: it is no ZIP, or lists more entries than the limit.
    """
    _refuse_huge_directory(path, shown, limits)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, RuntimeError, ValueError, OverflowError) as error:
        # The kind of RuntimeError is what zipfile says of an entry that a later version of ZIP packed.
        raise broken(shown, str(error)) from None


def data_entries(archive: zipfile.ZipFile, shown: str, limits: Limits) -> tuple[zipfile.ZipInfo, ...]:
    """The entries that hold data, in order of name.

    Raises:
        DeliveryRefused: any entry breaks a rule; each that does is named, with the limit.
    """
    entries = [entry for entry in archive.infolist() if not _is_litter(entry)]
    problems = [found for entry in entries for found in _problems(entry, shown, limits)]
    problems += _repeated(entries, shown)
    problems += _overlapping(entries, shown)
    problems += _too_much(entries, shown, limits)
    if problems:
        raise DeliveryRefused(problems)
    files = sorted((entry for entry in entries if not entry.is_dir()), key=lambda entry: entry.filename)
    if not files:
        what = "the archive holds no data file"
        raise refused("empty-archive", shown, what, "Pack the files again and send the ZIP.")
    return tuple(files)


def broken(shown: str, says: str) -> DeliveryRefused:
    """The refusal of an archive or a packed file that cannot be unpacked to its end."""
    what = f"it is damaged or was cut short: {says}"
    return refused("damaged", shown, what, "Send the file again, whole.")


def _refuse_huge_directory(path: Path, shown: str, limits: Limits) -> None:
    """Refuse before the directory is read into memory, by the size that the end record gives it."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _END_SIZE - 65_535))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise broken(shown, "it has no end record, as every ZIP has")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    most = limits.entries * (_DIRECTORY_RECORD + limits.name_letters + 100)
    if directory > most:
        what = f"the archive's directory has {directory:,} bytes, more than {limits.entries:,} entries need"
        raise refused("archive-limit", shown, what, f"Send at most {limits.entries:,} files in one ZIP.")


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(entry.filename).parts
    return bool(parts) and (parts[0] in _LITTER_FOLDERS or parts[-1] in _LITTER_FILES)


def _problems(entry: zipfile.ZipInfo, shown: str, limits: Limits) -> Iterator[Problem]:
    what = _bad_name(entry, limits) or _bad_nature(entry)
    if what is not None:
        remedy = "Pack plain files again under relative names, without links, passwords or archives inside."
        yield problem("archive-entry", shown, f"entry '{_printable(entry)}' {what}", remedy)
    elif entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        times = entry.file_size // max(entry.compress_size, 1)
        what = (
            f"entry '{_printable(entry)}' unpacks to {times:,} times its size "
            f"({entry.compress_size:,} to {entry.file_size:,} bytes); the limit is {limits.ratio}"
        )
        yield problem("archive-limit", shown, what, "If the file is honest, send it without packing it.")


def _bad_name(entry: zipfile.ZipInfo, limits: Limits) -> str | None:
    """What is wrong with an entry's name, to follow the name in a sentence."""
    name = entry.orig_filename.replace("\\", "/")
    parts = name.split("/")
    if not name.isprintable():
        return "has a name with letters that cannot be printed"
    if len(name) > limits.name_letters:
        return f"has a name of {len(name):,} letters; the limit is {limits.name_letters}"
    if name.startswith("/"):
        return "has an absolute path"
    if len(parts[0]) > 1 and parts[0][1] == ":":
        return "names a drive"
    if ".." in parts:
        return "leads out of the archive with '..'"
    if "" in parts[:-1] or "." in parts or not name:
        return "has an empty part in its path"
    return None


def _bad_nature(entry: zipfile.ZipInfo) -> str | None:
    """What is wrong with what an entry is, to follow its name in a sentence."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link" if kind == stat.S_IFLNK else "is not an ordinary file"
    if entry.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if entry.filename.lower().endswith(_ARCHIVES):
        return "is an archive inside the archive"
    if entry.compress_type not in _METHODS or entry.flag_bits & _PATCH:
        return "is packed by a method other than the usual 'deflate'"
    return None


def _repeated(entries: Sequence[zipfile.ZipInfo], shown: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for entry in entries:
        name = unicodedata.normalize("NFC", entry.filename.replace("\\", "/")).casefold()
        if name in seen:
            what = f"entry '{_printable(entry)}' is in the archive twice, capitals apart"
            yield problem("archive-entry", shown, what, "Pack each file once.")
        seen.add(name)


def _overlapping(entries: Sequence[zipfile.ZipInfo], shown: str) -> Iterator[Problem]:
    """Entries that share bytes: how a small archive unpacks to many files that are all the same."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            what = f"entry '{_printable(entry)}' shares its bytes with another entry"
            yield problem("archive-entry", shown, what, "Pack the files again with an ordinary program.")
        end = max(end, entry.header_offset + entry.compress_size)


def _too_much(entries: Sequence[zipfile.ZipInfo], shown: str, limits: Limits) -> Iterator[Problem]:
    if len(entries) > limits.entries:
        what = f"the archive has {len(entries):,} entries; the limit is {limits.entries:,}"
        yield problem("archive-limit", shown, what, "Send the files in several ZIPs.")
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked:
        what = f"the archive unpacks to {total:,} bytes; the limit is {limits.unpacked:,}"
        yield problem("archive-limit", shown, what, "Send the files in several ZIPs.")


def _printable(entry: zipfile.ZipInfo) -> str:
    return printable(entry.orig_filename[:80])
