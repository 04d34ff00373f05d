"""Drawing: things that happen at rates, codes from mixes, and when something is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from roundtable.county.happenings.figures import Clock, mix, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Floats, Ints

#: Stands for null among whole numbers, days and instants.
NONE = -1


@dataclass(frozen=True)
class Drawn:
    """Things that happened: to whom (the place of a person or household), and when, in seconds; by time."""

    unit: Ints
    at: Ints

    @property
    def day(self) -> Ints:
        """The day number."""
        return self.at // DAY_SECONDS

    def kept(self, which: Flags) -> Drawn:
        """Those of them."""
        return Drawn(self.unit[which], self.at[which])

    def __len__(self) -> int:
        return len(self.at)


def words(codes: Sequence[str], places: Ints) -> pa.Array:
    """The codes at these places."""
    return pa.array(list(codes), pa.string()).take(pa.array(places))


def mixed(rng: np.random.Generator, name: str, size: int) -> pa.Array:
    """Codes drawn from the mix of that name."""
    drawn = mix(name)
    return words(drawn.codes, drawn.draw(rng, size))


def lag(rng: np.random.Generator, at: Ints, hours: float) -> Ints:
    """When it was written down: after so many hours on average."""
    return at + (rng.exponential(hours * 3600.0, len(at))).astype(np.int64)


def lasting(rng: np.random.Generator, name: str, size: int) -> Floats:
    """How many days each lasts: a least, and more as chance will, from the shapes of that name."""
    return value(f"{name}.days_least") + rng.exponential(value(f"{name}.days_more"), size)


def drawn_in(rng: np.random.Generator, rates: Floats, first: Ints, days: Ints, clock: Clock) -> Drawn:
    """A Poisson process for each unit, from yearly rates by unit and year and the days of each year."""
    expected = (rates * (days / 365.25)).ravel()
    total = np.cumsum(expected)
    size = int(rng.poisson(total[-1])) if len(total) and total[-1] > 0 else 0
    cell = np.searchsorted(total, rng.random(size) * (total[-1] if size else 0.0), side="right")
    cell = np.minimum(cell, max(0, len(total) - 1))
    unit = cell // first.shape[1] if size else cell
    start, length = first.ravel()[cell], days.ravel()[cell]
    at = start + (rng.random(size) * length).astype(np.int64)
    at = seasonal(rng, at, start, length, clock) * DAY_SECONDS + seconds_of_day(rng, size, clock)
    order = np.lexsort((unit, at))
    return Drawn(unit[order].astype(np.int64), at[order])


def seasonal(rng: np.random.Generator, day: Ints, start: Ints, length: Ints, clock: Clock) -> Ints:
    """Days drawn again, a few times, until the months are as frequent as the clock wants."""
    odds = clock.months / clock.months.max()
    if odds.min() == 1.0:
        return day
    for _ in range(4):
        again = rng.random(len(day)) > odds[month_of(day)]
        day = np.where(again, start + (rng.random(len(day)) * length).astype(np.int64), day)
    return day


def month_of(day: Ints) -> Ints:
    """The month of a day number, 0 to 11."""
    found: Ints = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12
    return found


def seconds_of_day(rng: np.random.Generator, size: int, clock: Clock) -> Ints:
    """A second of the day by the clock's hours."""
    hour = np.searchsorted(np.cumsum(clock.hours)[:-1], rng.random(size), side="right")
    return (hour * 3600 + rng.integers(0, 3600, size)).astype(np.int64)
