"""The serious-violence needs assessment: a first draft.

Police, Crime, Sentencing and Courts Act 2022, part 2, chapter 1 (section 8: duty to collaborate, to
identify the kinds and causes of serious violence, and to prepare and implement a strategy). Recalled, and
to be checked against the text in force and its statutory guidance before the paper is used.
"""

from __future__ import annotations

from roundtable.pages.tables import Column, Table, table
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.papers.paper import Gap, Paper, Part
from roundtable.partnership.papers.registers import (
    causes_table,
    improvements_of,
    improvements_table,
    outcomes_of,
    outcomes_table,
    places_table,
    services_of,
    services_table,
    uncounted,
)
from roundtable.partnership.study import Study
from roundtable.partnership.wording import figure, listed, named

BASIS = (
    "Police, Crime, Sentencing and Courts Act 2022, part 2, chapter 1, section 8. Not verified by a "
    "named post."
)
DUTY = "pcsc22."
#: The row of the table of gateways whose kinds are those of the specified authorities (schedule 1).
SPECIFIED = "pcsc22.s8"


def serious_violence(study: Study) -> Paper:
    """The draft, over the scenarios that the duty touches."""
    partnership = study.partnership
    scenarios = touched(partnership)
    return Paper(
        name="serious-violence-needs-assessment",
        title=f"{partnership.charter.name}: strategic needs assessment of serious violence",
        basis=BASIS,
        parts=(
            _definition(scenarios),
            _authorities(partnership, scenarios),
            _told(scenarios),
            _kinds(study, scenarios),
            _who_is_harmed(scenarios),
            _causes(partnership, scenarios),
            _response(partnership, scenarios),
            _data(partnership, scenarios),
            _strategy(partnership, scenarios),
        ),
        signed_by=("Each specified authority's accountable post",),
        as_of=partnership.charter.as_of,
    )


def touched(partnership: Partnership) -> tuple[Scenario, ...]:
    """Scenarios with a risk held under the duty, or an agreement made for it, in order of their ids."""
    under_agreement = {
        scenario
        for agreement in partnership.agreements
        if Purpose.SERIOUS_VIOLENCE_DUTY in agreement.purposes
        for scenario in agreement.scenarios
    }
    return tuple(
        one
        for one in partnership.scenarios
        if one.id in under_agreement
        or any(risk.joint_duty and risk.joint_duty.duty.startswith(DUTY) for risk in one.risks)
    )


def _definition(scenarios: tuple[Scenario, ...]) -> Part:
    """What the authorities have to agree, which no story is: only that nobody has written it down."""
    gaps = [Gap("What this area means by serious violence, as the authorities agree it.", "the authorities")]
    if not scenarios:
        gaps.append(Gap("A scenario that the duty touches.", "scenarios/, or an agreement for that purpose"))
    return Part("What we mean by serious violence", "section 13", gaps=tuple(gaps))


def _told(scenarios: tuple[Scenario, ...]) -> Part:
    stories = tuple(f"{one.title}. {one.situation}" for one in scenarios)
    return Part("What the table has told", paragraphs=stories)


def _authorities(partnership: Partnership, scenarios: tuple[Scenario, ...]) -> Part:
    """Specified authorities are of the kinds that the row of section 8 lists; others take part with them."""
    rows = [row for row in partnership.gateways if row.id == SPECIFIED]
    kinds = {kind for row in rows for kind in row.provider_kinds}
    here = [one for one in partnership.agencies if one.existed_on(partnership.charter.as_of)]
    holders = [one for one in here if one.kind in kinds and SPECIFIED in one.duties]
    unsaid = [one for one in here if one.kind in kinds and SPECIFIED not in one.duties]
    part = _taking_part(partnership, scenarios) - {one.id for one in holders}
    others = [one for one in here if one.id in part]
    told = []
    if holders:
        told.append(f"Specified authorities at the table: {listed(one.name for one in holders)}.")
    if others:
        told.append(f"Taking part beside them: {listed(one.name for one in others)}.")
    told += [
        f"Who is specified was read from '{row.title}' ({row.status}) in the table of gateways."
        for row in rows
    ]
    gaps = [] if holders else [Gap("Which agencies hold the duty.", "agencies/, 'duties'")]
    if unsaid and holders:
        what = (
            f"Whether the duty binds {listed(one.name for one in unsaid)}, of a kind that the section names."
        )
        gaps.append(Gap(what, f"agencies/, '{SPECIFIED}' in 'duties'"))
    return Part(
        "Who holds the duty", "sections 8 and 11, schedule 1", paragraphs=tuple(told), gaps=tuple(gaps)
    )


