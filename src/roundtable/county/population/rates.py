"""How often things happen in the lives of the county's people, from its reference tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from roundtable.county.reference_table import reference_rows

#: Ages have a rate each up to this one, in whole years.
OLDEST = 110

Floats = npt.NDArray[np.float64]


@cache
def rate(name: str) -> float:
    """A rate that does not depend on age, as a share: its table gives it per thousand."""
    (row,) = _rows()[name]
    return float(row["value"]) / 1000


@cache
def times(name: str) -> float:
    """A factor, as its table gives it."""
    (row,) = _rows()[name]
    return float(row["value"])


def steeper(slope: float, score: npt.NDArray[np.floating[Any]]) -> Floats:
    """How many times the rate of all, by a standard normal score, with a mean of one."""
    return np.asarray(np.exp(slope * score - slope**2 / 2), dtype=np.float64)


@cache
def by_age(name: str, sex: str = "") -> Floats:
    """A rate by whole years of age, 0 to 110, as a share (the table's is per thousand); 0 where none is."""
    values = np.zeros(OLDEST + 1)
    for row in _rows()[name]:
        if row["sex"] == sex:
            values[int(row["from_age"]) : int(row["to_age"]) + 1] = float(row["value"]) / 1000
    return values


@cache
def age_shares(district: str) -> Floats:
    """The share of a district's people of each whole year of age, 0 to 110; each band is spread evenly.

    `county` is the district of all. The open band from 90 on thins out by a fifth a year.
    """
    shares = np.zeros(OLDEST + 1)
    for row in reference_rows("population", "age_shares"):
        if row["district"] != district:
            continue
        start, end = int(row["from_age"]), int(row["to_age"])
        weights = 0.8 ** np.arange(end - start + 1) if start >= 90 else np.ones(end - start + 1)
        shares[start : end + 1] = float(row["per_100000"]) / 1e5 * weights / weights.sum()
    return np.asarray(shares / shares.sum())


@cache
def living_arrangements() -> dict[str, Floats]:
    """For each kind of household, the share of people of each age who are a grown member of one."""
    kinds: dict[str, Floats] = {}
    for row in reference_rows("population", "living_arrangements"):
        shares = kinds.setdefault(row["kind"], np.zeros(OLDEST + 1))
        shares[int(row["from_age"]) : int(row["to_age"]) + 1] = int(row["adults_per_1000"]) / 1000
    return kinds


@cache
def _rows() -> Mapping[str, Sequence[Mapping[str, str]]]:
    """The rows of the table of rates, by the name of the rate."""
    rows: dict[str, list[Mapping[str, str]]] = {}
    for row in reference_rows("population", "rates"):
        rows.setdefault(row["rate"], []).append(row)
    return rows
