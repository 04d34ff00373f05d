"""What stands in the county that no publication gives: shared houses, plots, owners of flats."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from roundtable.county.reference_table import reference_rows


def stock_figure(name: str) -> float:
    """The figure of that name in `reference/stock.csv`, in its own unit."""
    return _figures()[name]


@cache
def _figures() -> Mapping[str, float]:
    return {row["figure"]: float(row["value"]) for row in reference_rows("places", "stock")}
