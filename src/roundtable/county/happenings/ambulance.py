"""Incidents of the ambulance service: falls, and all else by age; support for those who call often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.domestic import earlier
from roundtable.county.happenings.drawing import NONE, Drawn, mixed
from roundtable.county.happenings.falls import AMBULANCE as BY_AMBULANCE
from roundtable.county.happenings.falls import Falls
from roundtable.county.happenings.figures import mix, value
from roundtable.county.happenings.health_shapes import AMBULANCE
from roundtable.county.happenings.lives import Flags, Ints
from roundtable.county.happenings.spots import Streets, at_home, when

FALL, ASSAULT = "fall", "assault"


@dataclass(frozen=True)
class Calls:
    """Incidents that were written down: who, when, why, whether conveyed, and the event's number."""

    drawn: Drawn
    reason: pa.Array
    conveyed: Flags
    event: Ints
    cause: Ints


def ambulance(chronicle: Chronicle, courses: Courses, falls: Falls, streets: Streets) -> Calls:
    """Write `ambulance` down, after what support for frequent callers prevented."""
    rng = chronicle.rng("ambulance")
    drawn = chronicle.happen(rng, chronicle.need("ambulance", rng), "health/winter")
    old = chronicle.lives.age_on(drawn.unit, drawn.day) >= 65
    courses.refer("frequent-contact-support", drawn.kept(earlier(drawn.unit, drawn.at, 90) >= 4))
    courses.refer("community-connectors", drawn.kept(old))
    drawn = courses.strike_out("ambulance", drawn)
    fallen = falls.response == BY_AMBULANCE
    unit = np.concatenate([drawn.unit, falls.drawn.unit[fallen]])
    at = np.concatenate([drawn.at, falls.drawn.at[fallen] + 900])
    cause = np.concatenate([np.full(len(drawn), NONE), falls.event[fallen]])
    size = len(unit)
    reason = by_age(chronicle, rng, "ambulance", unit, at)
    reason = pc.if_else(pa.array(cause >= 0), pa.scalar(FALL), reason)
    outcome = mixed(rng, "ambulance.outcome", size)
    conveyed = pc.equal(outcome, "conveyed").to_numpy(zero_copy_only=False)
    seen = ~pc.equal(outcome, "hear and treat").to_numpy(zero_copy_only=False)
    arrived = at + rng.lognormal(value("ambulance.arrival"), value("ambulance.arrival_spread"), size).astype(
        np.int64
    )
    columns = {
        **when(rng, at, unit, value("ambulance.recorded_after")),
        **at_home(chronicle, streets, rng, unit, at // 86_400).columns(chronicle),
        "code": reason,
        "category": mixed(rng, "ambulance.category", size),
        "outcome": outcome,
        "arrived": np.where(seen, arrived, NONE),
        "conveyed": conveyed,
        "calls_90d": earlier(unit, at, 90),
        "cause": cause,
    }
    event = chronicle.put(AMBULANCE, columns, [("patient", unit)])
    return Calls(Drawn(unit, at), reason, conveyed, event, cause)


def by_age(chronicle: Chronicle, rng: np.random.Generator, name: str, unit: Ints, at: Ints) -> pa.Array:
    """A complaint for each, from the mix of its age: child, adult or old."""
    age = chronicle.lives.age_on(unit, at // 86_400)
    group = np.where(age < 18, 0, np.where(age < 65, 1, 2))
    codes = np.empty(len(unit), object)
    for place, ages in enumerate(("child", "adult", "old")):
        mine = group == place
        drawn = mix(f"{name}.{ages}")
        codes[mine] = np.array(drawn.codes, object)[drawn.draw(rng, int(mine.sum()))]
    return pa.array(codes, pa.string())
