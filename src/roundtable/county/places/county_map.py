"""The map of the county: small areas in its real settlements, whose outlines tile its box.

The towns and their rough places are real; the areas, their codes and their deprivation are made up. Each area
has as many people as any other. Areas are shared out among the settlements by their people, so that a small
county has a little of everything, and the outline of each is what lies nearest to its point.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.spatial import Voronoi

from roundtable.county.places.settlements import Settlement, settlements
from roundtable.county.places.stock import stock_figure
from roundtable.county.plan import SHARD_AREAS, CountyPlan, stream
from roundtable.county.reference_table import reference_rows

#: West, south, east and north of the county's box, in degrees.
BOX = (-2.60, 53.60, -0.15, 54.70)
#: The latitude at which a degree of longitude is measured for distances within the county.
MIDDLE_LATITUDE = 54.15
#: Kilometres in a degree of latitude, and in one of longitude at `MIDDLE_LATITUDE`.
KM_A_DEGREE = 111.2
KM_A_DEGREE_EAST = KM_A_DEGREE * math.cos(math.radians(MIDDLE_LATITUDE))

#: The angle between one area's point and the next round a settlement: the golden one, which spreads evenly.
_GOLDEN = math.pi * (3 - math.sqrt(5))

Points = npt.NDArray[np.float64]

AREAS = pa.schema(
    [
        pa.field("area", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("settlement", pa.string(), nullable=False),
        pa.field("district", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("people", pa.int32(), nullable=False),
        pa.field("decile", pa.int8(), nullable=False),
        pa.field("rural", pa.bool_(), nullable=False),
        pa.field("coastal", pa.bool_(), nullable=False),
        pa.field("longitude", pa.float64(), nullable=False),
        pa.field("latitude", pa.float64(), nullable=False),
    ]
)


@dataclass(frozen=True)
class CountyMap:
    """The county's small areas, in the order of their codes.

    `areas` follows `AREAS`: its `kind` is that of the settlement (city, town, coast, rural), its point is
    where most of the area's people live. `outlines` has for each area the corners of
    its convex outline, anticlockwise and without repeating the first, as longitude and latitude in degrees;
    `radius_km` says how far from the point people live.
    """

    areas: pa.Table
    outlines: tuple[Points, ...]
    radius_km: Points


def county_map(plan: CountyPlan) -> CountyMap:
    """The map for a county of the plan's size: three areas a shard, of about 1,670 people each."""
    count = SHARD_AREAS * len(plan.shards)
    chosen = _shared_out(count)
    points, radius = _points(chosen)
    deciles = _deciles(plan, chosen)
    numbers: dict[str, int] = defaultdict(int)
    names = []
    for settlement in chosen:
        numbers[settlement.district] += 1
        names.append(f"{settlement.district} {numbers[settlement.district]:03d} (synthetic)")
    areas = pa.table(
        {
            "area": [f"SYN{number + 1:05d}" for number in range(count)],
            "name": names,
            "settlement": [settlement.name for settlement in chosen],
            "district": [settlement.district for settlement in chosen],
            "kind": [settlement.kind for settlement in chosen],
            "people": [
                _share_of(shard.people, place) for shard in plan.shards for place in range(SHARD_AREAS)
            ],
            "decile": deciles,
            "rural": [settlement.rural for settlement in chosen],
            "coastal": [settlement.coastal for settlement in chosen],
            "longitude": points[:, 0],
            "latitude": points[:, 1],
        },
        schema=AREAS,
    )
    return CountyMap(areas, _outlines(points), radius)


def _share_of(people: int, place: int) -> int:
    """The people of a shard that the area at a place in it is meant for."""
    return people // SHARD_AREAS + (1 if place < people % SHARD_AREAS else 0)


def _shared_out(count: int) -> list[Settlement]:
    """The settlement of each area: those that stand evenly along all the county's people in a row."""
    places = settlements()
    ends = np.cumsum([place.people for place in places])
    at = (np.arange(count) + 0.5) / count * ends[-1]
    return [places[index] for index in np.searchsorted(ends, at, side="right")]


def _points(chosen: list[Settlement]) -> tuple[Points, Points]:
    """Where each area's people live: spread evenly over the settlement's disc, and how wide each spreads."""
    totals: dict[str, int] = defaultdict(int)
    for settlement in chosen:
        totals[settlement.name] += 1
    seen: dict[str, int] = defaultdict(int)
    points, radii = [], []
    for settlement in chosen:
        index, total = seen[settlement.name], totals[settlement.name]
        seen[settlement.name] += 1
        away = settlement.radius_km * math.sqrt((index + 0.5) / total)
        # The golden angle, turned by the name's own length so that no two settlements stand alike.
        angle = _GOLDEN * index + len(settlement.name)
        points.append(
            (
                settlement.longitude + away * math.cos(angle) / KM_A_DEGREE_EAST,
                settlement.latitude + away * math.sin(angle) / KM_A_DEGREE,
            )
        )
        radii.append(settlement.radius_km / math.sqrt(total))
    west, south, east, north = BOX
    inside = np.clip(np.array(points), (west + 0.01, south + 0.01), (east - 0.01, north - 0.01))
    return inside, np.array(radii)


def _outlines(points: Points) -> tuple[Points, ...]:
    """What lies nearest to each point, within the box.

    The points are mirrored at the box's four sides, so that the sides become borders between a point and its
    image, and every area of a real point is finite.
    """
    west, south, east, north = BOX
    mirrored = [
        points,
        np.column_stack([2 * west - points[:, 0], points[:, 1]]),
        np.column_stack([2 * east - points[:, 0], points[:, 1]]),
        np.column_stack([points[:, 0], 2 * south - points[:, 1]]),
        np.column_stack([points[:, 0], 2 * north - points[:, 1]]),
    ]
    cells = Voronoi(np.concatenate(mirrored))
    outlines = []
    for number, point in enumerate(points):
        corners = cells.vertices[cells.regions[cells.point_region[number]]]
        turned = np.argsort(np.arctan2(corners[:, 1] - point[1], corners[:, 0] - point[0]))
        outlines.append(np.clip(corners[turned], (west, south), (east, north)))
    return tuple(outlines)


def _deciles(plan: CountyPlan, chosen: list[Settlement]) -> npt.NDArray[np.int8]:
    """A decile for each area, in each district as often as real ones have it; the better for the country."""
    shares: dict[str, list[int]] = defaultdict(list)
    for row in reference_rows("places", "deprivation"):
        shares[row["district"]].append(int(row["areas"]))
    rng = stream(plan, None, "deciles")
    deciles = np.zeros(len(chosen), dtype=np.int8)
    for district, areas in shares.items():
        here = np.array([number for number, place in enumerate(chosen) if place.district == district])
        if not len(here):
            continue
        spread = np.searchsorted(
            np.cumsum(areas), (np.arange(len(here)) + rng.random()) / len(here) * sum(areas), "right"
        )
        # The least deprived go to the countryside, but for the luck of the draw.
        rank = np.array(
            [stock_figure("rural_better") * chosen[number].rural for number in here]
        ) + rng.random(len(here))
        deciles[here[np.argsort(rank, kind="stable")]] = spread + 1
    return deciles
