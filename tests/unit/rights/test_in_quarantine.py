"""A person who stands in quarantine alone is found, shown as little as may be, and erased with proof."""

import json
from dataclasses import replace
from typing import Any

import pyarrow.parquet as pq
import pytest

from roundtable.data.subjects.finding import Sought
from roundtable.errors import NotPermitted
from roundtable.governance.rights.keyed import Keyed
from roundtable.ledger import seals
from roundtable.ledger.models import Outcome, Right, SealKind, SealOrigin
from roundtable.partnership.model.contract import Dataset
from roundtable.rights import erasing, requesting
from roundtable.rights.office import Office
from roundtable.rights.showing import found, shown
from tests.factories import dataset
from tests.factories_rights import HOME, NHS_A, NHS_B, NHS_C, NOW, People
from tests.unit.rights.desk import GROUND, desk

MEANS = {
    "id": "source_id", "nhs": "person.nhs_number", "name": "person.full_name", "born": "person.date_of_birth",
    "uprn": "person.uprn", "secret": "person.phone",
}  # fmt: skip
HERS: dict[str, Any] = {
    "id": "CRIME-77", "nhs": "999 000 0018", "name": "Zoë Ash", "born": "31/02/1981", "uprn": HOME,
    "secret": "07700",
}  # fmt: skip


def _contract() -> Dataset:
    columns = [
        {"name": name, "customProperties": [{"property": "roundtable", "value": {"canonical": meant}}]}
        for name, meant in MEANS.items()
    ]
    return dataset("police", "police", schema=[{"name": "rows", "properties": columns}])


def _office(people: People) -> Office:
    office = desk(
        people,
        purposes=["prevention_of_fire_and_falls"],
        grants=[{"dataset": "police", "table": "rows", "columns": ["id", "nhs", "name", "born", "uprn"]}],
    )
    return replace(office, partnership=replace(office.partnership, datasets=(_contract(),)))


def _held(people: People) -> None:
    for line, said in ((2, HERS), (3, {"id": "CRIME-88", "nhs": NHS_B, "name": "Ann Oak", "born": "?"})):
        people.quarantined(line, "{}")
        people.said_in_quarantine(line, json.dumps(said))
    people.record("other", surname="Elm", nhs_number=NHS_C)
    people.deliver()


@pytest.mark.parametrize(
    ("sought", "times"),
    [
        (Sought(nhs_number=NHS_A), 1),
        (Sought(uprn=HOME), 1),
        (Sought(source_id="CRIME-77"), 1),
        (Sought(name="ash zoe", born=NOW.date()), 1),
        (Sought(name="ash zoe", born=NOW.date(), dataset="care"), 0),
        (Sought(name="Zoë Oak", born=NOW.date()), 0),
        (Sought(nhs_number=NHS_A, source_id="CRIME-88"), 0),
        (Sought(nhs_number="9990000042"), 0),
    ],
)
def test_a_row_is_found_by_what_it_says(people: People, sought: Sought, times: int) -> None:
    """The date of birth is the column that could not be read, so that the name alone counts."""
    _held(people)
    rows = found(_office(people), sought, "dpo", "request 1")
    assert [row["standing"] for row in rows] == ["in quarantine"] * times
    assert "Ash" not in str(rows), "what it says is not told to whoever looks"


def test_a_readable_date_of_birth_must_fit(people: People) -> None:
    people.quarantined(2, "{}")
    people.said_in_quarantine(2, json.dumps(HERS | {"born": "1981-06-17"}))
    people.deliver()
    assert len(found(_office(people), Sought(name="Zoë Ash", born=NOW.date()), "dpo", "request 1")) == 0
    born = NOW.date().replace(1981, 6, 17)
    assert len(found(_office(people), Sought(name="Zoë Ash", born=born), "dpo", "request 1")) == 1


def test_it_is_shown_as_far_as_agreements_name_its_columns(people: People) -> None:
    _held(people)
    (row,) = found(_office(people), Sought(nhs_number=NHS_A), "dpo", "request 1")
    told = shown(_office(people), [row["record_id"]], "dpo", "request 1")
    (held,) = told["quarantine"]
    assert held["says"]["name"] == "Zoë Ash"
    assert "secret" not in held["says"]
    assert (held["line"], held["reason"]) == (2, "no date")
    assert told["held_in"]["lake and vault"] == {"rows in quarantine": 1}
    assert [one["delivery"] for one in told["from"]] == ["0000000000000000"]
    assert "Oak" not in str(told)


def test_what_is_sealed_is_not_found_in_quarantine_either(people: People) -> None:
    _held(people)
    mark = Keyed(people.keyring).nhs_number(NHS_A)
    assert mark is not None
    seals.set_seal(SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "caldicott", "by order", [mark], NOW)
    assert found(_office(people), Sought(nhs_number=NHS_A), "dpo", "request 1") == ()


def test_it_is_erased_with_proof_and_the_other_row_stays(people: People) -> None:
    _held(people)
    raw = people.folder / "deliveries" / "police" / "0.csv"
    raw.parent.mkdir(parents=True)
    raw.write_text(f"id,nhs\nCRIME-77,{NHS_A}\n")
    office = _office(people)
    (row,) = found(office, Sought(nhs_number=NHS_A), "dpo", "request 1")
    record = row["record_id"]
    number = requesting.take(office, Right.ERASURE, NOW.date(), "dpo", [record])
    assert [one.agreement for one in requesting.assess(office, number).footings] == ["sharing"]
    requesting.decide(office, number, Outcome.GRANTED, "dpo", "because", grounds=GROUND)
    certificate = erasing.carry_out(office, erasing.order_erasure(office, number, "dpo", "siro"))
    assert certificate["proved"] is True
    assert not raw.exists()
    assert found(_office(people), Sought(nhs_number=NHS_A), "dpo", "request 1") == ()
    assert len(found(_office(people), Sought(nhs_number=NHS_B), "dpo", "request 1")) == 1
    lake = people.lake
    rows = [one for file in lake.files("quarantine") for one in pq.read_table(file.path).to_pylist()]
    assert [one["line"] for one in rows] == [3]
    assert record not in str(certificate)


def test_another_agencys_quarantine_is_not_looked_through(people: People) -> None:
    _held(people)
    office = _office(people)
    agreements = tuple(replace_party(one) for one in office.partnership.agreements)
    office = replace(office, partnership=replace(office.partnership, agreements=agreements))
    with pytest.raises(NotPermitted, match="may not deal with any of it"):
        found(office, Sought(nhs_number=NHS_A), "caldicott", "request 1")


def replace_party(one: Any) -> Any:
    """The agreement as if the council had never signed it."""
    parties = tuple(
        party.model_copy(update={"signed_on": None}) if party.receives else party for party in one.parties
    )
    return one.model_copy(update={"parties": parties})
