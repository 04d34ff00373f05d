"""What becomes of a delivered file once it is taken in: kept as it is, encrypted where it stands, or deleted.

The agreements that let it through say which (`raw_deliveries`); of several the strictest holds. Where none
says, a file about people or properties is encrypted, and any other is kept. An encrypted file is the same
delivery to the intake: it bears the same name with `.vault` after it, and hashes as what was received.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from roundtable.data.disk import ensure_room, room_to_write
from roundtable.data.durable import sync_file, sync_folder
from roundtable.data.intake.finding_deliveries import (
    FOLDER,
    NOTE_ENDING,
    SEALED_ENDING,
    FoundDelivery,
    Misplaced,
)
from roundtable.data.intake.rules import refused
from roundtable.data.intake.seen import Seen
from roundtable.data.vault.sealing import SealingFile
from roundtable.data.vault.unsealing import UnsealedFile
from roundtable.governance.keys import Keyring
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.ledger.models import DeliveryStatus
from roundtable.partnership.model.agreement import Agreement, RawDeliveries
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.contract_terms import Subjects
from roundtable.partnership.model.whole import Partnership

#: What a sealed delivery is sealed for.
LABEL = "delivery"
_AT_A_TIME = 1 << 20
_STRICTEST = (RawDeliveries.DELETE, RawDeliveries.KEEP_ENCRYPTED, RawDeliveries.KEEP)
#: Deliveries that have been decided: their files have done their work.
_DECIDED = frozenset({DeliveryStatus.ACCEPTED, DeliveryStatus.SUPERSEDED, DeliveryStatus.WITHDRAWN})


def raw_term(dataset: Dataset, agreements: Iterable[Agreement]) -> RawDeliveries:
    """What becomes of a dataset's files, by the agreements that let them through."""
    said = {one.raw_deliveries for one in agreements if one.raw_deliveries is not None}
    for term in _STRICTEST:
        if term in said:
            return term
    private = dataset.terms.subjects in (Subjects.PEOPLE, Subjects.PROPERTIES)
    return RawDeliveries.KEEP_ENCRYPTED if private else RawDeliveries.KEEP


def put_away(
    partnership: Partnership,
    found: Sequence[FoundDelivery],
    records: Iterable[DeliveryRecord],
    keyring: Keyring | None,
    seen: Seen,
) -> None:
    """Encrypt or delete the files of deliveries that have been decided, as their agreements say.

    Args:
        partnership: what is agreed.
        found: the files in `deliveries/`.
        records: the receipts that the ledger has.
        keyring: the keys; without them nothing can be encrypted, and such files stay as they are.
        seen: what is remembered of the files.
    """
    # By what it holds and not by its name: a copy of what was received is as private as that.
    decided = {(record.dataset, record.sha256): record for record in records}
    for one in found:
        sha256 = seen.files.get(one.shown, {}).get("sha256", "")
        record = decided.get((one.dataset.id, sha256))
        if one.sealed or record is None or record.status not in _DECIDED:
            continue
        term = _term(partnership, one.dataset, record)
        if term is RawDeliveries.DELETE:
            remove_raw(one)
            seen.files.pop(one.shown, None)
        elif term is RawDeliveries.KEEP_ENCRYPTED and keyring is not None:
            sealed = _seal(one, keyring)
            seen.remember(sealed, sha256)


def remove_raw(one: FoundDelivery) -> None:
    """Delete a delivered file and the note beside it."""
    one.path.unlink(missing_ok=True)
    if one.note is not None:
        one.note.unlink(missing_ok=True)
    sync_folder(one.path.parent)


def without_left_notes(
    partnership: Partnership, misplaced: Iterable[Misplaced], records: Iterable[DeliveryRecord]
) -> list[Misplaced]:
    """What is misplaced, but for notes whose files were deleted by a process that was killed before the note.

    Those notes are deleted now.
    """
    decided = {record.file: record for record in records if record.status in _DECIDED}
    datasets = {dataset.id: dataset for dataset in partnership.datasets}
    left: list[Misplaced] = []
    for one in misplaced:
        shown = f"{FOLDER}/{one.dataset_id}/{one.name}"
        record = decided.get(shown.removesuffix(NOTE_ENDING)) if shown.endswith(NOTE_ENDING) else None
        dataset = datasets.get(one.dataset_id)
        if (
            record is None
            or dataset is None
            or _term(partnership, dataset, record) is not RawDeliveries.DELETE
        ):
            left.append(one)
            continue
        note = partnership.folder / shown
        note.unlink(missing_ok=True)
        sync_folder(note.parent)
    return left


