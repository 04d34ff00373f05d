"""A tier-2 agreement: the short one for one purpose, under the partnership's protocol.

What the protocol says (rights, incidents, complaints) is not said again. The parts are those of the
Information Commissioner's data sharing code.
"""

from __future__ import annotations

from roundtable.partnership.drafts.checked import wrong_with_agreement
from roundtable.partnership.drafts.document import Answer, Document, Section, by_hand, said
from roundtable.partnership.drafts.facts import REGIMES, AgreementFacts, facts_of, post
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day


def draft_tier_two(study: Study, identifier: str) -> Document:
    """The draft of one agreement.

    Raises:
        SettingUnusable: there is no such agreement.
    """
    facts = facts_of(study, identifier)
    return Document(
        title="Information sharing agreement",
        about=facts.agreement.title,
        rests_on="The Information Commissioner's data sharing code of practice",
        status="The parts were read in extracts of the code and not checked against its latest edition.",
        sections=(
            _parties(facts),
            _what_for(facts),
            _data(facts),
            _law(facts),
            _running(facts),
            _signed(facts),
        ),
        as_of=study.partnership.charter.as_of,
        partnership=study.partnership.charter.name,
        wrong=wrong_with_agreement(study, facts.agreement),
    )


def _parties(facts: AgreementFacts) -> Section:
    parent = facts.agreement.parent
    title = facts.partnership.agreement(parent).title if parent else None
    return Section(
        "1. Parties",
        (
            said("The protocol that this stands under", title, facts.source("parent")),
            said("Parties, and what each is in law", facts.parties(), facts.source("parties")),
            said(
                "Point of contact", post(facts.partnership, facts.agreement.contact), facts.source("contact")
            ),
        ),
    )


def _what_for(facts: AgreementFacts) -> Section:
    basis = facts.agreement.basis
    return Section(
        "2. Purpose",
        (
            said("Purpose", facts.purposes(), facts.source("purposes")),
            said("The stories it serves", [one.title for one in facts.scenarios], facts.source("scenarios")),
            said("Benefit", facts.agreement.benefits, facts.source("benefits")),
            said("Why sharing is necessary", basis.necessity, facts.source("basis.necessity")),
        ),
    )


def _data(facts: AgreementFacts) -> Section:
    return Section(
        "3. Data",
        (
            said("Data items", facts.data_items(), facts.source("grants")),
            said("Whom they are about", facts.subjects(), "datasets/, subjects"),
            said("Special category data", facts.sensitive("special_category"), "datasets/"),
            said("Criminal offence data", facts.sensitive("criminal_offence"), "datasets/"),
            said("Method of sharing", facts.agreement.method, facts.source("method")),
        ),
    )


def _law(facts: AgreementFacts) -> Section:
    basis, law = facts.agreement.basis, facts.law_unverified
    policy = "The agreement says that one is in place" if basis.appropriate_policy_document else None
    return Section(
        "4. Legal footing",
        (
            said("Regime", REGIMES[basis.regime], facts.source("basis.regime"), unverified=law),
            said("Powers and duties", facts.law(), facts.source("basis.gateways"), unverified=law),
            said("Article 6", basis.article_6, facts.source("basis.article_6"), unverified=law),
            said("Article 9", basis.article_9, facts.source("basis.article_9"), unverified=law),
            said("Schedule 1", basis.schedule_1, facts.source("basis.schedule_1"), unverified=law),
            said("Appropriate policy document", policy, facts.source("basis.appropriate_policy_document")),
            said("Impact assessment", basis.impact_assessment, facts.source("basis.impact_assessment")),
            said("Privacy notice", basis.privacy_notice, facts.source("basis.privacy_notice")),
            said(
                "Footing verified by",
                post(facts.partnership, basis.verified_by),
                facts.source("basis.verified_by"),
            ),
        ),
    )


def _running(facts: AgreementFacts) -> Section:
    agreement = facts.agreement
    return Section(
        "5. Keeping, rights, security and review",
        (
            said("Retention", facts.retention(), facts.source("retention_days")),
            said("Disposal", agreement.disposal, facts.source("disposal")),
            said("Security", agreement.security, facts.source("security")),
            said("People's rights", agreement.rights, facts.source("rights")),
            said("Transfers abroad", agreement.transfers_abroad, facts.source("transfers_abroad")),
            said("Dates", facts.dates(), facts.source("starts, ends, review_by")),
        ),
    )


def _signed(facts: AgreementFacts) -> Section:
    answers: list[Answer] = []
    for party in facts.agreement.parties:
        name = facts.partnership.agency(party.agency).name
        who = post(facts.partnership, party.signed_by)
        if who and party.signed_on:
            answers.append(said(name, f"{who}, {day(party.signed_on)}", facts.source("parties")))
        else:
            answers.append(by_hand(f"{name} (post, signature, date)"))
    return Section("6. Signed for the parties", tuple(answers), note="Posts sign, not the product.")
