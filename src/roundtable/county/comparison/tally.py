"""What the comparison needs of a shard: small sums, and one row a crime. Shards are tallied one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.comparison.crime_rows import CrimeRows, at_of, crime_rows, known_last_year, pairs
from roundtable.county.happenings.happen import Happenings
from roundtable.county.happenings.lives import (
    DAY_SECONDS,
    Flags,
    Floats,
    Ints,
    Lives,
    spans,
)
from roundtable.county.happenings.lives_of import lives_of
from roundtable.county.plan import CountyPlan, Shard
from roundtable.county.population.summary import count
from roundtable.county.population.tables import Population


@dataclass(frozen=True)
class Tally:
    """What the comparison needs of a shard.

    Attributes:
        years: person-years, or household-years, by group.
        now: people of a group who live in the county today.
        counts: happenings by what they are.
        population: what the shard's people add to each figure of the population.
        crimes: one row a crime.
        pairs: victim, suspect and subgroup (-1 for an incident without a crime) of domestic abuse.
        street_houses: houses of each street of the shard.
        area_years, area_deciles: person-years of each of the shard's areas, and its decile.
        last_year: ids of the people of a group in the last year.
    """

    years: Mapping[str, float]
    now: Mapping[str, float]
    counts: Mapping[str, float]
    population: Mapping[str, float]
    crimes: CrimeRows
    pairs: tuple[Ints, Ints, Ints]
    street_houses: Ints
    area_years: Floats
    area_deciles: Ints
    last_year: Mapping[str, Ints] = field(default_factory=dict)


def tally(plan: CountyPlan, shard: Shard, population: Population, found: Happenings) -> Tally:
    """Tally one shard."""
    lives = lives_of(plan, population)
    crimes = crime_rows(lives, shard, found)
    return Tally(
        years=_years(lives),
        now=_now(lives),
        counts={**_counts(found), **_people_counts(lives, found), **_stocks(plan, found), **_school(found)},
        population=count(plan, population),
        crimes=crimes,
        pairs=pairs(found),
        street_houses=lives.places.street_houses,
        area_years=_area_years(lives),
        area_deciles=lives.places.area_decile,
        last_year=known_last_year(plan, found),
    )


def _years(lives: Lives) -> dict[str, float]:
    age, years, male = lives.ages, lives.exposure, lives.male[:, None]
    groups: dict[str, Flags] = {
        "people": np.ones_like(age, bool),
        "males": np.broadcast_to(male, age.shape),
        "females": np.broadcast_to(~male, age.shape),
        "children": age < 18,
        "adults": age >= 18,
        "women 16 and over": ~male & (age >= 16),
        "aged 65 and over": age >= 65,
        "aged 80 and over": age >= 80,
    }
    found = {name: float((years * which).sum()) for name, which in groups.items()}
    for decile in range(1, 11):
        found[f"decile {decile}"] = float((years * (lives.deciles == decile)).sum())
    homes = lives.households
    private = homes.private & (homes.address >= 0)
    days = spans(homes.start, homes.end, lives.years)[1].sum(axis=1) / 365.25
    social = private & lives.places.social[np.maximum(homes.address, 0)]
    return found | {"households": float(days[private].sum()), "social tenancies": float(days[social].sum())}


def _now(lives: Lives) -> dict[str, float]:
    here = lives.end > lives.plan.last_day
    age = lives.age_on(np.arange(lives.size), np.full(lives.size, lives.plan.last_day))
    homes = lives.households
    social = homes.private & (homes.address >= 0) & lives.places.social[np.maximum(homes.address, 0)]
    return {
        "people": float(here.sum()),
        "children": float((here & (age < 18)).sum()),
        "social tenancies": float((social & (homes.end > lives.plan.last_day)).sum()),
    }


#: Columns whose codes are counted apart, by table.
_COUNTED = {
    "crime": ("category", "subgroup"),
    "domestic_abuse": ("code",),
    "marac": ("code",),
    "missing": ("code", "harm"),
    "fire": ("code",),
    "fall": ("code",),
    "ed_attendance": ("code",),
    "s136": ("code",),
    "exclusion": ("code",),
    "homelessness": ("code",),
    "council_tax_arrears": ("code",),
    "hospital_admission": ("code",),
}


def _counts(found: Happenings) -> dict[str, float]:
    """Rows of every table, and by the codes of some columns."""
    counts: dict[str, float] = {name: float(len(table)) for name, table in found.tables.items()}
    for name, columns in _COUNTED.items():
        for column in columns:
            for row in pc.value_counts(found.tables[name][column]).to_pylist():
                counts[f"{name}.{column}.{row['values']}"] = float(row["counts"])
    missing = found.tables["missing"]
    counts["missing.in a day"] = float(pc.sum(pc.less(missing["hours_missing"], 24)).as_py() or 0)
    counts["domestic violence"] = float(
        pc.sum(
            pc.and_(
                found.tables["crime"]["domestic"],
                pc.equal(found.tables["crime"]["category"], "Violence and sexual offences"),
            )
        ).as_py()
        or 0
    )
    return counts


def _people_counts(lives: Lives, found: Happenings) -> dict[str, float]:
    """Who is behind the events: people, person-years, sexes, deciles."""
    counts = {"missing.people": float(_missing_people(lives, found))}
    falls = found.tables["fall"]
    who = lives.place_of(falls["person"].to_numpy())
    year = np.searchsorted(lives.years, at_of(falls) // DAY_SECONDS, side="right") - 1
    fell = np.zeros_like(lives.ages, bool)
    fell[who, np.minimum(year, len(lives.years) - 2)] = True
    whole = lives.exposure > 0.95
    for name, from_age in (("65", 65), ("80", 80)):
        group = whole & (lives.ages >= from_age)
        counts[f"fell.{name}"], counts[f"watched.{name}"] = float((group & fell).sum()), float(group.sum())
    attended = found.tables["ed_attendance"]
    assaulted = attended.filter(pc.equal(attended["code"], "assault"))
    male = lives.male[lives.place_of(assaulted["person"].to_numpy())]
    counts["assault.male"], counts["assault.female"] = float(male.sum()), float((~male).sum())
    for name, table in (("attendance", attended), ("assault", assaulted)):
        person = lives.place_of(table["person"].to_numpy())
        column = np.clip(np.searchsorted(lives.years, at_of(table) // DAY_SECONDS, side="right") - 1, 0, None)
        decile = lives.deciles[person, np.minimum(column, lives.ages.shape[1] - 1)]
        for one in range(1, 11):
            counts[f"{name}.decile {one}"] = float((decile == one).sum())
    return counts


def _missing_people(lives: Lives, found: Happenings) -> int:
    """People with a missing episode, counted once in each year of the plan."""
    table = found.tables["missing"]
    year = np.searchsorted(lives.years, at_of(table) // DAY_SECONDS, side="right")
    return len(np.unique(table["person"].to_numpy() * 100 + year))


def _stocks(plan: CountyPlan, found: Happenings) -> dict[str, float]:
    """Spells that are open on five days of the last five years, on average: a steadier count than today's."""
    table = found.tables["child_in_need"]
    start = at_of(table) // DAY_SECONDS
    until = table["until"].cast(pa.int32()).fill_null(2**30).to_numpy()
    code = table["code"].to_numpy(zero_copy_only=False)
    days = [plan.last_day - 365 * back for back in range(min(5, plan.years - 1))]
    open_ = [(start <= day) & (until >= day) for day in days]
    plans = np.mean([(one & (code == "child protection plan")).sum() for one in open_])
    needy = np.mean([(one & (code != "early help")).sum() for one in open_])
    arrears = found.tables["rent_arrears"]
    last = at_of(arrears) // DAY_SECONDS > plan.last_day - 365
    return {
        "open.protection plans": float(plans),
        "open.in need": float(needy),
        "arrears.months of the last year": float(last.sum()),
    }


