"""Records of people as linkage takes them: the day, the event and the place that each was part of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from roundtable.data.engine import EngineName
from roundtable.data.person_tables import PERSON_RECORD
from roundtable.partnership.model.purpose import Purpose
from roundtable.steps.link_people import READS
from roundtable.steps.people_records import people_records
from roundtable.steps.permitted import permitted
from roundtable.steps.reading import opened_bench
from tests.factories_intake import TODAY, DropOff, contract, csv_rows, licence
from tests.factories_people import KEYRING, incident, incident_file, incidents, parts, visits

CRISIS = Purpose.CRISIS_CARE
#: A row of visits that says nothing but what the service does and when it began.
VISITS = "id,what,from,to,how,where,name,alarm"


@pytest.fixture
def keyed(drop_off: DropOff) -> DropOff:
    """A lake with a vault; nothing is agreed yet."""
    drop_off.keyring = KEYRING
    return drop_off


def _taken(drop_off: DropOff, *without: str) -> dict[str, dict[str, Any]]:
    """What linkage sees of all that was delivered, by the source's id of the row."""
    datasets = [incidents(), visits()]
    columns = {
        one.name: [c.name for c in one.properties if c.name not in ("note", *without)]
        for dataset in datasets
        for one in dataset.schema_
    }
    drop_off.parts = [*datasets, licence(*datasets, columns=columns, purposes=[CRISIS.value])]
    drop_off.receive()
    return _seen(drop_off)


def _seen(drop_off: DropOff) -> dict[str, dict[str, Any]]:
    allowed = permitted(drop_off.partnership, CRISIS, TODAY)
    with opened_bench(drop_off.partnership, drop_off.lake, allowed, EngineName.DUCKDB, READS) as bench:
        made = people_records(bench)
    assert made.schema.names == [*PERSON_RECORD.schema.names, "event_id", "place_of_event"]
    return {row["source_id"]: row for row in made.to_pylist()}


def _address(drop_off: DropOff, table: str) -> str:
    (found,) = {row["address_id"] for row in drop_off.rows(table)} - {None}
    return str(found)


def test_a_record_has_the_day_of_the_event_it_was_part_of_where_it_has_none_of_its_own(
    keyed: DropOff,
) -> None:
    keyed.deliver("incidents", "2025-04.csv", incident_file(incident("own"), incident("none", made="")))
    seen = _taken(keyed)
    assert seen["own"]["recorded_at"] == datetime(2025, 4, 4, 9, 30, tzinfo=UTC)
    assert seen["none"]["recorded_at"] == datetime(2025, 4, 3, tzinfo=UTC)


def test_two_rows_are_two_events(keyed: DropOff) -> None:
    keyed.deliver("incidents", "2025-04.csv", incident_file(incident("i1"), incident("i2")))
    seen = _taken(keyed)
    events = {row["event_id"] for row in seen.values()}
    assert len(events) == 2 and None not in events


def test_where_something_happened_is_taken_where_nothing_else_says_where_somebody_lives(
    keyed: DropOff,
) -> None:
    rows = (
        incident("home"),
        incident("postcode", home=""),
        incident("neither", home="", postcode=""),
        incident("nowhere", home="", postcode="", where=""),
    )
    keyed.deliver("incidents", "2025-04.csv", incident_file(*rows))
    seen = _taken(keyed)
    event = _address(keyed, "event")
    assert seen["home"]["address_id"] not in (None, event) and not seen["home"]["place_of_event"]
    # A postcode says roughly where they live: that is not the place of the event.
    assert (seen["postcode"]["address_id"], seen["postcode"]["place_of_event"]) == (None, False)
    assert (seen["neither"]["address_id"], seen["neither"]["place_of_event"]) == (event, True)
    assert (seen["nowhere"]["address_id"], seen["nowhere"]["place_of_event"]) == (None, False)


def test_where_a_service_met_somebody_and_when_counts_as_their_own(keyed: DropOff) -> None:
    rows = ("v1,care,01/02/2025,,,000999000001,Quillon Featherby,", "v2,care,05/02/2025,,,,Bo Oakapple,")
    keyed.deliver("visits", "visits.csv", csv_rows(*rows, header=VISITS))
    seen = _taken(keyed)
    contact = _address(keyed, "contact")
    assert (seen["v1"]["address_id"], seen["v1"]["place_of_event"]) == (contact, False)
    assert (seen["v2"]["address_id"], seen["v2"]["place_of_event"]) == (None, False)
    assert [seen[name]["recorded_at"].day for name in ("v1", "v2")] == [1, 5]
    assert {row["event_id"] for row in seen.values()} == {None}


def test_of_what_the_purpose_may_not_see_nothing_is_taken(keyed: DropOff) -> None:
    """The place of an event that it may not see stands in for no address."""
    keyed.deliver("incidents", "2025-04.csv", incident_file(incident(home="", postcode="", made="")))
    hidden = _taken(keyed, "where")["i1"]
    assert (hidden["address_id"], hidden["place_of_event"]) == (None, False)
    assert hidden["recorded_at"] == datetime(2025, 4, 3, tzinfo=UTC)


def test_whoever_was_in_one_event_has_it_in_common_though_it_came_in_a_table_of_its_own(
    keyed: DropOff,
) -> None:
    calls, who = (
        one.model_dump(mode="json", by_alias=True)["schema"][0] | {"physicalName": f"*-{name}.csv"}
        for name, one in (("calls", incidents()), ("parts", parts()))
    )
    both = contract("incidents", calls, who, subjects="people")
    keyed.parts = [both, licence(both, purposes=[CRISIS.value])]
    keyed.deliver("incidents", "2025-04-calls.csv", incident_file(incident("i1"), incident("i2")))
    header = "id,incident,part,name,tries"
    rows = ("p1,i1,victim,Bo Oakapple,", "p2,i1,subject,Cy Marjoram,", "p3,i2,victim,Di Hollyhock,")
    keyed.deliver("incidents", "2025-04-parts.csv", csv_rows(*rows, header=header))
    assert {receipt.refused for receipt in keyed.receive().values()} == {False}
    seen = _seen(keyed)
    assert seen["p1"]["event_id"] == seen["p2"]["event_id"] != seen["p3"]["event_id"]
    assert seen["p1"]["recorded_at"] == datetime(2025, 4, 3, tzinfo=UTC)
    assert (seen["p1"]["address_id"], seen["p1"]["place_of_event"]) == (_address(keyed, "event"), True)


def test_nobody_has_two_rows(keyed: DropOff) -> None:
    """What is joined on to a record is one thing of each kind, or linkage would link a record with itself."""
    keyed.deliver("incidents", "2025-04.csv", incident_file(*(incident(f"i{n}") for n in range(5))))
    keyed.deliver("visits", "visits.csv", csv_rows("v1,care,01/02/2025,,,,Bo,", header=VISITS))
    seen = _taken(keyed)
    assert len(seen) == len({row["record_id"] for row in seen.values()}) == 6
