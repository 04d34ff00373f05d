"""What follows a domestic abuse incident: the meeting on those at high risk, and the charity's help."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from roundtable.county.happenings import domestic
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.council_shapes import SUPPORT_SERVICE
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.drawing import NONE, lasting, mixed, words
from roundtable.county.happenings.figures import chance, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints
from roundtable.county.happenings.police_shapes import MARAC
from roundtable.county.happenings.spots import unplaced, when


def marac(chronicle: Chronicle, found: domestic.Incidents, events: Ints) -> None:
    """Write `marac` down: the next meeting after an incident graded high, and a few others besides.

    Any incident in the year after one graded high may bring a victim back, but not within six weeks; a case
    within a year of the one before is a repeat.
    """
    rng = chronicle.rng("marac")
    odds = np.where(found.grade == 2, chance("marac.heard"), chance("marac.other_referral"))
    odds = np.where(_after_a_grave_one(found), np.maximum(odds, chance("marac.heard_again")), odds)
    chosen = np.flatnonzero(rng.random(len(found.at)) < odds)
    day = found.at[chosen] // DAY_SECONDS + int(value("marac.days_before"))
    heard = _next_meeting(day)
    chosen, heard = _spaced(found.victim[chosen], heard, chosen, int(value("marac.days_between")))
    victim, at = found.victim[chosen], heard * DAY_SECONDS + 10 * 3600
    size = len(chosen)
    agreed = int(value("marac.actions_least")) + rng.poisson(value("marac.actions_more"), size)
    where = chronicle.lives.where(victim, heard)
    columns = {
        **when(rng, at, victim, value("marac.recorded_after")),
        **unplaced(chronicle, where.address),
        "code": words(("first", "repeat"), (domestic.earlier(victim, at, 365) > 0).astype(np.int64)),
        "incident": events[chosen],
        "referrer": mixed(rng, "marac.referrer", size),
        "children": found.children[chosen],
        "technology_abuse": domestic.technology(rng, size),
        "actions_agreed": agreed,
        "actions_done_28d": rng.binomial(agreed, chance("marac.action_done")),
        "protected_address": sheltered(chronicle, victim, heard),
    }
    chronicle.put(MARAC, columns, [("victim", victim)], chronicle.there(victim, at))


def support(chronicle: Chronicle, courses: Courses, found: domestic.Incidents, events: Ints) -> None:
    """Write `support_service` down: courses with an adviser, and people who came in other ways."""
    rng = chronicle.rng("support service")
    course = courses.held["independent-adviser"]
    begun = course.started >= 0
    others = np.flatnonzero(
        (rng.random(len(found.at)) < chance("support_service.others")) & (found.grade < 2)
    )
    person = np.concatenate([course.person, found.victim[others]])
    at = np.concatenate([course.referred + 36 * 3600, found.at[others] + 3 * DAY_SECONDS])
    adviser = np.arange(len(person)) < len(course.person)
    size = len(person)
    until = chronicle.until(at, lasting(rng, "support_service", size))
    result = mixed(rng, "support_service.result", size)
    declined = adviser & ~np.concatenate([begun, np.ones(len(others), bool)])
    needed = rng.random(size) < np.where(
        adviser, chance("support_service.refuge_needed_adviser"), chance("support_service.refuge_needed")
    )
    codes = pa.compute.if_else(
        pa.array(adviser), pa.scalar("independent-adviser"), mixed(rng, "support_service.code", size)
    )
    columns = {
        **when(rng, at, person, value("support_service.recorded_after"), until),
        **unplaced(chronicle, chronicle.lives.where(person, at // DAY_SECONDS).address),
        "code": codes,
        "referrer": mixed(rng, "support_service.referrer", size),
        "days_to_contact": rng.poisson(value("support_service.days_to_contact"), size),
        "refuge_needed": needed,
        "refuge_found": needed & (rng.random(size) < chance("support_service.refuge_found")),
        "safe_address_only": sheltered(chronicle, person, at // DAY_SECONDS),
        "result": pa.compute.if_else(
            pa.array(until == NONE),
            pa.scalar("open"),
            pa.compute.if_else(pa.array(declined), pa.scalar("no contact"), result),
        ),
    }
    chronicle.put(SUPPORT_SERVICE, columns, [("client", person)], chronicle.there(person, at))


def sheltered(chronicle: Chronicle, person: Ints, day: Ints) -> Flags:
    """Whether a person lives at an address that must be kept secret on a day."""
    lives = chronicle.lives
    address = lives.where(person, day).address
    refuge = lives.places.kind[np.maximum(address, 0)] == "refuge"
    found: Flags = ((address >= 0) & refuge) | lives.protected(person, day)
    return found


def _after_a_grave_one(found: domestic.Incidents) -> Flags:
    """Whether an incident lies in the year after one graded high of the same victim."""
    high = np.flatnonzero(found.grade == 2)
    width = 2**33
    key = np.sort(found.victim[high] * width + found.at[high])
    low = np.searchsorted(key, found.victim * width + np.maximum(found.at - 365 * DAY_SECONDS, 0))
    after: Flags = np.searchsorted(key, found.victim * width + found.at) > low
    return after


def _next_meeting(day: Ints) -> Ints:
    """The next second Thursday, every fourteen days: 1 January 1970 was a Thursday."""
    return -(-day // 14) * 14


def _spaced(unit: Ints, day: Ints, chosen: Ints, days: int) -> tuple[Ints, Ints]:
    """Those that come at least so many days after the one before of the same unit, and their days."""
    order = np.lexsort((day, unit))
    unit, day, chosen = unit[order], day[order], chosen[order]
    close = np.zeros(len(unit), bool)
    close[1:] = (unit[1:] == unit[:-1]) & (day[1:] - day[:-1] < days)
    return chosen[~close], day[~close]
