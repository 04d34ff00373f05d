"""A new version of the keys, and the vault's files sealed again with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from roundtable.data.disk import ensure_room, room_to_write
from roundtable.data.intake.raw import seal_raw_again
from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile, StagedFile
from roundtable.data.subjects.settling import settle
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import needed
from roundtable.data.vault.sealed_file import CHUNK
from roundtable.data.vault.sealing import SealingFile
from roundtable.data.vault.unsealing import UnsealedFile
from roundtable.governance.keys import Keyring, add_version
from roundtable.ledger import audit

WHY_ERASED = "its rows were sealed again with a newer version of the keys"


@dataclass(frozen=True)
class Rotated:
    """What a rotation did.

    Attributes:
        keyring: the keys, with the newest version.
        added: whether a version was added; not, where an earlier rotation had not been finished.
        files: how many files were sealed again.
        erased: how many files of earlier snapshots were destroyed.
        raw: how many deliveries, encrypted where they stand, were sealed again.
    """

    keyring: Keyring
    added: bool
    files: int
    erased: int
    raw: int = 0


def rotate(folder: Path, keyring: Keyring, at: datetime, *, erase_old: bool = False) -> Rotated:
    """Add a version of the keys and seal every file of the last snapshot with it, and raw deliveries.

    The version is kept first: a crash leaves files that are still readable with the old one, and the next
    rotation goes on with them before it would add another. Equal tables stay equal, and ids of records
    and addresses stay as they are.

    Args:
        folder: the partnership folder. Its ledger is open, and this process may write.
        keyring: its keys.
        at: when.
        erase_old: whether to destroy what was sealed with older versions and is in earlier snapshots
            alone; those can then no longer be asked about people.

    Raises:
        DiskFull: there is no room; the files of the last snapshot still stand.
    """
    behind = _behind(Lake(folder, keyring), keyring)
    added = not behind
    if added:
        keyring = add_version(keyring, at.date())
        newest = {"version": keyring.newest, "fingerprint": keyring.fingerprint(keyring.newest)}
        audit.append("keys.rotated", f"version {keyring.newest}", newest, at)
    lake = Lake(folder, keyring)
    behind = _behind(lake, keyring)
    if behind:
        staged = [_sealed_again(lake, file) for file in behind]
        lake.publish(f"sealed with version {keyring.newest} of the keys", staged, behind, at=at)
    raw = seal_raw_again(folder, keyring)
    # What is under seal is found by the files that hold it, and these have other names now.
    settle(lake, at)
    erased = _old_files(lake) if erase_old else []
    if erased:
        lake.erase(erased, WHY_ERASED, at)
    return Rotated(keyring, added, len(behind), len(erased), raw)


def versions_of(lake: Lake) -> dict[int, int]:
    """How many files of the last snapshot are sealed with each version of the keys."""
    found: dict[int, int] = {}
    for file in _vault_files(lake.listed()):
        version = _version(lake, file)
        found[version] = found.get(version, 0) + 1
    return dict(sorted(found.items()))


def _behind(lake: Lake, keyring: Keyring) -> list[LakeFile]:
    """Files that are sealed with an older version than the newest, each seen to be whole."""
    tables = sorted({file.table for file in _vault_files(lake.listed())})
    files = [file for table in tables for file in lake.files(table)]
    return [file for file in files if _version(lake, file) < keyring.newest]


def _old_files(lake: Lake) -> list[LakeFile]:
    """Vault files of earlier snapshots that the last one does not have, and that are still there."""
    standing = {(file.table, file.sha256) for file in lake.listed()}
    found: dict[tuple[str, str], LakeFile] = {}
    for number in range(1, lake.current_snapshot()):
        for file in _vault_files(lake.listed(snapshot=number)):
            if not file.erased_why and (file.table, file.sha256) not in standing:
                found[(file.table, file.sha256)] = file
    return [found[name] for name in sorted(found)]


def _vault_files(files: Sequence[LakeFile]) -> list[LakeFile]:
    return [file for file in files if LAKE_TABLES[file.table].vault]


def _version(lake: Lake, file: LakeFile) -> int:
    keyring = needed(lake.keyring, LAKE_TABLES[file.table])
    with UnsealedFile(file.path, file.table, keyring) as unsealed:
        return unsealed.header.version


def _sealed_again(lake: Lake, file: LakeFile) -> StagedFile:
    keyring = needed(lake.keyring, LAKE_TABLES[file.table])
    path = lake.stage()
    ensure_room(lake.folder, file.bytes)
    with (
        room_to_write(lake.folder),
        UnsealedFile(file.path, file.table, keyring) as content,
        SealingFile(path, file.table, keyring) as sealing,
    ):
        while some := content.read(CHUNK):
            sealing.write(some)
        sealing.finish()
    return lake.seal(file.table, path, file.source)
