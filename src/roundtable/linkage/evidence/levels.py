"""The levels of pairs of profiles, by comparison: in SQL for Splink, and the same over codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.evidence.comparison import ELSE, Comparison
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.pairs import Pairs, Rows
from roundtable.linkage.evidence.settings import Settings

Levels = dict[str, NDArray[np.int8]]


@dataclass(frozen=True)
class LevelSql:
    """A level as Splink takes it: `gamma` -1 is that nothing can be compared, 0 that no other level holds."""

    gamma: int
    told: str
    sql: str
    counted: str | None


def levels_of(
    settings: Settings, encoded: Encoded, left: Rows, right: Rows, *, right_of: Encoded | None = None
) -> Levels:
    """The level of each pair in each comparison: -1 nothing to compare, 0 otherwise, higher is closer.

    Args:
        settings: the comparisons.
        encoded: the profiles.
        left: rows of `encoded`.
        right: as many rows of `right_of`, which is `encoded` unless it is given.
        right_of: other profiles in the same codes, as `Encoded.beside` makes them.
    """
    pairs = Pairs(encoded, encoded if right_of is None else right_of, left, right)
    return {one.name: one.levels_of(pairs) for one in settings.comparisons}


def level_sql(comparison: Comparison) -> tuple[LevelSql, ...]:
    """The levels in the order in which they are tried: nothing to compare, the closest, …, otherwise."""
    closest = len(comparison.levels)
    tried = (
        LevelSql(closest - place, level.told, level.sql(), level.counted)
        for place, level in enumerate(comparison.levels)
    )
    return (
        LevelSql(-1, "nothing to compare", comparison.null_sql(), None),
        *tried,
        LevelSql(0, comparison.otherwise, ELSE, None),
    )
