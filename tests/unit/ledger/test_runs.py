"""Runs: resumed with the same inputs, given up with others; what their steps did and depended on."""

from pathlib import Path

from roundtable.ledger import audit, runs
from roundtable.ledger.attempt import current_attempt
from roundtable.ledger.database import close_ledger, open_ledger
from roundtable.ledger.models import Run, RunState

ONE, OTHER = "1" * 64, "2" * 64


def _restart(folder: Path) -> None:
    close_ledger()
    assert current_attempt() is None
    open_ledger(folder)


def test_a_run_that_was_stopped_is_the_same_run_at_its_next_attempt(ledger: Path) -> None:
    first = runs.begin_or_resume(ONE, {"pyarrow": "1"})
    _restart(ledger)
    second = runs.begin_or_resume(ONE, {"pyarrow": "2"})
    assert (first.id, first.attempt, second.id, second.attempt) == (1, 1, 1, 2)
    assert Run.objects.get().versions == {"pyarrow": "2"}
    assert [event.action for event in audit.events()] == ["run.begun"]


def test_a_run_whose_inputs_have_changed_is_given_up(ledger: Path) -> None:
    runs.begin_or_resume(ONE, {})
    _restart(ledger)
    assert runs.begin_or_resume(OTHER, {}).id == 2
    assert Run.objects.get(id=1).state == RunState.ABANDONED
    assert [event.action for event in audit.events()] == ["run.begun", "run.abandoned", "run.begun"]


def test_a_finished_run_is_not_resumed(ledger: Path) -> None:
    runs.finish(runs.begin_or_resume(ONE, {}))
    last = runs.last_run()
    assert last is not None
    assert (last.inputs, last.state) == (ONE, RunState.FINISHED)
    assert runs.begin_or_resume(ONE, {}).id == 2


def test_before_the_first_run_there_is_none(ledger: Path) -> None:
    assert runs.last_run() is None
    assert runs.last_key("harm") is None


def test_the_last_key_is_that_of_the_last_time_a_step_worked(ledger: Path) -> None:
    run = runs.begin_or_resume(ONE, {})
    runs.step_done(run, "harm", {"code": "a"}, "it has not run before", 3, None)
    runs.finish(run)
    assert runs.last_key("harm") == {"code": "a"}
    run = runs.begin_or_resume(OTHER, {})
    runs.step_skipped(run, "harm", {"code": "a"})
    assert runs.last_key("harm") == {"code": "a"}
    (step,) = runs.steps_of(run)
    assert (step.state, step.rows) == ("skipped", 3)


def test_a_step_done_in_an_earlier_attempt_stays_done(ledger: Path) -> None:
    run = runs.begin_or_resume(ONE, {})
    runs.step_done(run, "harm", {"code": "a"}, "the code changed", 3, None)
    _restart(ledger)
    run = runs.begin_or_resume(ONE, {})
    runs.step_skipped(run, "harm", {"code": "a"})
    (step,) = runs.steps_of(run)
    assert (step.state, step.reason) == ("done", "the code changed")


def test_a_step_done_again_in_a_later_attempt_is_one_row(ledger: Path) -> None:
    run = runs.begin_or_resume(ONE, {})
    runs.step_done(run, "harm", {"code": "a"}, "once", 3, None)
    runs.step_done(run, "harm", {"code": "b"}, "again", 4, None)
    (step,) = runs.steps_of(run)
    assert (step.key, step.reason, step.rows) == ({"code": "b"}, "again", 4)
