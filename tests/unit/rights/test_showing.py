"""Subject access: everything of the person, nothing of anybody else, and who looked."""

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pytest

from roundtable.data.subjects.finding import Sought
from roundtable.data.tables import LAKE_TABLES
from roundtable.errors import SettingUnusable
from roundtable.governance.rights.keyed import Keyed
from roundtable.ledger import audit, seals
from roundtable.ledger.models import Outcome, Right, SealKind, SealOrigin
from roundtable.rights import rectifying, requesting
from roundtable.rights.office import RIGHTS_PURPOSE
from roundtable.rights.showing import MAY_BE_WITHHELD, found, shown
from tests.factories_rights import HOME, NHS_A, NHS_B, NOW, REFUGE, People
from tests.unit.rights.desk import desk

ASH: dict[str, Any] = {
    "given_name": "Zoë",
    "surname": "Ash-Brown",
    "date_of_birth": NOW.date(),
    "nhs_number": NHS_A,
}


def _ash(people: People) -> str:
    record = people.incident("c1", uprn=HOME, **ASH)
    people.detail("m/c1")
    people.part("p1", "c1", surname="Oak", nhs_number=NHS_B)
    people.detail("m/p1", name="weapon", value="knife")
    people.result("c1")
    people.contact("k1", **ASH)
    people.deliver()
    return record


@pytest.mark.parametrize(
    ("sought", "times"),
    [
        (Sought(nhs_number="999 000 0018"), 2),
        (Sought(name="ash brown ZOE", born=NOW.date()), 2),
        (Sought(name="Zoë Ash-Brown", born=NOW.date(), dataset="care"), 1),
        (Sought(source_id="c1"), 1),
        (Sought(name="Zoë Ash", born=NOW.date()), 0),
        (Sought(nhs_number=NHS_B, dataset="care"), 0),
    ],
)
def test_a_person_is_found_by_what_is_exactly_known(people: People, sought: Sought, times: int) -> None:
    _ash(people)
    assert len(found(desk(people), sought, "dpo", "request 1")) == times


@pytest.mark.parametrize(
    "sought", [Sought(), Sought(name="Ash"), Sought(dataset="police"), Sought(born=NOW.date())]
)
def test_a_search_that_could_mean_anybody_is_refused(people: People, sought: Sought) -> None:
    _ash(people)
    with pytest.raises(SettingUnusable, match="anybody"):
        found(desk(people), sought, "dpo", "request 1")


def test_everything_is_shown_with_where_it_came_from_and_nothing_of_the_other(people: People) -> None:
    record = _ash(people)
    told = shown(desk(people), [record], "dpo", "request 1")
    assert [one["surname"] for one in told["records"]] == ["Ash-Brown"]
    (event,) = told["events"]
    assert (event["code"], event["part"], event["others_were_in_it"]) == ("assault", ["victim"], True)
    assert event["facts"] == {"injured": "yes"}
    (source,) = told["from"]
    assert (source["agency"], source["file"], source["agreements"]) == (
        "police",
        "deliveries/police/0.csv",
        ["sharing"],
    )
    for secret in ("Oak", NHS_B, "knife", "suspect"):
        assert secret not in str(told), secret
    assert told["held_in"]["lake and vault"] == {"detail": 1, "involvement": 1, "person_record": 1}


def test_who_looked_is_told_and_the_chain_names_nobody(people: People) -> None:
    record = _ash(people)
    shown(desk(people), [record], "dpo", "request 1")
    told = shown(desk(people), [record], "siro", "request 2")
    assert [(one["by"], one["about"]) for one in told["looked"]] == [("dpo", "request 1")]
    chain = str([event for event in audit.events()])
    assert record not in chain
    assert NHS_A not in chain


