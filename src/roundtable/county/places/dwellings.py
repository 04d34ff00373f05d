"""Streets and addresses: what stands in a shard's areas, where, how it is held, and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from roundtable.county.places.county_map import KM_A_DEGREE, KM_A_DEGREE_EAST, CountyMap
from roundtable.county.places.stock import stock_figure
from roundtable.county.plan import Shard
from roundtable.county.reference_table import reference_rows

#: Addresses on a street, and those that share a postcode; a real postcode has about 15.
STREET_ADDRESSES = 28
POSTCODE_ADDRESSES = 14

#: How the kinds and tenures are coded in `Dwellings`.
KINDS = ("house", "flat", "shared_house", "care_home", "hostel", "refuge", "site")
HOUSE, FLAT, SHARED_HOUSE, CARE_HOME, HOSTEL, REFUGE, SITE = range(len(KINDS))
TENURES = ("owned", "private", "social")
OWNED, PRIVATE, SOCIAL = range(len(TENURES))

Ints = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Dwellings:
    """A shard's addresses, column by column.

    `area` counts from the shard's first area; `street` says which street of that area, `place` which address
    on it, both from 0. `kind` and `tenure` are places in `KINDS` and `TENURES`.
    """

    area: Ints
    street: Ints
    place: Ints
    kind: npt.NDArray[np.int8]
    tenure: npt.NDArray[np.int8]
    decile: npt.NDArray[np.int8]
    longitude: Floats
    latitude: Floats

    def __len__(self) -> int:
        return len(self.area)


def dwellings(
    rng: np.random.Generator, shard: Shard, county_map: CountyMap, count: int, institutions: Sequence[int]
) -> Dwellings:
    """`count` houses and flats spread evenly over the shard's areas, and one address for each institution.

    `institutions` are kinds, such as `CARE_HOME`; they stand at the end, in their order.
    """
    areas = county_map.areas.slice(shard.areas.start, len(shard.areas))
    deciles = areas["decile"].to_numpy()
    ordinary = np.arange(count)
    place_in_area, area = ordinary // len(deciles), ordinary % len(deciles)
    kind, tenure = _stock(rng, areas["kind"].to_pylist(), deciles, area)
    street, place = place_in_area // STREET_ADDRESSES, place_in_area % STREET_ADDRESSES
    extra = len(institutions)
    # Each institution has a street to itself, after the others of its area.
    area = np.concatenate([area, rng.integers(0, len(deciles), extra)]).astype(np.int32)
    street = np.concatenate([street, street.max(initial=-1) + 1 + np.arange(extra)]).astype(np.int32)
    place = np.concatenate([place, np.zeros(extra)]).astype(np.int32)
    kind = np.concatenate([kind, institutions]).astype(np.int8)
    tenure = np.concatenate([tenure, np.full(extra, SOCIAL)]).astype(np.int8)
    longitude, latitude = _points(rng, shard, county_map, area, street, place)
    return Dwellings(area, street, place, kind, tenure, deciles[area], longitude, latitude)


def _stock(
    rng: np.random.Generator, kinds: Sequence[str], deciles: npt.NDArray[np.int8], area: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """The kind and tenure of each address, as often as areas of its deprivation have them."""
    owned, private, flats = (_by_decile(column)[deciles] for column in ("owned", "private", "flats"))
    shared = np.array([stock_figure(f"shared_houses_{kind}") for kind in kinds]) / 1000
    lot = rng.random((3, len(area)))
    kind = np.where(lot[0] < flats[area], FLAT, HOUSE).astype(np.int8)
    # Fewer owners in a flat than the area has, and as many more of the others.
    fewer = stock_figure("owners_in_flats")
    owner = owned[area] * np.where(kind == FLAT, fewer, 1.0)
    owner = owner * (owned / (owned * (1 - (1 - fewer) * flats)))[area]
    rented = private / (1 - owned)
    tenure = np.where(lot[1] < owner, OWNED, np.where(lot[2] < rented[area], PRIVATE, SOCIAL)).astype(np.int8)
    is_shared = rng.random(len(area)) < shared[area]
    kind[is_shared], tenure[is_shared] = SHARED_HOUSE, PRIVATE
    return kind, tenure


@cache
def _by_decile(column: str) -> Floats:
    """A share by decile, 1 to 10; 0 is the county."""
    rows = {row["decile"]: int(row[f"{column}_per_1000"]) for row in reference_rows("places", "dwellings")}
    return np.array([rows["county"], *(rows[str(decile)] for decile in range(1, 11))]) / 1000


def _points(
    rng: np.random.Generator, shard: Shard, county_map: CountyMap, area: Ints, street: Ints, place: Ints
) -> tuple[Floats, Floats]:
    """Where each address stands: along its street, which runs between two points in its area's outline."""
    streets = int(street.max()) + 1
    longitude, latitude = np.empty(len(area)), np.empty(len(area))
    rural = county_map.areas["rural"].to_numpy(zero_copy_only=False)
    for here, number in enumerate(shard.areas):
        starts, ends = (_within(rng, county_map, number, streets) for _ in range(2))
        runs = (ends - starts) * (KM_A_DEGREE_EAST, KM_A_DEGREE)
        length = np.maximum(np.hypot(runs[:, 0], runs[:, 1]), 1e-6)
        plot = stock_figure("plot_km_rural") if rural[number] else stock_figure("plot_km_town")
        chosen = np.flatnonzero(area == here)
        along = np.minimum(
            1.0, (place[chosen] + 0.5) * np.minimum(plot / length, 1 / STREET_ADDRESSES)[street[chosen]]
        )
        at = starts[street[chosen]] + along[:, None] * (ends - starts)[street[chosen]]
        longitude[chosen], latitude[chosen] = at[:, 0].round(6), at[:, 1].round(6)
    return longitude, latitude


def _within(rng: np.random.Generator, county_map: CountyMap, number: int, count: int) -> Floats:
    """Points in an area's outline, no further from its point than its people live.

    The outline is convex, so a point of it drawn nearer to the area's own point is in it too.
    """
    outline = county_map.outlines[number]
    areas = county_map.areas
    middle = np.array([areas["longitude"][number].as_py(), areas["latitude"][number].as_py()])
    spokes = outline - middle
    turned = np.roll(spokes, -1, axis=0)
    size = np.abs(spokes[:, 0] * turned[:, 1] - spokes[:, 1] * turned[:, 0])
    fan = np.searchsorted(np.cumsum(size) / size.sum(), rng.random(count)).clip(0, len(size) - 1)
    first, second = rng.random((2, count))
    outside = first + second > 1
    first[outside], second[outside] = 1 - first[outside], 1 - second[outside]
    away = first[:, None] * spokes[fan] + second[:, None] * turned[fan]
    km = np.hypot(away[:, 0] * KM_A_DEGREE_EAST, away[:, 1] * KM_A_DEGREE)
    limit = county_map.radius_km[number] * np.sqrt(rng.random(count))
    return np.asarray(middle + away * np.minimum(1.0, limit / np.maximum(km, 1e-9))[:, None])
