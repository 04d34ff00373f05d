"""A data-share request, in the 21 questions of the government Data Marketplace.

The questions are those of its published question set; the code lists behind some of them are the form's.
"""

from __future__ import annotations

from roundtable.partnership.drafts.document import Answer, Document, Section, by_hand, said
from roundtable.partnership.drafts.facts import REGIMES
from roundtable.partnership.drafts.wanted import NO_AGREEMENT, Wanted, wanted_of
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day

QUESTIONS = 21


def draft_share_request(study: Study, identifier: str) -> Document:
    """The draft for one data need.

    Raises:
        SettingUnusable: there is no such need.
    """
    partnership = study.partnership
    wanted = wanted_of(study, identifier)
    who = partnership.agency(wanted.need.agency).name
    return Document(
        title="Request for data",
        about=f"{who}: {wanted.need.decision}",
        rests_on="The data-share request question set of the government Data Marketplace (21 questions)",
        status="The questions were read in its published code; wording here is our own.",
        sections=(_data(wanted), _purpose(wanted), _law(wanted), _handling(wanted)),
        as_of=partnership.charter.as_of,
        partnership=partnership.charter.name,
        wrong=wanted.wrong(),
    )


def _data(wanted: Wanted) -> Section:
    need = wanted.need
    subjects = sorted({str(one.terms.subjects) for one in wanted.datasets})
    required = [f"Fields: {', '.join(need.fields)}", f"One row for each {need.granularity}"]
    if need.max_age_days is not None:
        required.append(f"No older than {need.max_age_days:g} days")
    return Section(
        "The data",
        (
            said("1. Type of data", wanted.kinds_of_data(), "datasets/"),
            said("2. Data subjects", subjects, "datasets/, subjects"),
            said("5. Data required", required, wanted.source("fields, granularity, max_age_days")),
        ),
    )


def _purpose(wanted: Wanted) -> Section:
    need, facts = wanted.need, wanted.agreement
    benefits = facts.agreement.benefits if facts else None
    wanted_by = day(need.wanted_by) if need.wanted_by else None
    return Section(
        "What it is for",
        (
            said("3. Aims of the project", wanted.scenario.situation, "scenarios/, situation"),
            said("4. How the data will help", need.decision, wanted.source("decision")),
            said("6. Public benefit", benefits, wanted.law_source("benefits")),
            said("7. Other organisations with access", _others(wanted), "agreements/, parties"),
            said(
                "8. If the data are not given", need.impact_if_not_given, wanted.source("impact_if_not_given")
            ),
            said("9. Date required", wanted_by, wanted.source("wanted_by")),
        ),
    )


def _others(wanted: Wanted) -> list[str]:
    facts = wanted.agreement
    if facts is None:
        return []
    own = wanted.partnership.agency(wanted.need.agency).name
    return [name for name in facts.named(receives=True) if name != own]


def _law(wanted: Wanted) -> Section:
    facts = wanted.agreement
    if facts is None:
        questions = (
            *("10. Legal power", "11. Which power", "12. Legal review", "13. Lawful basis (Article 6)"),
            *("14. Special category condition (Article 9)", "15. Substantial public interest condition"),
        )
        return Section(
            "The law",
            tuple(Answer(question, sources=(NO_AGREEMENT,)) for question in questions),
            note=wanted.law_note(),
        )
    basis, law = facts.agreement.basis, facts.law_unverified
    power = "Yes" if basis.gateways else None
    review = f"Verified on {day(basis.verified_on)}" if basis.verified_on and basis.verified_by else None
    article_6 = basis.article_6 or (REGIMES[basis.regime] if basis.regime == "dpa_2018_part_3" else None)
    return Section(
        "The law",
        (
            said("10. Legal power", power, facts.source("basis.gateways"), unverified=law),
            said("11. Which power", facts.law(), facts.source("basis.gateways"), unverified=law),
            said("12. Legal review", review, facts.source("basis.verified_by")),
            said("13. Lawful basis (Article 6)", article_6, facts.source("basis.article_6"), unverified=law),
            said(
                "14. Special category condition (Article 9)",
                basis.article_9,
                facts.source("basis.article_9"),
                unverified=law,
            ),
            said(
                "15. Substantial public interest condition",
                basis.schedule_1,
                facts.source("basis.schedule_1"),
                unverified=law,
            ),
        ),
        note=wanted.law_note(),
    )


def _handling(wanted: Wanted) -> Section:
    facts = wanted.agreement
    agreement = facts.agreement if facts else None

    def from_agreement(question: str, value: object, key: str) -> Answer:
        return said(question, value, wanted.law_source(key))

    roles = [p.role for p in agreement.parties if p.agency == wanted.need.agency] if agreement else []
    return Section(
        "Handling",
        (
            from_agreement(
                "16. Whether it leaves the United Kingdom, and to where",
                agreement and agreement.transfers_abroad,
                "transfers_abroad",
            ),
            from_agreement("17. Role of the organisation", [r.replace("_", " ") for r in roles], "parties"),
            from_agreement(
                "18. Data protection review",
                agreement and agreement.basis.impact_assessment,
                "basis.impact_assessment",
            ),
            from_agreement("19. Disposal", agreement and agreement.disposal, "disposal"),
            from_agreement("20. Security review", agreement and agreement.security, "security"),
            by_hand("21. Delivery: how the data would be sent"),
        ),
    )
