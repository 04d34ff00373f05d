"""Insight without action: what would be known and could not be used, because nobody can act on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.findings.needs import wanted
from roundtable.partnership.joins.services import Option, Room, options, running, why_not_running
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Service
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, decision_of, listed, where

NO_SERVICE = Rule(
    "need-no-service",
    "A need that nobody can act on",
    Severity.HIGH,
    "The need is about a factor that no running service changes. To know it would change nothing: insight "
    "that nobody can act on costs privacy and buys no safety.",
)
NO_ROOM = Rule(
    "service-no-room",
    "Data wanted for a service that is full",
    Severity.MEDIUM,
    "Decisions wait for data about something that only services without room could change. Until there is "
    "room, more data lengthen the queue or change who is first in it: the table should say which it wants.",
)
RULES = (NO_SERVICE, NO_ROOM)


@dataclass(frozen=True)
class Stopped:
    """A need, or a dataset, that nobody could act on today.

    Attributes:
        kind: a need or a dataset.
        thing: its id.
        why: the reason: no running service, or services without room.
        needs: the ids of the needs behind it, in order.
    """

    kind: Kind
    thing: str
    why: str
    needs: tuple[str, ...]


def find(study: Study) -> Iterator[Finding]:
    """Every need without a running service, and every full service on which needs lean."""
    full: dict[str, list[DataNeed]] = {}
    for scenario, need in study.partnership.needs():
        found = options(study, need.factor)
        if not found:
            yield _no_service(study, scenario, need)
        elif all(option.room is Room.FULL for option in found):
            full.setdefault(found[0].service.id, []).append(need)
    for service, needs in sorted(full.items()):
        yield _no_room(study, service, needs)


def stop_list(study: Study) -> tuple[Stopped, ...]:
    """Needs, then datasets that only such needs ask for, that nobody could act on today; by id."""
    stopped = {
        need.id: why for _, need in study.partnership.needs() if (why := _why(options(study, need.factor)))
    }
    rows = [Stopped(Kind.NEED, need, why, (need,)) for need, why in sorted(stopped.items())]
    for dataset, needs in sorted(_asked_for(study).items()):
        if all(need in stopped for need in needs):
            rows.append(Stopped(Kind.DATASET, dataset, stopped[needs[0]], needs))
    return tuple(rows)


def _why(found: tuple[Option, ...]) -> str:
    if not found:
        return "no running service"
    return "no room in any service" if all(option.room is Room.FULL for option in found) else ""


def _asked_for(study: Study) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for _, need in study.partnership.needs():
        for dataset in need.datasets:
            found.setdefault(dataset, set()).add(need.id)
    return {dataset: tuple(sorted(needs)) for dataset, needs in found.items()}


def _no_service(study: Study, scenario: Scenario, need: DataNeed) -> Finding:
    partnership = study.partnership
    said, cases = wanted(partnership, study.facts, scenario, need)
    label = partnership.factor(need.factor).label
    nobody = evidence(partnership, Kind.FACTOR, need.factor, f"No running service changes '{label}'.")
    return NO_SERVICE.finding(
        f"{partnership.agency(need.agency).name} wants to know about '{label}', and no running service "
        f"changes it.",
        (Kind.NEED, need.id),
        agencies=(need.agency, scenario.lead),
        evidence=(*said, nobody, *_asleep(study, need), *cases),
        remedy=(
            f"Add '{need.factor}' to the 'effects' of a service that changes it, or write that service in "
            f"services/; if there is none and will be none, delete the need from "
            f"{where(partnership, Kind.NEED, need.id)}."
        ),
        cleared_by=(need.agency, scenario.lead),
    )


def _asleep(study: Study, need: DataNeed) -> Iterator[Evidence]:
    """Services that would change it, and do not run."""
    for service in study.shared(_not_running).get(need.factor, ()):
        why = why_not_running(study.partnership, service)
        text = f"'{service.name}' would change it, and {why}."
        yield evidence(study.partnership, Kind.SERVICE, service.id, text)


def _not_running(study: Study) -> Mapping[str, list[Service]]:
    """The services that would change each factor, and do not run."""
    found: dict[str, list[Service]] = {}
    for service in study.partnership.services:
        if not running(study.partnership, service):
            for factor in {effect.factor for effect in service.effects}:
                found.setdefault(factor, []).append(service)
    return found


def _no_room(study: Study, service_id: str, needs: list[DataNeed]) -> Finding:
    partnership = study.partnership
    service = partnership.service(service_id)
    others = {option.service.name for need in needs for option in options(study, need.factor)} - {
        service.name
    }
    also = f" (nor has {listed(repr(name) for name in sorted(others))})" if others else ""
    rows = [
        evidence(partnership, Kind.NEED, need.id, f"{decision_of(need)} waits for it.")
        for need in sorted(needs, key=lambda one: one.id)
    ]
    return NO_ROOM.finding(
        f"Data are wanted for {counted(len(needs), 'decision')} that '{service.name}' has no room to act "
        f"on{also}.",
        (Kind.SERVICE, service_id),
        agencies=(service.provider, *(need.agency for need in needs)),
        evidence=tuple(rows),
        remedy=(
            f"Agree who is seen first and write it under 'eligibility', or make room and write the new "
            f"figures "
            f"under 'capacity', in {where(partnership, Kind.SERVICE, service_id)}."
        ),
        cleared_by=(service.provider, *((service.commissioner,) if service.commissioner else ())),
    )
