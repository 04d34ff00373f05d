"""The table of courses with other services, as those services know them: not what the courses did."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.council_shapes import SERVICE_USE
from roundtable.county.happenings.courses import Courses, results
from roundtable.county.happenings.drawing import NONE, words
from roundtable.county.happenings.figures import chance, rows, value
from roundtable.county.happenings.lives import DAY_SECONDS, Ints
from roundtable.county.happenings.spots import unplaced, when


def service_use(chronicle: Chronicle, courses: Courses) -> None:
    """Write `service_use` down: every course but visits and advisers, which have tables of their own."""
    rng = chronicle.rng("service use")
    known = {row["service"]: row for row in rows("courses")}
    held = [(name, courses.held[name]) for name in known if name in courses.held]
    outreach_person, outreach_at = _outreach(chronicle)
    sizes = [len(course.person) for _, course in held] + [len(outreach_person)]
    names = [name for name, _ in held] + ["coastal-outreach"]
    service = np.repeat(np.arange(len(names)), sizes)
    person = np.concatenate([course.person for _, course in held] + [outreach_person])
    referred = np.concatenate([course.referred for _, course in held] + [outreach_at])
    started = np.concatenate([course.started for _, course in held] + [outreach_at])
    trigger = np.concatenate([course.trigger for _, course in held] + [np.full(len(outreach_person), NONE)])
    days = np.array([float(known[name]["days"]) for name in names])[service]
    chancy = value("service_use.chancy")
    lasting = rng.exponential(days) * chancy + days * (1 - chancy)
    begun = started != NONE
    at = np.where(begun, started, referred)
    until = at // DAY_SECONDS + np.where(begun, lasting, 0).astype(np.int64)
    referrers = [known[name]["referrer"] for name in names]
    columns = {
        **when(
            rng,
            at,
            person,
            value("service_use.recorded_after"),
            chronicle.until(at, np.where(begun, lasting, 0)),
        ),
        **unplaced(chronicle, chronicle.lives.where(person, at // DAY_SECONDS).address),
        "code": words(names, service),
        "referrer": words(referrers, service),
        "contacts": np.where(begun, 1 + rng.poisson(lasting / value("service_use.days_a_contact")), 0),
        "result": results(rng, started, until, chronicle.lives.plan.last_day),
        "trigger": trigger,
    }
    chronicle.put(SERVICE_USE, columns, [("client", person)], chronicle.there(person, at))


def _outreach(chronicle: Chronicle) -> tuple[Ints, Ints]:
    """Young people in the areas of the outreach pilot whom a worker knows, and since when."""
    lives, places = chronicle.lives, chronicle.lives.places
    pilot = next(one for one in chronicle.planted.pilots if one.pilot == "coastal-outreach")
    rng = chronicle.rng("outreach")
    begins = int(np.datetime64(pilot.begins, "D").astype(np.int64))
    day = begins + (rng.random(lives.size) * max(1, lives.plan.last_day - begins)).astype(np.int64)
    known = rng.random(lives.size) < chance("outreach.known")
    age = lives.age_on(np.arange(lives.size), day)
    address = lives.where(np.arange(lives.size), day).address
    inside = np.array([code in pilot.areas for code in places.areas], bool)
    near = (address >= 0) & inside[places.area[np.maximum(address, 0)]]
    mine = np.flatnonzero(known & near & (age >= 11) & (age <= 18) & (day <= lives.plan.last_day))
    return mine, day[mine] * DAY_SECONDS + 18 * 3600
