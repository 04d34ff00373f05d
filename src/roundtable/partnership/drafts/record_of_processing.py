"""An agency's record of processing: UK GDPR Article 30, and Data Protection Act 2018 section 61.

One section a sharing agreement that the agency is party to. What an agency processes by itself alone is
not in the folder and is for its own record.
"""

from __future__ import annotations

from collections.abc import Iterable

from roundtable.partnership.drafts.checked import wrong_with, wrong_with_agreement
from roundtable.partnership.drafts.document import Answer, Document, Section, Wrong, by_hand, said
from roundtable.partnership.drafts.facts import REGIMES, AgreementFacts, known
from roundtable.partnership.findings.succession import living_successor
from roundtable.partnership.model.agency import Agency, RoleKind
from roundtable.partnership.model.agreement import Agreement, Regime, Tier
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import day, where

#: Findings about a body that bear on its record; what it can do or has room for does not.
_OF_THE_BODY = ("duty-left-behind",)


def draft_record_of_processing(study: Study, identifier: str) -> Document:
    """The draft for one agency.

    Raises:
        SettingUnusable: there is no such agency.
    """
    partnership = study.partnership
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
            *(_activity(AgreementFacts(study, one), agency.id) for one in agreements),
        ),
        as_of=partnership.charter.as_of,
        partnership=partnership.charter.name,
        first=_ended(study, agency),
        wrong=_wrong(study, agency, agreements),
    )


def _ended(study: Study, agency: Agency) -> tuple[str, ...]:
    """That the body is no more, where it is not: it processes nothing, and its record is another's."""
    partnership = study.partnership
    if agency.existed_on(partnership.charter.as_of):
        return ()
    if agency.to is None or agency.to >= partnership.charter.as_of:
        return (f"{agency.name} did not exist yet on {day(partnership.charter.as_of)}.",)
    heir = living_successor(partnership, agency.id)
    whose = (
        f"Its powers passed to {partnership.agency(heir).name}, and so do what is below and the record of it."
        if heir
        else "The folder names no successor: somebody has to say who answers for what is below."
    )
    return (f"{agency.name} ended on {day(agency.to)} and is controller of nothing any more. {whose}",)


def _wrong(study: Study, agency: Agency, agreements: Iterable[Agreement]) -> tuple[Wrong, ...]:
    """What is wrong with the body as the checker has it, then with each agreement, each thing once."""
    found = [*wrong_with(study, Kind.AGENCY, agency.id, only=_OF_THE_BODY)]
    found += [wrong for one in agreements for wrong in wrong_with_agreement(study, one)]
    return tuple(dict.fromkeys(found))


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
    return Section(agreement.title, tuple(answers), note=_not_in_force(facts))


def _not_in_force(facts: AgreementFacts) -> str:
    agreement, today = facts.agreement, facts.partnership.charter.as_of
    if agreement.in_force_on(today):
        return ""
    if today < agreement.starts:
        return f"Not in force: it begins on {day(agreement.starts)}."
    paused = agreement.suspended_on(today)
    if paused is not None:
        return f"Suspended since {day(paused.from_)}: {paused.reason.rstrip('.')}."
    last = agreement.withdrawn_on if agreement.withdrawn_by(today) else agreement.ends
    ended = f" It ended on {day(last)}." if last else ""
    return f"Not in force.{ended} Nothing may be shared under it; what was received is still held, or erased."
