"""Improvements: what the partnership means to change, across five dimensions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from roundtable.partnership.model.service import EvidenceGrade
from roundtable.partnership.model.strict import (
    AgencyRef,
    AgreementRef,
    Confidence,
    Declares,
    Identifier,
    ImprovementRef,
    Kind,
    MaybeUnknownNumber,
    NeedRef,
    OutcomeRef,
    RequirementRef,
    RiskRef,
    RoleRef,
    Strict,
    Text,
)


class Dimension(StrEnum):
    """An improvement that touches technology alone seldom improves anything."""

    TECHNOLOGY = "technology"
    PROCESSES = "processes"
    TRAINING = "training"
    GOVERNANCE = "governance"
    INFORMATION = "information"


class Change(Strict):
    """What will be different in one dimension."""

    dimension: Dimension
    change: Text


class Money(Strict):
    """A cost or a benefit in one financial year, and whose it is."""

    year: Annotated[str, Field(pattern=r"^\d{4}/\d{2}$", description="A financial year, such as 2026/27.")]
    agency: AgencyRef
    amount: MaybeUnknownNumber = Field(description="Pounds, in the prices of `price_base`.")
    price_base: Text
    source: Text


class FindingName(Strict):
    """One finding, as `roundtable findings` names it: its rule and the id of what it is about."""

    rule: Text
    about: Identifier


class Closes(Strict):
    """What the improvement is meant to mend."""

    needs: tuple[NeedRef, ...] = ()
    risks: tuple[RiskRef, ...] = ()
    agreements: tuple[AgreementRef, ...] = ()
    findings: tuple[FindingName, ...] = ()


class RequirementKind(StrEnum):
    """What sort of thing has to be so."""

    FUNCTIONAL = "functional"
    NON_FUNCTIONAL = "non_functional"
    DATA = "data"
    LEGAL = "legal"
    SERVICE = "service"


class MustHave(StrEnum):
    """The MoSCoW words."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"
    WONT = "wont"


class Requirement(Strict):
    """Something that has to be so before the improvement is done, and how one would tell."""

    id: Annotated[Identifier, Declares(Kind.REQUIREMENT)]
    text: Text = Field(description="What shall be so.")
    kind: RequirementKind
    priority: MustHave
    derives_from: tuple[FindingName, ...] = Field(default=(), description="The findings behind it.")
    acceptance_test: Text | None = None
    standards: tuple[Text, ...] = ()


class Procurement(Strict):
    """Something to be bought, for which requirements, and by what its supplier is judged."""

    id: Annotated[Identifier, Declares(Kind.PROCUREMENT)]
    title: Text
    lead: AgencyRef
    route: Text | None = None
    value: MaybeUnknownNumber = Field(default="unknown", description="Pounds.")
    requirements: tuple[RequirementRef, ...] = ()
    outcomes: tuple[OutcomeRef, ...] = ()
    indicators: tuple[Text, ...] = Field(default=(), description="What the contract is judged by.")


class Improvement(Strict):
    """One file in `improvements/`."""

    id: Annotated[Identifier, Declares(Kind.IMPROVEMENT)]
    title: Text
    owner: RoleRef
    changes: tuple[Change, ...] = Field(min_length=1)
    closes: Closes = Closes()
    outcomes: tuple[OutcomeRef, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    procurements: tuple[Procurement, ...] = ()
    depends_on: tuple[ImprovementRef, ...] = ()
    months: Annotated[float, Field(gt=0)] | None = None
    starts: date | None = None
    costs: tuple[Money, ...] = ()
    benefits: tuple[Money, ...] = ()
    evidence: EvidenceGrade = EvidenceGrade.NONE
    confidence: Confidence = Confidence.UNKNOWN
