"""What county is wanted, in which shards it is made, and where each shard's chance comes from.

A county is made shard by shard, each from random streams of its own that its number alone decides, and what
the shards give is joined in their order. So neither the number of processes nor their pace changes a byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from zlib import crc32

import numpy as np

#: People in a shard; the last shard has the rest.
SHARD_PEOPLE = 5_000
#: The ids of a shard's people, addresses, households and events lie in a range of this width.
SHARD_IDS = 10_000_000
#: Small areas in a shard, so that an area has about as many people as a real one of the census.
SHARD_AREAS = 3
#: Shards that a county may have: what the made-up postcodes have room for, 3,960 areas.
MOST_SHARDS = 1_320
#: Years before today at most: in more, a shard would have more people than its NHS numbers.
MOST_YEARS = 15

_EPOCH = date(1970, 1, 1)


def day_number(day: date) -> int:
    """The days from 1 January 1970 to a day, as `date32` counts them."""
    return (day - _EPOCH).days


def day_of(number: int) -> date:
    """The day that is so many days after 1 January 1970."""
    return _EPOCH + timedelta(days=number)


@dataclass(frozen=True, order=True)
class Shard:
    """A part of the county that is made by itself: its number, from 0, and the people in it today."""

    number: int
    people: int

    @property
    def first_id(self) -> int:
        """The id from which the shard's people, addresses, households and events are counted."""
        return self.number * SHARD_IDS

    @property
    def areas(self) -> range:
        """The numbers, from 0, of the small areas that the shard's people live in."""
        return range(self.number * SHARD_AREAS, (self.number + 1) * SHARD_AREAS)


@dataclass(frozen=True)
class CountyPlan:
    """The county that is wanted.

    `people` live in it on `today`, exactly; those who died or left in the `years` before come on top.
    `seed` is any whole number that is not negative.
    """

    people: int
    seed: int
    today: date
    years: int = 10

    def __post_init__(self) -> None:
        if not 1 <= self.people <= MOST_SHARDS * SHARD_PEOPLE:
            raise ValueError(f"a county has 1 to {MOST_SHARDS * SHARD_PEOPLE:,} people, not {self.people:,}")
        if self.seed < 0:
            raise ValueError("a seed is a whole number from 0 up")
        if not 1 <= self.years <= MOST_YEARS:
            raise ValueError(f"a county has 1 to {MOST_YEARS} years of life before today")

    @cached_property
    def shards(self) -> tuple[Shard, ...]:
        """The county's parts, in order."""
        whole, rest = divmod(self.people, SHARD_PEOPLE)
        sizes = [SHARD_PEOPLE] * whole + ([rest] if rest else [])
        return tuple(Shard(number, people) for number, people in enumerate(sizes))

    @property
    def begins(self) -> date:
        """The first day of the life that is simulated; 29 February becomes the 28th."""
        try:
            return self.today.replace(year=self.today.year - self.years)
        except ValueError:
            return self.today.replace(year=self.today.year - self.years, day=28)

    @property
    def first_day(self) -> int:
        """`begins` as a day number."""
        return day_number(self.begins)

    @property
    def last_day(self) -> int:
        """`today` as a day number; the county is known up to the end of this day."""
        return day_number(self.today)


def stream(plan: CountyPlan, shard: int | None, topic: str) -> np.random.Generator:
    """The random stream of one topic in one shard, or in the county as a whole where no shard is given.

    Streams of different topics are independent, so that a draw more in one changes no other.
    """
    place = 0 if shard is None else shard + 1
    seeds = np.random.SeedSequence(plan.seed, spawn_key=(place, crc32(topic.encode())))
    return np.random.Generator(np.random.PCG64(seeds))
