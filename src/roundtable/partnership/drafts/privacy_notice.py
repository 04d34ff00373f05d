"""A privacy notice for the people whom an agreement is about (UK GDPR Articles 13 and 14)."""

from __future__ import annotations

from roundtable.partnership.drafts.checked import wrong_with_agreement
from roundtable.partnership.drafts.document import Document, Section, by_hand, said
from roundtable.partnership.drafts.facts import facts_of, post
from roundtable.partnership.drafts.plain_words import plain_time, still_to_be_put, what_is_shared
from roundtable.partnership.model.agency import RoleKind
from roundtable.partnership.model.agreement import PartyRole
from roundtable.partnership.study import Study

_CONTROLLERS = (PartyRole.CONTROLLER, PartyRole.JOINT_CONTROLLER)


def draft_privacy_notice(study: Study, identifier: str) -> Document:
    """The draft for one agreement.

    Raises:
        SettingUnusable: there is no such agreement.
    """
    facts = facts_of(study, identifier)
    partnership = study.partnership
    agreement, basis, law = facts.agreement, facts.agreement.basis, facts.law_unverified
    controllers = [
        partnership.agency(one.agency).name for one in agreement.parties if one.role in _CONTROLLERS
    ]
    kept = plain_time(agreement.retention_days).capitalize() if agreement.retention_days else None
    why = (
        said("Why we share information", facts.purposes(), facts.source("purposes")),
        said("What good it does", agreement.benefits, facts.source("benefits")),
        said(
            "What lets us",
            [one.title for one in facts.gateways],
            facts.source("basis.gateways"),
            unverified=law,
        ),
        said("Our lawful basis", basis.article_6, facts.source("basis.article_6"), unverified=law),
        said(
            "Our condition for sensitive data",
            basis.article_9,
            facts.source("basis.article_9"),
            unverified=law,
        ),
    )
    your_data = (
        what_is_shared(facts),
        *still_to_be_put(facts),
        said("Where it comes from", facts.named(gives=True), facts.source("parties")),
        said("Who receives it", facts.named(receives=True), facts.source("parties")),
        said("How long we keep it", kept, facts.source("retention_days")),
        said(
            "Whether it leaves the United Kingdom",
            agreement.transfers_abroad,
            facts.source("transfers_abroad"),
        ),
        by_hand("Whether a computer decides anything about you by itself"),
    )
    rights = (
        said("Your rights, and how to use them", agreement.rights, facts.source("rights")),
        by_hand("How to object, in plain words"),
        by_hand("How to complain to us, and to the Information Commissioner"),
    )
    who = (
        said("Who is responsible for your information", controllers, facts.source("parties")),
        said("Whom to ask", post(partnership, agreement.contact), facts.source("contact")),
        said("Data protection officers", facts.posts(RoleKind.DPO), "agencies/, roles"),
        by_hand("How to reach them: address, e-mail, telephone (these do not stand in the folder)"),
    )
    return Document(
        title="How we share information about you",
        about=agreement.title,
        rests_on="UK GDPR Articles 13 and 14",
        status="The list of what must be told is as recalled and was not checked against the Articles.",
        sections=(
            Section("Who we are", who),
            Section("Why we do it", why),
            Section("Your information", your_data),
            Section("Your rights", rights),
        ),
        as_of=partnership.charter.as_of,
        partnership=partnership.charter.name,
        wrong=wrong_with_agreement(study, facts.agreement),
    )