@contextmanager
def readable(found: FoundDelivery, keyring: Keyring | None) -> Iterator[FoundDelivery]:
    """A delivery that can be read by its path, until the block ends: a sealed one is unsealed in memory.

    Raises:
        DeliveryRefused: it is sealed, and this process has no key.
        StoreUnusable: it is sealed and damaged, or with another key.
    """
    if not found.sealed:
        yield found
        return
    handle = os.memfd_create("delivery", os.MFD_CLOEXEC)
    try:
        opening = UnsealedFile(found.path, LABEL, _needed(found, keyring))
        with opening as sealed, os.fdopen(os.dup(handle), "wb") as into:
            shutil.copyfileobj(sealed, into, _AT_A_TIME)
        yield replace(found, path=Path(f"/proc/self/fd/{handle}"), sealed=False)
    finally:
        os.close(handle)


def sealed_sha256(found: FoundDelivery, keyring: Keyring | None) -> str:
    """SHA-256 of a sealed delivery as it was received.

    Raises:
        DeliveryRefused: this process has no key.
    """
    hashed = hashlib.sha256()
    with UnsealedFile(found.path, LABEL, _needed(found, keyring)) as file:
        while read := file.read(_AT_A_TIME):
            hashed.update(read)
    return hashed.hexdigest()


def seal_raw_again(folder: Path, keyring: Keyring) -> int:
    """Encrypt sealed deliveries again that an older version of the keys had sealed; how many those were.

    Each takes the place of the old one when it is whole: a process that was killed leaves either.

    Raises:
        StoreUnusable: one is damaged, or sealed with a key that is not there.
        DiskFull: there is no room; what stood there still stands.
    """
    done = 0
    for path in sorted((folder / FOLDER).rglob(f"*{SEALED_ENDING}")):
        if path.is_symlink() or not path.is_file():
            continue
        with UnsealedFile(path, LABEL, keyring) as held:
            if held.header.version == keyring.newest:
                continue
            draft = path.with_name(f".{path.name}.draft")
            with room_to_write(path.parent):
                ensure_room(path.parent, path.stat().st_size)
                with SealingFile(draft, LABEL, keyring) as sealing:
                    shutil.copyfileobj(held, sealing, _AT_A_TIME)
                    sealing.finish()
                sync_file(draft)
                draft.replace(path)
                sync_folder(path.parent)
        done += 1
    return done


def _seal(one: FoundDelivery, keyring: Keyring) -> FoundDelivery:
    """Encrypt a file, read it back, and only then let go of what was received."""
    target = one.path.with_name(one.path.name + SEALED_ENDING)
    draft = target.with_name(f".{target.name}.draft")
    with room_to_write(one.path.parent):
        ensure_room(one.path.parent, 2 * one.path.stat().st_size)
        with one.path.open("rb") as file, SealingFile(draft, LABEL, keyring) as sealing:
            hashed = hashlib.sha256()
            while read := file.read(_AT_A_TIME):
                hashed.update(read)
                sealing.write(read)
            sealing.finish()
        sync_file(draft)
        sealed = replace(one, path=draft, sealed=True)
        if sealed_sha256(sealed, keyring) != hashed.hexdigest():
            raise RuntimeError("a sealed delivery does not read as what was sealed")
        draft.replace(target)
        one.path.unlink()
        sync_folder(one.path.parent)
    return replace(one, path=target, sealed=True)


def _needed(found: FoundDelivery, keyring: Keyring | None) -> Keyring:
    if keyring is not None:
        return keyring
    what = "it is encrypted, and this process has no key to the vault"
    raise refused("keys-missing", found.shown, what, "Put the key file back where ROUNDTABLE_KEYS says.")


def _term(partnership: Partnership, dataset: Dataset, record: DeliveryRecord) -> RawDeliveries:
    return raw_term(dataset, _agreements(partnership, dataset, record))


def _agreements(partnership: Partnership, dataset: Dataset, record: DeliveryRecord) -> tuple[Agreement, ...]:
    named = tuple(one for one in partnership.agreements if one.id in record.agreements)
    granting = (
        one for one in partnership.agreements if any(grant.dataset == dataset.id for grant in one.grants)
    )
    return named or tuple(granting)
