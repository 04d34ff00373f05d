"""The causal map of a scenario: factors, and the signed links between them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from roundtable.partnership.model.strict import (
    AgencyRef,
    Assertion,
    Declares,
    Dispute,
    Identifier,
    Kind,
    MapRef,
    Strict,
    Text,
)


class FactorKind(StrEnum):
    """What part a factor plays."""

    CAUSE = "cause"
    STATE = "state"
    LEVER = "lever"
    EXTERNAL = "external"


class Sign(StrEnum):
    """Whether more of the one means more of the other. Words, because a bare + is not YAML's friend."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NONE = "none"
    UNKNOWN = "unknown"
    COMPLEX = "complex"


class Delay(StrEnum):
    """How long before the effect is felt."""

    NONE = "none"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    UNKNOWN = "unknown"


class Factor(Strict):
    """Something that rises and falls and matters to the harm."""

    id: Annotated[Identifier, Declares(Kind.FACTOR)]
    label: Text
    kind: FactorKind
    description: Text | None = None
    measured_by: Text | None = Field(default=None, description="How one would count it.")
    asserted: Assertion
    disputed: tuple[Dispute, ...] = ()


class Strength(Strict):
    """How strongly one factor moves another, 0 to 1, as a range rather than a point."""

    low: Annotated[float, Field(ge=0, le=1)]
    high: Annotated[float, Field(ge=0, le=1)]


class LinkDispute(Dispute):
    """An agency that does not agree with a link, and what it says instead where it says it."""

    sign: Sign | None = Field(default=None, description="The sign it would give, if another.")
    strength: Strength | None = None
    delay: Delay | None = None


class Answer(StrEnum):
    """What an agency said when the table was asked whether the link is so."""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNSURE = "unsure"


class Vote(Strict):
    """One agency's answer, counted apart from who asserted the link."""

    by: AgencyRef
    on: date
    answer: Answer


class Link(Strict):
    """From one factor to another factor or an outcome."""

    from_: MapRef = Field(alias="from")
    to: MapRef
    sign: Sign
    strength: Strength | None = Field(default=None, description="Left out when nobody knows.")
    delay: Delay = Delay.UNKNOWN
    evidence: tuple[Text, ...] = ()
    asserted: Assertion
    disputed: tuple[LinkDispute, ...] = ()
    votes: tuple[Vote, ...] = ()
