"""What a run has measured, handed to the partnership as values: the map states it beside what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class MeasuredCases:
    """How many cases of an outcome the data hold.

    Attributes:
        records: how many records were counted.
        months: how many months they cover; months without data are not among them.
        annual_cases: records x 12 / months, rounded half up.
        first_month: the first day of the earliest month counted.
        last_month: the first day of the latest month counted.
    """

    records: int
    months: int
    annual_cases: int
    first_month: date
    last_month: date


@dataclass(frozen=True)
class MeasuredPlace:
    """How many records an area holds.

    Attributes:
        kind: what sort of area it is, such as lsoa11.
        name: what people call it.
        records: how many records were counted.
        share_ppm: their share of all records, in parts per million.
        months: how many months they cover.
    """

    kind: str
    name: str
    records: int
    share_ppm: int
    months: int


@dataclass(frozen=True)
class MeasuredFacts:
    """What a run has measured that findings state beside what was typed; empty before the first run."""

    annual_cases: Mapping[str, MeasuredCases] = field(default_factory=dict)
    """Cases a year by the id of the outcome."""

    places: tuple[MeasuredPlace, ...] = ()
    """The areas with the most records, the most first."""
