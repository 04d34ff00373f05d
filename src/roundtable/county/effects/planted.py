"""What is planted, as values, and how it is drawn for a county.

The sizes stand in `reference/*.csv` with their source; which areas have a pilot and which officer records
more than others is drawn from streams of the county as a whole, so that every shard knows the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np

from roundtable.county.places.county_map import CountyMap
from roundtable.county.plan import SHARD_AREAS, CountyPlan, stream
from roundtable.county.reference_table import reference_rows


@dataclass(frozen=True)
class ServiceEffect:
    """What a service truly does.

    Attributes:
        service: the id of the service.
        need: the need whose rate it changes, as in happenings/reference/needs.csv.
        rate_ratio: what the rate is multiplied by from the start of the course on; 1 for no effect.
        referred: share of those with the trigger who are referred.
        uptake: share of those referred who take it up, at the middle of the need's traits.
        delay_days: days from the trigger to the start.
    """

    service: str
    need: str
    rate_ratio: float
    referred: float
    uptake: float
    delay_days: int


@dataclass(frozen=True)
class Pilot:
    """A pilot in some areas: from `begins` on, the need's rate in them is multiplied by `rate_ratio`."""

    pilot: str
    need: str
    rate_ratio: float
    areas: frozenset[str]
    begins: date


@dataclass(frozen=True)
class NearRepeat:
    """Burglary that brings on burglary: each directly brings on `offspring` within `metres` and `days`."""

    metres: float
    days: int
    offspring: float


@dataclass(frozen=True)
class OfficerEffect:
    """One officer who makes `factor` times as many discretionary records as a colleague with the same shifts.

    Attributes:
        shard: the shard that the officer works in.
        place: the officer's place in its team, from 0.
        team: officers to a shard.
        spread: standard deviation of the logarithm of the others' pace.
    """

    shard: int
    place: int
    factor: float
    team: int
    spread: float

    @property
    def officer(self) -> str:
        """The collar number."""
        return collar(self.shard, self.place, self.team)


@dataclass(frozen=True)
class UnderRecording:
    """An agency records what it knows of one group `relative` times as often as of everybody else.

    Attributes:
        agency: the id of the agency.
        need: what it records, as in happenings/reference/needs.csv.
        sex: the sex on record of the group; empty for all.
        from_age: its least age in years.
        under_age: the age from which people no longer belong to it; None for no such age.
        relative: how many times as often.
    """

    agency: str
    need: str
    sex: str
    from_age: int
    under_age: int | None
    relative: float

    @property
    def group(self) -> str:
        """The group in words."""
        who = {"M": "men aged", "F": "women aged"}.get(self.sex, "aged")
        ages = (
            f"{self.from_age} and over"
            if self.under_age is None
            else f"{self.from_age} to {self.under_age - 1}"
        )
        return f"{who} {ages}"


@dataclass(frozen=True)
class Planted:
    """Everything that is planted in a county."""

    services: tuple[ServiceEffect, ...]
    pilots: tuple[Pilot, ...]
    near_repeat: NearRepeat
    officer: OfficerEffect
    under_recordings: tuple[UnderRecording, ...]

    def under_recording(self, need: str) -> UnderRecording:
        """How one group's share of what is recorded of a need is too small."""
        return next(one for one in self.under_recordings if one.need == need)

    def service(self, name: str) -> ServiceEffect:
        """The effect of the service of that id."""
        return next(one for one in self.services if one.service == name)

    def without_near_repeat(self) -> Planted:
        """The same, with burglaries that bring on no others."""
        return replace(self, near_repeat=replace(self.near_repeat, offspring=0.0))


def collar(shard: int, place: int, team: int) -> str:
    """The collar number of the officer at that place in the shard's team, as N00123."""
    return f"N{shard * team + place:05d}"


def plant(plan: CountyPlan, county_map: CountyMap) -> Planted:
    """What is planted in the county of that plan."""
    sizes = {row["effect"]: float(row["value"]) for row in reference_rows("effects", "planted")}
    chosen = int(stream(plan, None, "heavy officer").integers(len(plan.shards) * int(sizes["officer.team"])))
    shard, place = divmod(chosen, int(sizes["officer.team"]))
    return Planted(
        services=service_effects(),
        pilots=_pilots(plan, county_map),
        near_repeat=NearRepeat(
            sizes["near_repeat.metres"], int(sizes["near_repeat.days"]), sizes["near_repeat.offspring"]
        ),
        officer=OfficerEffect(
            shard, place, sizes["officer.factor"], int(sizes["officer.team"]), sizes["officer.spread"]
        ),
        under_recordings=under_recordings(),
    )


@cache
def under_recordings() -> tuple[UnderRecording, ...]:
    """Which agency records what of whom too seldom, as the reference table says."""
    return tuple(
        UnderRecording(
            row["agency"],
            row["need"],
            row["sex"],
            int(row["from_age"]),
            int(row["under_age"]) if row["under_age"] else None,
            float(row["relative"]),
        )
        for row in reference_rows("effects", "under_recording")
    )


@cache
def service_effects() -> tuple[ServiceEffect, ...]:
    """What each service truly does, as the reference table says."""
    return tuple(
        ServiceEffect(
            row["service"],
            row["need"],
            float(row["rate_ratio"]),
            float(row["referred"]),
            float(row["uptake"]),
            int(row["delay_days"]),
        )
        for row in reference_rows("effects", "services")
    )


def _pilots(plan: CountyPlan, county_map: CountyMap) -> tuple[Pilot, ...]:
    """Pilots in areas drawn among the more deprived two thirds, each area in one pilot at most.

    So the areas without a pilot are less deprived on average, as in life, and some of them compare well.
    """
    used = min(SHARD_AREAS * len(plan.shards), county_map.areas.num_rows)
    codes = county_map.areas["area"].to_pylist()[:used]
    deciles = county_map.areas["decile"].to_numpy()[:used]
    pool = np.argsort(deciles, kind="stable")[: max(2, -(-2 * used // 3))]
    drawn = list(stream(plan, None, "pilot areas").permutation(pool))
    found = []
    for row in reference_rows("effects", "pilots"):
        wanted = max(1, round(float(row["share_of_areas"]) * used))
        mine, drawn = drawn[:wanted], drawn[wanted:]
        areas = frozenset(codes[int(one)] for one in mine)
        begins = months_before(plan.today, int(row["months_before_today"]))
        found.append(Pilot(row["pilot"], row["need"], float(row["rate_ratio"]), areas, begins))
    return tuple(found)


def months_before(day: date, months: int) -> date:
    """The first of the month that lies so many months before the month of a day."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
