"""How concentrated crime and harm are, beside what a world without special places or people would give.

Few streets hold much of the harm even where every street is alike, since few crimes weigh thousands of
times as much as most and must fall somewhere. So every share stands beside its null model:

- *counts*: as many crimes thrown on the county's streets, each house as likely as any other;
- *harm of places and people*: every crime stays where and with whom it was, and which crime weighs what is
  dealt out afresh. A share above the null's range says that the gravest crimes gather; one inside it
  says that harm is as concentrated as the count and the weights make it, and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from roundtable.county.happenings.lives import Floats, Ints

DRAWS = 40
#: Where every draw starts from, so that the page says the same twice.
SEED = 1


@dataclass(frozen=True)
class Null:
    """What the null model gives: the mean, and the ends of the middle nine tenths of its draws."""

    mean: float
    low: float
    high: float


def top_share(amounts: Floats, share: float) -> float:
    """The share of the total that the top share of units holds; at least one unit."""
    total = amounts.sum()
    if total <= 0:
        return 0.0
    top = max(1, round(share * len(amounts)))
    return float(np.sort(amounts)[::-1][:top].sum() / total)


def half_share(amounts: Floats) -> float:
    """The smallest share of units that holds half of the total."""
    total = amounts.sum()
    if total <= 0 or len(amounts) == 0:
        return 0.0
    running: Floats = np.cumsum(np.sort(amounts)[::-1])
    return float((np.searchsorted(running, total / 2) + 1) / len(amounts))


def by_unit(units: Ints, size: int, harm: Floats) -> Floats:
    """Harm by unit; units outside 0 to size - 1 are left out."""
    inside = (units >= 0) & (units < size)
    return np.bincount(units[inside], harm[inside], size).astype(np.float64)


def drawn(measure: Callable[[np.random.Generator], float], topic: int) -> Null:
    """The null model's mean and range of a measure."""
    rng = np.random.default_rng([SEED, topic])
    found = np.sort([measure(rng) for _ in range(DRAWS)])
    out = DRAWS // 20
    return Null(float(found.mean()), float(found[out]), float(found[-1 - out]))


def shuffled(units: Ints, size: int, harm: Floats, measure: Callable[[Floats], float], topic: int) -> Null:
    """The null of harm: where and with whom each crime was stays, and the weights are dealt out afresh."""
    return drawn(lambda rng: measure(by_unit(units, size, rng.permutation(harm))), topic)


def thrown(houses: Ints, crimes: int, measure: Callable[[Floats], float], topic: int) -> Null:
    """The null of counts: every house is as likely as any other."""
    odds: Floats = houses / houses.sum()
    return drawn(lambda rng: measure(rng.multinomial(crimes, odds).astype(np.float64)), topic)
