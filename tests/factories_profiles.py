"""Profiles of nobody real: rows that say a few things, and models made by hand to weigh them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from roundtable.linkage.evidence.model import LevelOdds, Model
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.schemas import PROFILE

#: Columns that settings for other data than agencies' name.
FURTHER = pa.schema([pa.field("birth_place", pa.string()), pa.field("occupation", pa.string())])
COLUMNS = pa.schema([*PROFILE, *FURTHER])


def profiles(*rows: Mapping[str, Any]) -> pa.Table:
    """A table of profiles; what a row does not name it does not say."""
    full = [
        {name: row.get(name) for name in COLUMNS.names} | {"profile": place} for place, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(full, schema=COLUMNS)


def model(
    settings: Settings,
    frequencies: Mapping[str, Mapping[str, float]] | None = None,
    seed: int = 1,
) -> Model:
    """A model of arbitrary odds, the same for the same seed; people of one home share what settings say."""
    chance = np.random.default_rng(seed)
    odds: dict[str, tuple[LevelOdds, ...]] = {}
    for comparison in settings.comparisons:
        m, u, h = (chance.dirichlet(np.ones(len(comparison.levels) + 1)) for _ in range(3))
        h = m if comparison.shared_at_home else h
        odds[comparison.name] = tuple(LevelOdds(*map(float, one)) for one in zip(m, u, h, strict=True))
    return Model(settings.name, "by hand", odds, -12.0, -10.0, dict(frequencies or {}))
