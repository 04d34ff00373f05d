"""Reading a sealed file anywhere in it: only the chunks that are asked for are opened, and only in memory."""

from __future__ import annotations

import io
import os
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from roundtable.data.vault.sealed_file import (
    AROUND,
    LENGTH,
    LONGEST_HEADER,
    TAG,
    Cipher,
    Header,
    Unsealable,
    read_header,
)
from roundtable.errors import Place, Problem, StoreUnusable
from roundtable.governance.keys import Keyring

#: Chunks kept open: a reader of one column comes back to the last few.
_KEPT = 4
_WHENCE = (os.SEEK_SET, os.SEEK_CUR, os.SEEK_END)


class UnsealedFile(io.RawIOBase):
    """The content of a sealed file, to be read in any order by several threads.

    Args:
        path: the sealed file.
        label: what it has to be for.
        keyring: has the version that it was sealed with.

    Raises:
        StoreUnusable: it is damaged, for something else, or sealed with a key that is not there.
    """

    def __init__(self, path: Path, label: str, keyring: Keyring) -> None:
        super().__init__()
        self._path = path
        self._lock = Lock()
        self._open: OrderedDict[int, bytes] = OrderedDict()
        self._at = 0
        self._handle = os.open(path, os.O_RDONLY)
        try:
            self._begin(label, keyring)
        except BaseException as error:
            self.close()
            if isinstance(error, Unsealable):
                raise _damaged(path, error) from None
            raise

    def _begin(self, label: str, keyring: Keyring) -> None:
        self.header: Header = read_header(os.pread(self._handle, LONGEST_HEADER, 0))
        if self.header.label != label:
            raise Unsealable(f"it is for '{self.header.label}' and not for '{label}'")
        self._begun = len(self.header.packed)
        self._cipher = Cipher(self.header, keyring)
        size = os.fstat(self._handle).st_size
        tail = os.pread(self._handle, LENGTH.size, max(0, size - LENGTH.size))
        listed = LENGTH.unpack(tail)[0] if len(tail) == LENGTH.size else 0
        start = size - LENGTH.size - listed
        number, odd = divmod(listed - AROUND - LENGTH.size, TAG)
        if number < 0 or odd or start < self._begun:
            raise Unsealable("it is cut short")
        held = self._cipher.opened(number, os.pread(self._handle, listed, start), is_list=True)
        self._size: int = LENGTH.unpack_from(held)[0]
        self._tags = [held[at : at + TAG] for at in range(LENGTH.size, len(held), TAG)]
        if start != self._begun + self._size + AROUND * number:
            raise Unsealable("it is longer or shorter than it was sealed")

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """Any place of it can be gone to."""
        return True

    def size(self) -> int:
        """Bytes of content."""
        return self._size

    def tell(self) -> int:
        """Where the next reading begins."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place of the content."""
        if whence not in _WHENCE:
            raise ValueError("seek from the beginning, from here or from the end")
        self._at = max(0, offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence])
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes of the content; fewer at its end.

        Raises:
            StoreUnusable: they are not as they were sealed.
        """
        left = max(0, self._size - self._at)
        wanted = left if size is None or size < 0 else min(size, left)
        parts: list[bytes] = []
        while wanted:
            number, inside = divmod(self._at, self.header.chunk)
            part = self._chunk(number)[inside : inside + wanted]
            parts.append(part)
            self._at += len(part)
            wanted -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def readinto(self, into: object) -> int:
        """Read into a buffer; how many bytes that was."""
        view = memoryview(into).cast("B")  # type: ignore[arg-type]
        found = self.read(len(view))
        view[: len(found)] = found
        return len(found)

    def close(self) -> None:
        """Close the file and forget what was read."""
        if not self.closed:
            os.close(self._handle)
            self._open.clear()
        super().close()

    def _chunk(self, number: int) -> bytes:
        with self._lock:
            held = self._open.pop(number, None)
            if held is None:
                held = self._opened(number)
            self._open[number] = held
            if len(self._open) > _KEPT:
                self._open.popitem(last=False)
            return held

    def _opened(self, number: int) -> bytes:
        size = self.header.chunk
        content = min(size, self._size - number * size)
        sealed = os.pread(self._handle, content + AROUND, self._begun + number * (size + AROUND))
        try:
            if sealed[-TAG:] != self._tags[number]:
                raise Unsealable(f"chunk {number} is not the one that was sealed here")
            return self._cipher.opened(number, sealed)
        except Unsealable as error:
            raise _damaged(self._path, error) from None


def _damaged(path: Path, error: Unsealable) -> StoreUnusable:
    remedy = "see that the right keys stand there (`roundtable keys show`), or restore the file from a backup"
    return StoreUnusable(Problem(Place(str(path)), "vault-unreadable", str(error), remedy))
