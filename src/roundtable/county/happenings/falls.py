"""Falls of people aged 65 and over, most of which nobody is told of, and the classes that prevent some."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.drawing import Drawn, words
from roundtable.county.happenings.figures import chance, mix, value
from roundtable.county.happenings.health_shapes import FALL, INJURIES
from roundtable.county.happenings.lives import Ints
from roundtable.county.happenings.spots import unplaced, when

RESPONSES = ("nobody told", "helped up at home", "ambulance", "emergency department")
AMBULANCE, DEPARTMENT = 2, 3


@dataclass(frozen=True)
class Falls:
    """Falls that were written down: who, when, who came, the injury, and the event's number."""

    drawn: Drawn
    response: Ints
    injury: Ints
    event: Ints


def falls(chronicle: Chronicle, courses: Courses) -> Falls:
    """Write `fall` down, after what strength and balance classes prevented."""
    rng = chronicle.rng("falls")
    drawn = chronicle.happen(rng, chronicle.need("fall", rng), "health/winter")
    response = mix("fall.code").draw(rng, len(drawn))
    courses.refer("strength-and-balance", drawn.kept(response >= AMBULANCE))
    stopped = courses.stops("fall", drawn)
    drawn, response = drawn.kept(~stopped), response[~stopped]
    size = len(drawn)
    shares = mix("fall.injury")
    order = np.array([INJURIES.index(code) for code in shares.codes])
    injury = np.where(
        response >= AMBULANCE, order[shares.draw(rng, size)], (rng.random(size) < chance("fall.bruised")) * 1
    )
    columns = {
        **when(rng, drawn.at, drawn.unit, value("fall.recorded_after")),
        **unplaced(chronicle, chronicle.lives.where(drawn.unit, drawn.day).address),
        "code": words(RESPONSES, response),
        "where": words(mix("fall.where").codes, mix("fall.where").draw(rng, size)),
        "injury": words(INJURIES, injury),
        "long_lie": rng.random(size)
        < np.where(response == AMBULANCE, chance("fall.long_lie_ambulance"), chance("fall.long_lie")),
    }
    event = chronicle.put(FALL, columns, [("patient", drawn.unit)])
    return Falls(drawn, response, injury, event)
