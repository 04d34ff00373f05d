"""Agreements: who may give what to whom, for what, on what legal footing and until when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.scenario import Rung
from roundtable.partnership.model.strict import (
    AgencyRef,
    AgreementRef,
    DatasetRef,
    Declares,
    GatewayRef,
    Identifier,
    Kind,
    RoleRef,
    ScenarioRef,
    Strict,
    Text,
)


class Tier(StrEnum):
    """An open licence; a partnership-wide protocol; or the short agreement for one purpose under it."""

    OPEN_LICENCE = "open_licence"
    PROTOCOL = "protocol"
    SPECIFIC = "specific"


class Regime(StrEnum):
    """Which data-protection regime governs; crossing from one to the other needs authority."""

    NOT_PERSONAL = "not_personal"
    UK_GDPR = "uk_gdpr"
    LAW_ENFORCEMENT = "dpa_2018_part_3"


class RawDeliveries(StrEnum):
    """What becomes of a delivered file once it is taken in."""

    KEEP = "keep"
    KEEP_ENCRYPTED = "keep_encrypted"
    DELETE = "delete"


class PartyRole(StrEnum):
    """What a party is in data-protection law."""

    CONTROLLER = "controller"
    JOINT_CONTROLLER = "joint_controller"
    PROCESSOR = "processor"
    PUBLISHER = "publisher"


#: Roles of parties that decide what data are for, and answer to people for them.
CONTROLLERS = (PartyRole.CONTROLLER, PartyRole.JOINT_CONTROLLER)


class Party(Strict):
    """One side of the agreement and what it is in law."""

    agency: AgencyRef
    role: PartyRole
    gives: bool = False
    receives: bool = False
    signed_by: RoleRef | None = None
    signed_on: date | None = None
    withdrawn_on: date | None = Field(
        default=None,
        description="The first day on which it no longer gives or receives under the agreement.",
    )

    def has_withdrawn_by(self, day: date) -> bool:
        """Whether it has left the agreement: from the day on that it names, and on that day already."""
        return self.withdrawn_on is not None and self.withdrawn_on <= day


class Suspension(Strict):
    """Days on which the agreement stands still: nothing is let through, and nobody has to sign again."""

    from_: date = Field(alias="from", description="The first day.")
    to: date | None = Field(default=None, description="The last day; left out while nobody knows it.")
    by: RoleRef = Field(description="The post that suspended it.")
    reason: Text

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.from_ <= day and (self.to is None or day <= self.to)


class Grant(Strict):
    """Columns of one table of one dataset that the agreement lets through."""

    dataset: DatasetRef
    table: Text
    columns: tuple[Text, ...] = Field(min_length=1)


class LegalBasis(Strict):
    """The legal footing, in the words of the law; a governance lead fills it in and signs."""

    regime: Regime
    gateways: tuple[GatewayRef, ...] = ()
    article_6: Text | None = None
    article_9: Text | None = None
    schedule_1: Text | None = None
    appropriate_policy_document: bool = False
    necessity: Text | None = None
    impact_assessment: Text | None = None
    privacy_notice: Text | None = None
    verified_by: RoleRef | None = Field(
        default=None, description="The post that has checked this footing; left out when none has."
    )
    verified_on: date | None = None


class Agreement(Strict):
    """One file in `agreements/`."""

    id: Annotated[Identifier, Declares(Kind.AGREEMENT)]
    title: Text
    tier: Tier
    parent: AgreementRef | None = None
    purposes: tuple[Purpose, ...] = Field(min_length=1)
    scenarios: tuple[ScenarioRef, ...] = ()
    rung: Rung
    parties: tuple[Party, ...] = Field(min_length=1)
    grants: tuple[Grant, ...] = ()
    basis: LegalBasis
    benefits: Text | None = Field(default=None, description="What the public gains by it.")
    method: Text | None = Field(default=None, description="How the data are passed.")
    security: Text | None = None
    rights: Text | None = Field(default=None, description="How people's rights are met, and by whom.")
    transfers_abroad: Text | None = None
    retention_days: Annotated[int, Field(gt=0)] | None = None
    disposal: Text | None = None
    raw_deliveries: RawDeliveries | None = Field(
        default=None,
        description="What becomes of a delivered file once it is taken in. Left out, one about people or "
        "properties is kept encrypted and any other is kept.",
    )
    starts: date
    ends: date | None = Field(default=None, description="Left out for an open licence with no end.")
    withdrawn_on: date | None = Field(
        default=None, description="The first day on which the whole agreement no longer holds, ended early."
    )
    suspended: tuple[Suspension, ...] = ()
    review_by: date | None = None
    contact: RoleRef | None = None
    licence: Text | None = None
    attribution: Text | None = None
    published_url: Text | None = None

    def in_force_on(self, day: date) -> bool:
        """Whether its dates cover a day. Whether it permits anything is governance's question."""
        begun = self.starts <= day and (self.ends is None or day <= self.ends)
        return begun and not self.withdrawn_by(day) and self.suspended_on(day) is None

    def withdrawn_by(self, day: date) -> bool:
        """Whether it has been ended early: from the day on that it names, and on that day already."""
        return self.withdrawn_on is not None and self.withdrawn_on <= day

    def suspended_on(self, day: date) -> Suspension | None:
        """The suspension that holds on a day; none where it has ended for good by then."""
        if self.withdrawn_by(day) or (self.ends is not None and self.ends < day):
            return None
        return next((one for one in self.suspended if one.covers(day)), None)
