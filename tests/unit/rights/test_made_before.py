"""Tables that were made before a seal, a delivery or a decision, and exports laid beside each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.lake import Lake
from roundtable.data.lake_table import LakeTable
from roundtable.data.subjects.made_under import may_be_shown, note_made, see_that_it_may_be_shown
from roundtable.data.subjects.settling import settle
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import Busy, StoreUnusable
from roundtable.governance.keys import add_version
from roundtable.governance.pseudonyms import pseudonym
from roundtable.governance.rights.keyed import Keyed
from roundtable.ledger import seals
from roundtable.ledger.address import private_folder
from roundtable.ledger.models import Outcome, Right, SealKind, SealOrigin
from roundtable.ledger.settled import made_under
from roundtable.partnership.model.purpose import Purpose
from roundtable.rights import requesting
from roundtable.rights.wings import holdings
from tests.factories_rights import NHS_A, NHS_B, NOW, OTHER, REFUGE, People
from tests.unit.rights.desk import desk, erased

HARM, FIRE = Purpose.HARM_BY_PLACE, Purpose.PREVENTION_OF_FIRE_AND_FALLS


def _run(people: People, uprns: tuple[str, ...] = (REFUGE, OTHER)) -> None:
    """What a run does to the tables: here, the flags of the addresses there are."""
    settle(people.lake, NOW)
    lake, table = people.lake, LAKE_TABLES["property_flags"]
    addresses = sorted(str(people.address(uprn)) for uprn in uprns)
    rows = pa.table({field.name: _filled(table, field, addresses) for field in table.schema})
    path = lake.stage()
    lake.write(table.name, rows.cast(table.schema).to_batches(), path)
    old = [file for file in lake.listed(table.name) if file.source == "property flags"]
    staged = lake.seal(table.name, path, "property flags")
    if staged.sha256 not in {file.sha256 for file in old}:
        lake.publish("property flags", [staged], old)
    note_made(lake)


def _filled(table: LakeTable, field: pa.Field, addresses: list[str]) -> pa.Array:
    if field.name == "address_id":
        return pa.array(addresses)
    if pa.types.is_date(field.type):
        return pa.array([date(2026, 1, 1)] * len(addresses))
    if pa.types.is_boolean(field.type):
        return pa.array([False] * len(addresses))
    return (
        pa.array(["1"] * len(addresses)).cast(field.type)
        if not pa.types.is_list(field.type)
        else pa.array([[]] * len(addresses))
    )


def _known(people: People) -> None:
    people.incident("c1", uprn=REFUGE, surname="Ash", nhs_number=NHS_A)
    people.incident("c2", uprn=OTHER, surname="Birch")
    people.deliver()
    _run(people)


def _told(error: pytest.ExceptionInfo[Busy]) -> str:
    return str(error.value)


def test_what_a_run_made_stands_until_something_changes(people: People) -> None:
    _known(people)
    see_that_it_may_be_shown(people.lake)
    before = made_under()
    note_made(people.lake)
    assert made_under() == before


@pytest.mark.parametrize("number", [NHS_A, NHS_B])
def test_a_seal_closes_them_whether_or_not_anybody_is_under_it(people: People, number: str) -> None:
    """What is said is the same of somebody who is in the data and of somebody nobody has heard of."""
    _known(people)
    mark = Keyed(people.keyring).nhs_number(number)
    assert mark is not None
    seals.set_seal(SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "x", "y", [mark], NOW)
    settle(people.lake, NOW)
    with pytest.raises(Busy) as error:
        see_that_it_may_be_shown(people.lake)
    assert "roundtable run" in _told(error)
    assert not any(letter.isdigit() for letter in _told(error).replace(str(people.folder), ""))
    _run(people)
    see_that_it_may_be_shown(people.lake)


@pytest.mark.parametrize("surname", ["Ash", "Elm"])
def test_a_delivery_closes_them_whoever_is_in_it(people: People, surname: str) -> None:
    """Else a delivery of one person, and whether the tables stand, would say if that person is sealed."""
    _known(people)
    people.record("probe", dataset="school", surname=surname, nhs_number=NHS_A if surname == "Ash" else NHS_B)
    people.deliver()
    settle(people.lake, NOW)
    assert not may_be_shown(people.lake)


def test_a_flag_that_came_closes_them(people: People) -> None:
    _known(people)
    people.record("her", dataset="charity", uprn=REFUGE, seal="protected_address")
    people.deliver()
    settle(people.lake, NOW)
    assert not may_be_shown(people.lake)


def test_an_upheld_objection_closes_them(people: People) -> None:
    _known(people)
    record = people.incident("c3", surname="Cedar")
    people.deliver()
    _run(people)
    office = desk(people)
    number = requesting.take(office, Right.OBJECTION, NOW.date(), "dpo", [record], [HARM.value])
    settle(people.lake, NOW)
    _run(people)
    requesting.decide(office, number, Outcome.GRANTED, "dpo", "upheld", [HARM.value])
    assert not may_be_shown(people.lake)


def test_an_erasure_closes_them(people: People) -> None:
    _known(people)
    record = people.incident("c3", surname="Cedar", nhs_number=NHS_B)
    people.deliver()
    _run(people)
    erased(people, record)
    assert not may_be_shown(people.lake)


def test_the_last_page_goes_with_them(people: People) -> None:
    _known(people)
    page = private_folder(people.folder) / "report.html"
    page.write_text("12 homes")
    settle(people.lake, NOW)
    assert page.exists(), "nothing has changed"
    people.record("her", dataset="charity", uprn=REFUGE, seal="protected_address")
    people.deliver()
    settle(people.lake, NOW)
    assert not page.exists()


def test_no_export_has_what_was_made_before_a_seal(people: People, tmp_path: Path) -> None:
    """Two exports, one before and one after: the second is refused until what it counts is made anew."""
    _known(people)
    people.lake.export(None, tmp_path / "before", HARM, NOW)
    old = people.lake.current_snapshot()
    mark = Keyed(people.keyring).address(REFUGE)
    assert mark is not None
    seals.set_seal(SealKind.PROTECTED_ADDRESS, SealOrigin.ORDER, "x", "y", [mark], NOW)
    settle(people.lake, NOW)
    for snapshot in (None, old):
        with pytest.raises(Busy, match="made before"):
            people.lake.export(snapshot, tmp_path / f"after-{snapshot}", HARM, NOW)
        assert not (tmp_path / f"after-{snapshot}").exists()
    _run(people)
    people.lake.export(None, tmp_path / "after", HARM, NOW)
    held = pq.read_table(tmp_path / "after" / "property_flags").num_rows
    assert held == 1, "and then without it"


def test_an_older_snapshot_is_no_way_round(people: People, tmp_path: Path) -> None:
    _known(people)
    old = people.lake.current_snapshot()
    lake = people.lake
    lake.publish("property flags", [], list(lake.listed("property_flags")))
    note_made(lake)
    with pytest.raises(Busy, match="made before"):
        lake.export(old, tmp_path / "old", HARM, NOW)


def _column(folder: Path, table: str, column: str) -> list[str]:
    return [one for one in pq.read_table(folder / table).column(column).to_pylist() if one is not None]


def test_two_exports_for_two_purposes_cannot_be_put_together(people: People, tmp_path: Path) -> None:
    for number in range(12):
        people.contact(f"k{number}", uprn=f"99900000{number:04}", surname=f"Ash{number}")
    people.deliver()
    _run(people)
    one = people.lake.export(None, tmp_path / "one", HARM, NOW)
    two = people.lake.export(None, tmp_path / "two", FIRE, NOW)
    again = people.lake.export(None, tmp_path / "again", HARM, NOW)
    for table, column in (
        ("contact", "record_id"),
        ("contact", "address_id"),
        ("property_flags", "address_id"),
    ):
        names, others = _column(one, table, column), _column(two, table, column)
        assert names and set(names).isdisjoint(others)
        assert sorted(_column(again, table, column)) == sorted(names)
        true = {
            row[column] for file in people.lake.files(table) for row in pq.read_table(file.path).to_pylist()
        }
        assert true.isdisjoint(names) and len(set(names)) == len(true - {None})
        assert {pseudonym(people.keyring, HARM.value, name) for name in true if name} == set(names)


def test_the_order_of_rows_does_not_put_them_together_either(people: People, tmp_path: Path) -> None:
    """By the order of the true ids, the first row of one export would be the first of the other."""
    _run(people, tuple(f"99900000{number:04}" for number in range(12)))
    people.lake.export(None, tmp_path / "one", HARM, NOW)
    names = _column(tmp_path / "one", "property_flags", "address_id")
    assert names == sorted(names)
    (file,) = people.lake.files("property_flags")
    true = pq.read_table(file.path).column("address_id").to_pylist()
    assert names != [pseudonym(people.keyring, HARM.value, one) for one in true]


def test_an_export_needs_the_keys_where_somebody_is_named(people: People, tmp_path: Path) -> None:
    people.contact("k1", surname="Ash")
    people.deliver()
    _run(people)
    with pytest.raises(StoreUnusable, match="no key"):
        Lake(people.folder).export(None, tmp_path / "out", HARM, NOW)


def test_a_person_is_found_and_erased_in_an_export_by_its_pseudonyms(people: People, tmp_path: Path) -> None:
    """Also in one that was made with an older version of the keys."""
    gone = people.contact("k1", surname="Ash")
    people.contact("k2", surname="Birch")
    people.deliver()
    _run(people)
    for purpose in (HARM, FIRE):
        people.lake.export(None, tmp_path / purpose.value, purpose, NOW)
    people.keyring = add_version(people.keyring, NOW.date())
    people.lake.export(None, tmp_path / "newer", HARM, NOW)
    names = _column(tmp_path / "newer", "contact", "record_id")
    assert {name[:3] for name in names} == {"v2-"}
    assert holdings(desk(people), frozenset({gone}))["exports"] == {
        "folders within reach": 3,
        "rows in them": 3,
    }
    erased(people, gone)
    for folder in (HARM.value, FIRE.value, "newer"):
        assert [row["source_id"] for row in pq.read_table(tmp_path / folder / "contact").to_pylist()] == [
            "k2"
        ]
