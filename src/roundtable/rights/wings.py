"""Every place that can hold something about a person, asked in one order: what it holds, and to forget it.

A wing that comes to hold anything joins by standing in `WINGS`. To forget twice is to forget once: an erasure
that was killed asks them all again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from roundtable.data.leftovers import clear_folder
from roundtable.data.subjects import raw_files
from roundtable.data.subjects.belonging import KNOWN_BY, Belonging, belonging_to
from roundtable.data.subjects.exports import forget_in_export
from roundtable.data.subjects.forgetting import forget_person
from roundtable.data.subjects.needles import Needles
from roundtable.data.subjects.records import batches_of
from roundtable.ledger import copies, subjects
from roundtable.ledger.address import private_folder
from roundtable.ledger.erasures import ErasureJob
from roundtable.ledger.models import CopyKind
from roundtable.rights.office import Office

#: Pages of a run that tell of the data; the next run writes them anew.
PAGES = ("report.html",)
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
        holds: how many things it holds about records, by kind.
        forget: makes it forget them; what it did, in numbers.
    """

    name: str
    holds: Callable[[Office, frozenset[str]], Told]
    forget: Callable[[Office, Forgetting], Told]


def holdings(office: Office, records: frozenset[str]) -> dict[str, Told]:
    """What every wing holds about records, in order; wings that hold nothing are left out."""
    found = {wing.name: wing.holds(office, records) for wing in WINGS}
    return {name: dict(told) for name, told in found.items() if told}


def forget_everywhere(office: Office, forgetting: Forgetting) -> dict[str, Told]:
    """Ask every wing to forget, in order; what is done then, the same however many attempts it took."""
    return {wing.name: dict(wing.forget(office, forgetting)) for wing in WINGS}


def _lake_holds(office: Office, records: frozenset[str]) -> Told:
    files = [file for file in office.lake.ever_listed() if file.table in KNOWN_BY]
    own = belonging_to(office.lake, files, records)
    found: Counter[str] = Counter()
    standing = {(file.table, file.sha256) for file in office.lake.listed()}
    for file in files:
        for batch in batches_of(office.lake, [file], list(KNOWN_BY[file.table])):
            mask = own.mask(file.table, batch.rows)
            count = sum(mask.to_pylist()) if mask is not None else 0
            kind = file.table if (file.table, file.sha256) in standing else f"{file.table}, older snapshots"
            found[kind] += count
    return +found


def _lake_forgets(office: Office, forgetting: Forgetting) -> Told:
    done = forget_person(office.lake, forgetting.own, forgetting.needles, forgetting.why, office.now)
    return {"files written anew": done.rewritten, "files destroyed": done.destroyed, "rows": done.rows}


def _raw_holds(office: Office, records: frozenset[str]) -> Told:
    own = belonging_to(office.lake, office.lake.ever_listed(), records)
    return +Counter({"files as received": len(raw_files.raw_paths(office.lake.folder, own.deliveries))})


def _raw_forgets(office: Office, forgetting: Forgetting) -> Told:
    folder = office.lake.folder
    named = raw_files.raw_paths(folder, forgetting.job.raw)
    found = raw_files.raw_paths_that_hold(office.lake, forgetting.needles)
    raw_files.destroy([*named, *found])
    return {"deliveries without their file": len(forgetting.job.raw)}


def _exports_hold(office: Office, records: frozenset[str]) -> Told:
    return +Counter({"folders within reach": len(_export_folders(office))}) if records else {}


def _exports_forget(office: Office, forgetting: Forgetting) -> Told:
    folders = _export_folders(office)
    for folder in folders:
        forget_in_export(folder, forgetting.own)
    return {"folders within reach": len(folders)}


def _export_folders(office: Office) -> list[Path]:
    registered = [one for one in copies.every_copy() if one.kind is CopyKind.EXPORT and one.gone_at is None]
    return sorted({Path(one.place) for one in registered if one.place and Path(one.place).is_dir()})


def _pages_hold(_office: Office, _records: frozenset[str]) -> Told:
    return {}


def _pages_forget(office: Office, _forgetting: Forgetting) -> Told:
    take_pages_away(office)
    clear_folder(office.lake.scratch)
    private = private_folder(office.lake.folder)
    return {"pages left": sum((private / name).exists() for name in PAGES)}


def take_pages_away(office: Office) -> None:
    """Delete the pages of the last run: they tell of data that are not to be seen any more."""
    for name in PAGES:
        (private_folder(office.lake.folder) / name).unlink(missing_ok=True)


def _ledger_holds(_office: Office, records: frozenset[str]) -> Told:
    return subjects.holds(records)


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
