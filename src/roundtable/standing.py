"""Where a partnership stands: what has run, what of the data is in, and what is the matter with the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from roundtable.data.intake.concerns import Concern, concerns
from roundtable.data.lake import Lake
from roundtable.data.subjects.made_under import may_be_shown
from roundtable.governance.clock import Clock
from roundtable.governance.permission import permitted_for_any_purpose
from roundtable.ledger import deliveries, runs
from roundtable.ledger.database import ledger_exists, open_ledger
from roundtable.ledger.models import DeliveryStatus, RunState
from roundtable.pages.numbers import plural
from roundtable.partnership.brief.contents import LateData
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.whole import Partnership
from roundtable.pipeline import permits_of_steps, withheld_today

_DAYS = {"d": 1, "day": 1, "days": 1, "m": 31, "month": 31, "months": 31, "y": 366, "yr": 366, "years": 366}


@dataclass(frozen=True)
class StepStanding:
    """What a step did in the last run."""

    name: str
    told: str


@dataclass(frozen=True)
class Standing:
    """Where a partnership stands today.

    Attributes:
        told: what has run, in a sentence.
        steps: what each step did in the last run.
        deliveries: what was taken in and what is withheld or missing, in lines under headings.
        concerns: what is the matter with each partner's data, and what to do about it.
    """

    told: str
    steps: tuple[StepStanding, ...]
    deliveries: dict[str, tuple[str, ...]]
    concerns: tuple[Concern, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same for a machine."""
        steps = [{"name": step.name, "told": step.told} for step in self.steps]
        matters = [one.as_json() for one in self.concerns]
        return {"told": self.told, "steps": steps, "deliveries": self.deliveries, "partners": matters}


def standing(partnership: Partnership, clock: Clock) -> Standing:
    """Look, and change nothing: where there has been no run, no ledger is made.

    Args:
        partnership: what is agreed.
        clock: the trusted clock, by which data are late and agreements in force.
    """
    day = clock().date()
    if not ledger_exists(partnership.folder):
        waiting = _named({"Nothing received yet": _missing(partnership, set(), day)})
        return Standing("Nothing has run yet: start with `roundtable run`.", (), waiting)
    open_ledger(partnership.folder, partnership.charter.id)
    late = [(one.dataset, one.what) for one in _late(partnership, day)]
    matters = concerns(partnership, deliveries.every_delivery(), late, received=deliveries.received_at())
    return Standing(_last_run(partnership), _steps(partnership), _of_deliveries(partnership, day), matters)


def _last_run(partnership: Partnership) -> str:
    run, snapshot = runs.last_run(), Lake(partnership.folder).current_snapshot()
    if run is None:
        return f"Nothing has been worked out yet; the lake is at snapshot {snapshot}."
    told = f"Run {run.id} is {run.state} (attempt {run.attempt}); the lake is at snapshot {snapshot}."
    if run.state == RunState.UNDER_WAY.value:
        told += " If nothing is working at it now, it was stopped: the next `roundtable run` goes on with it."
    if not may_be_shown(Lake(partnership.folder)):
        told += " What it counted is not shown: deliveries, seals or requests came since. `roundtable run`."
    return told


def _steps(partnership: Partnership) -> tuple[StepStanding, ...]:
    run = runs.last_run()
    if run is None:
        return ()
    shown = may_be_shown(Lake(partnership.folder))
    return tuple(
        StepStanding(one.step, f"{one.state}: {one.reason}" + (f", {one.rows:,} rows" if shown else ""))
        for one in runs.steps_of(run)
    )


def _of_deliveries(partnership: Partnership, day: date) -> dict[str, tuple[str, ...]]:
    every = deliveries.every_delivery()
    accepted = [one for one in every if one.status is DeliveryStatus.ACCEPTED]
    held = {one.dataset for one in accepted}
    return _named(
        {
            "Taken in": _taken_in(accepted),
            "Withheld today": list(withheld_today(permits_of_steps(partnership, day))),
            "Nothing received yet": _missing(partnership, held, day),
        }
    )


def _taken_in(accepted: Sequence[deliveries.DeliveryRecord]) -> list[str]:
    """A line for each dataset: a county's three hundred files are no list that anybody reads."""
    found: dict[str, list[deliveries.DeliveryRecord]] = {}
    for one in accepted:
        found.setdefault(one.dataset, []).append(one)
    lines = []
    for dataset, several in sorted(found.items()):
        received = sum(one.rows_received for one in several)
        kept = sum(one.rows_kept for one in several)
        aside = sum(one.rows_quarantined for one in several)
        rows = f"{kept:,} of {plural(received, 'row')} kept, {aside:,} in quarantine"
        if kept == received:
            rows = f"{plural(received, 'row')}, all kept"
        lines.append(f"{dataset}: {plural(len(several), 'delivery', 'deliveries')}, {rows}")
    return lines


def _named(lines: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {heading: tuple(found) for heading, found in lines.items() if found}


def _missing(partnership: Partnership, held: set[str], day: date) -> list[str]:
    """Datasets that could be taken in today and of which nothing has come."""
    return [
        f"{one.id}: an agreement lets it in, and nothing has come"
        for one in partnership.datasets
        if one.id not in held
        and any(
            table.terms.canonical is not None
            and permitted_for_any_purpose(partnership, one.id, table.name, day).granted
            for table in one.schema_
        )
    ]


def late_data(partnership: Partnership, clock: Clock) -> tuple[LateData, ...]:
    """What is late by its contract; nothing before the first run."""
    if not ledger_exists(partnership.folder):
        return ()
    open_ledger(partnership.folder, partnership.charter.id)
    return tuple(_late(partnership, clock().date()))


def _late(partnership: Partnership, day: date) -> list[LateData]:
    """Datasets whose contract promises a frequency that the last delivery has not kept."""
    found = []
    for dataset in partnership.datasets:
        every = _promised_days(dataset)
        last = deliveries.last_received(dataset.id)
        if every is not None and last is not None and (day - last.date()).days > every:
            age = (day - last.date()).days
            what = f"promised every {every} days, last received {age} days ago"
            found.append(LateData(dataset.id, what))
    return found


def _promised_days(dataset: Dataset) -> int | None:
    for promise in dataset.sla_properties:
        unit = _DAYS.get((promise.unit or "").lower())
        if promise.property == "frequency" and unit and isinstance(promise.value, int | float | str):
            try:
                return int(float(promise.value) * unit)
            except ValueError:
                return None
    return None
