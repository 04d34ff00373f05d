"""What people lean to: six standard normal traits that share a fate, in part the household's.

With f what the table of traits gives to the fate and h the household's share of the fate:
trait = f · fate + √(1 - f²) · rest, where fate = √h · household + √(1 - h) · own, and the rest is the
household's too (poverty) or frailty's (care) as far as the table says.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from roundtable.county.population.life import Life
from roundtable.county.population.lives import CARE, FRAILTY, HOUSEHOLD_FATE, HOUSEHOLD_POVERTY, POVERTY, Who
from roundtable.county.reference_table import reference_rows

Floats = npt.NDArray[np.float64]
_TRAITS = 6


@cache
def _loadings(column: str) -> Floats:
    """A column of the table of traits, in its order; the last is the fate's own."""
    return np.array([float(row[column] or 0) for row in reference_rows("population", "traits")])


def lean(life: Life, who: Who, household: npt.NDArray[np.integer]) -> None:
    """Draw what people lean to; `household` numbers what they have in common from 0."""
    both = life.rng.standard_normal((2, int(household.max(initial=-1)) + 1))[:, household]
    draw_traits(life, who, both[0], both[1])


def draw_traits(life: Life, who: Who, fate: Floats, poverty: Floats) -> None:
    """The traits of people whose households have these leanings in common."""
    own = life.rng.standard_normal((_TRAITS + 1, len(who)))
    in_common, of_frailty = _loadings("own_of_household"), _loadings("own_of_frailty")
    whole = np.sqrt(in_common[_TRAITS]) * fate + np.sqrt(1 - in_common[_TRAITS]) * own[_TRAITS]
    rest = own[:_TRAITS].copy()
    rest[CARE] = of_frailty[CARE] * own[FRAILTY] + np.sqrt(1 - of_frailty[CARE] ** 2) * own[CARE]
    shared = in_common[POVERTY]
    rest[POVERTY] = np.sqrt(shared) * poverty + np.sqrt(1 - shared) * own[POVERTY]
    share = _loadings("fate")[:_TRAITS, None]
    leaning = life.people.leaning
    leaning[who, :_TRAITS] = (share * whole + np.sqrt(1 - share**2) * rest).T
    leaning[who, HOUSEHOLD_FATE], leaning[who, HOUSEHOLD_POVERTY] = fate, poverty
