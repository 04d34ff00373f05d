"""The open data of the county, under the contracts of the real: for where the real are not at hand.

Areas with their population by age and their deprivation, and crimes by the month at rounded points. The
outlines are in `outlines.py`, since they are no table.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from roundtable.county.plan import SHARD_AREAS
from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn, Integers, Producers, recoded
from roundtable.county.sends.homes_written import address_positions
from roundtable.county.sends.numbering import references
from roundtable.county.sends.people_known import texts
from roundtable.county.sends.shares import share

OPEN_DATA = Producers()
_SENDER = "open-data"
_OLDEST = 90
_YEAR_DAYS = 365.25
#: Map points are shown to about a hundred metres, so that none is anybody's home.
_DECIMALS = 3
#: The publisher keeps three years.
_YEARS = 3
_FORCE = "North Yorkshire Police"
_THEMES = ("Income", "Employment", "Education", "Health", "Crime", "Housing_and_Access", "Environment")
_DECILES = 10


@OPEN_DATA.sends(
    "population-lsoa11", "population", _SENDER, twice=False, once="synthetic_population_by_age.csv"
)
def population(case: Case) -> Drawn:
    """One row an area: who lives in it today, by age."""
    rows = _areas(case)
    counts = _by_age(case, rows)
    values = {str(age): counts[:, age].astype(np.float64) for age in range(_OLDEST)}
    values[f"{_OLDEST}+"] = counts[:, _OLDEST].astype(np.float64)
    areas = case.county_map.areas
    return _one_a_row(
        case,
        len(rows),
        {
            "lsoa11_name": texts(areas["name"]).take(pa.array(rows)),
            "lsoa11_code": texts(areas["area"]).take(pa.array(rows)),
            "total_population": counts.sum(axis=1).astype(np.float64),
            **values,
        },
    )


def _areas(case: Case) -> Integers:
    """The rows of the county's areas that are this shard's."""
    first = case.shard * SHARD_AREAS
    return np.arange(first, min(first + SHARD_AREAS, len(case.county_map.areas)))


def _by_age(case: Case, rows: Integers) -> Integers:
    people, tables = case.people, case.people.tables
    who = np.arange(len(people))
    today = np.full(len(people), case.today)
    stays = people.homes.on(who, today)
    homes = address_positions(people, tables.stays["address"])
    left = tables.persons["in_to"].to_numpy(zero_copy_only=False).astype("datetime64[D]")
    here = (stays >= 0) & ~(people.died <= case.today) & ~(left <= case.today)
    place = np.where(here, homes[np.maximum(stays, 0)], -1) if len(homes) else np.full(len(who), -1)
    here &= place >= 0
    codes = texts(case.county_map.areas["area"]).take(pa.array(rows)).to_pylist()
    area = np.array([codes.index(code) if code in codes else -1 for code in _area_codes(case)])
    ages = ((case.today - people.born).astype(np.int64) / _YEAR_DAYS).astype(np.int64)
    counts = np.zeros((len(rows), _OLDEST + 1), dtype=np.int64)
    inside = here & (area[np.maximum(place, 0)] >= 0) if len(area) else np.zeros(len(who), dtype=bool)
    np.add.at(counts, (area[place[inside]], np.minimum(ages[inside], _OLDEST)), 1)
    return counts


def _area_codes(case: Case) -> list[str]:
    codes: list[str] = texts(case.people.tables.addresses["area"]).to_pylist()
    return codes


@OPEN_DATA.sends(
    "deprivation-lsoa11", "deprivation", _SENDER, twice=False, once="synthetic_imd2019_deprivation.csv"
)
def deprivation(case: Case) -> Drawn:
    """One row an area: its decile on every theme, near to that on the whole, and a rank within it."""
    rows, random = _areas(case), case.chance("deprivation")
    areas = case.county_map.areas
    decile = np.asarray(areas["decile"].to_numpy())[rows].astype(np.int64)
    values: dict[str, Any] = {"lsoa11_code": texts(areas["area"]).take(pa.array(rows))}
    for theme in ("IMD", *_THEMES):
        near = decile if theme == "IMD" else decile + random.integers(-1, 2, len(rows))
        near = np.clip(near, 1, _DECILES)
        rank = (near - 1 + random.random(len(rows))) * share("deprivation.areas of England") / _DECILES
        values[f"{theme}_decile"] = near.astype(np.float64)
        values[f"{theme}_rank"] = np.floor(rank) + 1
    return _one_a_row(case, len(rows), values)


def _one_a_row(case: Case, count: int, values: dict[str, Any]) -> Drawn:
    begun = np.datetime64(case.plan.begins, "s")
    none = np.full(count, -1)
    return Drawn(np.full(count, begun), none, none, values)


@OPEN_DATA.sends("police-uk", "street", _SENDER, twice=False)
def street(case: Case) -> Drawn:
    """One row a crime or report of anti-social behaviour of the last three years."""
    since = np.datetime64(case.today - np.timedelta64(int(_YEARS * _YEAR_DAYS), "D"), "s")
    kinds = [case.of(name).kept(case.of(name).recorded >= since) for name in ("crime", "antisocial")]
    crime, antisocial = kinds
    asb = pa.array(["Anti-social behaviour"]).take(pa.array(np.zeros(len(antisocial), dtype=np.int64)))
    recorded = np.concatenate([kind.recorded for kind in kinds])
    none = np.full(len(recorded), -1)
    area = pa.concat_arrays([kind.text("area") for kind in kinds])
    names = dict(zip(*(case.county_map.areas[name].to_pylist() for name in ("area", "name")), strict=True))
    numbers = np.concatenate([np.arange(len(crime)), np.full(len(antisocial), -1)])
    return Drawn(
        recorded,
        none,
        none,
        {
            "Crime ID": _crime_ids(case, numbers),
            "Month": recorded,
            "Reported by": _same(_FORCE, len(recorded)),
            "Falls within": _same(_FORCE, len(recorded)),
            "Longitude": np.concatenate([kind.shares("longitude") for kind in kinds]).round(_DECIMALS),
            "Latitude": np.concatenate([kind.shares("latitude") for kind in kinds]).round(_DECIMALS),
            "Location": _same("On or near a street", len(recorded)),
            "LSOA code": area,
            "LSOA name": recoded(area, names),
            "Crime type": pa.concat_arrays([crime.text("category"), asb]),
            "Last outcome category": pa.concat_arrays(
                [crime.text("outcome"), pa.nulls(len(antisocial), pa.string())]
            ),
            "Context": pa.nulls(len(recorded), pa.string()),
        },
    )


def _crime_ids(case: Case, numbers: Integers) -> pa.Array:
    return references(case.plan.seed, case.shard, numbers, "police-uk crimes", "syn")


def _same(word: str, count: int) -> pa.Array:
    return pa.array([word]).take(pa.array(np.zeros(count, dtype=np.int64)))
