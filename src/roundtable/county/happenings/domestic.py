"""Domestic abuse: incidents that come to the police's notice, those that they record, and help for the worst.

Each victim has a lasting rate of its own, very unequal, so that few people bear most of it. The suspect is
the partner, or the one who was partner before, or else a grown relative in the home; children of the
household at the time are part of it. The police record less often what happens to older victims: that
is planted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.special import ndtri

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.drawing import NONE, Drawn, words
from roundtable.county.happenings.figures import chance, mix, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Ints
from roundtable.county.happenings.recording import recorded

RELATIONSHIPS = ("partner", "ex-partner", "family")
GRADES = ("standard", "medium", "high")


@dataclass(frozen=True)
class Incidents:
    """Recorded incidents, in order of time; -1 is nobody.

    Attributes:
        victim, suspect: places of people.
        at: when, in seconds.
        relationship: the place in RELATIONSHIPS.
        grade: the place in GRADES.
        crime: whether a crime was recorded.
        child_of: for each child in a home, the place of its incident.
        child: the children, beside `child_of`.
        earlier: recorded incidents with the victim in the year before.
    """

    victim: Ints
    suspect: Ints
    at: Ints
    relationship: Ints
    grade: Ints
    crime: Flags
    child_of: Ints
    child: Ints
    earlier: Ints

    @property
    def children(self) -> Ints:
        """Children in the home, by incident."""
        return np.bincount(self.child_of, minlength=len(self.at))


def incidents(chronicle: Chronicle, courses: Courses) -> Incidents:
    """The incidents that the police recorded, after what an adviser's help prevented."""
    rng = chronicle.rng("domestic abuse")
    drawn = chronicle.happen(rng, chronicle.need("domestic_abuse", rng), "home/level")
    suspect, relationship = _suspects(chronicle, rng, drawn)
    grade = _grades(chronicle, rng, drawn)
    luck = rng.random(len(drawn))
    courses.refer("independent-adviser", drawn.kept(grade == GRADES.index("high")))
    kept = ~courses.stops("domestic_abuse", drawn)
    kept &= recorded(
        chronicle, "domestic_abuse", drawn, luck, value("domestic_abuse.recorded_under_65"), kept
    )
    drawn = drawn.kept(kept)
    home = chronicle.lives.where(drawn.unit, drawn.day).household
    child_of, child = chronicle.lives.members(home, drawn.day)
    young = chronicle.lives.age_on(child, drawn.day[child_of]) < 18
    young &= (child != drawn.unit[child_of]) & (child != suspect[kept][child_of])
    return Incidents(
        victim=drawn.unit,
        suspect=suspect[kept],
        at=drawn.at,
        relationship=relationship[kept],
        grade=grade[kept],
        crime=rng.random(len(drawn)) < mix("domestic_abuse.code").shares[0],
        child_of=child_of[young],
        child=child[young],
        earlier=earlier(drawn.unit, drawn.at, 365),
    )


def _grades(chronicle: Chronicle, rng: np.random.Generator, drawn: Drawn) -> Ints:
    """The grade of each, from the mix: mostly of the victim's lasting danger, and partly of the day."""
    danger = chronicle.rng("danger").standard_normal(chronicle.lives.size)[drawn.unit]
    lasting = value("domestic_abuse.lasting_danger")
    score = lasting * danger + np.sqrt(1 - lasting**2) * rng.standard_normal(len(drawn))
    shares = mix("domestic_abuse.dash_grade").shares
    found: Ints = np.searchsorted(ndtri(np.cumsum(shares)[:-1]), score, side="right").astype(np.int64)
    return found


def earlier(unit: Ints, at: Ints, days: int) -> Ints:
    """How many of the same unit's happenings lie in the days before each; in the order given."""
    width = 2**33
    key = unit * width + at
    ordered = np.sort(key)
    low = np.searchsorted(ordered, np.maximum(key - days * DAY_SECONDS, unit * width), side="left")
    found: Ints = np.searchsorted(ordered, key, side="left") - low
    return found


def _suspects(chronicle: Chronicle, rng: np.random.Generator, drawn: Drawn) -> tuple[Ints, Ints]:
    lives = chronicle.lives
    partner, start, end = (array[drawn.unit] for array in lives.partners)
    now = (partner >= 0) & (start <= drawn.day) & (drawn.day < end)
    before = (partner >= 0) & (drawn.day >= end)
    family = rng.random(len(drawn)) < np.where(
        now | before, chance("domestic_abuse.by_family"), chance("domestic_abuse.by_family_alone")
    )
    home = lives.where(drawn.unit, drawn.day).household
    row, person = lives.members(home, drawn.day)
    grown = (lives.age_on(person, drawn.day[row]) >= 16) & (person != drawn.unit[row])
    grown &= person != partner[row]
    relative = np.full(len(drawn), NONE)
    relative[row[grown]] = person[grown]
    family &= relative >= 0
    relationship = np.where(family, 2, np.where(now, 0, 1))
    return np.where(family, relative, np.where(now | before, partner, NONE)), relationship


def dash_scores(rng: np.random.Generator, grade: Ints) -> Ints:
    """Ticks on the checklist: more for a higher grade, overlapping, as the grade is a judgement."""
    mean = np.array([value(f"domestic_abuse.ticks.{name}") for name in GRADES])[grade]
    return np.clip(rng.normal(mean, value("domestic_abuse.ticks_spread")), 0, 27).round().astype(np.int64)


def school_notified(rng: np.random.Generator, chronicle: Chronicle, found: Incidents) -> pa.Array:
    """Whether schools were told: only where a child of school age lives there."""
    age = chronicle.lives.age_on(found.child, found.at[found.child_of] // DAY_SECONDS)
    at_school = np.zeros(len(found.at), bool)
    at_school[found.child_of[(age >= 4) & (age < 16)]] = True
    told = mix("domestic_abuse.school_notified")
    place = told.draw(rng, len(found.at))
    return words((*told.codes, "not of school age"), np.where(at_school, place, len(told.codes)))


def technology(rng: np.random.Generator, size: int) -> Flags:
    """Whether technology was used to control."""
    found: Flags = rng.random(size) < chance("domestic_abuse.technology")
    return found
