"""What must be equal whatever happened on the way: ledger rows, tables, events and files."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import AutoField, Model

from roundtable.data.content_hash import content_hash
from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile, see_that_whole
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import read_lake_files
from roundtable.errors import StoreUnusable
from roundtable.governance.keys import Keyring, held_keyring
from roundtable.ledger import audit
from roundtable.ledger.database import close_ledger, ledger_exists, open_ledger

#: What differs from one time to the next although nothing is different.
TIMES = {"at", "started_at", "finished_at", "received_at", "erased_at"}
BY_CHANCE = {"ledger_id", "attempt", "previous", "hash"}


Observation = dict[str, Any]
#: The content hash of a table by its name and the files it has, with whether they were erased.
Hashes = dict[tuple[str, tuple[tuple[str, str], ...]], str]


def observe_store(folder: Path, keyring: Keyring | None = None) -> Observation:
    """The ledger row by row, the lake snapshot by snapshot, the audit chain, and the files on the disk.

    Args:
        folder: the partnership folder.
        keyring: what opens the vault; without it, the keys that stand where they belong.
    """
    open_ledger(folder)
    lake = Lake(folder, keyring or held_keyring(folder))
    numbers = range(1, lake.current_snapshot() + 1)
    hashes: Hashes = {}
    seen = {
        **{
            f"ledger {model.__name__}": ledger_rows(model)
            for model in apps.get_app_config("ledger").get_models()
        },
        **{f"lake at {number}": snapshot_content(lake, number, hashes) for number in numbers},
        "events": [(event.action, event.about, dict(event.detail)) for event in audit.events()],
        "faults of the chain": audit.verify().problems,
        "files": sorted(str(path.relative_to(lake.root)) for path in lake.root.glob("*/*")),
        "scratch": sorted(path.name for path in lake.scratch.glob("*")),
    }
    close_ledger()
    return seen


def ledger_rows(model: type[Model]) -> list[dict[str, Any]]:
    """A ledger table without times, attempts, hashes of the chain and numbers that nobody sees."""
    hidden = TIMES | BY_CHANCE | {field.name for field in model._meta.fields if isinstance(field, AutoField)}
    if model.__name__ == "AuditEvent":
        hidden = hidden | {"run"}
    kept = [field.attname for field in model._meta.fields if field.name not in hidden]
    return sorted(model._default_manager.values(*kept), key=repr)


def snapshot_content(lake: Lake, number: int, hashes: Hashes) -> dict[str, str]:
    """The content hash of every table that has files in a snapshot, or that it can no longer be read.

    Args:
        lake: the lake.
        number: the snapshot's.
        hashes: what was found of other snapshots; of the same files it is not worked out again.
    """
    files: dict[str, list[LakeFile]] = {}
    for file in lake.listed(snapshot=number):
        files.setdefault(file.table, []).append(file)
    for name, held in files.items():
        if (name, _which(held)) not in hashes:
            hashes[name, _which(held)] = _content(lake, name, number)
    return {name: hashes[name, _which(files[name])] for name in sorted(files)}


def see_old_or_new(folder: Path) -> None:
    """What a reader finds after a crash, before anybody mends anything: whole snapshots, a whole chain."""
    if not ledger_exists(folder):
        return
    open_ledger(folder)
    lake = Lake(folder)
    numbers = range(1, lake.current_snapshot() + 1)
    listed = [file for number in numbers for file in lake.listed(snapshot=number)]
    see_that_whole(list({file.path: file for file in listed if not file.erased_why}.values()))
    assert not audit.verify().problems
    close_ledger()


def _which(files: Sequence[LakeFile]) -> tuple[tuple[str, str], ...]:
    return tuple((file.sha256, file.erased_why) for file in files)


def _content(lake: Lake, name: str, number: int) -> str:
    try:
        paths = [file.path for file in lake.files(name, number)]
        return content_hash(read_lake_files(paths, LAKE_TABLES[name], lake.keyring))
    except StoreUnusable as error:
        return f"unreadable: {error.problems[0].what}"
