"""Households to begin with and to come: who lives with whom, by kind and age, as the census finds them.

Candidates are drawn by kind and age of the first grown member, and then weighted (raked) until the ages of
all their members together fit the ages that are wanted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from roundtable.county.population.rates import OLDEST, by_age, living_arrangements, rate, times

#: What the columns of `Households.ages` hold: the first grown member, the partner, up to four children of
#: theirs, an older parent. Households of no family fill the first five with grown people.
HEAD, PARTNER, CHILD, LAST_CHILD, ELDER = 0, 1, 2, 5, 6
PLACES = 7
NOBODY = -1

ONE_PERSON, COUPLE, COUPLE_WITH_CHILDREN, LONE_PARENT, SHARED, STUDENT = range(6)
_KINDS = ("one_person", "couple", "couple_with_children", "lone_parent", "shared")
#: Members of each kind who are counted as its grown members in the census table.
_GROWN = np.array([1.0, 2.0, 2.0, 1.0, 3.5])
#: Years between siblings at the least, so that no two of one mother are born within nine months.
_SPACING = 2
_BANDS = np.minimum(np.arange(OLDEST + 1) // 5, 18)

Ages = npt.NDArray[np.int16]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Households:
    """Households that nobody lives in yet: a kind, the head's sex, and ages in whole years by place."""

    kind: npt.NDArray[np.int8]
    #: 1 where the first grown member is a man, 0 where she is a woman.
    man: npt.NDArray[np.int8]
    #: Households × places; `NOBODY` where the place is empty.
    ages: Ages

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """Members of each household."""
        return np.asarray((self.ages != NOBODY).sum(axis=1))

    def chosen(self, rows: npt.NDArray[np.int64]) -> Households:
        """Some of them, in the order given and as often as given."""
        return Households(self.kind[rows], self.man[rows], self.ages[rows])


def candidates(rng: np.random.Generator, count: int, ages: Floats) -> Households:
    """Households as they are drawn by kind and age, before they are fitted to anything."""
    arrangements = living_arrangements()
    weights = np.stack([ages * arrangements[kind] for kind in _KINDS]) / _GROWN[:, None]
    drawn = np.searchsorted(np.cumsum(weights.ravel()) / weights.sum(), rng.random(count))
    kind, head = np.divmod(np.minimum(drawn, weights.size - 1), OLDEST + 1)
    alone = np.where(head < 65, rate("men_alone_under_65"), rate("men_alone_from_65"))
    share = np.where(kind == LONE_PARENT, rate("lone_fathers"), np.where(kind == ONE_PERSON, alone, 0.5))
    man = rng.random(count) < share
    table = np.full((count, PLACES), NOBODY, dtype=np.int16)
    table[:, HEAD] = head
    older = np.where(man, -1, 1) * times("husband_older") + np.rint(
        rng.normal(0, times("husband_older_spread"), count)
    )
    partner = np.clip(head + older, 18, 100)
    couple = (kind == COUPLE) | (kind == COUPLE_WITH_CHILDREN)
    table[couple, PARTNER] = partner[couple]
    family = (kind == COUPLE_WITH_CHILDREN) | (kind == LONE_PARENT)
    mother = np.where(man & couple, partner, head)
    table[family, CHILD : LAST_CHILD + 1] = _children(rng, mother[family].astype(np.int64))
    table[:, ELDER] = np.where(
        family & (rng.random(count) < rate("older_parent")) & (head < 65),
        head + rng.integers(22, 36, count),
        NOBODY,
    )
    others = np.flatnonzero(kind == SHARED)
    for place in range(PARTNER, LAST_CHILD):
        near = np.clip(head[others] + rng.integers(-8, 9, len(others)), 18, 100)
        table[others, place] = np.where(rng.random(len(others)) < rate("shared_house_room"), near, NOBODY)
    return Households(kind.astype(np.int8), man.astype(np.int8), table)


def student_houses(rng: np.random.Generator, count: int) -> Households:
    """Houses of two to five students."""
    ages = np.full((count, PLACES), NOBODY, dtype=np.int16)
    ages[:, :LAST_CHILD] = np.where(
        np.arange(LAST_CHILD) < rng.integers(2, 6, count)[:, None],
        rng.integers(18, 23, (count, LAST_CHILD)),
        NOBODY,
    )
    return Households(np.full(count, STUDENT, np.int8), rng.integers(0, 2, count).astype(np.int8), ages)


def fitted(rng: np.random.Generator, pool: Households, people: int, ages: Floats) -> Households:
    """Households out of a pool with about so many people in all, whose ages are as wanted (shares by year).

    Iterative proportional fitting on five-year bands: a household's weight is multiplied by the geometric
    mean over its members of wanted to present. Then a systematic draw, in the pool's own order.
    """
    present = np.zeros((len(pool), 19))
    rows, places = np.nonzero(pool.ages != NOBODY)
    np.add.at(present, (rows, _BANDS[pool.ages[rows, places]]), 1.0)
    each = present / pool.sizes[:, None]
    wanted = np.bincount(_BANDS, weights=ages) * people
    weights = np.full(len(pool), people / pool.sizes.sum())
    for _ in range(12):
        have = weights @ present
        weights = weights * np.exp(each @ np.log((wanted + 0.05) / (have + 0.05)))
    ends = np.cumsum(weights * people / (weights @ pool.sizes))
    count = round(float(ends[-1]))
    at = np.searchsorted(ends, np.arange(count) + rng.random(), side="right")
    return pool.chosen(np.minimum(at, len(pool) - 1)[rng.permutation(count)])


def _children(rng: np.random.Generator, mother: npt.NDArray[np.int64]) -> Ages:
    """The ages of the children at home of mothers of these ages, eldest first; each has one at least."""
    count = len(mother)
    wanted = rng.choice(4, count, p=[rate(f"families_of_{children}") for children in range(1, 5)]) + 1
    first = np.clip(
        np.rint(rng.normal(times("first_birth"), times("first_birth_spread"), count)),
        17,
        np.maximum(17, np.minimum(42, mother)),
    ).astype(np.int64)
    gaps = _SPACING + rng.poisson(times("spacing_more"), (count, 4))
    gaps[:, 0] = 0
    born = first[:, None] + np.cumsum(gaps, axis=1)
    ages = mother[:, None] - born
    stays = rng.random((count, 4)) < by_age("child_at_home")[np.clip(ages, 0, OLDEST)]
    there = (np.arange(4) < wanted[:, None]) & (ages >= 0) & (born <= 44) & stays
    ages = np.where(there, ages, NOBODY)
    none = ~there.any(axis=1)
    ages[none, 0] = np.clip(mother[none] - 29, 0, OLDEST)
    return ages.astype(np.int16)
