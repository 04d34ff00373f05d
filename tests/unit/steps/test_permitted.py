"""A step sees the columns that are granted for its own purpose, and of what others made only its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from roundtable.data.engine import EngineName
from roundtable.data.permitted_rows import permitted_rows
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.policy.actions import Action
from roundtable.partnership.model.purpose import Purpose
from roundtable.pipeline import STEPS
from roundtable.steps.permitted import Permitted, permitted
from roundtable.steps.reading import opened_bench
from roundtable.steps.runner import Runner
from roundtable.steps.step import Bench, Step
from tests.factories_intake import TODAY, DropOff, csv_rows, licence
from tests.factories_people import KEYRING, gazetteer, incident, incident_file, incidents, register, visits

HARM, CRISIS, EVALUATION = Purpose.HARM_BY_PLACE, Purpose.CRISIS_CARE, Purpose.EVALUATION
EVENT = ["ref", "code", "on"]
PERSON = ["part", "given", "family", "born"]


@pytest.fixture
def keyed(drop_off: DropOff) -> DropOff:
    """Incidents, and whoever may have them for what."""
    drop_off.keyring = KEYRING
    drop_off.deliver("incidents", "2025-04.csv", incident_file(incident(), incident("i2", where="")))
    return drop_off


def agree(drop_off: DropOff, **columns: Sequence[str]) -> None:
    """One licence for each purpose, with its columns of the incidents."""
    contract = incidents()
    drop_off.parts = [contract]
    for name, granted in columns.items():
        purpose = {"harm": HARM, "crisis": CRISIS, "evaluation": EVALUATION}[name]
        drop_off.parts.append(
            licence(contract, columns={"calls": granted}, id=name, purposes=[purpose.value])
        )


def seen(
    drop_off: DropOff, purpose: Purpose, *names: str, on: date = TODAY
) -> dict[str, list[dict[str, Any]]]:
    """What a step of a purpose sees."""
    allowed = permitted(drop_off.partnership, purpose, on)
    with opened_bench(drop_off.partnership, drop_off.lake, allowed, EngineName.DUCKDB, names) as bench:
        return {name: bench.arrow(name).to_pylist() for name in names}


def test_a_column_granted_for_one_purpose_alone_is_null_for_a_step_of_another(keyed: DropOff) -> None:
    agree(keyed, harm=[*EVENT, "where"], crisis=[*EVENT, "made"])
    assert keyed.receive_one().rows_kept == 2
    harm = seen(keyed, HARM, "event")["event"]
    crisis = seen(keyed, CRISIS, "event")["event"]
    assert [row["code"] for row in harm] == [row["code"] for row in crisis] == ["VIO", "VIO"]
    assert harm[0]["address_id"] is not None and {row["recorded_at"] for row in harm} == {None}
    assert {row["address_id"] for row in crisis} == {None}
    assert crisis[0]["recorded_at"] == datetime(2025, 4, 4, 9, 30, tzinfo=UTC)
    assert seen(keyed, EVALUATION, "event")["event"] == []


def test_who_it_was_about_is_there_for_the_purpose_that_names_it_and_for_no_other(keyed: DropOff) -> None:
    agree(keyed, harm=EVENT, crisis=[*EVENT, *PERSON], evaluation=[*EVENT, "family", "home"])
    keyed.receive()
    names = ("person_record", "involvement")
    assert seen(keyed, HARM, *names) == {"person_record": [], "involvement": []}
    crisis = seen(keyed, CRISIS, *names)
    assert {row["given_name"] for row in crisis["person_record"]} == {"Quillon"}
    assert {row["uprn"] for row in crisis["person_record"]} == {None}
    assert {row["role"] for row in crisis["involvement"]} == {"victim"}
    evaluation = seen(keyed, EVALUATION, *names)
    assert {(r["given_name"], r["surname"], r["uprn"]) for r in evaluation["person_record"]} == {
        (None, "Featherby", "999000000002")
    }
    assert None not in {row["address_id"] for row in evaluation["person_record"]}


def test_facts_are_there_by_name(keyed: DropOff) -> None:
    agree(keyed, harm=[*EVENT, "weapon", "harm"], crisis=[*EVENT, "harm"], evaluation=EVENT)
    keyed.receive()
    found = {
        p: {row["name"] for row in seen(keyed, p, "detail")["detail"]} for p in (HARM, CRISIS, EVALUATION)
    }
    assert found == {HARM: {"weapon", "injury_level"}, CRISIS: {"injury_level"}, EVALUATION: set()}


def test_a_row_that_could_not_stand_is_not_there_and_nor_is_what_hangs_on_it(keyed: DropOff) -> None:
    agree(keyed, harm=[*EVENT, "weapon"], crisis=["ref", "on", "weapon", "given"])
    keyed.receive()
    found = seen(keyed, CRISIS, "event", "detail", "person_record")
    assert found["event"] == [] and found["detail"] == []
    assert {row["given_name"] for row in found["person_record"]} == {"Quillon"}


def test_an_expired_agreement_withholds_and_says_so(keyed: DropOff) -> None:
    agree(keyed, harm=EVENT, crisis=EVENT)
    keyed.parts[1] = licence(incidents(), columns={"calls": EVENT}, id="harm", ends="2026-11-23")
    keyed.receive()
    assert len(seen(keyed, HARM, "event")["event"]) == 2
    tomorrow = date(2026, 11, 24)
    assert seen(keyed, HARM, "event", on=tomorrow)["event"] == []
    assert len(seen(keyed, CRISIS, "event", on=tomorrow)["event"]) == 2
    (told,) = permitted(keyed.partnership, HARM, tomorrow).withheld.values()
    assert told == (
        "deliveries/incidents/2025-04.csv: Agreement 'harm' ended on 2026-11-23: "
        "its parties must renew it and write the new 'ends'."
    )
    assert permitted(keyed.partnership, CRISIS, tomorrow).withheld == {}


def test_what_was_never_meant_for_a_purpose_is_not_told_as_withheld_from_it(keyed: DropOff) -> None:
    agree(keyed, crisis=EVENT)
    keyed.receive()
    assert permitted(keyed.partnership, HARM, TODAY).withheld == {}
    keyed.parts = [incidents()]
    (told,) = permitted(keyed.partnership, HARM, TODAY).withheld.values()
    assert "No agreement grants anything of table 'calls' of dataset 'incidents'" in told


def test_contacts_and_addresses_are_limited_in_the_same_way(drop_off: DropOff) -> None:
    drop_off.keyring = KEYRING
    drop_off.parts = [visits(), gazetteer()]
    for name, of_visits, of_places in (
        ("harm", ["id", "what", "from", "where"], ["uprn", "postcode", "east"]),
        ("crisis", ["id", "what", "from", "to", "name", "alarm"], ["postcode"]),
    ):
        drop_off.parts.append(
            licence(
                visits(),
                gazetteer(),
                columns={"visits": of_visits, "places": of_places},
                id=name,
                purposes=[{"harm": HARM, "crisis": CRISIS}[name].value],
            )
        )
    drop_off.parts.append(licence(gazetteer(), id="all", purposes=[EVALUATION.value]))
    drop_off.deliver(
        "visits",
        "v.csv",
        csv_rows("v1,alarm,03/04/2025,04/04/2025,done,999000001,Q Featherby,true",
                 header="id,what,from,to,how,where,name,alarm"),
    )  # fmt: skip
    drop_off.deliver(
        "gazetteer", "g.csv", csv_rows("999000001,1 High St,ZY1 1AA,-1.5,54.1,house",
                                       header="uprn,line,postcode,east,north,kind")
    )  # fmt: skip
    assert {one.rows_kept for one in drop_off.receive().values()} == {1}
    (harm,) = seen(drop_off, HARM, "contact")["contact"]
    (crisis,) = seen(drop_off, CRISIS, "contact")["contact"]
    assert harm["address_id"] is not None and (harm["record_id"], harm["ended"]) == (None, None)
    assert crisis["address_id"] is None and crisis["record_id"] is not None
    assert crisis["ended"] == date(2025, 4, 4)
    (place,) = seen(drop_off, HARM, "address_record")["address_record"]
    assert (place["postcode"], place["address"]) == ("ZY1 1AA", None)
    assert (place["longitude"], place["latitude"]) == (None, None), "half of a place is shown as none"
    assert seen(drop_off, CRISIS, "address_record")["address_record"] == []
    (whole,) = seen(drop_off, EVALUATION, "address_record")["address_record"]
    assert None not in (whole["longitude"], whole["latitude"], whole["address"])


def test_the_key_of_a_step_tells_purposes_agreements_and_columns_apart(keyed: DropOff) -> None:
    agree(keyed, harm=[*EVENT, "where"], crisis=[*EVENT, "where"])
    keyed.receive()

    def key(purpose: Purpose) -> list[Any]:
        allowed = permitted(keyed.partnership, purpose, TODAY)
        return allowed.of(allowed.files(keyed.lake, "event"))

    before = key(HARM)
    assert before != key(CRISIS)
    agree(keyed, harm=EVENT, crisis=[*EVENT, "where"])
    assert key(HARM) != before


def test_a_run_gives_each_step_what_its_own_purpose_may_see(keyed: DropOff) -> None:
    agree(keyed, harm=[*EVENT, "where"], crisis=[*EVENT, "made"])
    keyed.receive()
    found: dict[str, list[Any]] = {}

    def looking(name: str, purpose: Purpose) -> Step:
        def make(bench: Bench) -> dict[str, pa.Table]:
            found[name] = [row["address_id"] is None for row in bench.arrow("event").to_pylist()]
            return {}

        return Step(name, "look", ("event",), (), make, purpose=purpose)

    steps = [looking("harm", HARM), looking("crisis", CRISIS)]
    permits = {(p, Action.READ): permitted(keyed.partnership, p, TODAY) for p in (HARM, CRISIS)}
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    with Runner(
        keyed.partnership, keyed.lake, EngineName.DUCKDB, permits, "inputs", lambda: now, lambda _: None
    ) as runner:
        for step in steps:
            runner.work(step)
    assert found == {"harm": [False, True], "crisis": [True, True]}


def test_what_a_step_made_for_one_purpose_serves_no_other(keyed: DropOff) -> None:
    made_for = {"a step": HARM}

    class Listed:
        def listed(self, _table: str) -> list[Any]:
            return [type("File", (), {"source": "a step", "table": "harm_area"})()]

    lake: Any = Listed()
    mine = Permitted(HARM, {}, {}, {}, made_for)
    other = Permitted(CRISIS, {}, {}, {}, made_for)
    assert len(mine.files(lake, "harm_area")) == 1
    assert other.files(lake, "harm_area") == ()


def test_no_step_reads_what_a_step_of_another_purpose_writes() -> None:
    """It would see nothing: the purposes would have to be made one, or the table once for each."""
    writers = {table: step.purpose for step in STEPS for table in step.writes}
    for step in STEPS:
        for table in step.reads:
            assert writers.get(table, step.purpose) is step.purpose, f"{step.name} reads {table}"


def test_where_everything_may_be_seen_the_table_stays_as_it_is(keyed: DropOff) -> None:
    agree(keyed, harm=[c.name for c in incidents().schema_[0].properties if c.name != "note"])
    keyed.receive()
    allowed = permitted(keyed.partnership, HARM, TODAY)
    assert allowed.limits(keyed.lake, "event") == ()
    untouched: Any = object()
    assert permitted_rows(untouched, LAKE_TABLES["event"], ()) is untouched


@pytest.mark.parametrize(
    ("granted", "rows", "recorded"),
    [(["id", "name"], 0, None), (["id", "state"], 1, None), (["id", "state", "changed"], 1, 2024)],
)
def test_what_a_row_says_of_itself_is_limited_too(
    drop_off: DropOff, granted: list[str], rows: int, recorded: int | None
) -> None:
    """`row_version` is made of the key, of when a row was recorded, and of whether it still holds."""
    drop_off.keyring = KEYRING
    contract = register()
    every = [column.name for column in contract.schema_[0].properties]
    for name, columns, purpose in (("harm", every, HARM), ("crisis", granted, CRISIS)):
        drop_off.parts.append(
            licence(contract, columns={"people": columns}, id=name, purposes=[purpose.value])
        )
    drop_off.parts.append(contract)
    content = csv_rows("1,2024-01-01 00:00:00,,Ann", header="id,changed,state,name")
    drop_off.deliver("register", "n1.csv", content, "period: 2024-01-01")
    assert drop_off.receive_one().rows_kept == 1
    assert len(seen(drop_off, HARM, "row_version")["row_version"]) == 1
    found = seen(drop_off, CRISIS, "row_version")["row_version"]
    assert len(found) == rows
    assert [row["recorded_at"] and row["recorded_at"].year for row in found] == [recorded] * rows
