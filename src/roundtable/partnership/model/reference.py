"""Dated reference tables: what the law, a price list or an index said, when, and who checked it.

No figure of this kind is ever a constant in code: a partnership can see each, and override it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator

from roundtable.partnership.model.agency import AgencyKind
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.strict import (
    Declares,
    Identifier,
    Kind,
    Strict,
    Text,
    contradiction,
)


class Status(StrEnum):
    """Whether a named post has checked the table against its source."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    ILLUSTRATIVE = "illustrative"


class ReferenceTable(Strict):
    """What every dated table says of itself."""

    id: Identifier
    title: Text
    source: Text
    dated: date | None = Field(default=None, description="The day the source bears.")
    status: Status
    checked_by: Text | None = Field(default=None, description="The post that verified it.")
    checked_on: date | None = None
    notes: Text | None = None


class GatewayNature(StrEnum):
    """A duty to have regard is no power to share; the difference decides."""

    POWER = "power"
    DUTY_TO_SHARE = "duty_to_share"
    DUTY = "duty"
    CONDITION = "condition"
    LAWFUL_BASIS = "lawful_basis"
    REGIME = "regime"
    LIMIT = "limit"
    LICENCE = "licence"


class Gateway(Strict):
    """One provision: who may give to whom, for what, on what conditions."""

    id: Annotated[Identifier, Declares(Kind.GATEWAY)]
    title: Text
    nature: GatewayNature
    summary: Text | None = Field(default=None, description="What it says, in our own words.")
    provider_kinds: tuple[AgencyKind, ...] = Field(default=(), description="Empty means any body.")
    recipient_kinds: tuple[AgencyKind, ...] = Field(default=(), description="Empty means any body.")
    purposes: tuple[Purpose, ...] = Field(default=(), description="Empty means that the law names none.")
    implies_power: bool = Field(
        default=False,
        description="For a duty: whether a power to share what the duty needs is read into it.",
    )
    conditions: tuple[Text, ...] = ()
    in_force_from: date | None = None
    in_force_to: date | None = None
    checked_on: date | None = Field(default=None, description="The day its text was last read.")
    checked_by: Text | None = Field(default=None, description="The post that verified it.")
    status: Status = Status.UNVERIFIED
    url: Text | None = None


class GatewayTable(ReferenceTable):
    """Legal gateways and duties."""

    table: Literal["gateways"]
    rows: tuple[Gateway, ...]


class HarmWeight(Strict):
    """How much one event of a code counts, in the unit of its table."""

    code: Text
    value: Annotated[float, Field(ge=0)]
    note: Text | None = None


class HarmWeightTable(ReferenceTable):
    """What one event of each code costs or weighs. A code that is not here is unpriced, not zero."""

    table: Literal["harm_weights"]
    scheme: Text = Field(description="The code list of the rows.")
    unit: Text = Field(description="GBP, days, ...")
    price_base: Text | None = Field(default=None, description="For money: the year whose prices these are.")
    rows: tuple[HarmWeight, ...] = Field(
        default=(), description="Left out when `rows_from` names a CSV file."
    )
    rows_from: Text | None = None
    code_column: Text | None = None
    value_column: Text | None = None

    @field_validator("rows")
    @classmethod
    def _one_price_each(cls, rows: tuple[HarmWeight, ...]) -> tuple[HarmWeight, ...]:
        _refuse_repeats(row.code for row in rows)
        return rows


class MixShare(Strict):
    """What share of one broad code is thought to be one finer code; `unpriced` is a share too."""

    code: Text
    to: Text
    share: Annotated[float, Field(ge=0, le=1)]


class CodeMixTable(ReferenceTable):
    """An assumed make-up of broad codes, for weighing data that do not say more."""

    table: Literal["code_mix"]
    from_scheme: Text
    to_scheme: Text
    rows: tuple[MixShare, ...]

    @field_validator("rows")
    @classmethod
    def _shares_add_up(cls, rows: tuple[MixShare, ...]) -> tuple[MixShare, ...]:
        _refuse_repeats(f"{row.code} to {row.to}" for row in rows)
        whole: dict[str, Decimal] = {}
        for row in rows:
            whole[row.code] = whole.get(row.code, Decimal(0)) + Decimal(repr(row.share))
        wrong = [f"those of '{code}' add up to {sum_}" for code, sum_ in whole.items() if sum_ != 1]
        if wrong:
            what = f"the shares of each code must add up to 1, and {'; '.join(wrong)}"
            raise contradiction(what, "Mend the shares; what has no finer code goes to 'unpriced'.")
        return rows


def _refuse_repeats(names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise contradiction(f"given more than once: {', '.join(twice)}", "Keep one row for each.")


class Code(Strict):
    """One entry of a code list."""

    code: Annotated[Text, Declares(Kind.CODE)]
    title: Text | None = Field(default=None, description="What it means, in our own words.")


class CodeListTable(ReferenceTable):
    """The words that a law or a standard counts, and no others."""

    table: Literal["code_list"]
    rows: tuple[Code, ...]


class Discounting(StrEnum):
    """What a discount rate is for."""

    STANDARD = "standard"
    HEALTH = "health"
    LONG_LIFE = "long_life"


class DiscountBand(Strict):
    """The rate of a run of years, counted from the first year as 0."""

    years_from: Annotated[int, Field(ge=0)]
    years_to: Annotated[int, Field(ge=0)]
    rate: Annotated[float, Field(ge=0, lt=1, description="A share a year: 0.035 is 3.5 %.")]


class DiscountRateTable(ReferenceTable):
    """What a pound later is worth today, by how much later; in force from the day it is dated."""

    table: Literal["discount_rates"]
    used_for: Discounting
    dated: date
    rows: Annotated[tuple[DiscountBand, ...], Field(min_length=1)]

    @field_validator("rows")
    @classmethod
    def _bands_meet(cls, rows: tuple[DiscountBand, ...]) -> tuple[DiscountBand, ...]:
        expected = 0
        for band in sorted(rows, key=lambda band: band.years_from):
            if band.years_from != expected or band.years_to < band.years_from:
                what = f"the years {band.years_from} to {band.years_to} do not follow on from {expected}"
                raise contradiction(what, "Begin at 0 and let each band begin where the last one ended.")
            expected = band.years_to + 1
        return rows


AnyTable = Annotated[
    GatewayTable | HarmWeightTable | CodeMixTable | CodeListTable | DiscountRateTable,
    Field(discriminator="table"),
]
