"""All shards' tallies put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from roundtable.county.comparison.tally import Tally
from roundtable.county.happenings.lives import Floats, Ints
from roundtable.county.population.summary import added


@dataclass(frozen=True)
class Whole:
    """All shards' tallies put together."""

    years: Mapping[str, float]
    now: Mapping[str, float]
    counts: Mapping[str, float]
    population: Mapping[str, float]
    subgroup: Ints
    victim: Ints
    street: Ints
    area: Ints
    year: Ints
    pairs: tuple[Ints, Ints, Ints]
    street_houses: Ints
    area_years: Floats
    area_deciles: Ints
    last_year: Mapping[str, Ints]


def together(tallies: Sequence[Tally]) -> Whole:
    """The tallies of all shards, in their order, put together. Streets and areas are numbered from 0."""
    streets, street = np.unique(
        np.concatenate(
            [np.arange(len(one.street_houses)) + place * 10**6 for place, one in enumerate(tallies)]
            + [one.crimes.street for one in tallies]
        ),
        return_inverse=True,
    )
    houses = np.concatenate([one.street_houses for one in tallies])
    areas = np.concatenate([np.full(len(one.area_years), place) for place, one in enumerate(tallies)])
    first = np.searchsorted(areas, np.arange(len(tallies)))
    return Whole(
        years=_added([one.years for one in tallies]),
        now=_added([one.now for one in tallies]),
        counts=_added([one.counts for one in tallies]),
        population=added(one.population for one in tallies),
        subgroup=np.concatenate([one.crimes.subgroup for one in tallies]),
        victim=np.concatenate([one.crimes.victim for one in tallies]),
        street=street[len(houses) :],
        area=np.concatenate([one.crimes.area % 3 + first[place] for place, one in enumerate(tallies)]),
        year=np.concatenate([one.crimes.year for one in tallies]),
        pairs=(
            np.concatenate([one.pairs[0] for one in tallies]),
            np.concatenate([one.pairs[1] for one in tallies]),
            np.concatenate([one.pairs[2] for one in tallies]),
        ),
        street_houses=houses[: len(streets)],
        area_years=np.concatenate([one.area_years for one in tallies]),
        area_deciles=np.concatenate([one.area_deciles for one in tallies]),
        last_year={
            name: np.concatenate([one.last_year[name] for one in tallies]) for name in tallies[0].last_year
        },
    )


def _added(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: sum(part.get(name, 0.0) for part in parts) for name in names}
