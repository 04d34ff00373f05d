"""What the page shows of linkage, as values: what was linked for which purpose, how sure that is, and why.

Shares are in parts per million. The counts are exact; small ones are hidden when they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StopShown:
    """What is expected of one choice of where to stop joining."""

    stop_ppm: int
    precision_ppm: int
    recall_ppm: int
    people: int
    chosen: bool


@dataclass(frozen=True)
class QualityShown:
    """One measure of one part of the records, and its ratio to the rest; None where there is no rest."""

    breakdown: str
    part: str
    measure: str
    records: int
    people: int
    value_ppm: int
    low_ppm: int
    high_ppm: int
    ratio_ppm: int | None = None
    ratio_low_ppm: int | None = None
    ratio_high_ppm: int | None = None


@dataclass(frozen=True)
class DriftShown:
    """One thing that was compared with the run before; parts per million of its unit."""

    measure: str
    part: str
    before_ppm: int
    now_ppm: int
    shift_ppm: int
    alarm_ppm: int
    alarm: bool


@dataclass(frozen=True)
class ToldShown:
    """Something to know of the links, in words."""

    kind: str
    told: str
    number: int | None = None


@dataclass(frozen=True)
class HomesShown:
    """Addresses and households: how many there are."""

    addresses: int
    communal: int
    households: int
    at_two: int
    """How many people are members of two households or more today."""


@dataclass(frozen=True)
class PurposeLinkage:
    """The links of one purpose; no other purpose's records are among them.

    Attributes:
        purpose: its name, as people say it.
        quality: every measure, that of everything first.
        curve: the stops that were tried, the lowest first.
        weights: how many kept pairs there are by band of weight, in order.
        drift: what was compared with the run before; nothing at the first run.
        moves: how many people or records each kind of move of the newest run was of.
        told: what else there is to know.
        homes: addresses and households; None where none were looked for.
    """

    purpose: str
    quality: tuple[QualityShown, ...]
    curve: tuple[StopShown, ...] = ()
    weights: tuple[tuple[str, int], ...] = ()
    drift: tuple[DriftShown, ...] = ()
    moves: tuple[tuple[str, int], ...] = ()
    told: tuple[ToldShown, ...] = ()
    homes: HomesShown | None = None


@dataclass(frozen=True)
class LinkageShown:
    """The links of every purpose that links any records."""

    purposes: tuple[PurposeLinkage, ...]
