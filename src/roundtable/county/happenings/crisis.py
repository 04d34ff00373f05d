"""Mental-health crisis: contacts with the crisis team, section 136 detentions, and the evening haven."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.drawing import NONE, mixed, words
from roundtable.county.happenings.figures import chance, mix, value
from roundtable.county.happenings.health_shapes import CRISIS_CONTACT, S136
from roundtable.county.happenings.police_written import Police
from roundtable.county.happenings.recording import recorded
from roundtable.county.happenings.spots import Spots, at_home, unplaced, when


def crisis(police: Police, courses: Courses) -> None:
    """Write `crisis_contact` down, after what the haven prevented, and `s136`."""
    chronicle = police.chronicle
    rng = chronicle.rng("crisis")
    drawn = chronicle.happen(rng, chronicle.need("crisis", rng), "home/level")
    courses.refer("crisis-haven", drawn)
    drawn = courses.strike_out("crisis", drawn)
    # The crisis team records all that it knows, but for those of whom it is planted that it does not.
    luck = chronicle.rng("crisis recorded").random(len(drawn))
    drawn = drawn.kept(recorded(chronicle, "crisis", drawn, luck, 1.0))
    size = len(drawn)
    plan = rng.random(size) < chance("crisis_contact.plan")
    columns = {
        **when(rng, drawn.at, drawn.unit, value("crisis_contact.recorded_after")),
        **unplaced(chronicle, chronicle.lives.where(drawn.unit, drawn.day).address),
        "code": mixed(rng, "crisis_contact.code", size),
        "crisis_plan": plan,
        "plan_reviewed": np.where(
            plan, drawn.day - rng.exponential(value("crisis_contact.plan_age"), size).astype(np.int64), NONE
        ),
        "next_step": mixed(rng, "crisis_contact.next_step", size),
    }
    chronicle.put(CRISIS_CONTACT, columns, [("patient", drawn.unit)])
    _detentions(police)


def _detentions(police: Police) -> None:
    chronicle = police.chronicle
    rng = chronicle.rng("s136")
    drawn = chronicle.happen(rng, chronicle.need("s136", rng), "night/level")
    size = len(drawn)
    street = police.streets.draw(rng, np.full(size, NONE), 0.0)
    home = at_home(chronicle, police.streets, rng, drawn.unit, drawn.day)
    outdoors = rng.random(size) < chance("s136.outdoors")
    spots = Spots(np.where(outdoors, NONE, home.address), street)
    place = mix("s136.code").draw(rng, size)
    hours = rng.gamma(
        value("s136.hours_shape"),
        np.where(place == 1, value("s136.hours_department"), value("s136.hours_suite")),
        size,
    ) + value("s136.hours_least")
    columns = {
        **when(rng, drawn.at, drawn.unit, value("s136.recorded_after")),
        **spots.columns(chronicle),
        "code": words(mix("s136.code").codes, place),
        "officer_hours": hours * 2,
        "result": mixed(rng, "s136.result", size),
        "advice_sought": rng.random(size) < chance("s136.advice"),
        "officer": police.officers.any(size),
    }
    chronicle.put(S136, columns, [("patient", drawn.unit)])
