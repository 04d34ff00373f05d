"""One delivered row becomes its event, its person's record, their part in it and its facts, and no more."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from roundtable.governance.pseudonyms import address_id, record_id
from roundtable.ledger.models import DeliveryStatus
from tests.factories_intake import DropOff, csv_rows
from tests.factories_people import (
    KEYRING,
    gazetteer,
    incident,
    incident_file,
    incidents,
    parts,
    register,
    visits,
)

RECORD = record_id(KEYRING, "incidents", "calls", "i1")
MONTH = "2025-04.csv"


@pytest.fixture
def keyed(drop_off: DropOff) -> DropOff:
    """A drop-off whose process has the keys, and in which every kind of table about people is agreed."""
    drop_off.keyring = KEYRING
    drop_off.agree(incidents(), visits(), gazetteer(), parts(), register())
    return drop_off


def test_a_row_becomes_four_kinds_of_rows(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident()))
    delivery = keyed.receive_one().delivery_id
    (event,) = keyed.rows("event")
    assert event == {
        "event_id": "2025-04/1",
        "dataset": "incidents",
        "source_table": "calls",
        "source_id": "i1",
        "code": "VIO",
        "scheme": "test-incidents",
        "occurred_from": date(2025, 4, 3),
        "occurred_to": date(2025, 4, 3),
        "recorded_at": datetime(2025, 4, 4, 9, 30, tzinfo=UTC),
        "longitude": None,
        "latitude": None,
        "address_id": address_id(KEYRING, "999000001"),
        "area_id": None,
        "status": "allegation",
        "delivery_id": delivery,
    }
    (person,) = keyed.rows("person_record")
    assert {name: value for name, value in person.items() if value is not None} == {
        "record_id": RECORD,
        "dataset": "incidents",
        "source_table": "calls",
        "agency": "police",
        "source_id": "i1",
        "given_name": "Quillon",
        "surname": "Featherby",
        "date_of_birth": date(1981, 6, 17),
        "sex": "F",
        "nhs_number": "9990000018",
        "postcode": "ZY1 1AA",
        "uprn": "999000000002",
        "address_id": address_id(KEYRING, "999000000002"),
        "recorded_at": datetime(2025, 4, 4, 9, 30, tzinfo=UTC),
        "row_id": "2025-04/1",
        "delivery_id": delivery,
    }
    (part,) = keyed.rows("involvement")
    assert part == {
        "involvement_id": "2025-04/1",
        "dataset": "incidents",
        "source_table": "calls",
        "event_id": "2025-04/1",
        "event_source_id": "i1",
        "record_id": RECORD,
        "role": "victim",
        "delivery_id": delivery,
    }
    assert [(fact["of_id"], fact["name"], fact["value"]) for fact in keyed.rows("detail")] == [
        ("2025-04/1", "weapon", "knife"),
        ("2025-04/1", "injury_level", "3"),
    ]


def test_a_row_without_a_person_makes_no_record_of_one(keyed: DropOff) -> None:
    nobody = dict.fromkeys(("given", "family", "born", "sex", "nhs", "home", "postcode"), "")
    keyed.deliver("incidents", MONTH, incident_file(incident(**nobody), incident("i2", where="")))
    keyed.receive()
    assert [event["source_id"] for event in keyed.rows("event")] == ["i1", "i2"]
    assert [person["source_id"] for person in keyed.rows("person_record")] == ["i2"]
    assert [part["event_id"] for part in keyed.rows("involvement")] == ["2025-04/2"]
    assert [event["address_id"] is None for event in keyed.rows("event")] == [False, True]


def test_codes_for_unknown_become_nothing(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident(born="01/01/1900", sex="9", weapon="?")))
    receipt = keyed.receive_one()
    assert receipt.rows_quarantined == 0
    (person,) = keyed.rows("person_record")
    assert (person["date_of_birth"], person["sex"]) == (None, None)
    assert [fact["name"] for fact in keyed.rows("detail")] == ["injury_level"]


def test_spaces_around_a_value_go_and_those_inside_stay(keyed: DropOff) -> None:
    sent = incident(given="  Quillon Amaranth\u00a0", postcode="\tZY1  1AA ")
    keyed.deliver("incidents", MONTH, incident_file(sent))
    keyed.receive()
    (person,) = keyed.rows("person_record")
    assert (person["given_name"], person["postcode"]) == ("Quillon Amaranth", "ZY1  1AA")


def test_a_column_says_the_part_before_the_contract_does(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident(part="suspect"), incident("i2")))
    keyed.receive()
    assert [part["role"] for part in keyed.rows("involvement")] == ["suspect", "victim"]


def test_without_a_part_for_its_person_a_row_is_set_aside(keyed: DropOff) -> None:
    keyed.agree(incidents(role=None))
    keyed.deliver("incidents", MONTH, incident_file(incident(), incident("i2", part="caller")))
    keyed.receive()
    (kept,) = keyed.rows("quarantine")
    assert (kept["column"], kept["rule"]) == ("part", "required")
    assert [part["role"] for part in keyed.rows("involvement")] == ["caller"]


def test_a_property_number_that_is_none_is_set_aside(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident(where="9.99E+11"), incident("i2", where="0")))
    keyed.receive()
    (kept,) = keyed.rows("quarantine")
    assert (kept["line"], kept["column"], kept["rule"]) == (2, "where", "uprn")
    assert [event["address_id"] for event in keyed.rows("event")] == [None]


def test_a_correction_keeps_the_id_of_a_record(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident("i0"), incident()))
    keyed.receive()
    keyed.deliver("incidents", "2025-04-b.csv", incident_file(incident()), note=f"corrects: {MONTH}\n")
    keyed.receive()
    assert [person["record_id"] for person in keyed.rows("person_record")] == [RECORD]


def test_two_rows_of_one_key_make_no_record_of_two_people(keyed: DropOff) -> None:
    again = incident(given="Ottoline")
    keyed.deliver("incidents", MONTH, incident_file(incident(), again, incident("i2")))
    keyed.receive()
    assert [person["source_id"] for person in keyed.rows("person_record")] == ["i2"]
    assert {kept["rule"] for kept in keyed.rows("quarantine")} == {"key-again"}


def test_a_contact_is_with_a_person_at_a_place_or_both(keyed: DropOff) -> None:
    header = "id,what,from,to,how,where,name,alarm"
    rows = ("v1,safety,01/02/2025,,done,999000000007,Quillon Featherby,TRUE", "v2,safety,02/02/2025,,,0999,,")
    keyed.deliver("visits", "visits.csv", csv_rows(*rows, header=header))
    keyed.receive()
    first, second = keyed.rows("contact")
    assert first["record_id"] == record_id(KEYRING, "visits", "visits", "v1")
    assert first["address_id"] == address_id(KEYRING, "999000000007")
    assert (first["started"], first["ended"], first["result"]) == (date(2025, 2, 1), None, "done")
    assert (second["record_id"], second["address_id"]) == (None, address_id(KEYRING, "999"))
    (person,) = keyed.rows("person_record")
    assert (person["full_name"], person["surname"], person["row_id"]) == (
        "Quillon Featherby",
        None,
        "visits/1",
    )
    assert keyed.table("involvement").num_rows == 0
    assert [(fact["of_id"], fact["value"]) for fact in keyed.rows("detail")] == [("visits/1", "true")]


def test_a_contact_ends_after_it_began(keyed: DropOff) -> None:
    header = "id,what,from,to,how,where,name,alarm"
    keyed.deliver(
        "visits",
        "v.csv",
        csv_rows("v1,safety,02/02/2025,01/02/2025,,,,", "v2,s,01/02/2025,,,,,", header=header),
    )
    keyed.receive()
    assert [kept["rule"] for kept in keyed.rows("quarantine")] == ["date-order"]


def test_a_gazetteer_stands_in_the_vault_alone(keyed: DropOff) -> None:
    header = "uprn,line,postcode,east,north,kind"
    keyed.deliver("gazetteer", "a.csv", csv_rows("000999,1 Elm Row,ZY1 1AA,-1.5,54.1,house", header=header))
    keyed.receive()
    (address,) = keyed.rows("address_record")
    assert address["address_id"] == address_id(KEYRING, "999")
    assert (address["uprn"], address["address"], str(address["longitude"])) == (
        "999",
        "1 Elm Row",
        "-1.500000",
    )
    assert address["row_id"] == "a/1"


def test_parts_may_come_apart_from_their_event(keyed: DropOff) -> None:
    header = "id,incident,part,name,tries"
    keyed.deliver(
        "parts", "p.csv", csv_rows("p1,i1,witness,Quillon Featherby,2", "p2,i1,witness,,4", header=header)
    )
    keyed.receive()
    (part,) = keyed.rows("involvement")
    assert (part["event_id"], part["event_source_id"], part["role"]) == (None, "i1", "witness")
    assert part["record_id"] == record_id(KEYRING, "parts", "parts", "p1")
    assert [fact["of_id"] for fact in keyed.rows("detail")] == [part["involvement_id"]]


def test_of_a_withdrawn_row_only_its_version_is_kept(keyed: DropOff) -> None:
    header = "id,changed,state,name"
    rows = ("r1,2025-04-01 01:00:00,,Quillon Featherby", "r2,2025-04-01 02:00:00,deleted,")
    keyed.deliver("register", "night.csv", csv_rows(*rows, header=header))
    receipt = keyed.receive_one()
    assert (receipt.rows_kept, receipt.rows_quarantined) == (2, 0)
    (person,) = keyed.rows("person_record")
    versions = keyed.rows("row_version")
    assert [one["withdrawn"] for one in versions] == [False, True]
    assert [one["row_id"].rsplit("/")[-1] for one in versions] == ["1", "2"]
    assert person["row_id"] == versions[0]["row_id"]
    assert [one["row_key"] for one in versions] == [
        record_id(KEYRING, "register", "people", name) for name in ("r1", "r2")
    ]
    assert person["record_id"] == versions[0]["row_key"]


def test_two_versions_of_one_thing_may_come_in_one_night(keyed: DropOff) -> None:
    header = "id,changed,state,name"
    rows = [f"r1,2025-04-01 0{hour}:00:00,,Name {hour}" for hour in (1, 2, 2)]
    keyed.deliver("register", "night.csv", csv_rows(*rows, header=header))
    keyed.receive()
    assert [one["row_id"].rsplit("/")[-1] for one in keyed.rows("row_version")] == ["1"]
    assert {kept["rule"] for kept in keyed.rows("quarantine")} == {"key-again"}


def test_without_keys_nothing_about_people_is_taken(drop_off: DropOff) -> None:
    drop_off.agree(incidents())
    drop_off.deliver("incidents", MONTH, incident_file(incident()))
    receipt = drop_off.receive_one()
    assert receipt.status is DeliveryStatus.REFUSED
    (problem,) = receipt.problems
    assert problem.rule == "keys-missing"
    assert "roundtable keys init" in problem.remedy


def test_a_row_set_aside_says_what_it_said_in_the_vault(keyed: DropOff) -> None:
    keyed.deliver("incidents", MONTH, incident_file(incident(code="ZZZ"), incident("i2")))
    keyed.receive()
    (kept,) = keyed.rows("quarantine")
    (said,) = keyed.rows("quarantine_row")
    assert kept["row"] is None
    assert (said["delivery_id"], said["file"], said["line"]) == (kept["delivery_id"], MONTH, 2)
    assert '"family":"Featherby"' in said["row"]
    assert "ungranted" not in said["row"]


def test_rows_stand_in_the_order_they_came_in_though_keys_repeat(keyed: DropOff) -> None:
    """However many threads the engine has: the lake's files would else differ from one time to the next."""
    rows = [incident(f"i{number}", family=f"Name{number}") for number in range(12_000)]
    keyed.limits = replace(keyed.limits, block=400_000)
    keyed.agree(incidents())
    keyed.deliver("incidents", MONTH, incident_file(*rows, incident("i11000", family="Another")))
    receipt = keyed.receive_one()
    assert (receipt.rows_kept, receipt.rows_quarantined) == (11_999, 2)
    assert keyed.table("event").column("source_id").to_pylist() == [
        f"i{number}" for number in range(12_000) if number != 11_000
    ]
