"""The room's small dated tables: thresholds, shapes of names, bands of age."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "reference"


@cache
def rows_of(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `reference/<name>.csv`, in their order."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def threshold(name: str) -> float:
    """One of the thresholds."""
    return next(float(row["value"]) for row in rows_of("thresholds") if row["threshold"] == name)
