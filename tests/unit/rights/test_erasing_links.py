"""What linkage made of somebody goes with them; what others are linked to stays, and nights begin anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.data.linked_tables import LINKED_TABLES
from roundtable.data.subjects.forgetting import MADE_OF_EVERYBODY
from roundtable.data.subjects.made_under import note_made
from roundtable.data.subjects.records import batches_of
from roundtable.data.subjects.settling import settle
from roundtable.data.tables import LAKE_TABLES
from roundtable.partnership.model.purpose import Purpose
from roundtable.rights.retaining import expire
from roundtable.rights.wings import holdings
from roundtable.steps.link_people import link_steps
from tests.factories_rights import NHS_A, NHS_B, NOW, People
from tests.unit.reviewing.county import agreed
from tests.unit.rights.desk import desk, erased

PURPOSE = "safeguarding_children"


def _made(people: People, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """A table as the step makes it; columns that are not given have something or nothing in them."""
    table = LAKE_TABLES[name]
    filled = {
        pa.string(): "a",
        pa.int64(): 1,
        pa.bool_(): False,
        pa.binary(): b"bytes of everybody",
    }
    whole = [
        {field.name: None if field.nullable else filled.get(field.type) for field in table.schema}
        | {"purpose": PURPOSE}
        | dict(row)
        for row in rows
    ]
    lake, path = people.lake, people.lake.stage()
    lake.write(name, pa.Table.from_pylist(whole, schema=table.schema).to_batches(), path)
    staged = lake.seal(name, path, "link people")
    lake.publish("link people", [staged], [], None, NOW)


def _rows(people: People, name: str) -> list[dict[str, Any]]:
    listed = people.lake.listed(name)
    return [row for batch in batches_of(people.lake, listed) for row in batch.rows.to_pylist()]


@pytest.fixture
def linked(people: People) -> tuple[People, list[str], str]:
    """Two records of somebody, one of somebody else, and all that linkage made of them."""
    mine = [people.incident(one, surname="Quillfeather", nhs_number=NHS_A) for one in ("C-1", "C-2")]
    other = people.incident("C-3", surname="Oak", nhs_number=NHS_B)
    people.deliver()
    _made(
        people,
        "person_link",
        [{"record_id": one, "person_id": "p-gone"} for one in mine]
        + [{"record_id": other, "person_id": "p-stays"}],
    )
    _made(
        people,
        "person_move",
        [
            {"number": 1, "kind": "merge", "person_from": "p-old", "person_to": "p-gone"},
            {"number": 2, "kind": "new", "person_to": "p-stays"},
            {"number": 3, "kind": "new", "person_to": "p-older", "record_id": mine[0]},
        ],
    )
    _made(people, "person_moved", [{"number": 1, "record_id": mine[0]}, {"number": 2, "record_id": other}])
    for name in sorted(MADE_OF_EVERYBODY):
        _made(people, name, [{}])
    return people, mine, other


def test_the_links_of_the_person_go_and_those_of_others_stay(linked: tuple[People, list[str], str]) -> None:
    people, mine, other = linked
    certificate = erased(people, *mine)
    assert certificate["proved"] is True
    assert [row["record_id"] for row in _rows(people, "person_link")] == [other]
    assert [row["person_to"] for row in _rows(people, "person_move")] == ["p-stays"]
    assert [row["record_id"] for row in _rows(people, "person_moved")] == [other]


def test_what_is_made_of_everybody_goes_whole(linked: tuple[People, list[str], str]) -> None:
    """One person's part in it cannot be told apart; the next run makes it anew."""
    people, mine, _ = linked
    paths = [file.path for name in MADE_OF_EVERYBODY for file in people.lake.listed(name)]
    assert len(paths) == len(MADE_OF_EVERYBODY)
    erased(people, *mine)
    assert [path for path in paths if path.exists()] == []
    assert [name for name in MADE_OF_EVERYBODY if people.lake.listed(name)] == []


def test_an_erasure_has_every_purpose_linked_anew(linked: tuple[People, list[str], str]) -> None:
    """Also one that saw nothing of the person: tables of everybody are gone for it too."""
    people, mine, _ = linked
    decided = link_steps(agreed())[0].decided
    assert decided is not None
    before = decided()
    erased(people, *mine)
    assert decided() != before


def test_the_index_goes_with_a_delivery_whose_time_is_over(linked: tuple[People, list[str], str]) -> None:
    people, _, _ = linked
    assert expire(desk(people, NOW + timedelta(days=366)), "dpo") is not None
    assert [file for file in people.lake.ever_listed() if file.table == "link_index"] == []


def test_where_somebody_is_held_names_their_links(linked: tuple[People, list[str], str]) -> None:
    people, mine, _ = linked
    held = holdings(desk(people), frozenset(mine))["lake and vault"]
    assert (held["person_link"], held["person_move"], held["person_moved"]) == (2, 2, 1)


def test_every_linked_table_with_an_id_of_somebody_is_forgotten_in_one_way_or_the_other() -> None:
    ids = {"record_id", "person_id", "person_from", "person_to", "household_id", "linked_address_id", "data"}
    named = {table.name for table in LINKED_TABLES if ids & set(table.schema.names)}
    assert named == {"person_link", "person_move", "person_moved"} | MADE_OF_EVERYBODY


def test_an_export_has_the_links_of_its_own_purpose_alone(
    linked: tuple[People, list[str], str], tmp_path: Path
) -> None:
    """And calls records and addresses by the purpose's own names."""
    people, mine, other = linked
    settle(people.lake, NOW)
    note_made(people.lake)
    own = people.lake.export(None, tmp_path / "own", Purpose(PURPOSE))
    rows = pq.read_table(own / "person_link").to_pylist()
    assert len(rows) == 3
    assert not {row["record_id"] for row in rows} & {*mine, other}
    foreign = people.lake.export(None, tmp_path / "foreign", Purpose.CRISIS_CARE)
    held = {table.name for table in LINKED_TABLES if not table.vault}
    assert {name: pq.read_table(foreign / name).num_rows for name in held} == dict.fromkeys(held, 0)