def test_what_is_under_seal_is_not_shown_and_cannot_be_told_from_nothing(people: People) -> None:
    """The man asks for his own data, to learn where she lives now."""
    his = people.incident("c1", uprn=REFUGE, surname="Oak", nhs_number=NHS_B)
    people.part("p1", "c1", surname="Ash", nhs_number=NHS_A)
    people.contact("k1", uprn=REFUGE, surname="Oak")
    people.incident("c2", uprn=HOME, surname="Oak", nhs_number=NHS_B)
    people.deliver()
    keyed = Keyed(people.keyring)
    mark = keyed.address(REFUGE)
    assert mark is not None
    office = desk(people)
    his_records = [row["record_id"] for row in found(office, Sought(nhs_number=NHS_B), "dpo", "request 1")]
    before = shown(office, his_records, "dpo", "request 1")
    assert len(before["events"]) == 2
    seals.set_seal(SealKind.PROTECTED_ADDRESS, SealOrigin.ORDER, "caldicott", "a refuge", [mark], NOW)
    after = shown(desk(people), his_records, "dpo", "request 1")
    assert [one["source_id"] for one in after["events"]] == ["c2"]
    assert after["withheld"] == before["withheld"] == MAY_BE_WITHHELD, "the sentence is always there"
    assert his in his_records
    # Nor does a record that came with the hidden event say that there is one, and when it was written down.
    assert [one["source_id"] for one in after["records"]] == ["c2"]
    assert after["held_in"]["lake and vault"] == {"event": 1, "involvement": 1, "person_record": 1}
    assert "'c1'" not in str(after)


def test_an_answer_after_a_seal_is_the_answer_of_a_county_without_it(people: People) -> None:
    """Two answers that differ in a count, a file or a day would give it away."""
    people.incident("c2", uprn=HOME, surname="Oak", nhs_number=NHS_B)
    people.deliver()
    his = [people.id_of("police", "c2")]
    shown(desk(people), his, "dpo", "request 1")
    alone = shown(desk(people), his, "dpo", "request 1")
    people.incident("c1", uprn=REFUGE, surname="Oak", nhs_number=NHS_B)
    people.contact("k1", uprn=REFUGE, surname="Oak", nhs_number=NHS_B)
    people.deliver()
    mark = Keyed(people.keyring).address(REFUGE)
    assert mark is not None
    seals.set_seal(SealKind.PROTECTED_ADDRESS, SealOrigin.ORDER, "caldicott", "a refuge", [mark], NOW)
    office = desk(people)
    records = [row["record_id"] for row in found(office, Sought(nhs_number=NHS_B), "dpo", "request 1")]
    after = shown(office, records, "dpo", "request 1")
    assert {**after, "looked": ()} == {**alone, "looked": ()}


def test_a_request_about_a_sealed_record_says_what_one_about_nobody_says(people: People) -> None:
    record = _ash(people)
    mark = Keyed(people.keyring).nhs_number(NHS_A)
    assert mark is not None
    number = seals.set_seal(
        SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "caldicott", "by order", [mark], NOW
    )
    office, today = desk(people), NOW.date()
    said = []
    for one in (record, "0" * 32):
        with pytest.raises(SettingUnusable) as asked:
            requesting.take(office, Right.ACCESS, today, "dpo", [one])
        with pytest.raises(SettingUnusable) as held:
            requesting.hold(office, [one], "dpo", "a case", today + timedelta(days=9))
        said += [str(refused.value).replace(one, "ID") for refused in (asked, held)]
    assert said[:2] == said[2:]
    ends = NOW + timedelta(hours=2)
    seals.release_seal(number, RIGHTS_PURPOSE, "dpo", "caldicott", "her own request", NOW, ends)
    assert requesting.take(desk(people), Right.ACCESS, today, "dpo", [record]) == 1


def test_a_sealed_record_is_looked_up_in_vain(people: People) -> None:
    record = _ash(people)
    mark = Keyed(people.keyring).nhs_number(NHS_A)
    assert mark is not None
    seals.set_seal(SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "caldicott", "by order", [mark], NOW)
    office = desk(people)
    for sought in (Sought(nhs_number=NHS_A), Sought(source_id="c1"), Sought(records=frozenset({record}))):
        assert found(office, sought, "dpo", "request 1") == ()
    with pytest.raises(SettingUnusable) as sealed:
        shown(office, [record], "dpo", "request 1")
    with pytest.raises(SettingUnusable) as absent:
        shown(office, ["0" * 32], "dpo", "request 1")
    assert str(sealed.value) == str(absent.value)


