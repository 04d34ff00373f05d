"""What is odd about each registration: slips, gaps and lags, drawn once, so that every row shows the same.

A *holder* is whatever keeps its oddities: a registration in a sender's own register of people, or, where
names are taken anew at every contact, the contact. Each oddity has a random stream of its own, so that a
contract with a column more or less changes nothing in the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.county.plan import CountyPlan, stream
from roundtable.county.sends.groups import MOST, Groups
from roundtable.county.sends.habits import Habits
from roundtable.county.sends.slips import Field, kinds, slipped, slipped_days

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Chance:
    """Where a sender's chance comes from in a shard: a stream of its own for every oddity."""

    plan: CountyPlan
    shard: int
    topic: str

    def of(self, name: str) -> np.random.Generator:
        """The stream of one oddity, from its beginning."""
        return stream(self.plan, self.shard, f"sends {self.topic} {name}")


@dataclass(frozen=True)
class Slips:
    """A kind of slip for each holder, -1 where there is none, and a seed for it."""

    kind: NDArray[np.int8]
    seed: Integers
    names: tuple[str, ...]

    def of(self, holders: Integers) -> Slips:
        """Those of some holders, in their order."""
        return Slips(self.kind[holders], self.seed[holders], self.names)

    def in_texts(self, texts: pa.Array, kept: int = 0) -> pa.Array:
        """Texts with their slips, one for one; what is null stays so, and the first `kept` letters stand."""
        rows = np.flatnonzero(self.kind >= 0)
        if not len(rows):
            return texts
        meant = texts.take(pa.array(rows)).to_pylist()
        wrong = [
            None if text is None else text[:kept] + slipped(text[kept:], self.names[kind], seed)
            for text, kind, seed in zip(
                meant, self.kind[rows].tolist(), self.seed[rows].tolist(), strict=True
            )
        ]
        return pc.replace_with_mask(texts, pa.array(self.kind >= 0), pa.array(wrong, texts.type))

    def in_days(self, days: NDArray[Any]) -> NDArray[Any]:
        """Days with their slips, one for one; `NaT` stays so."""
        made = days.copy()
        for number, name in enumerate(self.names):
            rows = np.flatnonzero((self.kind == number) & ~np.isnat(days))
            if len(rows):
                made[rows] = slipped_days(days[rows], name, self.seed[rows])
        return made


@dataclass
class Quirks:
    """The oddities of a number of holders.

    Attributes:
        habits: the sender's.
        chance: where chance comes from.
        count: how many holders there are.
        groups: who belongs to which group; without them, all are alike.
        who: the position of each holder's person; -1 where there is none.
    """

    habits: Habits
    chance: Chance
    count: int
    groups: Groups | None = None
    who: Integers | None = None
    _slips: dict[str, Slips] = field(default_factory=dict)
    _flags: dict[str, Flags] = field(default_factory=dict)
    _days: dict[str, Integers] = field(default_factory=dict)
    _lots: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def slips(self, habit: str, in_what: Field = Field.TEXT) -> Slips:
        """The slips of each holder in one of its fields, at the habit's rate."""
        if habit not in self._slips:
            random = self.chance.of(habit)
            names, shares = kinds(in_what)
            happens = random.random(self.count) < self.rates(habit)
            # A kind for everybody, so that another rate changes nothing but who slips.
            kinds_drawn = random.choice(len(names), self.count, p=shares)
            kind = np.where(happens, kinds_drawn, -1).astype(np.int8)
            self._slips[habit] = Slips(kind, random.integers(0, 1 << 30, self.count), names)
        return self._slips[habit]

    def has(self, habit: str) -> Flags:
        """Which holders have an oddity, at the habit's rate."""
        if habit not in self._flags:
            self._flags[habit] = self.chance.of(habit).random(self.count) < self.rates(habit)
        return self._flags[habit]

    def rates(self, habit: str) -> float | NDArray[np.float64]:
        """A habit's rate, for each holder where it differs between groups."""
        rate = self.habits.rate(habit)
        times = None if self.groups is None else self.groups.times(self.habits.manner("typing"), habit)
        if times is None or self.who is None or not len(times):
            return rate
        own = np.where(self.who < 0, 1.0, times[np.maximum(self.who, 0)])
        return np.where(own == 1.0, rate, np.minimum(rate * own, max(rate, MOST)))

    def days_late(self, habit: str) -> Integers:
        """By how many days each holder's knowledge lags: none for most, long for those with the habit."""
        if habit not in self._days:
            lag = self.chance.of(f"{habit} by").exponential(self.habits.rate("late_days"), self.count)
            least = int(self.habits.rate("late_days_least"))
            self._days[habit] = np.where(self.has(habit), lag.astype(np.int64) + least, 0)
        return self._days[habit]

    def days_until(self, habit: str) -> Integers:
        """So many days for each holder, few or many, with the habit's number as their mean."""
        if habit not in self._days:
            drawn = self.chance.of(habit).exponential(self.habits.rate(habit), self.count)
            self._days[habit] = drawn.astype(np.int64)
        return self._days[habit]

    def lots(self, name: str) -> NDArray[np.float64]:
        """A number from 0 to 1 for each holder."""
        if name not in self._lots:
            self._lots[name] = self.chance.of(name).random(self.count)
        return self._lots[name]

    def seeds(self, name: str) -> Integers:
        """A whole number for each holder, that decides which of several ways it is written."""
        return self.any_of(f"way of {name}", 1 << 30)

    def any_of(self, name: str, count: int) -> Integers:
        """One of so many ways for each holder, all alike in chance."""
        key = f"{name} of {count}"
        if key not in self._days:
            self._days[key] = self.chance.of(key).integers(0, count, self.count)
        return self._days[key]
