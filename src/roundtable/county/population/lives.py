"""The state that a shard's simulation works on: its people, households and addresses, column by column.

Days are day numbers. People, households and addresses are counted from 0 within the shard; -1 is nobody or
nowhere. All operations are over arrays; no loop runs person by person.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from roundtable.county.places.dwellings import CARE_HOME, FLAT, HOSTEL, REFUGE, SITE, TENURES, Dwellings
from roundtable.county.population.rates import times
from roundtable.county.population.tables import StayKind

#: A day that never comes.
NEVER = 2_000_000
NOBODY = -1
NOWHERE = -1

FEMALE, MALE, OTHER_SEX = 0, 1, 2
#: Stay kinds as they are coded in the simulation: their place in `StayKind`.
STAY = {kind: code for code, kind in enumerate(StayKind)}
HOME = STAY[StayKind.HOME]
AWAY = STAY[StayKind.AWAY]
NO_FIXED_ADDRESS = STAY[StayKind.NO_FIXED_ADDRESS]
#: The stay kind that goes with a kind of address.
_STAY_AT = {CARE_HOME: STAY[StayKind.CARE_HOME], HOSTEL: STAY[StayKind.HOSTEL]} | {
    REFUGE: STAY[StayKind.REFUGE],
    SITE: STAY[StayKind.SITE],
}

#: What a household is as long as it lasts; `tables.HouseholdKind` says what it was made of.
PRIVATE, SHARED, STUDENT, COMMUNAL = range(4)

#: The columns of `People.leaning`: six traits, then what the household as a whole has in common.
FRAILTY, MENTAL, SUBSTANCE, POVERTY, VIOLENCE, CARE, HOUSEHOLD_FATE, HOUSEHOLD_POVERTY = range(8)

Who = npt.NDArray[np.int64]
Days = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_COLUMNS: dict[str, tuple[type, int]] = {
    "born": (np.int32, 0),
    "died": (np.int32, NEVER),
    "sex": (np.int8, 0),
    "mother": (np.int32, NOBODY),
    "father": (np.int32, NOBODY),
    "twin": (np.int32, NOBODY),
    "tradition": (np.int8, 0),
    "came": (np.int32, 0),
    "left": (np.int32, NEVER),
    "home": (np.int32, NOWHERE),
    "stay": (np.int8, HOME),
    "since": (np.int32, 0),
    "partner": (np.int32, NOBODY),
    "union_from": (np.int32, NEVER),
    "married": (np.bool_, False),
    "married_on": (np.int32, NEVER),
    "adopted": (np.int32, NEVER),
    "adopter": (np.int32, NOBODY),
}


class People:
    """Everyone who ever lived in the shard. The columns are as long as there is room; `count` are in use."""

    born: Days
    died: Days
    sex: npt.NDArray[np.int8]
    mother: Days
    father: Days
    twin: Days
    tradition: npt.NDArray[np.int8]
    came: Days
    left: Days
    home: Days
    stay: npt.NDArray[np.int8]
    since: Days
    partner: Days
    union_from: Days
    married: Flags
    married_on: Days
    adopted: Days
    adopter: Days
    leaning: npt.NDArray[np.float32]

    def __init__(self, room: int) -> None:
        self.count = 0
        for name, (kind, empty) in _COLUMNS.items():
            setattr(self, name, np.full(room, empty, dtype=kind))
        self.leaning = np.zeros((room, 8), dtype=np.float32)

    def add(self, count: int) -> Who:
        """Room for more people; their numbers."""
        start, self.count = self.count, self.count + count
        while self.count > len(self.born):
            self._grow()
        return np.arange(start, self.count)

    def _grow(self) -> None:
        for name, (kind, empty) in _COLUMNS.items():
            old = getattr(self, name)
            setattr(self, name, np.concatenate([old, np.full(len(old), empty, dtype=kind)]))
        self.leaning = np.concatenate([self.leaning, np.zeros_like(self.leaning)])

    def living(self) -> Flags:
        """Who is alive and has not left for good; those away for a time are among them."""
        return np.asarray((self.died[: self.count] == NEVER) & (self.left[: self.count] == NEVER))

    def resident(self) -> Flags:
        """Who lives in the county now."""
        return np.asarray(self.living() & (self.stay[: self.count] != AWAY))

    def age_on(self, day: int) -> npt.NDArray[np.int64]:
        """Everybody's age in whole years, near enough for rates: years of 365.25 days."""
        return ((day - self.born[: self.count]) / 365.25).astype(np.int64).clip(0, 110)


@dataclass
class Households:
    """The households there ever were: where each is, and what it is."""

    address: list[Days] = field(default_factory=list)
    group: list[npt.NDArray[np.int8]] = field(default_factory=list)
    count: int = 0
    _address: Days | None = None
    _group: npt.NDArray[np.int8] | None = None

    def add(self, address: npt.NDArray[np.integer], group: int) -> Who:
        """New households, one at each address; their numbers."""
        self.address.append(np.asarray(address, dtype=np.int32))
        self.group.append(np.full(len(address), group, dtype=np.int8))
        self._address = self._group = None
        start, self.count = self.count, self.count + len(address)
        return np.arange(start, self.count)

    def addresses(self) -> Days:
        """Where each is."""
        if self._address is None:
            self._address = np.concatenate([*self.address, np.empty(0, np.int32)]).astype(np.int32)
            self.address = [self._address]
        return self._address

    def groups(self) -> npt.NDArray[np.int8]:
        """What each is: `PRIVATE`, `SHARED`, `STUDENT` or `COMMUNAL`."""
        if self._group is None:
            self._group = np.concatenate([*self.group, np.empty(0, np.int8)]).astype(np.int8)
            self.group = [self._group]
        return self._group


def stay_kind_at(kinds: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    """In what way someone stays at addresses of these kinds."""
    codes = np.full(max(_STAY_AT) + 1, HOME, dtype=np.int8)
    for kind, stay in _STAY_AT.items():
        codes[kind] = stay
    return codes[kinds]


def dwellings_score(stock: Dwellings) -> npt.NDArray[np.float64]:
    """How well-off those who live at each address tend to be: its area's decile, its tenure and its kind."""
    tenure = np.array([times(f"worth_{name}") for name in TENURES])[stock.tenure]
    kind = np.where(stock.kind == FLAT, times("worth_flat"), 0.0)
    return np.asarray(times("worth_decile") * (stock.decile - 5.5) + tenure + kind)
