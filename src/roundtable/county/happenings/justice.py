"""Youth justice and probation: what follows for suspects, and the two courses that change it."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import Course, Courses
from roundtable.county.happenings.drawing import NONE, Drawn, lasting, mixed, words
from roundtable.county.happenings.figures import chance, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints
from roundtable.county.happenings.police_shapes import PROBATION, YOUTH_JUSTICE
from roundtable.county.happenings.spots import unplaced, when


def treat(courses: Courses) -> None:
    """Courses of treatment for substance misuse, drawn from the need itself; each person's first one."""
    chronicle = courses.chronicle
    rng = chronicle.rng("substance treatment")
    drawn = chronicle.happen(rng, chronicle.need("substance_treatment", rng), "office/level")
    _, first = np.unique(drawn.unit, return_index=True)
    first.sort()
    person, at = drawn.unit[first], drawn.at[first]
    effect = chronicle.planted.service("substance-treatment")
    courses.hold(Course(effect, person, np.full(len(person), NONE), at, at))


def divert(courses: Courses, at: Ints, suspects: Ints, known: Flags) -> None:
    """Refer children to diversion after their first crime as a suspect."""
    young = known & (suspects >= 0)
    age = courses.chronicle.lives.age_on(np.maximum(suspects, 0), at // DAY_SECONDS)
    young &= (age >= 10) & (age < 18)
    order = np.flatnonzero(young)
    order = order[np.argsort(at[order], kind="stable")]
    _, first = np.unique(suspects[order], return_index=True)
    order = order[np.sort(first)]
    courses.refer("youth-diversion", Drawn(suspects[order], at[order]))


def justice(chronicle: Chronicle, crime_events: Ints, at: Ints, suspects: Ints, domestic: Flags) -> None:
    """Write `youth_justice` and `probation` down, from the crimes whose suspects were dealt with."""
    table = chronicle.tables["crime"]
    place = crime_events - int(table["event"][0].as_py()) if len(crime_events) else crime_events
    outcome = table["outcome"].combine_chunks()
    charged = pc.equal(outcome, "charged").to_numpy(zero_copy_only=False)[place]
    dealt = charged | pc.equal(outcome, "out-of-court disposal").to_numpy(zero_copy_only=False)[place]
    age = chronicle.lives.age_on(np.maximum(suspects, 0), at // DAY_SECONDS)
    known = suspects >= 0
    _youth(chronicle, known & dealt & (age >= 10) & (age < 18), charged, crime_events, at, suspects)
    _adults(chronicle, known & charged & (age >= 18), crime_events, at, suspects, domestic)


def _youth(
    chronicle: Chronicle, which: Flags, charged: Flags, events: Ints, at: Ints, suspects: Ints
) -> None:
    rng = chronicle.rng("youth justice")
    mine = np.flatnonzero(which)
    size = len(mine)
    start = (
        at[mine]
        + (rng.exponential(value("youth_justice.days_to_start"), size) * DAY_SECONDS).astype(np.int64)
        + DAY_SECONDS
    )
    person = suspects[mine]
    until = chronicle.until(start, lasting(rng, "youth_justice", size))
    route = np.where(charged[mine], 2, np.where(rng.random(size) < chance("youth_justice.diverted"), 0, 1))
    columns = {
        **when(rng, start, person, value("youth_justice.recorded_after"), until),
        **unplaced(chronicle, chronicle.lives.where(person, start // DAY_SECONDS).address),
        "code": words(("diversion", "out-of-court", "court order"), route),
        "crime": events[mine],
        "exploitation_referral": rng.random(size) < chance("youth_justice.exploited"),
        "education_status": mixed(rng, "youth_justice.education_status", size),
    }
    chronicle.put(YOUTH_JUSTICE, columns, [("child", person)], chronicle.there(person, start))


def _adults(
    chronicle: Chronicle, which: Flags, events: Ints, at: Ints, suspects: Ints, domestic: Flags
) -> None:
    rng = chronicle.rng("probation")
    mine = np.flatnonzero(which & (rng.random(len(which)) < chance("probation.supervised")))
    size = len(mine)
    start = (
        at[mine]
        + (rng.exponential(value("probation.days_to_start"), size) * DAY_SECONDS).astype(np.int64)
        + 14 * DAY_SECONDS
    )
    person = suspects[mine]
    luck = rng.random(size)
    programme = np.where(
        domestic[mine] & (luck < chance("probation.relationship_programme")),
        1,
        np.where(
            luck < chance("probation.no_programme"),
            0,
            np.where(luck < 1 - chance("probation.other_programme"), 2, 3),
        ),
    )
    columns = {
        **when(
            rng,
            start,
            person,
            value("probation.recorded_after"),
            chronicle.until(start, lasting(rng, "probation", size)),
        ),
        **unplaced(chronicle, chronicle.lives.where(person, start // DAY_SECONDS).address),
        "code": mixed(rng, "probation.code", size),
        "crime": events[mine],
        "programme": words(("none", "relationship programme", "one-to-one", "other"), programme),
        "weeks_waiting": np.where(programme == 0, 0, rng.poisson(value("probation.weeks_waiting"), size)),
        "completed": (programme > 0) & (rng.random(size) < chance("probation.completed")),
    }
    chronicle.put(PROBATION, columns, [("subject", person)], chronicle.there(person, start))
