"""A step sees what was put right by request, as far as it may see the column at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from roundtable.data.engine import EngineName
from roundtable.data.subjects.finding import Sought, find
from roundtable.data.subjects.rectified import put_right, what_is_right_rests_on
from roundtable.data.subjects.settling import settle
from roundtable.governance.rights.sealing import LeftOut
from roundtable.ledger import requests
from roundtable.ledger.models import Right
from roundtable.partnership.model.purpose import Purpose
from roundtable.steps.permitted import permitted
from roundtable.steps.reading import opened_bench
from tests.factories_intake import TODAY, DropOff, licence
from tests.factories_people import KEYRING, incident, incident_file, incidents
from tests.factories_rights import NOW

EVERYTHING = ["ref", "code", "on", "part", "given", "family", "born"]


@pytest.fixture
def received(drop_off: DropOff) -> DropOff:
    """Two incidents, each with its person."""
    drop_off.keyring = KEYRING
    drop_off.deliver("incidents", "2025-04.csv", incident_file(incident(), incident("i2")))
    _agree(drop_off, EVERYTHING)
    assert drop_off.receive_one().rows_kept == 2
    return drop_off


def _agree(drop_off: DropOff, columns: Sequence[str]) -> None:
    contract = incidents()
    harm = licence(contract, columns={"calls": columns}, id="harm", purposes=[Purpose.HARM_BY_PLACE.value])
    whole = licence(contract, columns={"calls": EVERYTHING}, id="crisis", purposes=["crisis_care"])
    drop_off.parts = [contract, harm, whole]


def _people(drop_off: DropOff) -> dict[str, dict[str, Any]]:
    allowed = permitted(drop_off.partnership, Purpose.HARM_BY_PLACE, TODAY)
    names = ("person_record",)
    with opened_bench(drop_off.partnership, drop_off.lake, allowed, EngineName.DUCKDB, names) as bench:
        return {row["source_id"]: row for row in bench.arrow("person_record").to_pylist()}


def _put_right(drop_off: DropOff, source_id: str, column: str, value: str | None) -> None:
    (row,) = find(drop_off.lake, Sought(source_id=source_id), LeftOut())
    number = requests.take(Right.RECTIFICATION, NOW.date(), "dpo", frozenset(), NOW)
    put_right(drop_off.lake, number, row, column, value, "dpo", NOW)
    settle(drop_off.lake, NOW)


def test_a_step_sees_the_value_that_is_right_and_every_other_as_it_was_sent(received: DropOff) -> None:
    before = _people(received)
    _put_right(received, "i1", "date_of_birth", "1950-02-01")
    _put_right(received, "i1", "surname", "Amended")
    _put_right(received, "i1", "given_name", None)
    after = _people(received)
    right = {"date_of_birth": date(1950, 2, 1), "surname": "Amended", "given_name": None}
    assert after == {"i1": before["i1"] | right, "i2": before["i2"]}
    assert before["i1"] != after["i1"]


def test_of_two_for_one_value_the_newer_holds(received: DropOff) -> None:
    _put_right(received, "i1", "surname", "First")
    _put_right(received, "i1", "surname", "Second")
    assert _people(received)["i1"]["surname"] == "Second"


def test_what_was_put_right_is_not_shown_to_a_purpose_that_may_not_see_the_column(received: DropOff) -> None:
    _put_right(received, "i1", "surname", "Amended")
    _agree(received, [name for name in EVERYTHING if name != "family"])
    seen = _people(received)
    assert {row["surname"] for row in seen.values()} == {None}
    assert "Amended" not in str(seen)


def test_a_step_runs_again_when_a_value_was_put_right(received: DropOff) -> None:
    """Its key says so; of a step that reads no record nothing changes."""
    assert what_is_right_rests_on(received.lake, "person_record") == []
    _put_right(received, "i1", "surname", "Amended")
    first = what_is_right_rests_on(received.lake, "person_record")
    _put_right(received, "i2", "surname", "Amended")
    assert first != what_is_right_rests_on(received.lake, "person_record")
    assert what_is_right_rests_on(received.lake, "event") == []