def _school(found: Happenings) -> dict[str, float]:
    table = found.tables["school_term"]
    meals = table["free_meals"].to_numpy(zero_copy_only=False)
    possible, missed = table["sessions_possible"].to_numpy(), table["sessions_missed"].to_numpy()
    suspensions = table["suspensions"].to_numpy()
    return {
        "school.possible": float(possible.sum()),
        "school.missed": float(missed.sum()),
        "school.possible.meals": float(possible[meals].sum()),
        "school.missed.meals": float(missed[meals].sum()),
        "school.terms": float(len(table)),
        "school.terms.meals": float(meals.sum()),
        "school.persistent": float((missed * 10 >= possible).sum()),
        "school.suspensions": float(suspensions.sum()),
        "school.suspensions.meals": float(suspensions[meals].sum()),
        "school.pupil years": float(len(table) / 3),
        "school.pupil years.meals": float(meals.sum() / 3),
    }


def _area_years(lives: Lives) -> Floats:
    stays = lives.stays
    start = np.maximum(stays.start, lives.plan.first_day)
    days = np.maximum(np.minimum(stays.end, lives.plan.last_day + 1) - start, 0)
    known = stays.address >= 0
    area = lives.places.area[stays.address[known]]
    return np.bincount(area, days[known], len(lives.places.areas)) / 365.25
