"""A step that goes on from what it made last, and by what people decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from roundtable.data.engine import EngineName
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.policy.actions import Action
from roundtable.partnership.model.purpose import Purpose
from roundtable.steps.permitted import permitted
from roundtable.steps.runner import Runner
from roundtable.steps.step import Bench, Step
from tests.factories_intake import TODAY, DropOff, licence
from tests.factories_people import KEYRING, incident, incident_file, incidents

CRISIS, HARM = Purpose.CRISIS_CARE, Purpose.HARM_BY_PLACE
MADE = "person_link"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Going:
    """A step that makes one row more each time that it runs, and what it was given."""

    drop_off: DropOff
    decided: list[Any] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)

    def step(self, name: str = "go on", purpose: Purpose = CRISIS) -> Step:
        """It reads records of people and goes on from its own links."""
        return Step(
            name,
            "count how often it ran",
            ("person_record",),
            (MADE,),
            lambda bench: self._make(bench, purpose),
            purpose=purpose,
            goes_on_from=(MADE,),
            decided=lambda: list(self.decided),
        )

    def _make(self, bench: Bench, purpose: Purpose) -> Mapping[str, pa.Table]:
        before = bench.made_before(MADE)
        self.before.append(before.num_rows)
        self.runs.append(bench.run)
        row = {
            "purpose": purpose.value,
            "record_id": f"{before.num_rows:064x}",
            "person_id": f"{before.num_rows:064x}",
            "joined_run": bench.run,
        }
        return {MADE: pa.concat_tables([before, pa.Table.from_pylist([row], before.schema)])}

    def run(self, *steps: Step) -> list[str | None]:
        """Work steps out as a run does; why each ran, None where it was skipped."""
        drop_off = self.drop_off
        made_for = {one.name: one.purpose for one in steps}
        permits = {
            (one, Action.READ): permitted(drop_off.partnership, one, TODAY, made_for)
            for one in (CRISIS, HARM)
        }
        with Runner(
            drop_off.partnership,
            drop_off.lake,
            EngineName.DUCKDB,
            permits,
            "inputs",
            lambda: NOON,
            lambda _: None,
        ) as runner:
            for step in steps:
                runner.work(step)
        return [report.why for report in runner.reports]


@pytest.fixture
def going(drop_off: DropOff) -> Going:
    """One incident with its person was taken in."""
    drop_off.keyring = KEYRING
    contract = incidents()
    drop_off.parts = [contract, licence(contract, purposes=[CRISIS.value, HARM.value])]
    drop_off.deliver("incidents", "2025-04.csv", incident_file(incident()))
    drop_off.receive()
    return Going(drop_off)


def test_what_it_made_itself_never_makes_it_run_again(going: Going) -> None:
    """Else it would run for ever: each time it makes something that it has not read."""
    step = going.step()
    assert [going.run(step) for _ in range(3)] == [["it has not run before"], [None], [None]]
    assert going.before == [0]


def test_a_decision_makes_it_run_again_and_it_goes_on_from_what_it_made(going: Going) -> None:
    step = going.step()
    going.run(step)
    going.decided = [["a", "b", "same"]]
    assert going.run(step) == ["what reviewers decided changed"]
    assert going.run(step) == [None]
    going.decided = []
    assert going.run(step) == ["what reviewers decided changed"]
    assert going.before == [0, 1, 2]
    assert len(going.drop_off.rows(MADE)) == 3


def test_each_run_has_a_number_of_its_own(going: Going) -> None:
    step = going.step()
    going.run(step)
    going.decided = ["something"]
    going.run(step)
    first, second = going.runs
    assert first < second
    assert [row["joined_run"] for row in going.drop_off.rows(MADE)] == [first, second]


def test_what_arrives_makes_it_run_again(going: Going) -> None:
    step = going.step()
    going.run(step)
    going.drop_off.deliver("incidents", "2025-05.csv", incident_file(incident("i2", on="03/05/2025")))
    going.drop_off.receive()
    assert going.run(step) == ["table person_record changed"]
    assert going.before == [0, 1]


def test_it_goes_on_from_its_own_and_from_nothing_of_another(going: Going) -> None:
    """Two purposes write one table: each goes on from its own rows, and leaves the other's."""
    other = Going(going.drop_off)
    steps = (going.step(), other.step("another", HARM))
    assert going.run(*steps) == ["it has not run before", "it has not run before"]
    going.decided = ["something"]
    assert going.run(*steps) == ["what reviewers decided changed", None]
    assert (going.before, other.before) == ([0, 1], [0])
    purposes = sorted(row["purpose"] for row in going.drop_off.rows(MADE))
    assert purposes == [CRISIS.value, CRISIS.value, HARM.value]


def test_a_step_that_goes_by_no_decision_has_none_in_its_key(going: Going) -> None:
    def make(bench: Bench) -> Mapping[str, pa.Table]:
        assert bench.made_before(MADE).num_rows == 0
        return {MADE: LAKE_TABLES[MADE].schema.empty_table()}

    plain = Step("plain", "make nothing", ("person_record",), (MADE,), make, purpose=CRISIS)
    assert going.run(plain) == ["it has not run before"]
    going.decided = ["something"]
    assert going.run(plain) == [None]
