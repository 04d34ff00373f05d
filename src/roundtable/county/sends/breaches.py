"""Planted breaches of a contract, so that the quarantine has work.

A value is missing, is none of the codes, or is written wrongly. They are few, never in a key, and each is
written down in the truth folder.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.partnership.model.contract import Column, LogicalType, Table

#: What is written instead of a code that the list has, and instead of a day.
_NO_CODE = "see notes"
_NO_DAY = "not known"


@dataclass(frozen=True)
class Breach:
    """One kind of breach in one column.

    Attributes:
        column: the contract's name of the column.
        kind: missing, code or format.
        rows: the rows that have it, by position.
    """

    column: str
    kind: str
    rows: NDArray[np.int64]


def breached(
    table: Table, texts: dict[str, pa.Array], rate: float, random: np.random.Generator
) -> tuple[Breach, ...]:
    """Break the contract in some rows; the texts are changed in place.

    Args:
        table: the contract's.
        texts: the columns by name.
        rate: the share of rows that get a breach.
        random: where chance comes from.
    """
    ways = [(column, kind) for column in table.properties for kind in _ways(column)]
    count = len(next(iter(texts.values())))
    rows = np.flatnonzero(random.random(count) < rate)
    if not ways or not len(rows):
        return ()
    chosen = random.integers(0, len(ways), len(rows))
    found = []
    for number, (column, kind) in enumerate(ways):
        mine = rows[chosen == number]
        if len(mine):
            texts[column.name] = _broken(texts[column.name], kind, mine)
            found.append(Breach(column.name, kind, mine))
    return tuple(found)


def _ways(column: Column) -> list[str]:
    # A column that nothing becomes of may be dropped unseen: a breach in it would never be found.
    if column.primary_key or column.terms.canonical in (None, "source_id", "event_source_id", "withdrawn"):
        return []
    ways = ["missing"] if column.required else []
    if column.terms.codes:
        ways.append("code")
    if column.logical_type in (LogicalType.DATE, LogicalType.TIMESTAMP):
        ways.append("format")
    return ways


def _broken(text: pa.Array, kind: str, rows: NDArray[np.int64]) -> pa.Array:
    mask = np.zeros(len(text), dtype=bool)
    mask[rows] = True
    instead = {"missing": None, "code": _NO_CODE, "format": _NO_DAY}[kind]
    return pc.if_else(pa.array(mask), pa.scalar(instead, pa.string()), text)
