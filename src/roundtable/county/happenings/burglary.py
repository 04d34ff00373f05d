"""Burglaries of homes, which bring on others near by and soon after: the planted near-repeat effect.

A self-exciting process. Households are burgled at their own rate; each burglary directly brings on, on
average, `offspring` more, at homes within 400 m (the same home among them) and within two months, sooner
rather than later; and so do those. The base rate is lowered by the same share, so that the effect changes
when and where burglaries happen, and not how many there are. Homes beyond the shard's edge are not reached.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from roundtable.county.effects.planted import NearRepeat
from roundtable.county.happenings.chronicle import Chronicle
from roundtable.county.happenings.drawing import NONE
from roundtable.county.happenings.lives import DAY_SECONDS, Floats, Ints
from roundtable.county.happenings.places_of import metres


@dataclass(frozen=True)
class Burglaries:
    """Burglaries of homes.

    Attributes:
        household: whose home.
        at: when, in seconds.
        parent: the place in this list of the one that brought it on; -1 where none did.
    """

    household: Ints
    at: Ints
    parent: Ints


def burglaries(chronicle: Chronicle, street_risk: Floats) -> Burglaries:
    """Every burglary of a home in the shard; `street_risk` multiplies each household's own rate."""
    effect, rng = chronicle.planted.near_repeat, chronicle.rng("burglary")
    rates = chronicle.home_need("burglary", rng) * street_risk * (1 - effect.offspring)
    first = chronicle.happen_at_homes(rng, rates, "burglar/winter")
    household, at = [first.unit], [first.at]
    parents = [np.full(len(first), NONE)]
    last, offset = (first.unit, first.at), 0
    while effect.offspring > 0 and len(last[0]):
        brought = _brought_on(chronicle, rng, effect, *last)
        parents.append(brought.parent + offset)
        offset += len(last[0])
        last = (brought.household, brought.at)
        household.append(last[0])
        at.append(last[1])
    return Burglaries(np.concatenate(household), np.concatenate(at), np.concatenate(parents))


def _brought_on(
    chronicle: Chronicle, rng: np.random.Generator, effect: NearRepeat, household: Ints, at: Ints
) -> Burglaries:
    """What a generation of burglaries directly brings on."""
    homes = chronicle.lives.households
    parent = np.repeat(np.arange(len(household)), rng.poisson(effect.offspring, len(household)))
    when = at[parent] + _delay(rng, effect.days, len(parent))
    chosen = _near(chronicle, rng, effect.metres, household[parent], when // DAY_SECONDS)
    kept = (chosen >= 0) & (when < (chronicle.lives.plan.last_day + 1) * DAY_SECONDS)
    kept &= np.isin(np.maximum(chosen, 0), np.flatnonzero(homes.private))
    return Burglaries(chosen[kept], when[kept], parent[kept])


def _delay(rng: np.random.Generator, days: int, size: int) -> Ints:
    """Seconds until it follows: exponential with a mean of a third of the time, cut at its end."""
    mean = days / 3
    drawn = -mean * np.log1p(-rng.random(size) * (1 - np.exp(-days / mean)))
    found: Ints = (drawn * DAY_SECONDS).astype(np.int64)
    return found


def _near(chronicle: Chronicle, rng: np.random.Generator, radius: float, household: Ints, day: Ints) -> Ints:
    """A household of those at home within the radius on the day, each as likely; -1 where there is none."""
    homes, places = chronicle.lives.households, chronicle.lives.places
    eligible = np.flatnonzero(homes.private & (homes.address >= 0))
    if len(eligible) == 0:
        return np.full(len(household), NONE)
    lon, lat = places.longitude[homes.address[eligible]], places.latitude[homes.address[eligible]]
    here = homes.address[household]
    far = metres(places.longitude[here][:, None], places.latitude[here][:, None], lon, lat)
    fits = (far <= radius) & (homes.start[eligible] <= day[:, None]) & (day[:, None] < homes.end[eligible])
    luck = np.where(fits, rng.random(fits.shape), -1.0)
    best = luck.argmax(axis=1) if len(luck) else np.zeros(0, np.int64)
    return np.where(fits.any(axis=1), eligible[best], NONE)
