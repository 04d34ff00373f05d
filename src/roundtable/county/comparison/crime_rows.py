"""The crimes of a shard, and who was in them, as the comparison of concentration needs them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.happenings.figures import offences
from roundtable.county.happenings.happen import Happenings
from roundtable.county.happenings.lives import DAY_SECONDS, Ints, Lives, looked_up
from roundtable.county.plan import SHARD_AREAS, CountyPlan, Shard

SUBGROUPS = tuple(dict.fromkeys(one.subgroup for one in offences()))


@dataclass(frozen=True)
class CrimeRows:
    """One row a crime of a shard.

    Attributes:
        subgroup: the place in SUBGROUPS.
        victim: the id of the victim; -1 for none.
        street: the street it happened in or the address stands in, unique in the county.
        area: the number of the area in the county.
        year: the year of the plan, from 0.
    """

    subgroup: Ints
    victim: Ints
    street: Ints
    area: Ints
    year: Ints


def crime_rows(lives: Lives, shard: Shard, found: Happenings) -> CrimeRows:
    """The crimes of a shard."""
    table = found.tables["crime"]
    places = lives.places
    address = looked_up(places.ids, table["address"].fill_null(-1).to_numpy())
    order = np.argsort(places.street_longitude)
    there = np.searchsorted(places.street_longitude[order], table["longitude"].to_numpy())
    by_point = order[np.minimum(there, places.streets - 1)]
    street = np.where(address >= 0, places.street[np.maximum(address, 0)], by_point)
    subgroup = {name: place for place, name in enumerate(SUBGROUPS)}
    roles = found.roles
    victims = roles.filter(pc.equal(roles["role"], "victim"))
    at = looked_up(victims["event"].to_numpy(), table["event"].to_numpy())
    # A last shard of few people may have no victim at all: the appended one stands for nobody.
    who = np.append(victims["person"].to_numpy(), -1)
    victim = np.where(at >= 0, who[np.maximum(at, 0)], -1)
    return CrimeRows(
        np.array([subgroup[one] for one in table["subgroup"].to_pylist()], np.int64),
        victim,
        street + shard.number * 1_000_000,
        places.street_area[street] + shard.number * SHARD_AREAS,
        np.searchsorted(lives.years, at_of(table) // DAY_SECONDS, side="right") - 1,
    )


def pairs(found: Happenings) -> tuple[Ints, Ints, Ints]:
    """Victim, suspect and subgroup of each domestic abuse incident with a suspect."""
    table, roles, crimes = found.tables["domestic_abuse"], found.roles, found.tables["crime"]
    suspects = roles.filter(pc.equal(roles["role"], "suspect"))
    at = looked_up(suspects["event"].to_numpy(), table["event"].to_numpy())
    known = at >= 0
    crime = looked_up(crimes["event"].to_numpy(), table["crime"].fill_null(-1).to_numpy())
    subgroup = {name: place for place, name in enumerate(SUBGROUPS)}
    of_crime = np.array([subgroup[one] for one in crimes["subgroup"].to_pylist()] or [0], np.int64)
    graded = np.where(crime >= 0, of_crime[np.maximum(crime, 0)], -1)
    person = table["person"].to_numpy()
    return person[known], suspects["person"].to_numpy()[at[known]], graded[known]


def known_last_year(plan: CountyPlan, found: Happenings) -> dict[str, Ints]:
    """Ids of the people with an event of a kind in the last year."""
    since = (plan.last_day - 365) * DAY_SECONDS
    roles = found.roles
    groups = {
        "homeless": ("homelessness", "applicant"),
        "offending": ("crime", "suspect"),
        "treatment": ("service_use", "client"),
    }
    people = {}
    for name, (table_name, role) in groups.items():
        table = found.tables[table_name]
        if name == "treatment":
            table = table.filter(pc.equal(table["code"], "substance-treatment"))
        late = table.filter(pc.greater_equal(table["at"].cast(pa.int64()), since))
        mine = roles.filter(
            pc.and_(pc.equal(roles["role"], role), pc.is_in(roles["event"], late["event"].combine_chunks()))
        )
        people[name] = np.unique(mine["person"].to_numpy())
    return people


def at_of(table: pa.Table) -> Ints:
    """When each row happened, in seconds."""
    found: Ints = table["at"].cast(pa.int64()).to_numpy()
    return found
