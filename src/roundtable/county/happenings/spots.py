"""Where things happen: at an address, or at the point of a street; some streets are far worse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.drawing import NONE, lag
from roundtable.county.happenings.figures import value
from roundtable.county.happenings.lives import Floats, Ints


@dataclass(frozen=True)
class Spots:
    """Places of events: an address, or where that is -1 a street."""

    address: Ints
    street: Ints

    def columns(self, chronicle: Chronicle) -> dict[str, object]:
        """The columns `address`, `area`, `longitude` and `latitude` of a table of what is mapped."""
        places = chronicle.lives.places
        home, street = np.maximum(self.address, 0), np.maximum(self.street, 0)
        indoors = self.address >= 0
        return {
            "address": chronicle.address_ids(self.address),
            "area": chronicle.area_codes(self.areas(chronicle)),
            "longitude": np.where(indoors, places.longitude[home], places.street_longitude[street]),
            "latitude": np.where(indoors, places.latitude[home], places.street_latitude[street]),
        }

    def areas(self, chronicle: Chronicle) -> Ints:
        """The area of each."""
        places = chronicle.lives.places
        home, street = np.maximum(self.address, 0), np.maximum(self.street, 0)
        return np.where(self.address >= 0, places.area[home], places.street_area[street])


@dataclass(frozen=True)
class Streets:
    """How much of what happens in streets happens in each, streets in order of area.

    Attributes:
        total: rising sums of the streets' weights.
        area_from, area_to: where each area's part of `total` begins and ends.
        home_risk: how many times as much happens at the homes of each street as at homes on average.
    """

    total: Floats
    area_from: Floats
    area_to: Floats
    home_risk: Floats

    def draw(self, rng: np.random.Generator, areas: Ints, near: float) -> Ints:
        """A street for each: with the chance `near` one of the area, otherwise any of the shard.

        An area of -1 is any.
        """
        inside = (rng.random(len(areas)) < near) & (areas >= 0)
        low = np.where(inside, self.area_from[areas], 0.0)
        high = np.where(inside, self.area_to[areas], self.total[-1])
        point = low + rng.random(len(areas)) * (high - low)
        found: Ints = np.searchsorted(self.total, point, side="right").astype(np.int64)
        last: Ints = np.minimum(found, len(self.total) - 1)
        return last


def streets_of(chronicle: Chronicle) -> Streets:
    """Weights of the shard's streets: by their houses and area, log-normal; a few are its centres."""
    places, rng = chronicle.lives.places, chronicle.rng("streets")
    weight = np.sqrt(places.street_houses) * rng.lognormal(0.0, value("streets.log_spread"), places.streets)
    centres = max(1, round(chronicle.shard.people / value("streets.people_to_a_centre")))
    share = value("streets.centre_share")
    risk = chronicle.area_risks.streets[places.street_area]
    chosen = rng.choice(places.streets, min(centres, places.streets), replace=False, p=risk / risk.sum())
    weight *= risk
    others = weight.sum() - weight[chosen].sum()
    pull = rng.uniform(0.5, 1.5, len(chosen))
    weight[chosen] = pull / pull.sum() * max(others, 1e-9) * share / (1 - share)
    total = np.cumsum(weight)
    areas = np.arange(len(places.areas))
    first = np.searchsorted(places.street_area, areas, side="left")
    last = np.searchsorted(places.street_area, areas, side="right")
    edges = np.concatenate([[0.0], total])
    home = chronicle.rng("streets of homes").lognormal(0.0, value("streets.home_log_spread"), places.streets)
    home /= np.average(home, weights=places.street_houses)
    return Streets(total, edges[first], edges[last], home)


def at_home(
    chronicle: Chronicle, streets: Streets, rng: np.random.Generator, people: Ints, day: Ints
) -> Spots:
    """Where people live on a day; in a street of the shard where they have no address."""
    address = chronicle.lives.where(people, day).address
    return Spots(address, streets.draw(rng, np.full(len(people), NONE), 0.0))


def unplaced(chronicle: Chronicle, address: Ints) -> dict[str, object]:
    """The columns `address` and `area` of a table that is not mapped."""
    area = np.where(address >= 0, chronicle.lives.places.area[np.maximum(address, 0)], NONE)
    return {"address": chronicle.address_ids(address), "area": chronicle.area_codes(area)}


def when(
    rng: np.random.Generator, at: Ints, people: Ints, hours: float, until: Ints | None = None
) -> dict[str, object]:
    """The columns `at`, `until`, `recorded` and `person`; recorded after so many hours on average."""
    return {
        "at": at,
        "until": np.full(len(at), NONE) if until is None else until,
        "recorded": lag(rng, at, hours),
        "person": people,
    }
