"""Services: what somebody can do about a factor, how well it works, and how much of it there is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from roundtable.partnership.model.agency import Capacity
from roundtable.partnership.model.causal import Delay
from roundtable.partnership.model.risk import SkillNeeded
from roundtable.partnership.model.strict import (
    AgencyRef,
    DatasetRef,
    Declares,
    FactorRef,
    Identifier,
    Kind,
    MaybeUnknownNumber,
    Strict,
    Text,
)


class ServiceStatus(StrEnum):
    """The words of Open Referral UK."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class EvidenceGrade(StrEnum):
    """How good the evidence of an effect is."""

    RANDOMISED = "randomised"
    QUASI_EXPERIMENTAL = "quasi_experimental"
    BEFORE_AND_AFTER = "before_and_after"
    EXPERT_JUDGEMENT = "expert_judgement"
    NONE = "none"


class Effect(Strict):
    """Change in the factor per person served, as a share of it: -0.3 lowers it by three tenths."""

    factor: FactorRef
    size: MaybeUnknownNumber
    low: float | None = None
    high: float | None = None
    delay: Delay = Delay.UNKNOWN
    evidence: EvidenceGrade
    source: Text


class ServiceCost(Strict):
    """What one delivery of the service costs."""

    value: MaybeUnknownNumber
    currency: Text = "GBP"
    price_base: Text
    source: Text


class Service(Strict):
    """One file in `services/`."""

    id: Annotated[Identifier, Declares(Kind.SERVICE)]
    name: Text
    provider: AgencyRef
    commissioner: AgencyRef | None = None
    status: ServiceStatus
    open_referral_id: Text | None = None
    description: Text
    eligibility: Text
    consent: Text | None = None
    effects: tuple[Effect, ...] = ()
    requires: tuple[SkillNeeded, ...] = ()
    unit_cost: ServiceCost | None = None
    capacity: tuple[Capacity, ...] = ()
    referral_from: tuple[AgencyRef, ...] = ()
    inputs: tuple[DatasetRef, ...] = ()
    funded_until: date | None = None
    age_from: Annotated[int, Field(ge=0)] | None = None
    age_to: Annotated[int, Field(ge=0)] | None = None