def test_what_was_put_right_stands_beside_what_was_sent(people: People) -> None:
    record = _ash(people)
    office = desk(people)
    number = requesting.take(office, Right.RECTIFICATION, NOW.date(), "dpo", [record])
    with pytest.raises(Exception, match="no request for rectification was granted"):
        rectifying.rectify(office, number, record, "surname", "Ashe", "dpo")
    requesting.decide(office, number, Outcome.GRANTED, "dpo", "shown by a passport")
    office = desk(people)
    rectifying.rectify(office, number, record, "surname", "Ashe", "dpo")
    rectifying.rectify(office, number, record, "surname", "Ash", "dpo")
    rectifying.rectify(office, number, record, "nhs_number", None, "dpo")
    told = shown(desk(people), [record], "dpo", "request 1")
    assert told["records"][0]["surname"] == "Ash", "the newer of two"
    assert "nhs_number" not in told["records"][0]
    assert len(told["put_right"]) == 3
    ((row,),) = [file for file in [people.lake.files("person_record")] if len(file) == 1]
    assert row.source == "0000000000000000", "the source's row is as it was sent"
    held = b"".join(path.read_bytes() for path in (people.folder / ".roundtable").glob("ledger.sqlite3*"))
    assert b"Ashe" not in held
    with pytest.raises(SettingUnusable, match="did you mean 'surname'"):
        rectifying.rectify(office, number, record, "sirname", "Ash", "dpo")
    with pytest.raises(SettingUnusable, match="is a day"):
        rectifying.rectify(office, number, record, "date_of_birth", "soon", "dpo")


def test_to_ask_for_no_record_shows_nobody(people: People) -> None:
    """A request forgets its records when they are erased; to show it must not show the county."""
    _ash(people)
    with pytest.raises(SettingUnusable, match="no such record"):
        shown(desk(people), [], "dpo", "request 1")


def test_what_was_made_of_it_names_only_tables_that_name_or_count_the_person(people: People) -> None:
    record = people.incident("c1", uprn=HOME, **ASH)
    people.incident("f1", dataset="fire", uprn=REFUGE, surname="Oak")
    people.deliver()
    home, other = people.address(HOME), people.address(REFUGE)
    month = NOW.date().replace(day=1)
    sums = {"weight_set": "w", "code": "assault", "records": 1, "unpriced_records": 0, "harm": 1}
    by_month = sums | {"area_kind": "lsoa11", "month": month}
    _made(
        people,
        address_place=[
            {"address_id": home, "area_kind": "lsoa11", "area_id": "A1"},
            {"address_id": other, "area_kind": "lsoa11", "area_id": "A2"},
        ],
        harm_area_month=[
            by_month | {"dataset": "police", "area_id": "A1"},
            by_month | {"dataset": "police", "area_id": "A2"},
            by_month | {"dataset": "fire", "area_id": "A1"},
        ],
        harm_code=[sums | {"dataset": "fire", "records_ppm": 0, "harm_ppm": 0}],
        property_flags=[
            {
                "address_id": home, "agency": "care", "dataset": "care", "kind": "flag", "flag": "x",
                "first_on": month, "last_on": month, "records": 1,
            }
        ],
    )  # fmt: skip
    told = shown(desk(people), [record], "dpo", "request 1")["made_of_it"]
    assert {one["table"]: one["rows"] for one in told} == {"address_place": 1, "harm_area_month": 1}
    assert told[0]["what"].startswith("The areas in which your address lies")


def _made(people: People, **tables: list[dict[str, Any]]) -> None:
    """Tables that steps have made, in a snapshot after the deliveries."""
    lake, staged = people.lake, []
    for name, rows in tables.items():
        path = lake.stage()
        lake.write(name, pa.Table.from_pylist(rows, schema=LAKE_TABLES[name].schema).to_batches(), path)
        staged.append(lake.seal(name, path, f"step {name}"))
    lake.publish("run 1", staged, (), at=NOW)
