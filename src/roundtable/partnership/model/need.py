"""Data needs: what an agency would like to know, why, and what happens if it cannot."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from roundtable.partnership.model.interoperability import LayerLevel
from roundtable.partnership.model.strict import (
    AgencyRef,
    Assertion,
    DatasetRef,
    Declares,
    FactorRef,
    Identifier,
    Kind,
    Strict,
    Text,
)


class Granularity(StrEnum):
    """The finest thing one row may be about."""

    PERSON = "person"
    HOUSEHOLD = "household"
    PROPERTY = "property"
    AREA = "area"
    AGGREGATE = "aggregate"


class DataNeed(Strict):
    """What an agency would like, for which decision; `datasets` names what could meet it."""

    id: Annotated[Identifier, Declares(Kind.NEED)]
    agency: AgencyRef
    factor: FactorRef
    decision: Text = Field(description="What somebody would do differently on knowing it.")
    fields: tuple[Text, ...] = Field(min_length=1)
    granularity: Granularity
    max_age_days: Annotated[float, Field(gt=0)] | None = None
    essential: bool
    current_level: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None, description="How much of it is known today, 0 to 1."
    )
    datasets: tuple[DatasetRef, ...] = Field(
        default=(), description="Datasets that could meet it; none is a finding."
    )
    impact_if_not_given: Text
    minimum_alternative: Text | None = None
    wanted_by: date | None = None
    levels: tuple[LayerLevel, ...] = Field(
        default=(), description="How far the partners have got towards this flow, by layer."
    )
    asserted: Assertion
