"""A short text that only who has the key can read, for a place without files: a column of the ledger."""

from __future__ import annotations

from base64 import b64decode, b64encode

from roundtable.data.vault.sealed_file import Cipher, Header, Unsealable, read_header
from roundtable.errors import Place, Problem, StoreUnusable
from roundtable.governance.keys import Keyring


def seal_text(keyring: Keyring, text: str, about: str) -> str:
    """A text, encrypted with the newest version of the keys, in letters that any column can hold.

    Args:
        keyring: the partnership's keys.
        text: what nobody else may read.
        about: where it stands and of what it tells; it can be read nowhere else.
    """
    header = Header(about, keyring.newest)
    return b64encode(header.packed + Cipher(header, keyring).sealed(0, text.encode())).decode()


def unseal_text(keyring: Keyring, sealed: str, about: str) -> str:
    """The text again.

    Raises:
        StoreUnusable: it was sealed with a key that is not there, for another place, or was changed.
    """
    try:
        held = b64decode(sealed, validate=True)
        header = read_header(held)
        if header.label != about:
            raise Unsealable("it was sealed for another place")
        return Cipher(header, keyring).opened(0, held[len(header.packed) :]).decode()
    except (Unsealable, ValueError) as error:
        what = f"a sealed text cannot be read: {error}"
        remedy = "see that the right keys stand there: `roundtable keys show`"
        raise StoreUnusable(Problem(Place("ledger", key=about), "vault-unreadable", what, remedy)) from None
