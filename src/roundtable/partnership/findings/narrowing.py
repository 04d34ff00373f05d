"""The findings that concern one agency, or one scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from roundtable.errors import Problem, SettingUnusable
from roundtable.partnership.findings.finding import Finding
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.nearest import nearest
from roundtable.partnership.study import Study


def concerning(
    study: Study, found: Iterable[Finding], *, agency: str | None = None, scenario: str | None = None
) -> tuple[Finding, ...]:
    """Those of the findings that concern an agency and a scenario, in the order given; None asks for all.

    A finding concerns a scenario when it is about the scenario itself, about something written in it, or
    about a dataset, agreement or service that a need of the scenario would use.

    Raises:
        SettingUnusable: when the partnership has no such agency or scenario.
    """
    partnership = study.partnership
    _require(partnership, "--agency", agency, [one.id for one in partnership.agencies])
    _require(partnership, "--scenario", scenario, [one.id for one in partnership.scenarios])
    things = study.shared(_things).get(scenario or "", frozenset())
    return tuple(
        one
        for one in found
        if (agency is None or agency in one.agencies or agency in one.cleared_by)
        and (scenario is None or one.about in things)
    )


def _require(partnership: Partnership, option: str, wanted: str | None, known: list[str]) -> None:
    if wanted is None or wanted in known:
        return
    near = nearest(wanted, known)
    suggestion = f"Did you mean '{near}'? " if near else ""
    kind = option.removeprefix("--")
    raise SettingUnusable(
        Problem(
            place=partnership.place(Kind.PARTNERSHIP, partnership.charter.id),
            rule="unknown-name",
            what=f"{option}: the partnership has no {kind} '{wanted}'",
            remedy=f"{suggestion}The files in {_FOLDERS[kind]}/ name what there is.",
        )
    )


_FOLDERS = {"agency": "agencies", "scenario": "scenarios"}


def _things(study: Study) -> Mapping[str, frozenset[tuple[Kind, str]]]:
    return {one.id: frozenset(_of(study.partnership, one)) for one in study.partnership.scenarios}


def _of(partnership: Partnership, scenario: Scenario) -> Iterator[tuple[Kind, str]]:
    yield Kind.SCENARIO, scenario.id
    yield from ((Kind.NEED, need.id) for need in scenario.needs)
    yield from ((Kind.RISK, risk.id) for risk in scenario.risks)
    yield from ((Kind.FACTOR, factor.id) for factor in scenario.factors)
    yield from ((Kind.OUTCOME, outcome) for outcome in scenario.outcomes)
    yield from ((Kind.ROLE, post) for risk in scenario.risks for post in risk.lead_posts)
    datasets = {dataset for need in scenario.needs for dataset in need.datasets}
    yield from ((Kind.DATASET, dataset) for dataset in sorted(datasets))
    for agreement in partnership.agreements:
        granted = {grant.dataset for grant in agreement.grants}
        if scenario.id in agreement.scenarios or (not agreement.scenarios and granted & datasets):
            yield Kind.AGREEMENT, agreement.id
    factors = {need.factor for need in scenario.needs}
    steps = {step.service for step in scenario.journey}
    for service in partnership.services:
        if service.id in steps or any(effect.factor in factors for effect in service.effects):
            yield Kind.SERVICE, service.id
