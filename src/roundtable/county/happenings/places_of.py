"""A shard's addresses as arrays, and the streets and areas they make up.

A street is the houses of one street name in one area: what stands in `line` after the number. Every street
has one point, the middle of its houses, to which what happens in the street is put, as open data put
theirs to the nearest of a fixed set of points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
#: Metres to a degree of latitude.
METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True)
class Places:
    """The addresses of a shard, by their place in `ids`, and its streets and areas.

    Attributes:
        ids: address ids, rising.
        longitude, latitude: degrees, of addresses.
        area: the place of each address's area in `areas`.
        decile: deprivation decile of each address, 1 to 10.
        social: whether each is let by a social landlord.
        kind: what stands there.
        street: the place of each address's street.
        areas: the area codes.
        area_decile: decile of each area.
        street_area, street_longitude, street_latitude, street_houses: of streets.
    """

    ids: Ints
    longitude: Floats
    latitude: Floats
    area: Ints
    decile: Ints
    social: NDArray[np.bool_]
    kind: NDArray[np.object_]
    street: Ints
    areas: tuple[str, ...]
    area_decile: Ints
    street_area: Ints
    street_longitude: Floats
    street_latitude: Floats
    street_houses: Ints

    @property
    def streets(self) -> int:
        """How many streets."""
        return len(self.street_area)


def street_names(lines: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The street of each address line: without flat, house number or house name."""
    return pc.replace_substring_regex(lines, pattern=r"^(.*\d+[A-Za-z]?,? |.*, )", replacement="")


def places_of(addresses: pa.Table) -> Places:
    """The addresses of a shard as arrays."""
    table = addresses.sort_by("address")
    longitude, latitude = table["longitude"].to_numpy(), table["latitude"].to_numpy()
    areas, area = np.unique(table["area"].to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
    decile = table["decile"].to_numpy().astype(np.int64)
    _, name = np.unique(
        street_names(table["line"]).to_numpy(zero_copy_only=False).astype(str), return_inverse=True
    )
    keys, street = np.unique(area * (name.max(initial=0) + 1) + name, return_inverse=True)
    houses = np.bincount(street, minlength=len(keys))
    area_of = np.zeros(len(keys), np.int64)
    area_of[street] = area
    decile_of = np.zeros(len(areas), np.int64)
    decile_of[area] = decile
    return Places(
        ids=table["address"].to_numpy(),
        longitude=longitude,
        latitude=latitude,
        area=area,
        decile=decile,
        social=table["tenure"].to_numpy(zero_copy_only=False) == "social",
        kind=table["kind"].to_numpy(zero_copy_only=False),
        street=street,
        areas=tuple(str(one) for one in areas),
        area_decile=decile_of,
        street_area=area_of,
        street_longitude=np.bincount(street, longitude, len(keys)) / houses,
        street_latitude=np.bincount(street, latitude, len(keys)) / houses,
        street_houses=houses,
    )


def metres(lon: Floats, lat: Floats, other_lon: Floats, other_lat: Floats) -> Floats:
    """Metres between points, near enough for a few kilometres; arrays are broadcast."""
    east = (lon - other_lon) * np.cos(np.radians(lat))
    found: Floats = np.hypot(east, lat - other_lat) * METRES_A_DEGREE
    return found
