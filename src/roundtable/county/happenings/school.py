"""School: every pupil's terms of the last years, half-days missed, suspensions and exclusions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.council_shapes import EXCLUSION, SCHOOL_TERM
from roundtable.county.happenings.drawing import Drawn, mixed, words
from roundtable.county.happenings.figures import chance, mix, rows, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Floats, Ints
from roundtable.county.happenings.needs import normal_score
from roundtable.county.happenings.spots import unplaced, when
from roundtable.county.plan import day_number


@dataclass(frozen=True)
class Term:
    """One school term: its name, first and last day, half-days, and when its school year began."""

    name: str
    first: int
    last: int
    sessions: int
    school_year: int


def terms(today: date, years: int) -> tuple[Term, ...]:
    """The terms that ended in the years before a day, on the dates of a plain year."""
    found = []
    for year in range(today.year - years - 1, today.year + 1):
        for row in rows("terms"):
            start, end = (date.fromisoformat(f"{year}-{row[name]}") for name in ("first", "last"))
            if end < today and (today - start).days <= 366 * years:
                begun = year - int(row["years_into"])
                name = f"{year}-{row['term']}"
                found.append(Term(name, day_number(start), day_number(end), int(row["sessions"]), begun))
    return tuple(found)


def school(chronicle: Chronicle) -> None:
    """Write `school_term` and `exclusion` down."""
    lives = chronicle.lives
    rng = chronicle.rng("school")
    known = terms(lives.plan.today, int(value("school.terms_kept_years")))
    rates = chronicle.need("suspension", rng) * (365.25 / value("school.term_days"))
    suspended = chronicle.happen(rng, rates, "office/level")
    term, pupil, year = _pupils(chronicle, known)
    start = np.array([one.first for one in known])[term]
    where = lives.where(pupil, start)
    meals = free_meals(chronicle)[pupil]
    count, in_term = _suspensions(suspended, known, term, pupil)
    possible = np.array([one.sessions for one in known])[term]
    missed = rng.binomial(possible, _absence(chronicle, rng, pupil, year, meals, count))
    size = len(term)
    needs = mix("school_term.special_needs")
    need = needs.draw(chronicle.rng("special needs"), lives.size)
    at = start * DAY_SECONDS + 8 * 3600
    columns = {
        **when(rng, at, pupil, 1.0, np.array([one.last for one in known])[term]),
        **unplaced(chronicle, where.address),
        "recorded": (np.array([one.last for one in known])[term] + 7) * DAY_SECONDS + 9 * 3600,
        "code": words([one.name for one in known], term),
        "school": _schools(chronicle, pupil, year, where.address),
        "year_group": year,
        "sessions_possible": possible,
        "sessions_missed": missed,
        "suspensions": count,
        "part_time": (count >= 2) & (rng.random(size) < chance("school_term.part_time")),
        "free_meals": meals,
        "special_needs": words(needs.codes, need[pupil]),
    }
    chronicle.put(SCHOOL_TERM, columns, [("pupil", pupil)])
    _exclusions(chronicle, suspended.kept(in_term), at, term)


def free_meals(chronicle: Chronicle) -> Flags:
    """Who is eligible for free school meals: the poorest of all ranks, as the share of pupils says."""
    found: Flags = chronicle.lives.traits["poverty"] > 1 - value("school.free_meals_share")
    return found


def _pupils(chronicle: Chronicle, known: tuple[Term, ...]) -> tuple[Ints, Ints, Ints]:
    """The pupils of each term: the term's place, the person, and the year group 0 to 11."""
    lives = chronicle.lives
    term, pupil, group = [], [], []
    for place, one in enumerate(known):
        cut = day_number(date(one.school_year, 9, 1))
        year = (cut - lives.born) * 100 // 36_525 - 4
        there = (lives.start <= one.first) & (lives.end > one.last) & (year >= 0) & (year <= 11)
        mine = np.flatnonzero(there)
        mine = mine[~lives.where(mine, np.full(len(mine), one.first)).away]
        term.append(np.full(len(mine), place))
        pupil.append(mine)
        group.append(year[mine])
    return np.concatenate(term), np.concatenate(pupil), np.concatenate(group)


