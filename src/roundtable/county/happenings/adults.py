"""Adult social care: safeguarding concerns, and spells of care that the council arranged."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.council_shapes import SAFEGUARDING_ADULT, SOCIAL_CARE_ADULT
from roundtable.county.happenings.drawing import NONE, Drawn, lasting, mixed, words
from roundtable.county.happenings.figures import chance, mix, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints
from roundtable.county.happenings.spots import unplaced, when
from roundtable.county.population.tables import StayKind

LEVELS = ("none", "reablement", "home care", "home care four times a day", "residential")


def adults(chronicle: Chronicle) -> None:
    """Write `safeguarding_adult` and `social_care_adult` down."""
    concerns = _safeguarding(chronicle)
    _care(chronicle, concerns)


def _safeguarding(chronicle: Chronicle) -> Drawn:
    rng = chronicle.rng("safeguarding")
    drawn = chronicle.happen(rng, chronicle.need("safeguarding_adult", rng), "office/level")
    size = len(drawn)
    address = chronicle.lives.where(drawn.unit, drawn.day).address
    cared_for = (address >= 0) & (chronicle.lives.places.kind[np.maximum(address, 0)] == StayKind.CARE_HOME)
    enquiry = rng.random(size) < value("safeguarding.enquiry_share")
    outcome = mix("safeguarding_adult.outcome")
    place = np.where(
        cared_for,
        1,
        np.where(
            rng.random(size) < chance("safeguarding_adult.at_home"),
            0,
            np.where(rng.random(size) < chance("safeguarding_adult.in_hospital"), 2, 3),
        ),
    )
    columns = {
        **when(
            rng,
            drawn.at,
            drawn.unit,
            value("safeguarding_adult.recorded_after"),
            chronicle.until(drawn.at, lasting(rng, "safeguarding_adult", size)),
        ),
        **unplaced(chronicle, address),
        "code": mixed(rng, "safeguarding_adult.code", size),
        "referrer": mixed(rng, "safeguarding_adult.referrer", size),
        "place": words(("own home", "care home", "hospital", "community"), place),
        "enquiry": enquiry,
        "outcome": words(
            (*outcome.codes, "not an enquiry"), np.where(enquiry, outcome.draw(rng, size), len(outcome.codes))
        ),
    }
    chronicle.put(SAFEGUARDING_ADULT, columns, [("vulnerable adult", drawn.unit)])
    return drawn.kept(enquiry)


def _care(chronicle: Chronicle, enquiries: Drawn) -> None:
    """Spells of care at home, and a spell of residential care for every stay in a care home."""
    rng = chronicle.rng("social care")
    lives = chronicle.lives
    drawn = chronicle.happen(rng, chronicle.need("social_care_adult", rng), "office/level")
    level = mix("social_care_adult.code").draw(rng, len(drawn))
    days = np.where(
        level == 1, value("social_care_adult.reablement_days"), lasting(rng, "social_care_adult", len(drawn))
    )
    stay = _care_homes(chronicle)
    unit = np.concatenate([drawn.unit, lives.stays.person[stay]])
    first = np.maximum(lives.stays.start[stay], lives.plan.first_day)
    at = np.concatenate([drawn.at, first * DAY_SECONDS + 11 * 3600])
    level = np.concatenate([level, np.full(len(stay), 4)])
    days = np.concatenate([days, np.minimum(lives.stays.end[stay], 10**6) - first])
    days = np.minimum(
        days, lives.end[unit] - at // DAY_SECONDS + 10**6 * (lives.end[unit] > lives.plan.last_day)
    )
    until = chronicle.until(at, days)
    until = np.where(
        lives.end[unit] <= lives.plan.last_day, np.minimum(_or_late(until), lives.end[unit]), until
    )
    where = lives.where(unit, at // DAY_SECONDS)
    row, _ = lives.members(where.household, at // DAY_SECONDS)
    alone = (np.bincount(row, minlength=len(unit)) == 1) & (level < 4)
    usual = np.array([0, *(int(value(f"social_care_adult.visits.{name}")) for name in LEVELS[1:4]), 0])
    more = rng.poisson(value("social_care_adult.visits_more"), len(unit))
    visits = usual[level] + more * (level > 0) * (level < 4)
    columns = {
        **when(rng, at, unit, value("social_care_adult.recorded_after"), until),
        **unplaced(chronicle, where.address),
        "code": words(LEVELS, level),
        "lives_alone": alone,
        "unpaid_carer": ~alone
        & (level < 4)
        & (rng.random(len(unit)) < chance("social_care_adult.unpaid_carer")),
        "visits_week": visits,
        "safeguarding_12m": _lately(enquiries, unit, at),
    }
    chronicle.put(SOCIAL_CARE_ADULT, columns, [("patient", unit)], chronicle.there(unit, at))


def _care_homes(chronicle: Chronicle) -> Ints:
    """Stays in care homes that the council pays for."""
    lives = chronicle.lives
    stays = lives.stays
    kind = lives.places.kind[np.maximum(stays.address, 0)]
    mine = np.flatnonzero(
        (stays.address >= 0) & (kind == StayKind.CARE_HOME) & (stays.end > lives.plan.first_day)
    )
    return mine[chronicle.rng("funded care").random(len(mine)) < chance("social_care_adult.paid_by_council")]


def _or_late(until: Ints) -> Ints:
    return np.where(until == NONE, 10**6, until)


def _lately(found: Drawn, unit: Ints, at: Ints) -> Flags:
    """Whether something was found about the same person in the year before."""
    width = 2**33
    key = np.sort(found.unit * width + found.at)
    low = np.searchsorted(key, unit * width + np.maximum(at - 365 * DAY_SECONDS, 0), side="left")
    lately: Flags = np.searchsorted(key, unit * width + at, side="left") > low
    return lately
