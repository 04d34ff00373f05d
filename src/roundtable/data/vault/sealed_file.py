"""The format of a sealed file: what is in it, chunk by chunk, in AES-256-GCM. `docs/vault.md` says why.

    magic | key version | chunk size | length of the label | label          the header
    nonce | encrypted chunk | tag                                           as often as there are chunks
    nonce | encrypted (length of the content, tag of every chunk) | tag     the list
    length of the list                                                      8 bytes

Numbers are unsigned, most significant byte first. Each chunk is bound to the header, and so to the label (the
table that the file is for), and to its own number; the list binds the chunks of one file together, so
that none can be left out, moved, or taken from another file, not even one of the same table.

A nonce is not random but an HMAC, under a key of its own, of everything that the chunk is bound to and of
its content. So equal content gives equal files, and a nonce comes back only for the very same chunk: what
shows is that two chunks at one place of two files of a table are alike, and nothing else.
"""

from __future__ import annotations

import hmac
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from roundtable.governance.keys import Keyring

MAGIC = b"RTSEAL1\n"
CHUNK = 1 << 18
NONCE, TAG = 12, 16
AROUND = NONCE + TAG
LENGTH = struct.Struct(">Q")
_FIXED = struct.Struct(">8sIIH")
_CONTENT, _LIST = b"\x00", b"\x01"


class Unsealable(Exception):
    """The bytes are no sealed file, or not as they were written, or sealed with another key."""


@dataclass(frozen=True)
class Header:
    """The first bytes of a sealed file.

    Attributes:
        label: what the file is for; of a file of the lake, its table.
        version: of the keys that it is sealed with.
        chunk: bytes of content in each chunk but the last.
    """

    label: str
    version: int
    chunk: int = CHUNK

    @property
    def packed(self) -> bytes:
        """As it stands in the file."""
        label = self.label.encode()
        return _FIXED.pack(MAGIC, self.version, self.chunk, len(label)) + label


def read_header(begun: bytes) -> Header:
    """The header at the beginning of these bytes.

    Raises:
        Unsealable: there is none.
    """
    if len(begun) < _FIXED.size:
        raise Unsealable("it is too short for a sealed file")
    magic, version, chunk, length = _FIXED.unpack_from(begun)
    label = begun[_FIXED.size : _FIXED.size + length]
    if magic != MAGIC or not chunk or len(label) != length:
        raise Unsealable("it does not begin as a sealed file does")
    try:
        return Header(label.decode(), version, chunk)
    except UnicodeDecodeError:
        raise Unsealable("its label is no text") from None


#: Bytes that hold any header whose label is of an honest length.
LONGEST_HEADER = _FIXED.size + 4096


class Cipher:
    """Seals and opens the chunks of one file."""

    def __init__(self, header: Header, keyring: Keyring) -> None:
        self._bound = header.packed
        self._cipher = AESGCM(keyring.derive("vault file", header.version))
        self._nonces = keyring.derive("vault nonce", header.version)

    def sealed(self, number: int, content: bytes, *, is_list: bool = False) -> bytes:
        """A chunk as it stands in the file: nonce, encrypted content, tag."""
        bound = self._bound_to(number, is_list)
        mac = hmac.new(self._nonces, LENGTH.pack(len(bound)) + bound, "sha256")
        mac.update(content)
        nonce = mac.digest()[:NONCE]
        return nonce + self._cipher.encrypt(nonce, content, bound)

    def opened(self, number: int, sealed: bytes, *, is_list: bool = False) -> bytes:
        """The content of a chunk.

        Raises:
            Unsealable: it is not as it was sealed, or stood elsewhere, or was sealed with another key.
        """
        if len(sealed) < AROUND:
            raise Unsealable("a chunk is cut short")
        try:
            return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], self._bound_to(number, is_list))
        except InvalidTag:
            told = "its list of chunks" if is_list else f"chunk {number}"
            raise Unsealable(f"{told} is not as it was sealed, or the key is another") from None

    def _bound_to(self, number: int, is_list: bool) -> bytes:
        return self._bound + LENGTH.pack(number) + (_LIST if is_list else _CONTENT)
