"""Names that say nothing: keyed ids of records and addresses, and pseudonyms that differ by purpose.

Each is HMAC-SHA256 (RFC 2104), cut to 128 bits and written as 32 hexadecimal digits. Without the key nobody
can try out numbers until one fits, as they could with a plain hash; 128 bits make it as good as impossible
that two subjects share one (about 10^-19 for ten billion of them, by the birthday bound).

Ids of records and addresses stay on the first version of the keys for good, because what stands under them
(a seal, an objection, a link) must be found again. Pseudonyms carry the version they were made with.
"""

from __future__ import annotations

import hmac
import re

from roundtable.governance.keys import Keyring

#: What keys are derived for. A word that changes, changes every id.
RECORD = "vault record"
ADDRESS = "vault address"
#: Stands between the parts of what is keyed, so that no two lists of parts read alike.
SEPARATOR = "\x1f"
#: Hexadecimal digits of an id: 128 bits.
DIGITS = 32
_ID = re.compile(r"[0-9a-f]{32}")
_PSEUDONYM = re.compile(r"v([1-9][0-9]*)-[0-9a-f]{32}")


def record_key(keyring: Keyring) -> bytes:
    """The key of the ids of records: 32 bytes."""
    return keyring.derive(RECORD, keyring.first)


def address_key(keyring: Keyring) -> bytes:
    """The key of the ids of addresses: 32 bytes."""
    return keyring.derive(ADDRESS, keyring.first)


def person_key(keyring: Keyring, purpose: str) -> bytes:
    """The key of the ids that a purpose calls linked people by: 32 bytes. Two purposes share no id."""
    return keyring.derive(f"person|{purpose}", keyring.first)


def household_key(keyring: Keyring, purpose: str) -> bytes:
    """The key of the ids that a purpose calls households by: 32 bytes."""
    return keyring.derive(f"household|{purpose}", keyring.first)


def record_id(keyring: Keyring, dataset: str, table: str, row_key: str) -> str:
    """The keyed id of one source's record of a person.

    Args:
        keyring: the partnership's keys.
        dataset: the dataset, by id.
        table: the table of its contract.
        row_key: what the source tells the row by: its primary key, its own id, or else the row's id.
    """
    return keyed(record_key(keyring), SEPARATOR.join((dataset, table, row_key)))


def address_id(keyring: Keyring, uprn: str) -> str | None:
    """The keyed id of an address; None where there is no number.

    Args:
        keyring: the partnership's keys.
        uprn: the unique property reference number; leading zeros and spaces do not count.
    """
    number = uprn.replace(" ", "").lstrip("0")
    return keyed(address_key(keyring), number) if number else None


def is_id(text: str) -> bool:
    """Whether a text is written as the keyed id of a record or an address is."""
    return _ID.fullmatch(text) is not None


def pseudonym(keyring: Keyring, purpose: str, subject: str, version: int | None = None) -> str:
    """What one purpose calls a subject: `v1-` and 32 hexadecimal digits.

    Two purposes call the same subject differently, and nobody can tell without the keys that it is one.

    Args:
        keyring: the partnership's keys.
        purpose: the purpose, by its name in the agreements.
        subject: a keyed id: of a record, a person, an address.
        version: of the keys; without it, the newest. An older one finds what was named before a rotation.
    """
    number = keyring.newest if version is None else version
    key = keyring.derive(f"pseudonym|v{number}|{purpose}", number)
    return f"v{number}-{keyed(key, subject)}"


def version_of(name: str) -> int:
    """The version of the keys that a pseudonym was made with.

    Raises:
        ValueError: it is no pseudonym.
    """
    found = _PSEUDONYM.fullmatch(name)
    if found is None:
        raise ValueError("this is no pseudonym")
    return int(found.group(1))


def keyed(key: bytes, text: str) -> str:
    """HMAC-SHA256 of a text in UTF-8, its first 128 bits in hexadecimal."""
    return hmac.digest(key, text.encode(), "sha256").hex()[:DIGITS]
