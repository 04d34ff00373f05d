"""Outcomes: the harms a partnership wants fewer of, and the goods it wants more of."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from roundtable.partnership.model.strict import (
    DatasetRef,
    Declares,
    Estimate,
    Identifier,
    Kind,
    MaybeUnknownNumber,
    Strict,
    Text,
    contradiction,
)


class Direction(StrEnum):
    """Which way is better."""

    DOWN = "down"
    UP = "up"


class MeasuredBy(Strict):
    """Where the number of cases a year is counted, so that it comes from data and not from typing."""

    dataset: DatasetRef
    table: Text = Field(description="The name of one of the tables in the dataset's contract.")
    codes: tuple[Text, ...] = Field(min_length=1, description="The event codes that count as a case.")


class UnitCost(Strict):
    """What one case costs, and to whom; the source, year and status are part of the figure."""

    value: MaybeUnknownNumber
    currency: Text = "GBP"
    price_base: Text = Field(description="The year whose prices these are, such as 2015/16.")
    source: Text
    fiscal_share: Annotated[float, Field(ge=0, le=1)] | None = None


class Outcome(Strict):
    """One outcome in `partnership.yaml`; its annual cases are typed or measured, never both."""

    id: Annotated[Identifier, Declares(Kind.OUTCOME)]
    name: Text
    direction: Direction
    indicator: Text = Field(description="What is counted.")
    vocabulary: Text | None = Field(default=None, description="A published framework's name for it.")
    baseline: MaybeUnknownNumber = "unknown"
    target: MaybeUnknownNumber = "unknown"
    target_by: date | None = None
    annual_cases: Estimate | None = None
    measured_by: MeasuredBy | None = None
    unit_cost: UnitCost | None = None

    @model_validator(mode="after")
    def _one_count(self) -> Outcome:
        if (self.annual_cases is None) == (self.measured_by is None):
            raise contradiction(
                "both 'annual_cases' and 'measured_by' are given"
                if self.annual_cases
                else "neither 'annual_cases' nor 'measured_by' is given",
                "Give one of the two: 'annual_cases' (an estimate) or 'measured_by' (a dataset).",
            )
        return self
