"""Rent and council tax that is owed: spells of months for tenants of social landlords, and years of tax."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.council_shapes import COUNCIL_TAX_ARREARS, RENT_ARREARS
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.drawing import NONE, Drawn, mixed, words
from roundtable.county.happenings.figures import chance, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints
from roundtable.county.happenings.spots import unplaced, when

STAGES = ("letters", "agreement", "notice served", "court")


def rent_arrears(chronicle: Chronicle, courses: Courses) -> None:
    """Write `rent_arrears` down, every month-end of every spell, and refer tenants to tenancy support."""
    rng = chronicle.rng("rent arrears")
    homes = chronicle.lives.households
    spells = chronicle.happen_at_homes(rng, chronicle.home_need("rent_arrears", rng), "office/level")
    months = 1 + rng.geometric(1 / value("arrears.rent_spell_months"), len(spells))
    deep = rng.gamma(value("rent_arrears.depth_shape"), value("rent_arrears.depth_scale"), len(spells))
    spell = np.repeat(np.arange(len(spells)), months)
    nth = np.arange(len(spell)) - np.repeat(np.cumsum(months) - months, months)
    day = month_ends(spells.day[spell], nth)
    home = spells.unit[spell]
    keep = (day < homes.end[home]) & (day <= chronicle.lives.plan.last_day)
    keep &= ~_overlapping(home, day, keep)
    least = value("rent_arrears.weeks_least")
    wander = rng.gamma(value("rent_arrears.wander_shape"), value("rent_arrears.wander_scale"), len(spell))
    weeks = least + deep[spell] * np.sqrt(nth + 1) + wander
    stage = np.minimum(np.floor((weeks - least) / value("rent_arrears.weeks_a_stage")).astype(np.int64), 3)
    person = chronicle.lives.eldest_at_home(home, day)
    lowest, spread = value("rent_arrears.rent_least"), value("rent_arrears.rent_more")
    rent = lowest + spread * chronicle.rng("rents").random(len(homes.ids))
    at = day * DAY_SECONDS + 18 * 3600
    keep &= chronicle.there(person, at)
    order = np.flatnonzero(keep)[np.argsort(at[keep], kind="stable")]
    coming = np.full(len(spell), NONE)
    coming[order] = chronicle.next_numbers(len(order))
    first = np.full(len(spells), 2**62)
    np.minimum.at(first, spell[order], coming[order])
    columns = {
        **when(rng, at, person, value("rent_arrears.recorded_after")),
        **unplaced(chronicle, homes.address[home]),
        "code": words(STAGES, stage),
        "tenancy": homes.ids[home],
        "spell": np.where(first[spell] < 2**62, first[spell], NONE),
        "arrears_weeks": np.round(weeks, 1),
        "balance": (weeks * rent[home]).astype(np.int64),
    }
    events = chronicle.put(RENT_ARREARS, columns, [("tenant", person)], keep)
    begun = np.flatnonzero(keep)[np.argsort(at[keep], kind="stable")]
    courses.refer("tenancy-sustainment", Drawn(person[begun], at[begun]), events[begun])


def council_tax(chronicle: Chronicle) -> None:
    """Write `council_tax_arrears` down: a household's tax of one year that went to recovery."""
    rng = chronicle.rng("council tax")
    homes = chronicle.lives.households
    drawn = chronicle.happen_at_homes(rng, chronicle.home_need("council_tax", rng), "office/level")
    year = (drawn.day - 95).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    _, once = np.unique(drawn.unit * 10_000 + year, return_index=True)
    once.sort()
    home, at, year = drawn.unit[once], drawn.at[once], year[once]
    person = chronicle.lives.eldest_at_home(home, at // DAY_SECONDS)
    size = len(home)
    names, place = np.unique(year, return_inverse=True)
    columns = {
        **when(rng, at, person, value("council_tax_arrears.recorded_after")),
        **unplaced(chronicle, homes.address[home]),
        "code": mixed(rng, "council_tax_arrears.code", size),
        "account": homes.ids[home],
        "year": words([f"{one}/{(one + 1) % 100:02d}" for one in names], place),
        "balance": (
            rng.gamma(value("council_tax_arrears.owed_shape"), value("council_tax_arrears.owed_scale"), size)
            + value("council_tax_arrears.owed_least")
        ).astype(np.int64),
        "paid": rng.random(size) < chance("council_tax_arrears.paid"),
    }
    chronicle.put(COUNCIL_TAX_ARREARS, columns, [("liable person", person)], chronicle.there(person, at))


def month_ends(day: Ints, later: Ints) -> Ints:
    """The last day of the month that lies so many months after the month of a day."""
    month = day.astype("datetime64[D]").astype("datetime64[M]") + later + 1
    found: Ints = month.astype("datetime64[D]").astype(np.int64) - 1
    return found


def _overlapping(home: Ints, day: Ints, keep: Flags) -> Flags:
    """Month-ends that another spell of the same home has already."""
    order = np.lexsort((np.arange(len(home)), ~keep, day, home))
    again = np.zeros(len(home), bool)
    again[order[1:]] = (home[order[1:]] == home[order[:-1]]) & (day[order[1:]] == day[order[:-1]])
    return again
