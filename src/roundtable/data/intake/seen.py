"""What was seen of the files in `deliveries/` last time, so that an unchanged one is not read again.

It is only a memory: when it is lost, every file is hashed once more and nothing else happens. It is kept
beside the ledger and not in it, because where a file stands on a disk is no fact about the partnership.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from roundtable.data.durable import write_lasting
from roundtable.data.intake.finding_deliveries import FoundDelivery
from roundtable.data.intake.rules import refused
from roundtable.ledger.database import make_private_folder

NAME = "seen.json"
_AT_A_TIME = 1 << 20


@dataclass(frozen=True)
class Hashed:
    """A delivery's hash and the size it had; `mark` changes whenever its bytes may have changed."""

    sha256: str
    size: int
    mark: str


@dataclass
class Seen:
    """The memory of one partnership folder.

    Attributes:
        folder: the partnership folder.
        files: what each delivery looked like and hashed to, by its place in the folder.
        hash_of: hashes a file that is not remembered; one that is encrypted by what it was.
        standing: for a delivery that was taken and by a changed contract no longer could be, what it was
            compared with, so that it is not read again and again.
    """

    folder: Path
    files: dict[str, dict[str, str]] = field(default_factory=dict)
    standing: dict[str, dict[str, str]] = field(default_factory=dict)
    hash_of: Callable[[FoundDelivery], str] = field(default_factory=lambda: plain_sha256)
    _before: str = ""

    def hashed(self, found: FoundDelivery) -> Hashed:
        """A delivery's SHA-256: remembered, or worked out.

        Raises:
            DeliveryRefused: it changes while it is read.
        """
        mark, size = _mark(found.path)
        known = self.files.get(found.shown)
        if known is not None and known["mark"] == mark:
            return Hashed(known["sha256"], size, mark)
        sha256 = self.hash_of(found)
        self.see_that_unchanged(found, Hashed(sha256, size, mark))
        self.files[found.shown] = {"mark": mark, "sha256": sha256}
        return Hashed(sha256, size, mark)

    def see_that_unchanged(self, found: FoundDelivery, before: Hashed) -> None:
        """See that a file is still the one that was hashed.

        Raises:
            DeliveryRefused: it is not.
        """
        if not found.path.exists() or _mark(found.path)[0] != before.mark:
            self.files.pop(found.shown, None)
            what = "it changed while it was being read, so it may still be arriving"
            remedy = "Wait until it is whole; copy it under a name that begins with a dot, then rename it."
            raise refused("changed-while-read", found.shown, what, remedy)

    def remember(self, found: FoundDelivery, sha256: str) -> None:
        """Remember a file whose hash is known: one that was encrypted keeps that of what was received."""
        self.files[found.shown] = {"mark": _mark(found.path)[0], "sha256": sha256}

    def forget_all_but(self, shown: set[str]) -> None:
        """Forget files that are no longer there."""
        self.files = {name: kept for name, kept in self.files.items() if name in shown}

    def would_be_refused(self, delivery_id: str, key: str) -> tuple[str, ...]:
        """What to say of a delivery that was taken and, by what is agreed now, no longer could be."""
        noted = self.standing.get(delivery_id)
        if noted is None or noted["key"] != key:
            return ()
        return (f"By what is agreed now it would be refused; what was taken stands. {noted['why']}",)

    def save(self) -> None:
        """Write the memory down, if it has changed."""
        text = json.dumps({"files": self.files, "standing": self.standing}, sort_keys=True, indent=0)
        if text != self._before:
            write_lasting(make_private_folder(self.folder) / NAME, text)
            self._before = text


def plain_sha256(found: FoundDelivery) -> str:
    """SHA-256 of a file as it stands."""
    with found.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remembered(folder: Path) -> Seen:
    """The memory of a partnership folder; empty where there is none or it cannot be understood."""
    path = folder / ".roundtable" / NAME
    seen = Seen(folder)
    try:
        text = path.read_text(encoding="utf-8")
        kept: Any = json.loads(text)
        seen.files = {str(name): _kept(one, ("mark", "sha256")) for name, one in kept["files"].items()}
        seen.standing = {str(name): _kept(one, ("key", "why")) for name, one in kept["standing"].items()}
        seen._before = text
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Seen(folder)
    return seen


def _kept(one: Any, keys: tuple[str, str]) -> dict[str, str]:
    return {key: str(one[key]) for key in keys}


def _mark(path: Path) -> tuple[str, int]:
    """What the file system knows of a file without reading it; its change time cannot be set back."""
    known = path.stat()
    return f"{known.st_ino}-{known.st_size}-{known.st_mtime_ns}-{known.st_ctime_ns}", known.st_size
