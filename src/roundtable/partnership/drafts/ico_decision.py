"""The Information Commissioner's request and decision form (data sharing code, Annex B), for one need.

The first part is the request; the second is the decision, which a named post makes, gives reasons for
and signs. A refusal is a decision like any other.
"""

from __future__ import annotations

from roundtable.partnership.drafts.document import Answer, Document, Section, by_hand, said
from roundtable.partnership.drafts.facts import REGIMES, AgreementFacts, post
from roundtable.partnership.drafts.wanted import Wanted, wanted_of
from roundtable.partnership.model.agreement import Regime
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, where


def draft_ico_decision(study: Study, identifier: str) -> Document:
    """The draft for one data need, with the latest decision about it where there is one.

    Raises:
        SettingUnusable: there is no such need.
    """
    partnership = study.partnership
    wanted = wanted_of(study, identifier)
    return Document(
        title="Data sharing request and decision",
        about=f"{partnership.agency(wanted.need.agency).name}: {wanted.need.decision}",
        rests_on="The Information Commissioner's data sharing code of practice, Annex B",
        status="The questions were read in extracts of the form; wording here is our own.",
        sections=(_request(wanted), _law(wanted), _handling(wanted), _decision(wanted)),
        as_of=partnership.charter.as_of,
        partnership=partnership.charter.name,
        wrong=wanted.wrong(),
    )


def _request(wanted: Wanted) -> Section:
    need = wanted.need
    requested = [f"{', '.join(need.fields)} (one row for each {need.granularity})"]
    return Section(
        "The request",
        (
            said(
                "Organisation that asks", wanted.partnership.agency(need.agency).name, wanted.source("agency")
            ),
            said("Organisations that are asked", wanted.holders(), "datasets/, createdBy"),
            by_hand("Post that asks, and date"),
            said("Data requested", requested, wanted.source("fields")),
            said("Kind of data", wanted.kinds_of_data(), "datasets/"),
            said("Whether an agreement is in place", wanted.in_place(), _agreements(wanted)),
            said("Purpose", need.decision, wanted.source("decision")),
            said("Why it is necessary", need.impact_if_not_given, wanted.source("impact_if_not_given")),
            said("The least that would do", need.minimum_alternative, wanted.source("minimum_alternative")),
            said(
                "Date required", day(need.wanted_by) if need.wanted_by else None, wanted.source("wanted_by")
            ),
        ),
    )


def _agreements(wanted: Wanted) -> str:
    """The files that say whether one is in place."""
    names = sorted({one.agreement for one in wanted.checks if one.agreement})
    return ", ".join(where(wanted.partnership, Kind.AGREEMENT, name) for name in names) or "agreements/"


def _law(wanted: Wanted) -> Section:
    facts = wanted.agreement
    part_3 = facts is not None and facts.agreement.basis.regime is Regime.LAW_ENFORCEMENT
    basis = facts.agreement.basis if facts else None

    def law(question: str, value: object, key: str) -> Answer:
        """What the agreement says, marked where nobody has verified it."""
        return said(question, value, wanted.law_source(key), unverified=bool(facts and facts.law_unverified))

    return Section(
        "The law",
        (
            law("Relationship of the controllers", facts and facts.parties(), "parties"),
            law("Lawful basis", basis and basis.article_6, "basis.article_6"),
            law(
                "Conditions for special category or criminal data",
                basis and basis.article_9,
                "basis.article_9",
            ),
            law("Schedule 1 condition", basis and basis.schedule_1, "basis.schedule_1"),
            law("Part 3 provisions", REGIMES[Regime.LAW_ENFORCEMENT] if part_3 else None, "basis.regime"),
            law("Legal power", facts and facts.law(), "basis.gateways"),
        ),
        note=wanted.law_note(),
    )


def _handling(wanted: Wanted) -> Section:
    facts = wanted.agreement
    agreement = facts.agreement if facts else None

    def kept(question: str, value: object, key: str) -> Answer:
        return said(question, value, wanted.law_source(key))

    return Section(
        "Handling",
        (
            kept(
                "Impact assessment",
                agreement and agreement.basis.impact_assessment,
                "basis.impact_assessment",
            ),
            by_hand("Views of the data protection officer"),
            kept("Retention and deletion", _kept(facts), "retention_days, disposal"),
            kept("Security", agreement and agreement.security, "security"),
            kept("People's rights", agreement and agreement.rights, "rights"),
            kept("Dates and intervals", facts and facts.dates(), "starts, ends, review_by"),
        ),
    )


def _kept(facts: AgreementFacts | None) -> list[str]:
    if facts is None:
        return []
    return [line for line in (facts.retention(), facts.agreement.disposal) if line]


def _decision(wanted: Wanted) -> Section:
    made = wanted.decisions()
    if not made:
        questions = ("Decision", "Reasons for sharing or not sharing", "Decision taken by", "Signed", "Date")
        return Section("The decision", tuple(by_hand(question) for question in questions))
    meeting, decision = made[0]
    source = where(wanted.partnership, Kind.DECISION, decision.id)
    gateway = wanted.partnership.gateway(decision.gateway).title if decision.gateway else None
    return Section(
        "The decision",
        (
            said("Decision", f"{decision.question} {decision.verdict.capitalize()}.", source),
            said("Reasons for sharing or not sharing", decision.reason, source),
            said("Power it rests on", gateway, source, unverified=True),
            said("Where a child is concerned: why sharing would harm more", decision.detriment, source),
            said("Decision taken by", post(wanted.partnership, decision.by), source),
            said("Date", day(meeting.on), source),
            by_hand("Signed"),
        ),
        note="Posts sign, not the product.",
    )
