"""Who is suspected: few people of much, by a latent propensity that follows the age curve of offending."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.courses import Courses
from roundtable.county.happenings.drawing import NONE, Drawn
from roundtable.county.happenings.figures import chance, mix
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Floats, Ints


class Suspects:
    """Draws suspects for a shard, in proportion to their propensity and their time there each year."""

    def __init__(self, chronicle: Chronicle) -> None:
        self._chronicle = chronicle
        self._rng = chronicle.rng("suspects")
        self.propensity: Floats = chronicle.need("offending", self._rng) * chronicle.lives.exposure
        self._totals = np.cumsum(self.propensity, axis=0)

    def draw(self, at: Ints, known: Flags, victims: Ints) -> Ints:
        """A suspect for each crime with one who is known and lives in the shard; -1 for the rest."""
        lives, rng = self._chronicle.lives, self._rng
        near = known & (rng.random(len(at)) < chance("crime.suspect_lives_near"))
        year = np.searchsorted(lives.years, at // DAY_SECONDS, side="right") - 1
        year = np.clip(year, 0, self._totals.shape[1] - 1)
        found = np.full(len(at), NONE)
        points = rng.random(len(at))
        for number in np.unique(year[near]):
            mine = np.flatnonzero(near & (year == number))
            totals = self._totals[:, number]
            if totals[-1] > 0:
                person = np.searchsorted(totals, points[mine] * totals[-1], side="right")
                found[mine] = np.minimum(person, lives.size - 1)
        there = ~lives.where(np.maximum(found, 0), at // DAY_SECONDS).away
        return np.where((found >= 0) & (found != victims) & there, found, NONE)


def prevented_by_courses(courses: Courses, at: Ints, suspects: Ints) -> Flags:
    """Which crimes do not happen since the suspect had a course that works; they are revealed."""
    gone = np.zeros(len(at), bool)
    known = suspects >= 0
    gone[known] = courses.stops("offending", Drawn(suspects[known], at[known]))
    return gone


def outcomes(rng: np.random.Generator, known: Flags) -> pa.Array:
    """How the investigation of each crime stands, by whether a suspect is known."""
    codes = np.empty(len(known), object)
    for name, which in (("crime.outcome_known", known), ("crime.outcome_unknown", ~known)):
        drawn = mix(name)
        codes[which] = np.array(drawn.codes, object)[drawn.draw(rng, int(which.sum()))]
    return pa.array(codes, pa.string())
