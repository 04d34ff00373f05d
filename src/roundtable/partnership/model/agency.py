"""Agencies: who they are, who they became, what they must do, can do and want most."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from roundtable.partnership.model.strict import (
    AgencyRef,
    Declares,
    GatewayRef,
    Identifier,
    Kind,
    MaybeUnknownBool,
    MaybeUnknownNumber,
    OutcomeRef,
    RoleRef,
    SkillRef,
    Strict,
    Text,
)


class AgencyKind(StrEnum):
    """What sort of body it is: gateways and lawful bases turn on this."""

    POLICE = "police"
    FIRE_RESCUE = "fire_rescue"
    AMBULANCE = "ambulance"
    LOCAL_AUTHORITY = "local_authority"
    COMBINED_AUTHORITY = "combined_authority"
    POLICE_FIRE_CRIME_COMMISSIONER = "police_fire_crime_commissioner"
    ICB = "icb"
    NHS_PROVIDER = "nhs_provider"
    PROBATION = "probation"
    PRISON = "prison"
    YOUTH_JUSTICE = "youth_justice"
    EDUCATION = "education"
    HOUSING = "housing"
    VCSE = "vcse"
    RESILIENCE_FORUM = "resilience_forum"
    UNIVERSITY = "university"
    UTILITY = "utility"
    GOVERNMENT = "government"
    PUBLISHER = "publisher"
    SUPPLIER = "supplier"


class RoleKind(StrEnum):
    """Posts that a partnership has to be able to name."""

    SRO = "sro"
    SIRO = "siro"
    IAO = "iao"
    DPO = "dpo"
    CALDICOTT_GUARDIAN = "caldicott_guardian"
    DATA_STEWARD = "data_steward"
    RISK_OWNER = "risk_owner"
    SERVICE_LEAD = "service_lead"
    ANALYST = "analyst"
    CO_ORDINATOR = "co_ordinator"
    FACILITATOR = "facilitator"


#: Kinds of post that answer for their agency's data: they may look a person up for the person's rights, and
#: have something erased.
ANSWERS_FOR_DATA = (RoleKind.CALDICOTT_GUARDIAN, RoleKind.DPO, RoleKind.IAO, RoleKind.SIRO)


class Role(Strict):
    """A post, never a person: no name, number or address of anybody stands in the folder."""

    id: Annotated[Identifier, Declares(Kind.ROLE)]
    title: Text
    kind: RoleKind
    deputy: RoleRef | None = None
    time_fte: MaybeUnknownNumber = Field(default="unknown", description="Share of a full-time post.")
    vacant_since: date | None = None


class Skill(Strict):
    """How well an agency can do something: 0 not at all, 4 expert."""

    skill: SkillRef
    level: Annotated[int, Field(ge=0, le=4)]
    evidence: Text
    assessed_on: date


Period = Annotated[str, StringConstraints(pattern=r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$")]


class Capacity(Strict):
    """What can be supplied and what is asked for in one period, in the same unit."""

    period: Period = Field(description="A year, a quarter (2026-Q4) or a month (2026-11).")
    supply: MaybeUnknownNumber
    demand: MaybeUnknownNumber
    unit: Text
    source: Text
    funded_until: date | None = None


class SkillCapacity(Capacity):
    """An agency's capacity to use one skill."""

    skill: SkillRef


class Priority(Strict):
    """What an agency wants most: 100 points shared between outcomes."""

    outcome: OutcomeRef
    points: Annotated[float, Field(ge=0, le=100)]
    statutory: bool = Field(default=False, description="Whether the law, and not choice, makes it one.")
    source: Text
    on: date


class Readiness(Strict):
    """How ready an agency is to link and share what it holds."""

    match_rate: MaybeUnknownNumber = Field(description="Share of its records that carry a usable UPRN.")
    maturity: Annotated[int, Field(ge=0, le=4)] | None = None
    assessed_on: date | None = None


class Agency(Strict):
    """One file in `agencies/`."""

    id: Annotated[Identifier, Declares(Kind.AGENCY)]
    name: Text
    kind: AgencyKind
    public_authority: MaybeUnknownBool
    org_identifier: Text | None = Field(default=None, description="A register's id, such as GB-PPON-...")
    ico_registration: Text | None = None
    from_: date | None = Field(default=None, alias="from", description="The first day it existed.")
    to: date | None = Field(default=None, description="The last day it existed.")
    successor: AgencyRef | None = Field(default=None, description="Who its powers passed to.")
    duties: tuple[GatewayRef, ...] = ()
    roles: tuple[Role, ...] = ()
    skills: tuple[Skill, ...] = ()
    capacity: tuple[SkillCapacity, ...] = ()
    priorities: tuple[Priority, ...] = ()
    readiness: Readiness | None = None
    notes: Text | None = None

    def existed_on(self, day: date) -> bool:
        """Whether the body existed on a day; open ends are for ever."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)
