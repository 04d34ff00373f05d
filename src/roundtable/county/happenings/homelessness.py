"""Households owed a duty as homeless or threatened with it, after what tenancy support prevented."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.council_shapes import HOMELESSNESS
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.drawing import NONE, Drawn, lasting, mixed, words
from roundtable.county.happenings.figures import chance, value
from roundtable.county.happenings.lives import Ints
from roundtable.county.happenings.spots import unplaced, when

NEEDS = ("none", "mental health", "substance misuse", "offending", "domestic abuse", "physical health")


def homelessness(chronicle: Chronicle, courses: Courses) -> None:
    """Write `homelessness` down. The applicant is the eldest of the household."""
    rng = chronicle.rng("homelessness")
    lives, homes = chronicle.lives, chronicle.lives.households
    drawn = chronicle.happen_at_homes(rng, chronicle.home_need("homelessness", rng), "office/level")
    person = lives.eldest_at_home(drawn.unit, drawn.day)
    drawn, person = drawn.kept(person >= 0), person[person >= 0]
    kept = ~courses.stops("homelessness", Drawn(person, drawn.at))
    drawn, person = drawn.kept(kept), person[kept]
    size = len(drawn)
    row, child = lives.members(drawn.unit, drawn.day)
    young = lives.age_on(child, drawn.day[row]) < 18
    row, child = row[young], child[young]
    relief = rng.random(size) >= value("homelessness.prevention_share")
    # The chance is of all duties; those who sleep rough are owed relief.
    rough = chance("homelessness.rough") / (1 - value("homelessness.prevention_share"))
    until = chronicle.until(drawn.at, lasting(rng, "homelessness", size))
    reason = mixed(rng, "homelessness.reason", size)
    temporary = pc.if_else(pa.array(relief), mixed(rng, "homelessness.temporary", size), pa.scalar("none"))
    columns = {
        **when(rng, drawn.at, person, value("homelessness.recorded_after"), until),
        **unplaced(chronicle, homes.address[drawn.unit]),
        "code": words(("prevention", "relief"), relief.astype(np.int64)),
        "reason": reason,
        "children": np.bincount(row, minlength=size),
        "rough_sleeping": relief & (rng.random(size) < rough),
        "temporary": temporary,
        "outcome": pc.if_else(
            pa.array(until == NONE), pa.scalar("open"), mixed(rng, "homelessness.outcome", size)
        ),
        "support_need": words(NEEDS, _support(chronicle, rng, person, reason)),
    }
    keep = chronicle.there(person, drawn.at)
    events = chronicle.put(HOMELESSNESS, columns, [("applicant", person)], keep)
    chronicle.take_part(events[row], child, "child")


def _support(chronicle: Chronicle, rng: np.random.Generator, person: Ints, reason: pa.Array) -> Ints:
    """The first support need: the likeliest by the latent traits, with some luck."""
    traits = chronicle.lives.traits
    names = ("mental_ill_health", "substance", "violence", "frailty")
    scores = np.stack(
        [traits[name][person] + rng.normal(0, value("homelessness.need_luck"), len(person)) for name in names]
    )
    need = np.array([1, 2, 3, 5])[scores.argmax(axis=0)]
    abused = pc.equal(reason, "domestic abuse").to_numpy(zero_copy_only=False)
    return np.where(abused, 4, np.where(scores.max(axis=0) < value("homelessness.need_from"), 0, need))
