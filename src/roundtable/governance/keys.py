"""The keys of a partnership's identity vault: where they stand, who may read them, what is derived from them.

One file for each partnership, named for its ledger, in a folder outside every partnership folder, that
only its owner may read. It holds root keys by version. Nothing is ever encrypted or keyed with a root key
itself: each use has a key of its own, derived by HKDF-SHA256 (RFC 5869), so that knowing one says nothing
of another.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from roundtable.errors import Place, Problem, SettingUnusable, StoreUnusable
from roundtable.ledger.database import ledger_id
from roundtable.settings import KEYS, keys_folder

#: Bytes of a root key and of every key derived from it: as long as the hash.
KEY_LENGTH = 32
_PRIVATE = 0o600
_NAME = re.compile(r"[0-9A-Za-z-]{1,80}")


@dataclass(frozen=True)
class KeyVersion:
    """One root key: its number, counted from 1, the day it was made, and the key, which is never shown."""

    number: int
    made: date
    root: bytes = field(repr=False)


@dataclass(frozen=True)
class Keyring:
    """Every version of a partnership's keys.

    Attributes:
        owner: the mark of the ledger that they are for.
        versions: the root keys, oldest first.
    """

    owner: str
    versions: tuple[KeyVersion, ...]

    @property
    def first(self) -> int:
        """The version that ids of records and addresses are made with, for as long as there are any."""
        return self.versions[0].number

    @property
    def newest(self) -> int:
        """The version that files are encrypted and new pseudonyms are made with."""
        return self.versions[-1].number

    def derive(self, purpose: str, version: int | None = None) -> bytes:
        """The key for one purpose: 32 bytes.

        Args:
            purpose: what it is for; another word, another key.
            version: of the root key; without it, the newest.

        Raises:
            StoreUnusable: there is no such version here, as when a file was encrypted with a later one.
        """
        number = self.newest if version is None else version
        root = next((one.root for one in self.versions if one.number == number), None)
        if root is None:
            what = f"version {number} of the keys is needed, and the newest that stands here is {self.newest}"
            remedy = "put the newest key file in its place"
            raise StoreUnusable(Problem(Place(str(key_file(self.owner))), "keys-version", what, remedy))
        salt, info = self.owner.encode(), purpose.encode()
        return HKDF(algorithm=SHA256(), length=KEY_LENGTH, salt=salt, info=info).derive(root)

    def fingerprint(self, version: int) -> str:
        """By what people can tell two keys apart without seeing them: 16 hexadecimal digits."""
        return self.derive("fingerprint", version).hex()[:16]


def key_file(owner: str) -> Path:
    """Where the keys of the ledger with this mark stand.

    Raises:
        ValueError: it is no mark of a ledger.
    """
    if not _NAME.fullmatch(owner):
        raise ValueError("a ledger's mark is letters and digits")
    return keys_folder() / f"{owner}.keys.json"


def held_keyring(folder: Path) -> Keyring | None:
    """The keys of the partnership whose ledger is open; None where this process has none.

    Raises:
        SettingUnusable: the folder of the keys is inside the partnership folder.
        StoreUnusable: the key file is damaged, another partnership's, or open to others.
    """
    _see_that_outside(folder)
    path = key_file(ledger_id())
    return _read(path, ledger_id()) if path.is_file() else None


def needed_keyring(folder: Path) -> Keyring:
    """The keys of the partnership whose ledger is open.

    Raises:
        SettingUnusable: the folder of the keys is inside the partnership folder.
        StoreUnusable: there are none, or they cannot be used.
    """
    keyring = held_keyring(folder)
    if keyring is None:
        raise no_keys(folder)
    return keyring


def no_keys(folder: Path) -> StoreUnusable:
    """The error of a process that needs a key and has none."""
    what = "this process has no key to the identity vault"
    remedy = f"`roundtable keys init {folder}` makes one; if there was one, put it back: see docs/vault.md"
    return StoreUnusable(Problem(Place(str(key_file(ledger_id()))), "keys-missing", what, remedy))


def make_keys(folder: Path, on: date) -> Keyring:
    """Make the first version of the keys of the partnership whose ledger is open.

    Raises:
        SettingUnusable: there are keys already, or their folder is inside the partnership folder.
        OSError: the file cannot be written.
    """
    _see_that_outside(folder)
    owner = ledger_id()
    path = key_file(owner)
    if path.exists():
        what, remedy = "there are keys already", f"`roundtable keys show {folder}` says which"
        raise SettingUnusable(Problem(Place(str(path)), "keys-there", what, remedy))
    keyring = Keyring(owner, (KeyVersion(1, on, secrets.token_bytes(KEY_LENGTH)),))
    _write(keyring, path)
    return keyring


def add_version(keyring: Keyring, on: date) -> Keyring:
    """Keep another root key beside the ones there are.

    Raises:
        OSError: the file cannot be written; the old one then still stands.
    """
    added = KeyVersion(keyring.newest + 1, on, secrets.token_bytes(KEY_LENGTH))
    longer = Keyring(keyring.owner, (*keyring.versions, added))
    _write(longer, key_file(keyring.owner))
    return longer


def _see_that_outside(folder: Path) -> None:
    """Keys beside what they open protect nothing."""
    keys = keys_folder().resolve()
    if keys.is_relative_to(folder.resolve()):
        what = f"the folder for keys, {keys}, is inside the partnership folder"
        remedy = "name a folder elsewhere, on another disk or backup if you can"
        raise SettingUnusable(Problem(Place("environment", key=KEYS.name), "keys-inside", what, remedy))


def _read(path: Path, owner: str) -> Keyring:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        what = f"others than its owner may read it (mode {mode:04o})"
        raise _unusable(path, "keys-open", what, f"`chmod 600 {path}`, and ask who has read it")
    try:
        keyring = _parsed(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError):
        # What is wrong is not repeated: the text is keys.
        what, remedy = "it is no key file, or is damaged", "put it back from where you keep a copy"
        raise _unusable(path, "keys-damaged", what, remedy) from None
    if keyring.owner != owner:
        what = f"it holds the keys of another partnership's ledger, {keyring.owner}"
        raise _unusable(path, "keys-of-another", what, "put the right file in its place")
    return keyring


def _parsed(held: dict[str, Any]) -> Keyring:
    versions = tuple(
        KeyVersion(int(one["number"]), date.fromisoformat(one["made"]), bytes.fromhex(one["key"]))
        for one in held["versions"]
    )
    numbers = [one.number for one in versions]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        raise ValueError
    if any(len(one.root) != KEY_LENGTH for one in versions):
        raise ValueError
    return Keyring(str(held["ledger"]), versions)


def _unusable(path: Path, rule: str, what: str, remedy: str) -> StoreUnusable:
    return StoreUnusable(Problem(Place(str(path)), rule, what, remedy))


def _write(keyring: Keyring, path: Path) -> None:
    """Write the file whole or not at all; nobody else may read it at any moment."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    listed = [
        {"number": one.number, "made": one.made.isoformat(), "key": one.root.hex()}
        for one in keyring.versions
    ]
    text = json.dumps({"ledger": keyring.owner, "versions": listed}, indent=2) + "\n"
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
