"""What the page and the command line show of flags on properties, as values."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.insight.flags.overlap import FlagsValue


@dataclass(frozen=True)
class OverlapShown:
    """The homes that the same agencies have flagged: how many, and how many nobody has visited lately."""

    agencies: tuple[str, ...]
    homes: int
    unvisited: int


@dataclass(frozen=True)
class NotSharedShown:
    """What a dataset holds that no agreement lets through, column by column in words."""

    dataset: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class FlagsShown:
    """Flags on properties. The counts are exact; they are hidden where they are small when they are shown.

    `visitors` are the agencies whose visits count, by name, and `visit_days` how long a visit counts.
    """

    overlap: tuple[OverlapShown, ...]
    value: FlagsValue
    visitors: tuple[str, ...]
    visit_days: int
    not_shared: tuple[NotSharedShown, ...] = ()
