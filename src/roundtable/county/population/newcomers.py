"""Who comes to live in the county in a half-year: as many as are wanted, of the ages that are lacking."""

from __future__ import annotations

import numpy as np

from roundtable.county.places.dwellings import CARE_HOME
from roundtable.county.population import founding
from roundtable.county.population.arriving import move_in
from roundtable.county.population.life import Life
from roundtable.county.population.lives import NOBODY, STUDENT
from roundtable.county.population.rates import OLDEST, times


def arrivals(life: Life, needed: int, wanted: founding.Floats, students: float) -> None:
    """Households come until so many people have; the last of them are single people."""
    if needed <= 0:
        return
    rng, people = life.rng, life.people
    age = people.age_on(life.end)
    have = np.bincount(age[people.resident()], minlength=OLDEST + 1)[: OLDEST + 1] + 1.0
    bands = np.minimum(np.arange(OLDEST + 1) // 5, 18)
    lack = np.bincount(bands, weights=wanted)[bands] / (np.bincount(bands, weights=have / have.sum())[bands])
    profile = wanted * np.clip(lack, times("pull_least"), times("pull_most")) ** 2 * _mobility()
    profile /= profile.sum()
    studying = founding.student_houses(rng, _lacking_students(life, students))
    pool = founding.candidates(rng, max(30, needed), profile)
    families = founding.fitted(rng, pool, max(1, needed), profile)
    before = people.count
    _come(life, studying, needed)
    _come(life, families, needed - _since(life, before))
    single = needed - _since(life, before)
    if single > 0:
        alone = founding.candidates(rng, 40 + 8 * single, wanted)
        alone = alone.chosen(np.flatnonzero(alone.kind == founding.ONE_PERSON)[:single])
        _come(life, alone, single)
        _lodge(life, alone, needed - _since(life, before))


def _lodge(life: Life, single: founding.Households, count: int) -> None:
    """Where no address stands empty, the last who come live at other people's, as households of their own."""
    held = np.flatnonzero(life.occupied() & ~life.unlived & (life.stock.kind < CARE_HOME))
    if count > 0 and len(held):
        guests = single.chosen(np.arange(count) % len(single))
        move_in(life, guests, life.days(count).astype(np.int64), life.rng.choice(held, count))


def _since(life: Life, before: int) -> int:
    """How many live here of those after the first so many people."""
    return int(life.people.resident()[before:].sum())


def _come(life: Life, households: founding.Households, room: int) -> None:
    """Let in as many of these households as there is room for, in their order."""
    fits = np.cumsum(households.sizes) <= room
    let_in = households.chosen(np.flatnonzero(fits))
    if len(let_in):
        move_in(life, let_in, life.days(len(let_in)).astype(np.int64))


def _mobility() -> founding.Floats:
    """How much more often people of an age come than stay: the young most."""
    age = np.arange(OLDEST + 1)
    return np.asarray(
        np.clip(
            times("coming_at_birth") - age / times("coming_years"),
            times("coming_least"),
            times("coming_most"),
        )
    )


def _lacking_students(life: Life, share: float) -> int:
    """Student houses that are missing, since those who have finished left."""
    if share == 0:
        return 0
    people = life.people
    home = people.home[: people.count]
    groups = life.homes.groups()
    here = people.resident() & (home != NOBODY)
    students = int((groups[home[here]] == STUDENT).sum())
    return max(0, round((share * int(here.sum()) - students) / times("students_a_house")))
