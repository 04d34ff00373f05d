"""Courses with services: who was referred, who took it up, and what did not happen since.

A person (or a household, for visits to homes) has one course with each service at most. From its start on the
rate of the need that the service works on is multiplied by the service's rate ratio: whatever was drawn to
happen later is struck out with the chance 1 - ratio, and revealed in the truth as `prevented`. So the truth
holds both worlds: with the service and without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from roundtable.county.effects.planted import ServiceEffect
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.drawing import NONE, Drawn, words
from roundtable.county.happenings.figures import mix, value
from roundtable.county.happenings.lives import DAY_SECONDS, Flags, Floats, Ints
from roundtable.county.happenings.needs import normal_score
from roundtable.county.truth.tables import COURSES, PREVENTED

_NEVER = 2**60


@dataclass(frozen=True)
class Course:
    """Referrals to one service: each person once, in order of time.

    Attributes:
        effect: the service and what it does.
        person: who was referred.
        trigger: the event that the referral followed; -1 where there was none.
        referred: when, in seconds.
        started: when the course began, in seconds; -1 where it was declined.
    """

    effect: ServiceEffect
    person: Ints
    trigger: Ints
    referred: Ints
    started: Ints


@dataclass
class Courses:
    """Every course in a shard."""

    chronicle: Chronicle
    held: dict[str, Course] = field(default_factory=dict)
    _starts: dict[str, Ints] = field(default_factory=dict)

    def refer(self, service: str, found: Drawn, triggers: Ints | None = None) -> Course:
        """Refer some of those with a trigger, at their first trigger that leads to a referral.

        Uptake falls with substance misuse and rises with age, so that those who take a service up are not
        those who decline it: a plain comparison of the two misleads, as in life.
        """
        effect, lives = self.chronicle.planted.service(service), self.chronicle.lives
        rng = self.chronicle.rng(f"course {service}")
        numbers = np.full(len(found), NONE) if triggers is None else triggers
        chosen = np.flatnonzero(rng.random(len(found)) < effect.referred)
        _, first = np.unique(found.unit[chosen], return_index=True)
        chosen = np.sort(chosen[first])
        person, at = found.unit[chosen], found.at[chosen]
        taken = rng.random(len(person)) < self._uptake(effect, person, at)
        wait = rng.exponential(effect.delay_days * DAY_SECONDS, len(at)).astype(np.int64)
        start = at + DAY_SECONDS + wait
        taken &= (start < lives.end[person] * DAY_SECONDS) & (lives.end[person] * DAY_SECONDS > at)
        course = Course(effect, person, numbers[chosen], at, np.where(taken, start, NONE))
        return self.hold(course)

    def hold(self, course: Course) -> Course:
        """Keep a course that was drawn elsewhere."""
        starts = np.full(self.chronicle.lives.size, _NEVER)
        begun = course.started >= 0
        starts[course.person[begun]] = course.started[begun]
        self.held[course.effect.service] = course
        self._starts[course.effect.service] = starts
        return course

    def _uptake(self, effect: ServiceEffect, person: Ints, at: Ints) -> Floats:
        """The chance to take it up: log-odds fall by 0.3 a standard score of substance misuse."""
        lives = self.chronicle.lives
        odds = np.log(effect.uptake / max(1e-9, 1 - effect.uptake)) if effect.uptake < 1 else 50.0
        score = value("uptake.substance") * normal_score(lives.traits["substance"][person])
        score += value("uptake.age") * (lives.age_on(person, at // DAY_SECONDS) - value("uptake.age_from"))
        found: Floats = 1 / (1 + np.exp(-(odds + score)))
        return found

    def prevents(self, rng: np.random.Generator, effect: ServiceEffect, drawn: Drawn) -> Flags:
        """Which happenings the service's course prevents."""
        starts = self._starts.get(effect.service)
        luck = rng.random(len(drawn))
        if starts is None:
            return np.zeros(len(drawn), bool)
        found: Flags = (drawn.at > starts[drawn.unit]) & (luck > effect.rate_ratio)
        return found

    def stops(self, need: str, drawn: Drawn) -> Flags:
        """Which happenings of a need the courses held so far prevent; they are revealed."""
        found = np.zeros(len(drawn), bool)
        for effect in self.chronicle.planted.services:
            if effect.need != need or effect.service not in self.held:
                continue
            rng = self.chronicle.rng(f"prevented {need} {effect.service}")
            gone = ~found & self.prevents(rng, effect, drawn)
            self.reveal_prevented(effect.service, need, drawn.kept(gone))
            found |= gone
        return found

    def strike_out(self, need: str, drawn: Drawn) -> Drawn:
        """What the courses held so far leave of a need's happenings."""
        return drawn.kept(~self.stops(need, drawn))

    def reveal_prevented(self, cause: str, need: str, drawn: Drawn) -> None:
        """Write down in the truth what did not happen, and what prevented it."""
        self.chronicle.reveal("prevented", prevented(self.chronicle, cause, need, drawn))

    def reveal(self) -> None:
        """Write every course down in the truth."""
        for service, course in self.held.items():
            size = len(course.person)
            columns = [
                pa.repeat(service, size),
                pa.array(self.chronicle.person_ids(course.person)),
                pa.array(course.trigger, mask=course.trigger == NONE),
                pa.array(course.referred).cast(pa.timestamp("s")),
                pa.array(course.started, mask=course.started == NONE).cast(pa.timestamp("s")),
            ]
            self.chronicle.reveal("courses", pa.Table.from_arrays(columns, schema=COURSES.schema))


def prevented(chronicle: Chronicle, cause: str, need: str, drawn: Drawn) -> pa.Table:
    """Rows of the truth's table `prevented`."""
    columns = [
        pa.repeat(need, len(drawn)),
        pa.repeat(cause, len(drawn)),
        pa.array(chronicle.person_ids(drawn.unit)),
        pa.array(drawn.at).cast(pa.timestamp("s")),
    ]
    return pa.Table.from_arrays(columns, schema=PREVENTED.schema)


def results(rng: np.random.Generator, started: Ints, until: Ints, last_day: int) -> pa.Array:
    """What came of courses: declined without a start, open while it goes on, else drawn."""
    drawn = mix("service_use.result")
    places = drawn.draw(rng, len(started))
    open_, declined = len(drawn.codes), len(drawn.codes) + 1
    places = np.where(until > last_day, open_, places)
    places = np.where(started == NONE, declined, places)
    return words((*drawn.codes, "open", "declined"), places)