def _taking_part(partnership: Partnership, scenarios: tuple[Scenario, ...]) -> set[str]:
    """Whoever another section of the duty binds, or who leads, works on or is bound to what it touches."""
    found = {one.id for one in partnership.agencies if any(duty.startswith(DUTY) for duty in one.duties)}
    for scenario in scenarios:
        found.add(scenario.lead)
        for risk in scenario.risks:
            found |= {*risk.raci.responsible, *risk.raci.consulted}
            found |= set(risk.joint_duty.holders) if risk.joint_duty else set()
    return found


def _kinds(study: Study, scenarios: tuple[Scenario, ...]) -> Part:
    outcomes = outcomes_of(study.partnership, scenarios)
    places = places_table(study.facts)
    gaps = list(uncounted(study.facts, outcomes))
    gaps.append(
        Gap(
            "Kinds finer than the open data's one category of violence and sexual offences.",
            "an agreement for counts by offence",
        )
    )
    if places is None:
        gaps.append(Gap("Where it happens: nothing has been measured.", "`roundtable run`"))
    tables = (outcomes_table(study.partnership, study.facts, outcomes), *((places,) if places else ()))
    return Part(
        "Kinds of serious violence, how much and where", "section 8(2)", tables=tables, gaps=tuple(gaps)
    )


def _who_is_harmed(scenarios: tuple[Scenario, ...]) -> Part:
    columns = (
        Column("Scenario", header=True),
        Column("Who"),
        Column("How many"),
        Column("Source"),
    )
    rows = [
        (
            one.title,
            one.vulnerability,
            f"{_amount(one.population.value)} {one.population.unit}",
            one.population.source,
        )
        for one in scenarios
    ]
    return Part(
        "Who is harmed",
        "section 8(2)",
        tables=(table("people", "Whom the scenarios are about", columns, rows),) if rows else (),
        gaps=(Gap("Ages, sexes and ethnicities of those harmed and of those who harm.", "the analysts"),),
    )


def _amount(value: float | str) -> str:
    return value if isinstance(value, str) else figure(value)


def _causes(partnership: Partnership, scenarios: tuple[Scenario, ...]) -> Part:
    tables = (causes_table(partnership, scenarios),) if scenarios else ()
    return Part("Causes", "section 8(2)", tables=tables)


def _response(partnership: Partnership, scenarios: tuple[Scenario, ...]) -> Part:
    services = services_of(partnership, scenarios)
    tables = (services_table(partnership, services),) if services else ()
    return Part("What is done today", tables=tables)


def _data(partnership: Partnership, scenarios: tuple[Scenario, ...]) -> Part:
    tables = (_needs(partnership, scenarios),) if any(one.needs for one in scenarios) else ()
    return Part("What we can and cannot know", "sections 16 and 17", tables=tables)


def _needs(partnership: Partnership, scenarios: tuple[Scenario, ...]) -> Table:
    columns = (
        Column("Who needs it", header=True),
        Column("For what"),
        Column("Known today, %", numeric=True),
        Column("Without it"),
    )
    rows = [
        (
            named(partnership, [need.agency]),
            need.decision,
            "unknown" if need.current_level is None else f"{need.current_level * 100:.0f}",
            need.impact_if_not_given,
        )
        for one in scenarios
        for need in one.needs
    ]
    return table("needs", "What partners would like to know", columns, rows)


def _strategy(partnership: Partnership, scenarios: tuple[Scenario, ...]) -> Part:
    improvements = improvements_of(partnership, scenarios)
    return Part(
        "Towards a strategy",
        "section 8(3)",
        tables=(improvements_table(partnership, improvements),) if improvements else (),
        gaps=(Gap("How the strategy is kept under review, and where it is published.", "the authorities"),),
    )
