"""Scenarios: the stories a partnership works through, and everything agreed about each."""

from __future__ import annotations

from datetime import date
from enum import IntEnum, StrEnum
from typing import Annotated

from pydantic import Field

from roundtable.partnership.model.causal import Factor, Link
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.risk import Risk
from roundtable.partnership.model.strict import (
    AgencyRef,
    Assertion,
    CodeRef,
    Declares,
    Estimate,
    Identifier,
    InOrder,
    Kind,
    OutcomeRef,
    ServiceRef,
    Strict,
    Text,
)


class Rung(IntEnum):
    """The sharing ladder: nothing above a scenario's rung is processed."""

    MAP = 0
    OPEN_DATA = 1
    CONTROLLED_COUNTS = 2
    PROPERTY_FLAGS = 3
    PSEUDONYMISED_LINKAGE = 4
    NAMED_CASEWORK = 5


class Stage(StrEnum):
    """How far the partnership has got with it."""

    DISCOVERY = "discovery"
    PILOT = "pilot"
    SCALED = "scaled"
    ENDED = "ended"


Level = Annotated[int, Field(ge=1, le=5)]


class JourneyStep(Strict):
    """One contact on the citizen's way through the services."""

    step: Text
    agency: AgencyRef
    service: ServiceRef | None = None
    threshold: Text | None = Field(default=None, description="What has to be true to get this far.")
    threshold_level: Level | None = Field(
        default=None, description="The level, on the partnership's own scale of need, at which it begins."
    )
    refers_at_level: Level | None = Field(
        default=None, description="The level at which it passes the person on to the next step."
    )
    wait: Text | None = None
    feedback_to: AgencyRef | None = Field(default=None, description="Who is told what happened.")


class Reframing(Strict):
    """A change of question, kept so that the reason is not forgotten."""

    on: date
    was: Text
    became: Text
    why: Text


class Scenario(Strict):
    """One file in `scenarios/`."""

    id: Annotated[Identifier, Declares(Kind.SCENARIO)]
    title: Text
    rung: Rung = Field(
        description="0 map, 1 open data, 2 controlled counts, 3 property flags, "
        "4 pseudonymised linkage, 5 named casework."
    )
    stage: Stage
    lead: AgencyRef
    story: Text = Field(description="What happens, told as one would tell it at the table.")
    vulnerability: Text
    situation: Text
    population: Estimate
    dea_factors: tuple[CodeRef, ...] = Field(
        default=(),
        description="Factors of the multiple-disadvantages objective, Digital Government "
        "(Disclosure of Information) Regulations 2018.",
    )
    outcomes: tuple[OutcomeRef, ...] = Field(min_length=1)
    factors: tuple[Factor, ...] = ()
    links: tuple[Link, ...] = ()
    risks: tuple[Risk, ...] = ()
    needs: tuple[DataNeed, ...] = ()
    journey: Annotated[tuple[JourneyStep, ...], InOrder()] = ()
    reframings: Annotated[tuple[Reframing, ...], InOrder()] = ()
    asserted: Assertion
