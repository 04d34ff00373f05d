"""A data protection impact assessment, in the seven steps of the Information Commissioner's template."""

from __future__ import annotations

from roundtable.partnership.drafts.checked import wrong_with_agreement
from roundtable.partnership.drafts.document import Answer, Document, Section, by_hand, said
from roundtable.partnership.drafts.facts import REGIMES, AgreementFacts, facts_of, people
from roundtable.partnership.ladder import RUNGS
from roundtable.partnership.model.agency import RoleKind
from roundtable.partnership.model.risk import Risk, RiskKind
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.sharing.flows import is_personal
from roundtable.partnership.study import Study
from roundtable.partnership.wording import listed, where

_SHARING = (RiskKind.SHARING, RiskKind.NOT_SHARING)


def draft_impact_assessment(study: Study, identifier: str) -> Document:
    """The draft for one agreement.

    Raises:
        SettingUnusable: there is no such agreement.
    """
    facts = facts_of(study, identifier)
    return Document(
        title="Data protection impact assessment",
        about=facts.agreement.title,
        rests_on="The Information Commissioner's Office, sample DPIA template (seven steps)",
        status="The steps were read in extracts of the template and not checked against its latest edition.",
        sections=(
            _need(facts),
            _processing(facts),
            _consultation(facts),
            _necessity(facts),
            _risks(facts),
            _measures(facts),
            _sign_off(facts),
        ),
        as_of=study.partnership.charter.as_of,
        partnership=study.partnership.charter.name,
        first=_may_not_be_needed(facts),
        wrong=wrong_with_agreement(study, facts.agreement),
    )


def _may_not_be_needed(facts: AgreementFacts) -> tuple[str, ...]:
    """Why no assessment may be needed, where nothing that goes is personal data.

    UK GDPR Article 35(1): an assessment is asked for where processing of personal data is likely to
    result in a high risk to people.
    """
    if not facts.agreement.grants:
        return (
            "None may be needed: it lets no data through by itself. Each agreement under it that does may.",
        )
    if any(is_personal(one) for one in facts.datasets):
        return ()
    about = "; ".join(f"'{one.name}': {facts.subject(one).lower()}" for one in facts.datasets)
    return (
        "None may be needed: nothing that it lets through is treated as personal data here, and an "
        f"assessment is asked for where personal data are processed (UK GDPR Article 35). {about}.",
        "Small counts, and rows about a home, can still point to somebody: the data protection officers say.",
    )


def _need(facts: AgreementFacts) -> Section:
    stories = [f"{one.title}: {one.situation}" for one in facts.scenarios]
    return Section(
        "1. Why an assessment is needed",
        (
            said("What the project aims to achieve", facts.purposes(), facts.source("purposes")),
            said("The situation it answers", stories, facts.source("scenarios")),
            said("What the public gains", facts.agreement.benefits, facts.source("benefits")),
            by_hand("Why the need for an assessment was identified"),
        ),
    )


def _processing(facts: AgreementFacts) -> Section:
    agreement = facts.agreement
    volumes = [f"{one.title}: {told}" for one in facts.scenarios if (told := people(one))]
    frequency = [
        f"{one.name}: {promise.value} {promise.unit or ''}".strip()
        for one in facts.datasets
        for promise in one.sla_properties
        if promise.property == "frequency"
    ]
    return Section(
        "2. The processing",
        (
            said(
                "Nature: how the data are collected, used and passed",
                agreement.method,
                facts.source("method"),
            ),
            said("Nature: who gives and who receives", facts.parties(), facts.source("parties")),
            said("Scope: what data", facts.data_items(), facts.source("grants")),
            said("Scope: special category data", facts.sensitive("special_category"), "datasets/"),
            said("Scope: criminal offence data", facts.sensitive("criminal_offence"), "datasets/"),
            said("Scope: how many people", volumes, "scenarios/, population"),
            said("Scope: how often", frequency, "datasets/, slaProperties"),
            said("Scope: how long it is kept", facts.retention(), facts.source("retention_days")),
            said("Context: whom the data are about", facts.subjects(), "datasets/, subjects"),
            by_hand("Context: what people would expect, and whether they include children or others at risk"),
            said("Purposes", facts.purposes(), facts.source("purposes")),
        ),
    )


def _consultation(facts: AgreementFacts) -> Section:
    agencies = sorted({name for one in facts.scenarios for name in one.asserted.by})
    names = [facts.partnership.agency(name).name for name in agencies]
    return Section(
        "3. Consultation",
        (
            said("Who has been asked so far: agencies at the table", names, "scenarios/, asserted"),
            by_hand("When and how people themselves are asked, or why not"),
            by_hand("Who else must be involved: processors, security, experts"),
        ),
    )


