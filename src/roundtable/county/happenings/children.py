"""Children's services: cases of households with children, spell by spell, one row for every child."""

from __future__ import annotations

import numpy as np

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.council_shapes import CHILD_IN_NEED
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.drawing import NONE, Drawn, words
from roundtable.county.happenings.figures import chance, mix, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Floats, Ints
from roundtable.county.happenings.spots import unplaced, when

LEVELS = ("early help", "child in need", "child protection plan", "looked after")


def children(chronicle: Chronicle, courses: Courses) -> None:
    """Write `child_in_need` down, after what early help prevented.

    A case begins in a household and holds every child under 18 who lives there on that day; about a third of
    the spells are followed by another, a level up or down.
    """
    rng = chronicle.rng("children's services")
    drawn = chronicle.happen_at_homes(rng, chronicle.home_need("child_case", rng), "office/level")
    level = mix("child_in_need.code").draw(rng, len(drawn))
    eldest = chronicle.lives.eldest_at_home(drawn.unit, drawn.day)
    drawn, level, eldest = drawn.kept(eldest >= 0), level[eldest >= 0], eldest[eldest >= 0]
    people = Drawn(eldest, drawn.at)
    courses.refer("family-early-help", people.kept(level == 0))
    stopped = courses.stops("child_case", people)
    drawn, level = drawn.kept(~stopped), level[~stopped]
    mean = np.array([value(f"child_in_need.days.{name}") for name in LEVELS])
    days = rng.exponential(mean[level]) + value("child_in_need.days_least")
    cases = np.arange(len(drawn))
    follows = rng.random(len(drawn)) < chance("child_in_need.steps_on")
    next_level = np.clip(
        level + np.where(rng.random(len(drawn)) < chance("child_in_need.steps_up"), 1, -1), 0, 3
    )
    case = np.concatenate([cases, cases[follows]])
    start = np.concatenate([drawn.at, (drawn.at + (days * DAY_SECONDS).astype(np.int64))[follows]])
    levels = np.concatenate([level, next_level[follows]])
    lasting = np.concatenate(
        [days, rng.exponential(mean[next_level[follows]]) + value("child_in_need.days_least")]
    )
    _write(chronicle, rng, drawn, case, start, levels, lasting)


def _write(
    chronicle: Chronicle,
    rng: np.random.Generator,
    drawn: Drawn,
    case: Ints,
    start: Ints,
    level: Ints,
    days: Floats,
) -> None:
    lives = chronicle.lives
    row, child = lives.members(drawn.unit[case], (drawn.at // DAY_SECONDS)[case])
    young = lives.age_on(child, start[row] // DAY_SECONDS) < 18
    row, child = row[young], child[young]
    size = len(row)
    factor, referrer = (mix(f"child_in_need.{name}") for name in ("main_factor", "referrer"))
    of_case = factor.draw(rng, len(drawn))[case[row]], referrer.draw(rng, len(drawn))[case[row]]
    at = start[row]
    age = lives.age_on(child, at // DAY_SECONDS)
    columns = {
        **when(rng, at, child, value("child_in_need.recorded_after"), chronicle.until(at, days[row])),
        **unplaced(chronicle, lives.where(child, at // DAY_SECONDS).address),
        "code": words(LEVELS, level[row]),
        "main_factor": words(factor.codes, of_case[0]),
        "referrer": words(referrer.codes, of_case[1]),
        "school_known": (age >= 4) & (age < 16) & (rng.random(size) < chance("child_in_need.school_known")),
    }
    keep = chronicle.there(child, at)
    columns["case"] = _first_events(chronicle, case[row] * (lives.size + 1) + child, at, keep)
    chronicle.put(CHILD_IN_NEED, columns, [("child", child)], keep)


def _first_events(chronicle: Chronicle, case: Ints, at: Ints, keep: Flags) -> Ints:
    """The number that the first row of each row's case is about to get; -1 for rows that are not kept."""
    order = np.flatnonzero(keep)[np.argsort(at[keep], kind="stable")]
    _, first, place = np.unique(case[order], return_index=True, return_inverse=True)
    found = np.full(len(case), NONE)
    found[order] = chronicle.next_numbers(len(order))[first[place]]
    return found
