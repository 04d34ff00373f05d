"""The course of a shard's years: its founders, then half-year by half-year what happens to everyone."""

from __future__ import annotations

import numpy as np

from roundtable.county.places.county_map import CountyMap
from roundtable.county.places.dwellings import SHARED_HOUSE, dwellings
from roundtable.county.plan import CountyPlan, Shard, stream
from roundtable.county.population import couples, founding, growing, institutions, moving
from roundtable.county.population.founders import found, people_at_first
from roundtable.county.population.life import Life
from roundtable.county.population.lives import People
from roundtable.county.population.newcomers import arrivals
from roundtable.county.population.rates import age_shares, rate
from roundtable.county.population.sites import institutions_of

#: Steps in a year: nobody has more than one event in each.
HALVES = 2


def run(plan: CountyPlan, shard: Shard, county_map: CountyMap) -> Life:
    """A shard's life from the plan's first day to its last, as it then stands, with its diary."""
    rng = stream(plan, shard.number, "life")
    count = int(shard.people * rate("addresses")) + 6
    stock = dwellings(
        stream(plan, shard.number, "dwellings"), shard, county_map, count, institutions_of(shard)
    )
    life = Life(rng, stock, People(int(shard.people * 1.8) + 200))
    life.unlived = (stock.kind < SHARED_HOUSE) & (rng.random(len(stock)) < rate("unlived"))
    wanted = _wanted_ages(shard, county_map)
    students = _student_share(shard, county_map)
    found(life, plan, shard, wanted, students)
    bounds = np.linspace(plan.first_day, plan.last_day + 1, HALVES * plan.years + 1).astype(np.int64)
    for number in range(len(bounds) - 1):
        life.begin_half_year(int(bounds[number]), int(bounds[number + 1]))
        growth = (number + 1) / (len(bounds) - 1)
        target = people_at_first(plan, shard) + (shard.people - people_at_first(plan, shard)) * growth
        _half_year(life, round(target), wanted, students, last=number == len(bounds) - 2)
    return life


def _half_year(life: Life, target: int, wanted: founding.Floats, students: float, *, last: bool) -> None:
    """All that happens in a half-year, each kind in its turn; then people come until the target is met."""
    growing.deaths(life)
    growing.births(life)
    institutions.refuges(life)
    institutions.adoptions(life)
    couples.separations(life)
    couples.unions(life)
    couples.marriages(life)
    moving.leaving_home(life)
    institutions.care_homes(life)
    institutions.homelessness(life)
    moving.moves(life)
    moving.departures(life)
    moving.away(life)
    growing.orphans(life)
    surplus = int(life.people.resident().sum()) - target
    if last and surplus > 0:
        moving.departures(life, surplus)
    arrivals(life, target - int(life.people.resident().sum()), wanted, students)


def _student_share(shard: Shard, county_map: CountyMap) -> float:
    kinds = county_map.areas["kind"].slice(shard.areas.start, len(shard.areas)).to_pylist()
    return float(rate("students") * kinds.count("city") / len(kinds))


def _wanted_ages(shard: Shard, county_map: CountyMap) -> founding.Floats:
    """The shares of each age that the shard ought to have: those of its areas' districts."""
    districts = county_map.areas["district"].slice(shard.areas.start, len(shard.areas)).to_pylist()
    return np.asarray(np.mean([age_shares(district) for district in districts], axis=0))
