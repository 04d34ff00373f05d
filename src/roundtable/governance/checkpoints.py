"""Signed checkpoints of the audit chain, to be kept where whoever can write the database cannot.

A checkpoint says that the chain stood at this number with this hash. It is signed with Ed25519 (RFC 8032) by
a key that is derived from the partnership's first root key, so that nobody with the database alone can make
one; its public half is in it and belongs on paper, with the partners.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from roundtable.errors import Place, Problem, StoreUnusable
from roundtable.governance.keys import held_keyring
from roundtable.ledger import audit
from roundtable.ledger.audit import Head, canonical_json
from roundtable.ledger.database import ledger_id
from roundtable.settings import checkpoints_folder

#: The act by which the chain says that a checkpoint was made; nothing after it needs another.
ACT = "audit.checkpointed"
#: What the signing key is derived for.
KEY_USE = "audit checkpoint"
#: How the files begin, so that a folder may hold other things too.
PREFIX = "checkpoint-"
_FIELDS = ("ledger", "sequence", "hash", "at", "public_key", "signature")


@dataclass(frozen=True)
class Checkpoint:
    """One signed head.

    Attributes:
        ledger: the id of the ledger whose chain it is.
        sequence: the number of the last event.
        hash: that event's hash.
        at: when it was made, by the trusted clock, ISO 8601 in UTC.
        public_key: the key that verifies it, hexadecimal.
        signature: over everything above, hexadecimal.
    """

    ledger: str
    sequence: int
    hash: str
    at: str
    public_key: str
    signature: str

    @property
    def head(self) -> Head:
        """The head that it keeps."""
        return Head(self.sequence, self.hash)

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{PREFIX}{self.sequence:012d}.json"

    def text(self) -> str:
        """What its file holds."""
        return json.dumps(asdict(self), indent=2) + "\n"

    def is_signed_by(self, public_key: str) -> bool:
        """Whether it was signed with the private half of this key, and not changed since."""
        try:
            key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
            key.verify(bytes.fromhex(self.signature), _signed(self))
        except (InvalidSignature, ValueError):
            return False
        return self.public_key == public_key


def sign(seed: bytes, ledger: str, head: Head, at: datetime) -> Checkpoint:
    """Make a checkpoint.

    Args:
        seed: the 32 bytes that the signing key is made of, derived for `KEY_USE`.
        ledger: the id of the ledger.
        head: the end of its chain.
        at: the trusted clock's time.
    """
    when = at.astimezone(UTC).isoformat(timespec="seconds")
    bare = Checkpoint(ledger, head.sequence, head.hash, when, public_key(seed), "")
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_signed(bare))
    return Checkpoint(ledger, head.sequence, head.hash, when, bare.public_key, signature.hex())


def keep_head(to: Path, seed: bytes, ledger: str, at: datetime) -> Path | None:
    """Sign the end of the chain and write it to a folder; None where nothing has happened since the last one.

    That it was made is itself an event, and the last one that it covers.

    Raises:
        StoreUnusable: it cannot be written there.
    """
    last = next(iter(audit.events(after=audit.head().sequence - 1)), None)
    if last is None or last.action == ACT:
        return None
    event = audit.append("audit.checkpointed", f"event {last.sequence + 1}", {}, at)
    checkpoint = sign(seed, ledger, Head(event.sequence, event.hash), at)
    path = to / checkpoint.name
    try:
        to.mkdir(parents=True, exist_ok=True)
        path.write_text(checkpoint.text(), encoding="utf-8")
    except OSError as error:
        what = f"the checkpoint cannot be written: {error.strerror}"
        remedy = (
            "see that its folder is there and may be written; `roundtable audit checkpoint` makes another"
        )
        raise StoreUnusable(Problem(Place(str(path)), "checkpoint-place", what, remedy)) from None
    return path


def keep_usual_checkpoint(folder: Path, at: datetime) -> None:
    """Keep the head where the settings say; nothing where they say nothing, or where there are no keys."""
    to = checkpoints_folder()
    keyring = None if to is None else held_keyring(folder)
    if to is not None and keyring is not None:
        keep_head(to, keyring.derive(KEY_USE, keyring.first), ledger_id(), at)


def public_key(seed: bytes) -> str:
    """The public half of the signing key, hexadecimal: to be told to the partners, once."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def checkpoints_at(place: Path) -> tuple[Path, ...]:
    """The checkpoint files at a place: the file itself, or those in the folder, by name.

    Raises:
        StoreUnusable: there is nothing there.
    """
    if place.is_dir():
        return tuple(sorted(place.glob(f"{PREFIX}*.json")))
    if place.is_file():
        return (place,)
    remedy = "give the file or the folder in which checkpoints are kept"
    raise StoreUnusable(Problem(Place(str(place)), "checkpoint-missing", "there is nothing there", remedy))


def read_checkpoints(
    paths: Iterable[Path], ledger: str, public_key: str
) -> tuple[tuple[Checkpoint, ...], tuple[Problem, ...]]:
    """Read kept checkpoints: those that can be trusted, and what is wrong with the others.

    Args:
        paths: their files.
        ledger: the id of the ledger whose chain they must be of.
        public_key: the key that must have signed them.
    """
    sound: list[Checkpoint] = []
    problems: list[Problem] = []
    for path in paths:
        found = _read(path)
        what = _wrong(found, ledger, public_key)
        if found is not None and what is None:
            sound.append(found)
        else:
            remedy = "find out who could change it; use a copy that another partner keeps"
            problems.append(Problem(Place(str(path)), "checkpoint", str(what), remedy))
    return tuple(sound), tuple(problems)


def heads(checkpoints: Sequence[Checkpoint]) -> tuple[Head, ...]:
    """What they keep, for `audit.verify`."""
    return tuple(one.head for one in checkpoints)


def _read(path: Path) -> Checkpoint | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Checkpoint(**{name: found[name] for name in _FIELDS})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _wrong(found: Checkpoint | None, ledger: str, public_key: str) -> str | None:
    if found is None:
        return "it is no checkpoint"
    if found.ledger != ledger:
        return "it is a checkpoint of another ledger"
    if not found.is_signed_by(public_key):
        return "its signature does not fit: it was changed, or signed with another key"
    return None


def _signed(checkpoint: Checkpoint) -> bytes:
    body = {name: value for name, value in asdict(checkpoint).items() if name != "signature"}
    return canonical_json(body).encode()
