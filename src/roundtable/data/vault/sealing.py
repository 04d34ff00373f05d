"""Writing a sealed file: what goes in is encrypted in memory, and the disk sees nothing else, ever."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import BinaryIO

from roundtable.data.vault.sealed_file import LENGTH, TAG, Cipher, Header
from roundtable.governance.keys import Keyring


class SealingFile(io.RawIOBase):
    """A file to write to once, from beginning to end. Holds one chunk of what was written.

    A file that was not closed in order has no list of its chunks, and so can never be opened.

    Args:
        path: where the sealed file is made; only its owner may read it.
        label: what it is for.
        keyring: sealed with its newest version.
        version: of the keys, where another one is wanted.
    """

    def __init__(self, path: Path, label: str, keyring: Keyring, version: int | None = None) -> None:
        super().__init__()
        header = Header(label, keyring.newest if version is None else version)
        self._chunk = header.chunk
        self._cipher = Cipher(header, keyring)
        self._held = bytearray()
        self._written = 0
        self._tags: list[bytes] = []
        self._file: BinaryIO = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._file.write(header.packed)

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def tell(self) -> int:
        """Bytes of content written so far."""
        return self._written

    def write(self, content: object) -> int:
        """Take in more of the content; all of it is always taken."""
        view = memoryview(content).cast("B")  # type: ignore[arg-type]
        self._held += view
        self._written += len(view)
        while len(self._held) >= self._chunk:
            self._seal(bytes(memoryview(self._held)[: self._chunk]))
            del self._held[: self._chunk]
        return len(view)

    def finish(self) -> None:
        """Write what is left and the list of chunks; the file is then whole."""
        if self._held:
            self._seal(bytes(self._held))
            self._held.clear()
        listed = LENGTH.pack(self._written) + b"".join(self._tags)
        sealed = self._cipher.sealed(len(self._tags), listed, is_list=True)
        self._file.write(sealed + LENGTH.pack(len(sealed)))
        self.close()

    def close(self) -> None:
        """Close the file; unless it was finished, what stands there is of no use to anybody."""
        if not self.closed:
            self._file.close()
        super().close()

    def _seal(self, content: bytes) -> None:
        sealed = self._cipher.sealed(len(self._tags), content)
        self._tags.append(sealed[-TAG:])
        self._file.write(sealed)
