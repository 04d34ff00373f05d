"""What happens to a shard's people, one family of kinds after another, as one leads to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from roundtable.county.effects.planted import Planted
from roundtable.county.happenings.adults import adults
from roundtable.county.happenings.ambulance import ambulance
from roundtable.county.happenings.area_risks import area_risks
from roundtable.county.happenings.arrears import council_tax, rent_arrears
from roundtable.county.happenings.calls import antisocial, concern_calls
from roundtable.county.happenings.children import children
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.crisis import crisis
from roundtable.county.happenings.falls import falls
from roundtable.county.happenings.fire import fires, home_safety_visits
from roundtable.county.happenings.homelessness import homelessness
from roundtable.county.happenings.hospital import hospital
from roundtable.county.happenings.justice import justice
from roundtable.county.happenings.lives import Floats, Ints
from roundtable.county.happenings.lives_of import lives_of
from roundtable.county.happenings.marac import marac, support
from roundtable.county.happenings.missing import missing
from roundtable.county.happenings.notices import notices
from roundtable.county.happenings.police_written import Police, crime_and_abuse
from roundtable.county.happenings.school import school
from roundtable.county.happenings.services import service_use
from roundtable.county.happenings.spots import streets_of
from roundtable.county.happenings.tables import TABLES
from roundtable.county.places.county_map import CountyMap
from roundtable.county.plan import CountyPlan, Shard
from roundtable.county.population.tables import Population


@dataclass(frozen=True)
class Happenings:
    """What happened in a shard.

    Attributes:
        tables: every table of `TABLES`, by name.
        roles: who took what part in what.
        truth: what no agency knows, by table of `county.truth.tables`.
    """

    tables: Mapping[str, pa.Table]
    roles: pa.Table
    truth: Mapping[str, pa.Table]


def happen(
    plan: CountyPlan, shard: Shard, county_map: CountyMap, population: Population, effects: Planted
) -> Happenings:
    """Everything that happens to a shard's people in the years of the plan.

    It depends on the plan, the shard's number and its population alone: on no other shard, and not on the
    order in which shards are made.
    """
    lives = lives_of(plan, population)
    chronicle = Chronicle(shard, lives, effects, area_risks(plan, county_map, lives.places.areas))
    write_all(chronicle)
    tables = {name: chronicle.tables[name] for name in TABLES}
    truth = chronicle.truth()
    truth |= {"needs": true_needs(chronicle), "home_needs": true_home_needs(chronicle)}
    return Happenings(tables, chronicle.roles(), truth)


def write_all(chronicle: Chronicle) -> None:
    """Write every table down."""
    courses, streets = Courses(chronicle), streets_of(chronicle)
    visits = home_safety_visits(chronicle, courses)
    fires(chronicle, courses, streets, visits)
    fallen = falls(chronicle, courses)
    calls = ambulance(chronicle, courses, fallen, streets)
    hospital(chronicle, fallen, calls)
    police = Police(chronicle, courses, streets)
    abuse, abuse_events, crimes = crime_and_abuse(police)
    marac(chronicle, abuse, abuse_events)
    support(chronicle, courses, abuse, abuse_events)
    episodes = missing(police)
    antisocial(police)
    concern_calls(police)
    notices(police, abuse, abuse_events, episodes)
    justice(chronicle, crimes.events, crimes.crimes.at, crimes.suspects, crimes.crimes.domestic)
    crisis(police, courses)
    adults(chronicle)
    children(chronicle, courses)
    school(chronicle)
    rent_arrears(chronicle, courses)
    council_tax(chronicle)
    homelessness(chronicle, courses)
    service_use(chronicle, courses)
    courses.reveal()


def true_needs(chronicle: Chronicle) -> pa.Table:
    """The true need of each person by kind: what a year would bring without any service or pilot.

    `<need>` is the mean over the person's time in the county in the years of the plan, and `<need>_now` that
    of its last year there. Domestic abuse is what comes to the police's notice, recorded or not.
    """
    lives = chronicle.lives
    return _means({"person": lives.ids}, chronicle.rates, lives.exposure)


def true_home_needs(chronicle: Chronicle) -> pa.Table:
    """The true need of each household by kind: fire, burglary, arrears, homelessness, cases of its children.

    Burglary is what would happen without near repeats and on an ordinary street.
    """
    homes = chronicle.lives.households
    keys = {"household": homes.ids, "eldest": chronicle.person_ids(homes.eldest)}
    return _means(keys, chronicle.home_rates, chronicle.home_spans[1] / 365.25)


def _means(keys: Mapping[str, Ints], rates: Mapping[str, Floats], years: Floats) -> pa.Table:
    """Rates by person or household: over all its time, and in its last year."""
    time = years.sum(axis=1)
    last = years.shape[1] - 1 - np.argmax(years[:, ::-1] > 0, axis=1)
    columns: dict[str, object] = {**keys, "years": time.astype(np.float32)}
    for name, yearly in rates.items():
        mean = (yearly * years).sum(axis=1) / np.maximum(time, 1e-9)
        columns[name] = mean.astype(np.float32)
        columns[f"{name}_now"] = yearly[np.arange(len(time)), last].astype(np.float32)
    return pa.table(columns)
