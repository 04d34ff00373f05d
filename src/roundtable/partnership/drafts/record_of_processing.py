"""An agency's record of processing: UK GDPR Article 30, and Data Protection Act 2018 section 61.

One section a sharing agreement that the agency is party to. What an agency processes by itself alone is
not in the folder and is for its own record.
"""

from __future__ import annotations

from roundtable.partnership.drafts.document import Answer, Document, Section, by_hand, said
from roundtable.partnership.drafts.facts import REGIMES, AgreementFacts, known
from roundtable.partnership.model.agency import RoleKind
from roundtable.partnership.model.agreement import Regime, Tier
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import where


def draft_record_of_processing(partnership: Partnership, identifier: str) -> Document:
    """The draft for one agency.

    Raises:
        SettingUnusable: there is no such agency.
    """
    known(identifier, [one.id for one in partnership.agencies], "agency")
    agency = partnership.agency(identifier)
    source = where(partnership, Kind.AGENCY, agency.id)
    officers = [role.title for role in agency.roles if role.kind is RoleKind.DPO]
    who = (
        said("Controller", agency.name, source),
        said("Registration with the Information Commissioner", agency.ico_registration, source),
        said("Data protection officer", officers, f"{source}, roles"),
        by_hand("Contact details (these do not stand in the folder)"),
    )
    agreements = [
        one
        for one in partnership.agreements
        if one.tier is not Tier.OPEN_LICENCE and any(party.agency == agency.id for party in one.parties)
    ]
    return Document(
        title="Record of processing",
        about=agency.name,
        rests_on="UK GDPR Article 30; for law enforcement, Data Protection Act 2018 section 61",
        status="The list of what must be recorded is as recalled and was not checked against the text.",
        sections=(
            Section("The organisation", who),
            *(_activity(AgreementFacts(partnership, one), agency.id) for one in agreements),
        ),
        as_of=partnership.charter.as_of,
        partnership=partnership.charter.name,
    )


def _activity(facts: AgreementFacts, agency: str) -> Section:
    agreement, law = facts.agreement, facts.law_unverified
    part = next(one for one in agreement.parties if one.agency == agency)
    others = [
        facts.partnership.agency(one.agency).name
        for one in agreement.parties
        if one.receives and one.agency != agency
    ]
    answers: list[Answer] = [
        said("What it is in this", part.role.value.replace("_", " ").capitalize(), facts.source("parties")),
        said("Purposes", facts.purposes(), facts.source("purposes")),
        said("Categories of people", facts.subjects(), "datasets/, subjects"),
        said("Categories of data", facts.data_items(), facts.source("grants")),
        said("Categories of recipients", others, facts.source("parties")),
        said(
            "Transfers abroad, and safeguards", agreement.transfers_abroad, facts.source("transfers_abroad")
        ),
        said("Time limits for erasure", facts.retention(), facts.source("retention_days")),
        said("Security measures", agreement.security, facts.source("security")),
        said("Regime", REGIMES[agreement.basis.regime], facts.source("basis.regime"), unverified=law),
    ]
    if agreement.basis.regime is Regime.LAW_ENFORCEMENT:
        answers.append(
            said("Legal basis (s.61)", facts.law(), facts.source("basis.gateways"), unverified=law)
        )
        answers.append(by_hand("Use of profiling (s.61)"))
    else:
        basis = agreement.basis
        answers.append(said("Lawful basis", basis.article_6, facts.source("basis.article_6"), unverified=law))
    return Section(agreement.title, tuple(answers))
