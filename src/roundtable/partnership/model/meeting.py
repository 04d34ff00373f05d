"""Meetings of the table: what was decided and why, what was accepted, who does what by when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from roundtable.partnership.model.strict import (
    AgencyRef,
    AgreementRef,
    DatasetRef,
    DecisionRef,
    Declares,
    GatewayRef,
    Identifier,
    ImprovementRef,
    Kind,
    NeedRef,
    RiskRef,
    RoleRef,
    ScenarioRef,
    ServiceRef,
    Strict,
    Text,
)


class Concerning(Strict):
    """The things of the folder that a decision or an action is about."""

    scenarios: tuple[ScenarioRef, ...] = ()
    needs: tuple[NeedRef, ...] = ()
    risks: tuple[RiskRef, ...] = ()
    datasets: tuple[DatasetRef, ...] = ()
    agreements: tuple[AgreementRef, ...] = ()
    services: tuple[ServiceRef, ...] = ()
    improvements: tuple[ImprovementRef, ...] = ()


class Verdict(StrEnum):
    """What was decided."""

    AGREED = "agreed"
    REFUSED = "refused"
    DEFERRED = "deferred"


class Decision(Strict):
    """A question that a post answered. A refusal to share is a decision like any other, with its reason."""

    id: Annotated[Identifier, Declares(Kind.DECISION)]
    question: Text
    verdict: Verdict
    reason: Text
    by: RoleRef = Field(description="The post that decided.")
    gateway: GatewayRef | None = Field(default=None, description="For sharing: what it rests on.")
    detriment: Text | None = Field(
        default=None, description="For a refusal to share about a child: why sharing would harm more."
    )
    concerning: Concerning = Concerning()


class DecisionWanted(Strict):
    """A question that is put to a post, with the day by which an answer is needed."""

    id: Identifier
    question: Text
    of: RoleRef
    by: date
    concerning: Concerning = Concerning()


class Action(Strict):
    """Something that a post will do."""

    id: Annotated[Identifier, Declares(Kind.ACTION)]
    what: Text
    owner: RoleRef
    due: date
    done_on: date | None = None
    from_decision: DecisionRef | None = None
    concerning: Concerning = Concerning()


class Acceptance(Strict):
    """A finding that a post accepts for now, with the reason; it is still shown, as accepted."""

    rule: Text = Field(description="The finding's rule.")
    about: Identifier = Field(description="The id of what the finding is about.")
    by: RoleRef
    reason: Text
    until: date | None = Field(default=None, description="The day on which it is looked at again.")


class Meeting(Strict):
    """One file in `meetings/`."""

    id: Annotated[Identifier, Declares(Kind.MEETING)]
    title: Text
    on: date
    attended: tuple[AgencyRef, ...] = ()
    decisions: tuple[Decision, ...] = ()
    wanted: tuple[DecisionWanted, ...] = Field(default=(), description="Decisions not yet given.")
    actions: tuple[Action, ...] = ()
    accepted: tuple[Acceptance, ...] = Field(default=(), description="Findings accepted for now.")
    next_on: date | None = None
