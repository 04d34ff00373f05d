"""The dated figures that the happenings are drawn from: rates, mixes, age patterns, offences and clocks.

All of them stand in `reference/*.csv` beside this file, each with where it comes from and whether it was
measured, read, derived from what was read, recalled, or assumed because none was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from roundtable.county.reference_table import FigureStatus, reference_rows

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Figure:
    """One published or assumed figure."""

    name: str
    value: float
    unit: str
    source: str
    date: str
    status: FigureStatus
    note: str


@dataclass(frozen=True)
class Offence:
    """One offence of the Home Office's list.

    `share` is its share of its category's crimes and `domestic_share` of the domestic ones; `victim` says
    whom it falls on: a person (of one sex or age, maybe), a household, or nobody who has a row.
    """

    code: str
    name: str
    subgroup: str
    category: str
    share: float
    domestic_share: float
    victim: str


@dataclass(frozen=True)
class Mix:
    """Codes and how often each is drawn."""

    codes: tuple[str, ...]
    shares: Floats

    def draw(self, rng: np.random.Generator, size: int) -> NDArray[np.int64]:
        """Which code, by its place in `codes`."""
        return np.searchsorted(np.cumsum(self.shares)[:-1], rng.random(size), side="right").astype(np.int64)


@dataclass(frozen=True)
class Clock:
    """When things of a kind happen: weights by hour of the day, and by month where they differ."""

    hours: Floats
    months: Floats


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure of rates.csv and of shapes.csv, by name."""
    return {
        row["figure"]: Figure(
            row["figure"],
            float(row["value"]),
            row["unit"],
            row["source"],
            row["date"],
            FigureStatus(row["status"]),
            row["note"],
        )
        for row in (*rows("rates"), *rows("shapes"))
    }


def value(name: str) -> float:
    """The value of a figure, in its own unit."""
    return figures()[name].value


def rate(name: str) -> float:
    """A figure that is a rate, per one of whoever it is about, a year."""
    figure = figures()[name]
    for per in (100_000, 10_000, 1_000):
        if f"per {per} " in figure.unit:
            return figure.value / per
    first = figure.unit.split()
    if "per" in first and first[first.index("per") + 1] == "1000":
        return figure.value / 1_000
    raise ValueError(f"{name} is not a rate: {figure.unit}")


@cache
def mixes() -> Mapping[str, Mix]:
    """Every mix of mixes.csv, by name. A mix with the code `yes` alone is a chance."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in rows("mixes"):
        found.setdefault(row["mix"], []).append((row["code"], float(row["share"])))
    return {
        name: Mix(tuple(code for code, _ in parts), np.array([share for _, share in parts]))
        for name, parts in found.items()
    }


def mix(name: str) -> Mix:
    """The mix of that name."""
    return mixes()[name]


def chance(name: str) -> float:
    """The chance of that name: the share of the only code of its mix."""
    (share,) = mixes()[name].shares
    return float(share)


@cache
def offences() -> tuple[Offence, ...]:
    """The offences of offences.csv, in their order."""
    return tuple(
        Offence(
            row["code"],
            row["name"],
            row["subgroup"],
            row["category"],
            float(row["share"]),
            float(row["domestic_share"]),
            row["victim"],
        )
        for row in rows("offences")
    )


@cache
def clocks() -> Mapping[str, Clock]:
    """The hour profiles with a level year, and as `hours/months` each of them with each profile of months."""
    parts: dict[tuple[str, str], Floats] = {}
    for row in rows("clock"):
        weights = np.array([float(one) for one in row["weights"].split()])
        parts[row["part"], row["profile"]] = weights / weights.sum()
    hours = {name: weights for (part, name), weights in parts.items() if part == "hour"}
    months = {name: weights for (part, name), weights in parts.items() if part == "month"}
    return {f"{hour}/{month}": Clock(hours[hour], months[month]) for hour in hours for month in months}


def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a reference table."""
    return reference_rows("happenings", name)
