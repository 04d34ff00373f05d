"""Risks: what could go wrong, who leads, and who else the law or the table holds to it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from roundtable.partnership.model.strict import (
    AgencyRef,
    Confidence,
    Declares,
    GatewayRef,
    Identifier,
    Kind,
    OutcomeRef,
    RoleRef,
    SkillRef,
    Strict,
    Text,
)


class RiskKind(StrEnum):
    """Sharing has a risk, and so has not sharing."""

    HARM = "harm"
    DELIVERY = "delivery"
    SHARING = "sharing"
    NOT_SHARING = "not_sharing"


class Response(StrEnum):
    """The four Ts of the Orange Book."""

    TREAT = "treat"
    TOLERATE = "tolerate"
    TRANSFER = "transfer"
    TERMINATE = "terminate"


Score = Annotated[int, Field(ge=1, le=5)]


class Impact(Strict):
    """How bad, 1 to 5 on each scale of the community risk register."""

    health: Score
    social: Score
    economic: Score
    environmental: Score = 1


class SkillNeeded(Strict):
    """A skill, at the least level, that answering this takes."""

    skill: SkillRef
    level: Annotated[int, Field(ge=1, le=4)]


class Responsibility(Strict):
    """Who does the work, who is asked and who is told (R, C and I of RACI)."""

    responsible: tuple[AgencyRef, ...] = ()
    consulted: tuple[AgencyRef, ...] = ()
    informed: tuple[AgencyRef, ...] = ()


class JointDuty(Strict):
    """A duty that the law lays on several agencies at once; it still has one lead post."""

    duty: GatewayRef
    holders: tuple[AgencyRef, ...] = Field(min_length=2)


class Risk(Strict):
    """One risk. `lead_posts` should hold exactly one post: none or several is a finding, not an error."""

    id: Annotated[Identifier, Declares(Kind.RISK)]
    statement: Text = Field(description="Because of (cause), (event) may happen, leading to (consequence).")
    kind: RiskKind
    outcome: OutcomeRef
    likelihood: Score | None = None
    impact: Impact | None = None
    confidence: Confidence = Confidence.UNKNOWN
    response: Response | None = None
    lead_posts: tuple[RoleRef, ...] = ()
    accepted_on: date | None = None
    joint_duty: JointDuty | None = None
    raci: Responsibility = Responsibility()
    requires: tuple[SkillNeeded, ...] = ()
    review_by: date | None = None
