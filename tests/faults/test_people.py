"""Deliveries about people, killed at each commit and wherever a raw file changes; and the steps of a run."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.lake import Lake
from roundtable.ledger import deliveries, seals
from roundtable.ledger.address import private_folder
from roundtable.ledger.database import open_ledger
from roundtable.ledger.models import MarkKind
from roundtable.pipeline import REPORT
from tests.faults.killing import survive_every_kill
from tests.faults.observing import Observation, observe_store, see_old_or_new
from tests.faults.person_town import CAME, LATER, SECRETS, in_town, receive_both, run_steps, town_with_people
from tests.faults.unprotected import files_that_say
from tests.postgres import PostgresServer

MakeFolder = Callable[[], Path]
#: What happens to a file that a partner sent, or beside it.
RAW = ("replace", "unlink")


@pytest.fixture
def make_place(tmp_path: Path) -> MakeFolder:
    return _copies(town_with_people(tmp_path), tmp_path)


def test_deliveries_about_people_are_taken_in_whole_wherever_it_was_stopped(make_place: MakeFolder) -> None:
    """Before and after each commit, and before each change to what stands in `deliveries/`."""
    moments = survive_every_kill(
        receive_both, observe_town, make_place, sound=see_protected, calls=RAW, inside="deliveries"
    )
    assert moments >= 60


@pytest.mark.postgres
def test_so_they_are_on_postgresql(make_place: MakeFolder, postgres_server: PostgresServer) -> None:
    """Every third moment: on SQLite it is all of them."""
    moments = survive_every_kill(
        receive_both, observe_town, make_place, postgres_server.empty_database, see_protected, (), every=3
    )
    assert moments >= 40


def test_the_steps_about_homes_leave_the_same_wherever_the_run_was_stopped(tmp_path: Path) -> None:
    place = town_with_people(tmp_path)
    receive_both(place)
    assert survive_every_kill(
        run_steps, observe_town, _copies(place, tmp_path), sound=see_protected, calls=()
    )


def test_what_the_town_comes_to(make_place: MakeFolder) -> None:
    """That everything the kills are meant to meet is there."""
    place = make_place()
    receive_both(place)
    run_steps(place)
    with in_town(place) as town:
        open_ledger(town)
        told = {Path(one.file).name: one.status.value for one in deliveries.every_delivery()}
        rows = {file.table: file.rows for file in Lake(town).listed()}
        (seal,) = seals.standing_marks().values()
    kinds = {"accepted": 8, "superseded": 2, "withdrawn": 1}
    assert {kind: list(told.values()).count(kind) for kind in kinds} == kinds
    assert rows["quarantine_row"] == 1
    assert rows["row_version"] == 2 and rows["property_flags"] > 0 and rows["address_place"] > 0
    # The second night brought somebody else to the sealed address.
    assert sum(mark.what is MarkKind.RECORD for mark in seal) == 2
    raw = {path.name for path in (town / "deliveries").rglob("*.csv*")}
    assert not any(name.endswith(".csv") for name in raw) and "list.csv.note.yaml" not in raw
    assert files_that_say(town, SECRETS) == []


def test_what_is_compressed_is_looked_through_all_the_same(tmp_path: Path) -> None:
    held = pa.table(
        {"name": [f"{hashlib.md5(b'%d' % number).hexdigest()} Oakapple" for number in range(5000)]}
    )
    pq.write_table(
        held, tmp_path / "whole.parquet", compression="zstd", use_dictionary=False, write_statistics=False
    )
    assert files_that_say(tmp_path, SECRETS) == ["whole.parquet says Oakapple"]


def see_protected(place: Path) -> None:
    """Whole snapshots, a whole chain, and nobody in plain words but in what partners sent."""
    with in_town(place) as town:
        see_old_or_new(town)
        assert files_that_say(town, SECRETS, [town / "deliveries"]) == []
        sealed = [
            path for path in (town / "deliveries").rglob("*") if path.name.endswith((".vault", ".draft"))
        ]
        assert not [
            said for path in sealed for said in files_that_say(path.parent, SECRETS) if path.name in said
        ]


def observe_town(place: Path) -> Observation:
    """The store with its vault opened, the page, what stands in `deliveries/`, and who can be read."""
    with in_town(place) as town:
        seen = observe_store(town)
        page = private_folder(town) / REPORT
        files = [path for path in sorted((town / "deliveries").rglob("*")) if path.is_file()]
        raw = {str(path.relative_to(town)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
        kept = {name: said for name, said in seen.items() if any(one in repr(said) for one in SECRETS)}
        assert not kept, "the ledger or the chain names somebody"
        assert files_that_say(town, SECRETS) == []
        assert (place / CAME).is_dir() and not (place / LATER).is_dir()
        return {
            **seen,
            "report": page.is_file() and hashlib.sha256(page.read_bytes()).hexdigest(),
            "raw": raw,
        }


def _copies(place: Path, to: Path) -> MakeFolder:
    numbers = count(1)
    return lambda: Path(shutil.copytree(place, to / f"copy-{next(numbers)}"))
