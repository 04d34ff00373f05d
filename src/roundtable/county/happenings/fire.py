"""Fires and other incidents of the fire service, and the visits to homes that prevent some of them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import Course, Courses
from roundtable.county.happenings.crime import happen_in_areas
from roundtable.county.happenings.drawing import NONE, Drawn, drawn_in, mixed, words
from roundtable.county.happenings.figures import chance, clocks, mix, rate, value
from roundtable.county.happenings.health_shapes import FIRE, HOME_SAFETY_VISIT
from roundtable.county.happenings.lives import DAY_SECONDS, Flags
from roundtable.county.happenings.needs import normal_score
from roundtable.county.happenings.spots import Spots, Streets, unplaced, when

BANDS = ("low", "medium", "high", "very high")


def home_safety_visits(chronicle: Chronicle, courses: Courses) -> Drawn:
    """Write `home_safety_visit` down: likelier the older and frailer the home, and once in five years.

    The course is that of the household's eldest, and the effect on fires that of the home.

    Returns:
        The visits that were held, by household.
    """
    rng = chronicle.rng("home safety visits")
    lives, homes = chronicle.lives, chronicle.lives.households
    eldest = np.maximum(homes.eldest, 0)
    first, days = chronicle.home_spans
    age = lives.age_on(eldest[:, None], first + days // 2)
    risk = np.exp(value("home_safety_visit.frailty") * normal_score(lives.traits["frailty"][eldest]))[:, None]
    risk = (
        risk
        * np.where(
            age >= 75,
            value("home_safety_visit.times_75"),
            np.where(
                age >= 65, value("home_safety_visit.times_65"), value("home_safety_visit.times_younger")
            ),
        )
        * homes.private[:, None]
    )
    base = value("fire.home_safety_visits") / 1000
    drawn = drawn_in(
        rng, risk * base * value("home_safety_visit.asked"), first, days, clocks()["office/level"]
    )
    drawn = _spaced(drawn, int(value("home_safety_visit.years_between")) * 365)
    person = lives.eldest_at_home(drawn.unit, drawn.day)
    drawn, person = drawn.kept(person >= 0), person[person >= 0]
    size = len(drawn)
    address = homes.address[drawn.unit]
    result = mix("home_safety_visit.code").draw(rng, size)
    old = lives.age_on(person, drawn.day)
    smoker = (
        rng.random(size)
        < chance("home_safety_visit.smoker")
        + chance("home_safety_visit.smoker_poor") * lives.traits["poverty"][person]
    )
    clutter = np.clip(
        1
        + rng.poisson(
            value("home_safety_visit.clutter")
            + value("home_safety_visit.clutter_ill") * lives.traits["mental_ill_health"][person] ** 4,
            size,
        ),
        1,
        9,
    )
    score = (old >= 75) * 1 + smoker * 1 + (clutter >= 5) * 1 + (lives.traits["frailty"][person] > 0.85) * 1
    row, _ = lives.members(drawn.unit, drawn.day)
    columns = {
        **when(rng, drawn.at, person, value("home_safety_visit.recorded_after")),
        **unplaced(chronicle, address),
        "code": words(("visited", "refused", "no answer"), result),
        "referred_by": mixed(rng, "home_safety_visit.referred_by", size),
        "risk_band": words(BANDS, np.minimum(score, 3)),
        "smoker": smoker,
        "oxygen_in_use": rng.random(size)
        < np.where(old >= 65, chance("home_safety_visit.oxygen_65"), chance("home_safety_visit.oxygen")),
        "lives_alone": np.bincount(row, minlength=size) == 1,
        "alarm_fitted": (result == 0) & (rng.random(size) < chance("home_safety_visit.alarm_fitted")),
        "clutter_rating": clutter,
        "blocked_exit": words(
            ("yes", "no", "unknown"), np.where(clutter >= 6, 0, np.where(result == 0, 1, 2))
        ),
    }
    events = chronicle.put(HOME_SAFETY_VISIT, columns, [("occupier", person)])
    effect = chronicle.planted.service("home-fire-safety-visit")
    _, once = np.unique(person, return_index=True)
    started = np.where(result == 0, drawn.at, NONE)
    courses.hold(Course(effect, person[once], events[once], drawn.at[once], started[once]))
    return Drawn(drawn.unit[result == 0], drawn.at[result == 0])


def fires(chronicle: Chronicle, courses: Courses, streets: Streets, visits: Drawn) -> None:
    """Write `fire` down: fires in homes, other incidents at homes, and everything elsewhere."""
    rng = chronicle.rng("fires")
    burnt = chronicle.happen_at_homes(rng, chronicle.home_need("dwelling_fire", rng), "home/winter")
    burnt = _after_visits(chronicle, courses, burnt, visits)
    alarms = chronicle.happen_at_homes(rng, chronicle.home_need("home_alarm", rng), "home/level")
    other = happen_in_areas(chronicle, rng, rate("fire.elsewhere"), "day/level")
    homes = chronicle.lives.households
    sizes = (len(burnt), len(alarms), len(other))
    size = sum(sizes)
    at_fire, at_home, elsewhere = (np.repeat(np.arange(3), sizes) == one for one in range(3))
    at = np.concatenate([burnt.at, alarms.at, other.at])
    address = np.concatenate([homes.address[burnt.unit], homes.address[alarms.unit], np.full(sizes[2], NONE)])
    street = np.concatenate(
        [np.full(sizes[0] + sizes[1], NONE), streets.draw(rng, other.unit, value("fire.near"))]
    )
    lived = [chronicle.lives.eldest_at_home(one.unit, one.day) for one in (burnt, alarms)]
    person = np.concatenate([*lived, np.full(sizes[2], NONE)])
    code = pa.concat_arrays(
        [
            pa.repeat("dwelling fire", sizes[0]),
            mixed(rng, "fire.home_alarm", sizes[1]),
            mixed(rng, "fire.elsewhere", sizes[2]),
        ]
    )
    burning = pc.match_substring_regex(code, "fire$").to_numpy(zero_copy_only=False)
    hurt = np.where(
        at_fire,
        rng.poisson(value("fire.hurt_dwelling"), size),
        np.where(elsewhere, rng.poisson(value("fire.hurt_elsewhere"), size), 0),
    )
    columns = {
        **when(rng, at, person, value("fire.recorded_after")),
        **Spots(address, street).columns(chronicle),
        "code": code,
        "cause": _where(burning, mixed(rng, "fire.cause", size), "none"),
        "alarm": _where(at_fire, mixed(rng, "fire.alarm", size), "not applicable"),
        "casualties": hurt,
        "deaths": np.where(at_fire & (rng.random(size) < chance("fire.death")), 1, 0),
        "appliances": 1
        + rng.poisson(np.where(burning, value("fire.appliances_fire"), value("fire.appliances")), size),
    }
    casualty = np.where(at_fire & (hurt > 0), person, NONE)
    chronicle.put(
        FIRE, columns, [("occupier", np.where(at_home | at_fire, person, NONE)), ("casualty", casualty)]
    )


def _after_visits(chronicle: Chronicle, courses: Courses, burnt: Drawn, visits: Drawn) -> Drawn:
    """Fires that happen although the home was visited, or was not."""
    effect = chronicle.planted.service("home-fire-safety-visit")
    first = np.full(len(chronicle.lives.households.ids), 2**60)
    np.minimum.at(first, visits.unit, visits.at)
    luck = chronicle.rng("prevented fires").random(len(burnt))
    gone = (burnt.at > first[burnt.unit]) & (luck > effect.rate_ratio)
    stopped = burnt.kept(gone)
    eldest = chronicle.lives.eldest_at_home(stopped.unit, stopped.day)
    courses.reveal_prevented(effect.service, "dwelling_fire", Drawn(eldest, stopped.at))
    return burnt.kept(~gone)


def _spaced(drawn: Drawn, days: int) -> Drawn:
    """Those that come at least so many days after the one before of the same unit."""
    order = np.lexsort((drawn.at, drawn.unit))
    unit, at = drawn.unit[order], drawn.at[order]
    close = np.zeros(len(unit), bool)
    close[1:] = (unit[1:] == unit[:-1]) & (at[1:] - at[:-1] < days * DAY_SECONDS)
    kept = np.sort(order[~close])
    return Drawn(drawn.unit[kept], drawn.at[kept])


def _where(which: Flags, codes: pa.Array, otherwise: str) -> pa.Array:
    return pc.if_else(pa.array(which), codes, pa.scalar(otherwise))
