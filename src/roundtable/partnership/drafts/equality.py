"""An equality impact assessment of a scenario, for the public sector equality duty.

The duty and the nine protected characteristics: Equality Act 2010, sections 149 and 4. The folder holds
no figures by characteristic: the draft gathers what is agreed, and leaves each effect to be written.
"""

from __future__ import annotations

from roundtable.partnership.drafts.checked import wrong_with
from roundtable.partnership.drafts.document import Document, Section, by_hand, said
from roundtable.partnership.drafts.facts import known, people
from roundtable.partnership.findings.finding import Severity
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import where

_CHARACTERISTICS = (
    "Age",
    "Disability",
    "Gender reassignment",
    "Marriage and civil partnership",
    "Pregnancy and maternity",
    "Race",
    "Religion or belief",
    "Sex",
    "Sexual orientation",
)


def draft_equality(study: Study, identifier: str) -> Document:
    """The draft for one scenario.

    Raises:
        SettingUnusable: there is no such scenario.
    """
    partnership = study.partnership
    known(identifier, [one.id for one in partnership.scenarios], "scenario")
    scenario = partnership.scenario(identifier)
    source = where(partnership, Kind.SCENARIO, scenario.id)
    factors = {factor.id for factor in scenario.factors}
    services = [
        one for one in partnership.services if any(effect.factor in factors for effect in one.effects)
    ]
    ages = [
        f"{one.name}: {one.age_from if one.age_from is not None else 'any age'} to {one.age_to or 'any age'}"
        for one in services
        if one.age_from is not None or one.age_to is not None
    ]
    what = (
        said("What is proposed", scenario.story, f"{source}, story"),
        said("Who leads", partnership.agency(scenario.lead).name, f"{source}, lead"),
        said("Who is affected", people(scenario), f"{source}, population"),
        said("What makes them vulnerable", scenario.vulnerability, f"{source}, vulnerability"),
        said(
            "Outcomes sought",
            [partnership.outcome(one).name for one in scenario.outcomes],
            f"{source}, outcomes",
        ),
    )
    access = (
        said(
            "Who may have each service",
            [f"{one.name}: {one.eligibility}" for one in services],
            "services/, eligibility",
        ),
        said("Limits of age", ages, "services/, age_from, age_to"),
        said("Known defects of the data", _defects(partnership, identifier), "datasets/, knownDefects"),
        by_hand("Who is missing from the data, and what that does to them"),
    )
    return Document(
        title="Equality impact assessment",
        about=scenario.title,
        rests_on="Equality Act 2010, section 149 (public sector equality duty) and section 4",
        status="The characteristics are as recalled and were not checked against the Act.",
        sections=(
            Section("1. What is assessed", what),
            Section("2. Evidence and access", access),
            Section(
                "3. Effects, characteristic by characteristic",
                tuple(by_hand(name) for name in _CHARACTERISTICS),
                note="For each: what is known, whether the effect is good, bad or none, and what is done.",
            ),
            Section(
                "4. The three aims of the duty",
                (
                    by_hand("Eliminating discrimination, harassment and victimisation"),
                    by_hand("Advancing equality of opportunity"),
                    by_hand("Fostering good relations"),
                ),
            ),
            Section(
                "5. Decision",
                (by_hand("Outcome and action"), by_hand("Reviewed on"), by_hand("Signed (post, date)")),
                note="Posts sign, not the product.",
            ),
        ),
        as_of=partnership.charter.as_of,
        partnership=partnership.charter.name,
        wrong=wrong_with(study, Kind.SCENARIO, scenario.id, least=Severity.MEDIUM),
    )


def _defects(partnership: Partnership, scenario: str) -> list[str]:
    names = sorted({name for need in partnership.scenario(scenario).needs for name in need.datasets})
    datasets = [partnership.dataset(name) for name in names]
    return [f"{one.name}: {defect}" for one in datasets for defect in one.terms.known_defects]