def _necessity(facts: AgreementFacts) -> Section:
    agreement, basis = facts.agreement, facts.agreement.basis
    law = facts.law_unverified
    return Section(
        "4. Necessity and proportionality",
        (
            said("Regime", REGIMES[basis.regime], facts.source("basis.regime"), unverified=law),
            said("Legal powers and duties", facts.law(), facts.source("basis.gateways"), unverified=law),
            said(
                "Lawful basis (Article 6)", basis.article_6, facts.source("basis.article_6"), unverified=law
            ),
            said("Condition (Article 9)", basis.article_9, facts.source("basis.article_9"), unverified=law),
            said("Schedule 1 condition", basis.schedule_1, facts.source("basis.schedule_1"), unverified=law),
            said("Why it is necessary", basis.necessity, facts.source("basis.necessity")),
            by_hand("Whether there is another way to the same result"),
            said(
                "How purpose is kept from creeping",
                _limits(facts),
                facts.source("purposes, scenarios, rung, grants"),
            ),
            by_hand("What holds each receiver to this in practice, and who looks"),
            said("What people are told", basis.privacy_notice, facts.source("basis.privacy_notice")),
            said("How rights are met", agreement.rights, facts.source("rights")),
            said("Transfers abroad", agreement.transfers_abroad, facts.source("transfers_abroad")),
        ),
    )


def _limits(facts: AgreementFacts) -> list[str]:
    """What the agreement says its limits are, and that saying so holds nobody to it."""
    agreement = facts.agreement
    served = [f"'{one.title}'" for one in facts.scenarios]
    none = "It names no scenario, and so is limited to none."
    return [
        f"The agreement is for {listed(one.lower() for one in facts.purposes())}.",
        f"It serves {listed(served)}." if served else none,
        f"It stands on rung {agreement.rung.value} of the sharing ladder: {RUNGS[agreement.rung]}.",
        *(f"Columns that it names of {item}." for item in facts.data_items()),
        "That is what the agreement says. Nothing of it is enforced unless the data pass through Roundtable, "
        "and then only the columns and the purposes are looked at, when a file is taken in.",
    ]


def _risks(facts: AgreementFacts) -> Section:
    risks = [
        (scenario.id, risk)
        for scenario in facts.scenarios
        for risk in scenario.risks
        if risk.kind in _SHARING
    ]
    answers = [_risk(facts, scenario, risk) for scenario, risk in risks]
    blank = by_hand("Each source of risk, and what it could do to people: likelihood, severity, overall")
    return Section(
        "5. Risks",
        (*answers, blank),
        note="Risks of sharing, and of not sharing, as the scenarios have them. Scores are 1 to 5.",
    )


def _risk(facts: AgreementFacts, scenario: str, risk: Risk) -> Answer:
    scores = [f"Likelihood {risk.likelihood}"] if risk.likelihood else []
    if risk.impact:
        worst = max(risk.impact.health, risk.impact.social, risk.impact.economic, risk.impact.environmental)
        scores.append(f"worst impact {worst}")
    lines = [", ".join(scores) or "Not scored", f"Response: {risk.response or 'not decided'}"]
    return said(risk.statement, lines, where(facts.partnership, Kind.RISK, risk.id))


def _measures(facts: AgreementFacts) -> Section:
    agreement = facts.agreement
    return Section(
        "6. Measures",
        (
            said("Security", agreement.security, facts.source("security")),
            said("Disposal", agreement.disposal, facts.source("disposal")),
            by_hand(
                "For each risk: the measure, its effect, the risk that is left, and whether it is approved"
            ),
        ),
    )


def _sign_off(facts: AgreementFacts) -> Section:
    officers = facts.posts(RoleKind.DPO)
    return Section(
        "7. Sign-off",
        (
            by_hand("Measures approved by (post, date)"),
            by_hand("Residual risks approved by (post, date)"),
            said("Data protection officers of the parties", officers, "agencies/, roles"),
            by_hand("Advice of the data protection officer"),
            by_hand("Advice accepted or overruled by (post), and why"),
            by_hand("Consultation responses reviewed by (post), and why any was not followed"),
            said("Kept under review by", _contact(facts), facts.source("contact")),
        ),
        note="Posts sign, not the product.",
    )


def _contact(facts: AgreementFacts) -> list[str]:
    if facts.agreement.contact is None:
        return []
    agency, role = facts.partnership.role(facts.agreement.contact)
    return [f"{role.title}, {agency.name}"]
