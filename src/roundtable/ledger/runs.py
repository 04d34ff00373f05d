"""Runs and their steps: what is under way, what has finished, and what each step depended on.

A run that was killed stays under way. The next one with the same inputs is the same run at its next
attempt, so that a run that was stopped and started again leaves the rows that an undisturbed one leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from roundtable.ledger import audit
from roundtable.ledger.attempt import Attempt, no_attempt, work_on
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import Run, RunState, StepRun, StepState
from roundtable.ledger.numbering import lock_the_head, next_number


def begin_or_resume(inputs: str, versions: Mapping[str, str], at: datetime | None = None) -> Run:
    """The run that this process now works on.

    A run under way with the same inputs is resumed; one with other inputs is given up, since what it
    was doing is no longer asked for.

    Args:
        inputs: the fingerprint of everything that the run starts from.
        versions: of the libraries that it works with, by name.
        at: when; without it, now.
    """
    with ledger_transaction():
        lock_the_head()
        held = Run.objects.filter(state=RunState.UNDER_WAY.value).first()
        if held is not None and held.inputs == inputs:
            run = _resume(held, versions)
        else:
            _give_up(held, at)
            run = _begin(inputs, versions, at)
    return run


def finish(run: Run, at: datetime | None = None) -> None:
    """The run has done all it had to; what this process writes from here on belongs to no run."""
    with ledger_transaction():
        lock_the_head()
        run.state, run.finished_at = RunState.FINISHED.value, at or timezone.now()
        run.save(update_fields=["state", "finished_at"])
        audit.append("run.finished", f"run {run.id}", {}, at)
    no_attempt()


def last_run() -> Run | None:
    """The run begun last, whatever became of it; None before the first.

    When it is finished and began from the same inputs, there is nothing to run.
    """
    with plain_faults():
        return Run.objects.order_by("-id").first()


def step_done(
    run: Run, step: str, key: Mapping[str, str], reason: str, rows: int, snapshot: int | None
) -> None:
    """Note that a step has worked: called inside the transaction that publishes what it made.

    Args:
        run: the run it worked in.
        step: its name.
        key: everything its result depended on, each part with its hash.
        reason: why it had to work, in words.
        rows: how many rows it made.
        snapshot: the snapshot it made; None when it makes no table.
    """
    _note(
        run, step, StepState.DONE, {"key": dict(key), "reason": reason, "rows": rows, "snapshot_id": snapshot}
    )


def step_skipped(run: Run, step: str, key: Mapping[str, str]) -> None:
    """Note that a step had nothing to do. One that worked in an earlier attempt of this run stays done."""
    with ledger_transaction():
        if StepRun.objects.filter(run=run, step=step).exists():
            return
        before = _last_done(step)
        values = {"rows": before.rows, "snapshot_id": before.snapshot_id} if before else {"rows": 0}
        _note(run, step, StepState.SKIPPED, {"key": dict(key), "reason": "nothing changed", **values})


def last_key(step: str) -> Mapping[str, str] | None:
    """What the step's standing result depended on, part by part; None when it has never worked."""
    with plain_faults():
        done = _last_done(step)
        return done.key if done else None


def worked_in(step: str) -> Mapping[int, datetime]:
    """The runs in which a step had something to do, by number, with when each began."""
    with plain_faults():
        done = StepRun.objects.filter(step=step, state=StepState.DONE.value).select_related("run")
        return {one.run_id: one.run.started_at for one in done.order_by("run_id")}


def steps_of(run: Run) -> tuple[StepRun, ...]:
    """What each step of a run did, in the order they came to it."""
    with plain_faults():
        return tuple(StepRun.objects.filter(run=run).order_by("id"))


def _begin(inputs: str, versions: Mapping[str, str], at: datetime | None) -> Run:
    run = Run.objects.create(
        id=next_number(Run.objects, "id"),
        inputs=inputs,
        state=RunState.UNDER_WAY.value,
        attempt=1,
        versions=dict(versions),
        started_at=at or timezone.now(),
    )
    work_on(Attempt(run.id, 1))
    audit.append("run.begun", f"run {run.id}", {"inputs": inputs}, at)
    return run


def _resume(run: Run, versions: Mapping[str, str]) -> Run:
    run.attempt, run.versions = run.attempt + 1, dict(versions)
    run.save(update_fields=["attempt", "versions"])
    work_on(Attempt(run.id, run.attempt))
    return run


def _give_up(run: Run | None, at: datetime | None) -> None:
    if run is None:
        return
    run.state, run.finished_at = RunState.ABANDONED.value, at or timezone.now()
    run.save(update_fields=["state", "finished_at"])
    audit.append("run.abandoned", f"run {run.id}", {"why": "what it started from has changed"}, at)


def _note(run: Run, step: str, state: StepState, values: Mapping[str, object]) -> None:
    with ledger_transaction():
        StepRun.objects.update_or_create(run=run, step=step, defaults={**values, "state": state.value})


def _last_done(step: str) -> StepRun | None:
    return StepRun.objects.filter(step=step, state=StepState.DONE.value).order_by("-run_id").first()
