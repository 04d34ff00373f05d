"""The planted near-repeat effect of burglary: there when it is on, gone when it is off.

Knox's count: pairs of burglaries within 400 m and 61 days of each other, against what is left when the days
are dealt out afresh among the places, so that nothing of place or of season is taken for the effect.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.county.effects.planted import Planted
from roundtable.county.happenings.happen import Happenings, happen
from roundtable.county.happenings.places_of import metres
from tests.county_made import made

METRES, DAYS, SHUFFLES = 400, 61, 60


@dataclass(frozen=True)
class Knox:
    """Close pairs, and those of the shuffles."""

    pairs: int
    shuffled: np.ndarray

    @property
    def ratio(self) -> float:
        """Pairs against the shuffles' mean."""
        return float(self.pairs / self.shuffled.mean())


def knox(happened: list[Happenings]) -> Knox:
    """Knox's count over all shards: no pair is of two shards."""
    pairs, shuffled = 0, np.zeros(SHUFFLES)
    for number, one in enumerate(happened):
        crimes = one.tables["crime"]
        homes = crimes.filter(pc.equal(crimes["subgroup"], "Residential burglary"))
        lon, lat = homes["longitude"].to_numpy(), homes["latitude"].to_numpy()
        day = homes["at"].cast(pa.int64()).to_numpy() / 86_400
        first, second = np.triu_indices(len(day), 1)
        near = metres(lon[first], lat[first], lon[second], lat[second]) <= METRES
        first, second = first[near], second[near]
        pairs += int((np.abs(day[first] - day[second]) <= DAYS).sum())
        rng = np.random.default_rng(number)
        for draw in range(SHUFFLES):
            again = rng.permutation(day)
            shuffled[draw] += (np.abs(again[first] - again[second]) <= DAYS).sum()
    return Knox(pairs, shuffled)


def happened_with(planted: Planted) -> list[Happenings]:
    """What happens in the county with these effects."""
    county = made()
    return [happen(county.plan, shard, county.county_map, who, planted) for shard, who in county.people]


def test_burglaries_come_in_pairs_near_by_and_soon_after() -> None:
    found = knox(list(made().happened))
    assert found.pairs > found.shuffled.max()
    assert found.ratio > 1.3


def test_without_the_effect_there_is_no_excess() -> None:
    found = knox(happened_with(made().planted.without_near_repeat()))
    low, high = np.quantile(found.shuffled, [0.01, 0.99])
    assert low <= found.pairs <= high


def test_the_effect_changes_when_and_where_and_not_how_many() -> None:
    with_it = made().table("crime")
    without = pa.concat_tables(
        [one.tables["crime"] for one in happened_with(made().planted.without_near_repeat())]
    )
    counts = [
        len(one.filter(pc.equal(one["subgroup"], "Residential burglary"))) for one in (with_it, without)
    ]
    assert counts[0] == pytest.approx(counts[1], rel=0.15)


def test_the_truth_says_which_brought_on_which() -> None:
    links = made().truth("near_repeat")
    crimes = made().table("crime")
    homes = crimes.filter(pc.equal(crimes["subgroup"], "Residential burglary"))
    assert set(links["event"].to_pylist()) == set(homes["event"].to_pylist())
    share = pc.sum(pc.is_valid(links["parent"])).as_py() / len(links)
    assert share == pytest.approx(made().planted.near_repeat.offspring, abs=0.08)
    at = dict(zip(homes["event"].to_pylist(), homes["at"].cast(pa.int64()).to_pylist(), strict=True))
    place = {
        row["event"]: (row["longitude"], row["latitude"])
        for row in homes.select(["event", "longitude", "latitude"]).to_pylist()
    }
    for row in links.filter(pc.is_valid(links["parent"])).to_pylist():
        child, parent = row["event"], row["parent"]
        assert 0 <= at[child] - at[parent] <= DAYS * 86_400
        far = metres(*(np.array([one]) for one in (*place[child], *place[parent])))
        assert far[0] <= METRES + 1
