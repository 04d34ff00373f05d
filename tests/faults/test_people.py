"""Deliveries about people, killed at each commit and wherever a raw file changes; and the steps of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.lake import Lake
from roundtable.ledger import deliveries, seals
from roundtable.ledger.database import open_ledger
from roundtable.ledger.models import MarkKind
from tests.faults.crossings import WATCHED_BRIEFLY
from tests.faults.killing import Job, survive_every_kill
from tests.faults.person_town import SECRETS, in_town, receive_first, receive_second, run_steps
from tests.faults.prepared import Prepared
from tests.faults.town_seen import observe_town, see_protected
from tests.faults.unprotected import files_that_say

CopiesOf = Callable[[Path], Callable[[], Path]]
Towns = tuple[Prepared, ...]
#: What receives a lot, and how many lots there are before it.
LOTS = ((receive_first, 0), (receive_second, 1))
#: What happens to a file that a partner sent, or beside it.
RAW = ("replace", "unlink")


@pytest.mark.parametrize(("job", "lot"), LOTS)
def test_deliveries_about_people_are_taken_in_whole_wherever_it_was_stopped(
    job: Job, lot: int, towns: Towns, copies: CopiesOf
) -> None:
    """Before and after each commit, and before each change to what stands in `deliveries/`.

    Each lot by itself: whatever the second could find of the first is seen to be the same.
    """
    moments = survive_every_kill(
        job, observe_town, copies(towns[lot].folder), sound=see_protected, calls=RAW, inside="deliveries"
    )
    assert moments >= 20


@pytest.mark.postgres
@pytest.mark.parametrize(("job", "lot"), LOTS)
def test_so_they_are_on_postgresql(job: Job, lot: int, towns_on_postgres: Towns, copies: CopiesOf) -> None:
    """Before each commit. After it the database is as before the next, and files are the same on SQLite."""
    town = towns_on_postgres[lot]
    moments = survive_every_kill(
        job, observe_town, copies(town.folder), town.new_database, see_protected, (), every=2
    )
    assert moments >= 10


def test_the_steps_about_homes_and_links_leave_the_same_wherever_the_run_was_stopped(
    towns: Towns, copies: CopiesOf
) -> None:
    """Before and after each commit, and before each file gets its name or goes."""
    moments = survive_every_kill(
        run_steps, observe_town, copies(towns[2].folder), sound=see_protected, calls=WATCHED_BRIEFLY
    )
    assert moments >= 15


@pytest.mark.postgres
def test_so_do_they_on_postgresql(towns_on_postgres: Towns, copies: CopiesOf) -> None:
    """Before each commit, as above."""
    town = towns_on_postgres[2]
    moments = survive_every_kill(
        run_steps, observe_town, copies(town.folder), town.new_database, see_protected, (), every=2
    )
    assert moments >= 10


def test_what_the_town_comes_to(towns: Towns, copies: CopiesOf) -> None:
    """That everything the kills are meant to meet is there."""
    place = copies(towns[2].folder)()
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
    # The list has somebody twice, and who is under seal is linked with nobody.
    assert rows["person_link"] == 2 and rows["household"] == 1 and rows["link_index"] > 0
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
