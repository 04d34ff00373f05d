"""The county's real towns and its countryside, roughly placed, and how many people each has."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from roundtable.county.places.stock import stock_figure
from roundtable.county.reference_table import reference_rows


@dataclass(frozen=True)
class Settlement:
    """A town, a part of a city, or the countryside round about.

    `longitude` and `latitude` are degrees (rounded), `radius_km` says how far from there people live.
    """

    name: str
    district: str
    kind: str
    post_town: str
    longitude: float
    latitude: float
    people: int
    radius_km: float

    @property
    def rural(self) -> bool:
        """Whether it is countryside."""
        return self.kind == "rural"

    @property
    def coastal(self) -> bool:
        """Whether it is a town by the sea."""
        return self.kind == "coast"


@cache
def settlements() -> tuple[Settlement, ...]:
    """All of them, from west to east district by district, so that neighbours stand together."""
    return tuple(
        Settlement(
            row["settlement"],
            row["district"],
            row["kind"],
            row["post_town"],
            float(row["longitude"]),
            float(row["latitude"]),
            int(row["people"]),
            float(row["radius_km"]) if row["radius_km"] else _town_radius(int(row["people"])),
        )
        for row in reference_rows("places", "settlements")
    )


def _town_radius(people: int) -> float:
    return math.sqrt(people / stock_figure("town_density") / math.pi)
