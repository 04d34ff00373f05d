"""What to look for when an erasure is proved: values that only the erased records had, kept sealed meanwhile.

A value that somebody else's record has too (a shared telephone, a common name) proves nothing and is not
looked for. What is left is kept in a sealed file until the proof is done, because an erasure that was killed
must still be provable when it is taken up again; then the file goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from roundtable.data.durable import lasting_folder, sync_file, sync_folder
from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.data.subjects.belonging import Belonging, RowId
from roundtable.data.subjects.records import PERSON, batches_of
from roundtable.data.vault.sealing import SealingFile
from roundtable.data.vault.unsealing import UnsealedFile
from roundtable.governance.keys import Keyring, no_keys
from roundtable.ledger.address import private_folder

#: Values of a record that can be one person's alone.
TELLING = ("source_id", "source_person_id", "nhs_number", "phone", "email")
#: Shorter texts turn up by chance in the bytes of a file.
SHORTEST = 6
_LABEL = "erasure"


@dataclass(frozen=True)
class Needles:
    """What may be nowhere.

    Attributes:
        ids: ids of the records.
        texts: what the sources had written of nobody else.
        rows: the rows about them, and events that were theirs alone: each its delivery and its id.
        events: those events.
    """

    ids: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    rows: frozenset[RowId] = frozenset()
    events: frozenset[RowId] = frozenset()

    @property
    def values(self) -> frozenset[str]:
        """What no cell of any table may hold."""
        return self.ids | self.texts


def needles_for(
    lake: Lake, files: Iterable[LakeFile], own: Belonging, quarantined: Iterable[str] = ()
) -> Needles:
    """Work out what to look for, before anything goes.

    Args:
        lake: with the keys.
        files: every file that there still is.
        own: what belongs to the person.
        quarantined: what rows in quarantine that are the person's say and could be theirs alone.
    """
    mine: dict[str, set[str]] = {column: set() for column in TELLING}
    others: dict[str, set[str]] = {column: set() for column in TELLING}
    files = tuple(files)
    _put_right(lake, files, own, mine, others)
    for batch in batches_of(lake, [file for file in files if file.table == PERSON], ["record_id", *TELLING]):
        held = batch.rows.column("record_id").to_pylist()
        for column in TELLING:
            for record, value in zip(held, batch.rows.column(column).to_pylist(), strict=True):
                if value is not None:
                    (mine if record in own.records else others)[column].add(value)
    texts = {
        value
        for column in TELLING
        for value in mine[column] - others[column]
        if len(value) >= SHORTEST and value not in own.shared_numbers
    }
    texts |= set(quarantined) - set().union(*others.values()) - own.shared_numbers
    return Needles(own.records, frozenset(texts), frozenset(own.rows), frozenset(own.events))


def _put_right(
    lake: Lake,
    files: Iterable[LakeFile],
    own: Belonging,
    mine: dict[str, set[str]],
    others: dict[str, set[str]],
) -> None:
    """A number that was put right is looked for like one that was sent."""
    columns = ["record_id", "column", "value"]
    for batch in batches_of(lake, [file for file in files if file.table == "rectification"], columns):
        for row in batch.rows.to_pylist():
            if row["column"] in TELLING and row["value"] is not None:
                (mine if row["record_id"] in own.records else others)[row["column"]].add(row["value"])


def needles_file(folder: Path, number: int) -> Path:
    """Where the needles of an erasure under way stand."""
    return private_folder(folder) / "erasures" / f"{number}.vault"


def keep_needles(lake: Lake, number: int, needles: Needles) -> None:
    """Write them down, sealed, so that they last."""
    path = needles_file(lake.folder, number)
    lasting_folder(path.parent)
    held = {
        "ids": sorted(needles.ids),
        "texts": sorted(needles.texts),
        "rows": sorted(needles.rows),
        "events": sorted(needles.events),
    }
    text = json.dumps(held)
    with SealingFile(path, _LABEL, _keys(lake)) as sealing:
        sealing.write(text.encode())
        sealing.finish()
    sync_file(path)
    sync_folder(path.parent)


def kept_needles(lake: Lake, number: int) -> Needles:
    """The needles of an erasure under way; none where it needs none.

    Raises:
        StoreUnusable: this process has no key.
    """
    path = needles_file(lake.folder, number)
    if not path.is_file():
        return Needles()
    with UnsealedFile(path, _LABEL, _keys(lake)) as file:
        held = json.loads(file.read())
    rows, events = (frozenset((one, other) for one, other in held[name]) for name in ("rows", "events"))
    return Needles(frozenset(held["ids"]), frozenset(held["texts"]), rows, events)


def drop_needles(folder: Path, number: int) -> None:
    """Forget what was looked for."""
    path = needles_file(folder, number)
    if path.is_file():
        path.unlink()
        sync_folder(path.parent)


def _keys(lake: Lake) -> Keyring:
    if lake.keyring is None:
        raise no_keys(lake.folder)
    return lake.keyring
