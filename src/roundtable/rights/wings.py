"""Every place that can hold something about a person, asked in one order: what it holds, and to forget it.

A wing that comes to hold anything joins by standing in `WINGS`. To forget twice is to forget once: an erasure
that was killed asks them all again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow.compute as pc

from roundtable.data.leftovers import PAGES, clear_folder, clear_pages
from roundtable.data.subjects import raw_files
from roundtable.data.subjects.belonging import KNOWN_BY, Belonging, belonging_to
from roundtable.data.subjects.exports import forget_in_export, rows_in_export
from roundtable.data.subjects.forgetting import forget_person
from roundtable.data.subjects.needles import Needles
from roundtable.data.subjects.records import batches_of
from roundtable.ledger import copies, subjects
from roundtable.ledger.address import private_folder
from roundtable.ledger.erasures import ErasureJob
from roundtable.ledger.models import CopyKind
from roundtable.rights.in_quarantine import held_of
from roundtable.rights.office import Office

#: The tables whose rows about a person come with the delivery that brought the person. What followed an event
#: is known by the source's own id, and may come with another; links are made by a step.
BROUGHT = frozenset(KNOWN_BY) - {
    "rectification",
    "event_result",
    "person_link",
    "person_move",
    "person_moved",
}
Told = Mapping[str, int]


@dataclass(frozen=True)
class Forgetting:
    """An erasure, as the wings are told of it.

    Attributes:
        job: its number, its reason, its records.
        own: what belongs to them.
        needles: by what what has no id is known.
    """

    job: ErasureJob
    own: Belonging
    needles: Needles

    @property
    def why(self) -> str:
        """What the ledger and the lake say of what is gone."""
        return f"erasure {self.job.number}"


@dataclass(frozen=True)
class Wing:
    """One place.

    Attributes:
        name: what the certificate calls it.
        holds: how many things it holds of what belongs to a person, by kind.
        forget: makes it forget them; what it did, in numbers.
    """

    name: str
    holds: Callable[[Office, Belonging], Told]
    forget: Callable[[Office, Forgetting], Told]


def holdings(office: Office, records: frozenset[str], standing: Belonging | None = None) -> dict[str, Told]:
    """What every wing holds about records, in order; wings that hold nothing are left out.

    Args:
        office: with the keys.
        records: the ids of the records.
        standing: what belongs to them in the last snapshot, where that has been looked for already: it is
            all there is where no file of an older snapshot is left.
    """
    now, ever = (
        {(one.table, one.sha256, one.source) for one in files}
        for files in (office.lake.listed(), office.lake.ever_listed())
    )
    if standing is not None and now == ever:
        own = replace(standing, deliveries=set(standing.deliveries))
    else:
        own = belonging_to(office.lake, office.lake.ever_listed(), records)
    own.deliveries |= {one.delivery_id for one in held_of(office, records)}
    found = {wing.name: wing.holds(office, own) for wing in WINGS}
    return {name: dict(told) for name, told in found.items() if told}


def forget_everywhere(office: Office, forgetting: Forgetting) -> dict[str, Told]:
    """Ask every wing to forget, in order; what is done then, the same however many attempts it took."""
    return {wing.name: dict(wing.forget(office, forgetting)) for wing in WINGS}


def _lake_holds(office: Office, own: Belonging) -> Told:
    found: Counter[str] = Counter()
    standing = {(file.table, file.sha256) for file in office.lake.listed()}
    for file in office.lake.ever_listed():
        # What a delivery brought stands in its own files; what was put right, in files of their own.
        if file.table not in KNOWN_BY or (file.table in BROUGHT and file.source not in own.deliveries):
            continue
        for batch in batches_of(office.lake, [file], list(KNOWN_BY[file.table])):
            mask = own.mask(file.table, batch.rows)
            count = pc.sum(mask).as_py() or 0 if mask is not None else 0
            kind = file.table if (file.table, file.sha256) in standing else f"{file.table}, older snapshots"
            found[kind] += count
    found["rows in quarantine"] = len(held_of(office, own.records))
    return +found


def _lake_forgets(office: Office, forgetting: Forgetting) -> Told:
    done = forget_person(office.lake, forgetting.own, forgetting.needles, forgetting.why, office.now)
    return {"files written anew": done.rewritten, "files destroyed": done.destroyed, "rows": done.rows}


def _raw_holds(office: Office, own: Belonging) -> Told:
    return +Counter({"files as received": len(raw_files.raw_paths(office.lake.folder, own.deliveries))})


def _raw_forgets(office: Office, forgetting: Forgetting) -> Told:
    folder = office.lake.folder
    named = raw_files.raw_paths(folder, forgetting.job.raw)
    found = raw_files.raw_paths_that_hold(office.lake, forgetting.needles)
    raw_files.destroy([*named, *found])
    return {"deliveries without their file": len(forgetting.job.raw)}


def _exports_hold(office: Office, own: Belonging) -> Told:
    folders, keyring = _export_folders(office) if own.records else [], office.lake.keyring
    rows = sum(rows_in_export(folder, own, keyring) for folder in folders)
    return +Counter({"folders within reach": len(folders), "rows in them": rows})


def _exports_forget(office: Office, forgetting: Forgetting) -> Told:
    folders = _export_folders(office)
    for folder in folders:
        forget_in_export(folder, forgetting.own, office.lake.keyring)
    return {"folders within reach": len(folders)}


def _export_folders(office: Office) -> list[Path]:
    registered = [one for one in copies.every_copy() if one.kind is CopyKind.EXPORT and one.gone_at is None]
    return sorted({Path(one.place) for one in registered if one.place and Path(one.place).is_dir()})


def _pages_hold(_office: Office, _own: Belonging) -> Told:
    return {}


def _pages_forget(office: Office, _forgetting: Forgetting) -> Told:
    take_pages_away(office)
    clear_folder(office.lake.scratch)
    private = private_folder(office.lake.folder)
    return {"pages left": sum((private / name).exists() for name in PAGES)}


def take_pages_away(office: Office) -> None:
    """Delete the pages of the last run: they tell of data that are not to be seen any more."""
    clear_pages(office.lake.folder)


def _ledger_holds(_office: Office, own: Belonging) -> Told:
    return subjects.holds(own.records)


def _ledger_forgets(_office: Office, forgetting: Forgetting) -> Told:
    subjects.forget(forgetting.job.records)
    left = subjects.holds(forgetting.job.records)
    # The erasure's own list goes last, when everything else is proved to be gone.
    return {"rows left": left.total() - left["erasures under way"]}


WINGS = (
    Wing("lake and vault", _lake_holds, _lake_forgets),
    Wing("deliveries as received", _raw_holds, _raw_forgets),
    Wing("exports", _exports_hold, _exports_forget),
    Wing("pages and scratch", _pages_hold, _pages_forget),
    Wing("ledger", _ledger_holds, _ledger_forgets),
)
