"""Which areas are worse than their deprivation says: town centres, and some by luck.

The first area of a settlement of several stands at its centre (`places.county_map`) and draws what happens in
streets from all of them: the more areas the settlement has, the more. Beyond that each area has a factor of
its own, which every shard knows of every area alike. A shard's people keep to its own areas, so that in life
more of a centre's victims live further away than here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from roundtable.county.happenings.figures import value
from roundtable.county.happenings.lives import Floats, Ints
from roundtable.county.happenings.needs import Need
from roundtable.county.places.county_map import CountyMap
from roundtable.county.plan import CountyPlan, stream
from roundtable.county.reference_table import reference_rows


@dataclass(frozen=True)
class AreaRisks:
    """Risk by area, for the areas of one shard.

    Attributes:
        own: how many times as much happens in each area of the county as in others of its decile.
        decile, people: of each area of the county.
        here: the places of the shard's areas among them.
    """

    own: Floats
    decile: Ints
    people: Floats
    here: Ints

    @property
    def streets(self) -> Floats:
        """How many times as much happens in the streets of each area of the shard as in the county's."""
        return self._beside(self.own * _gradient(value("areas.risk_1_to_10"))[self.decile])

    def at_homes(self, need: Need) -> Floats:
        """What the need is multiplied by for those who live in each area of the shard.

        How many times the need of others like them they have, in a county whose deciles come to what those
        of the real one do.
        """
        like_them = _gradient(need.gradient)[self.decile]
        return self._beside(self.own**need.place, like_them) * self.for_the_mix(need)

    def for_the_mix(self, need: Need) -> float:
        """How many times as much need the real county's areas bring by their deciles as the areas here.

        A small county has few areas, and by chance fewer of the most deprived, or more.
        """
        gradient = _gradient(need.gradient)
        here = np.average(gradient[self.decile], weights=np.maximum(self.people, 1e-9))
        return float(np.average(gradient, weights=_real_areas()) / here)

    def _beside(self, risk: Floats, weight: Floats | float = 1.0) -> Floats:
        """Against the mean over the county's people, each weighed."""
        weights = np.maximum(self.people * weight, 1e-9)
        found: Floats = (risk / np.average(risk, weights=weights))[self.here]
        return found


def area_risks(plan: CountyPlan, county_map: CountyMap, codes: Sequence[str]) -> AreaRisks:
    """The risks of the areas with these codes."""
    areas = county_map.areas
    luck = stream(plan, None, "area risks").lognormal(0.0, value("areas.log_spread"), len(areas))
    place = {code: number for number, code in enumerate(areas["area"].to_pylist())}
    return AreaRisks(
        luck * _centres(areas["settlement"].to_pylist(), areas["rural"].to_pylist()),
        areas["decile"].to_numpy().astype(np.int64),
        areas["people"].to_numpy().astype(np.float64),
        np.array([place[code] for code in codes], np.int64),
    )


def _centres(settlements: list[str], rural: list[bool]) -> Floats:
    """How many times more the centre of a settlement draws: the first of its areas."""
    sizes = Counter(settlements)
    seen: set[str] = set()
    factors = np.ones(len(settlements))
    for place, (name, country) in enumerate(zip(settlements, rural, strict=True)):
        if name not in seen and not country:
            factors[place] += value("areas.centre_draws") * (sizes[name] - 1)
        seen.add(name)
    return factors


@cache
def _real_areas() -> Floats:
    """How many areas of the real county have each decile, 0 to 10."""
    found = np.zeros(11)
    for row in reference_rows("places", "deprivation"):
        found[int(row["decile"])] += float(row["areas"])
    return found


def _gradient(times: float) -> Floats:
    """By decile, 0 to 10: so many times as much in decile 1 as in decile 10."""
    found: Floats = times ** ((10 - np.arange(11)) / 9.0)
    return found