def _absence(
    chronicle: Chronicle, rng: np.random.Generator, pupil: Ints, year: Ints, meals: Flags, suspended: Ints
) -> Floats:
    """The share of half-days missed: a lasting share of each pupil's own, more of the poor and the older.

    Lasting shares are log-normal about the published means of pupils with free meals and of others, so that a
    fifth misses a tenth or more.
    """
    lives = chronicle.lives
    own = chronicle.rng("absence").normal(0.0, value("school.absence_spread"), lives.size)
    own += value("school.absence_ill") * normal_score(lives.traits["mental_ill_health"])
    own += value("school.absence_care") * normal_score(lives.traits["care"])
    mean = np.where(meals, value("school.absence_free_meals"), value("school.absence_others"))
    score = (
        own[pupil]
        + rng.normal(0.0, value("school.absence_wander"), len(pupil))
        + np.where(year >= 7, 1, -1) * value("school.absence_older")
    )
    found: Floats = np.minimum(
        mean * np.exp(score - value("school.absence_centre")) + value("school.absence_suspended") * suspended,
        value("school.absence_most"),
    )
    return found


def _suspensions(suspended: Drawn, known: tuple[Term, ...], term: Ints, pupil: Ints) -> tuple[Ints, Flags]:
    """Suspensions by pupil and term, and which of those drawn fell in a term that the pupil was at school."""
    firsts = np.array([one.first for one in known])
    lasts = np.array([one.last for one in known])
    at = np.searchsorted(firsts, suspended.day, side="right") - 1
    inside = (at >= 0) & (suspended.day <= lasts[at])
    size = int(max(pupil.max(initial=0), suspended.unit.max(initial=0))) + 1
    key, wanted = term * size + pupil, np.where(inside, at * size + suspended.unit, -1)
    order = np.argsort(key)
    place = np.clip(np.searchsorted(key[order], wanted), 0, max(0, len(key) - 1))
    hit = inside & (key[order][place] == wanted) if len(key) else np.zeros(len(suspended), bool)
    return np.bincount(order[place[hit]], minlength=len(term)), hit


def _schools(chronicle: Chronicle, pupil: Ints, year: Ints, address: Ints) -> object:
    """The school of each: two primaries and one secondary of the shard, by area; a few go elsewhere."""
    places = chronicle.lives.places
    area = np.where(address >= 0, places.area[np.maximum(address, 0)], 0)
    number = chronicle.shard.number * 10 + np.where(year >= 7, 9, area)
    wander = chronicle.rng("schools").random(chronicle.lives.size) < chance("school.elsewhere")
    number = np.where(wander[pupil], chronicle.shard.number * 10 + np.where(year >= 7, 8, 3), number)
    names, place = np.unique(number, return_inverse=True)
    return words([f"SCH{one:05d}" for one in names], place)


def _exclusions(chronicle: Chronicle, suspended: Drawn, at: Ints, term: Ints) -> None:
    """Suspensions, a few of which are permanent exclusions."""
    rng = chronicle.rng("exclusions")
    size = len(suspended)
    share = value("school.permanent_exclusions") / value("school.suspensions")
    permanent = rng.random(size) < share
    address = chronicle.lives.where(suspended.unit, suspended.day).address
    age = chronicle.lives.age_on(suspended.unit, suspended.day)
    columns = {
        **when(rng, suspended.at, suspended.unit, value("exclusion.recorded_after")),
        **unplaced(chronicle, address),
        "code": words(("suspension", "permanent"), permanent.astype(np.int64)),
        "reason": mixed(rng, "exclusion.reason", size),
        "days": np.where(
            permanent,
            0.0,
            np.minimum(
                0.5 + rng.geometric(value("exclusion.days_ends"), size) * 0.5, value("exclusion.days_most")
            ),
        ),
        "school": _schools(chronicle, suspended.unit, np.maximum(age - 5, 0), address),
    }
    chronicle.put(EXCLUSION, columns, [("pupil", suspended.unit)])
