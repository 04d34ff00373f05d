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

from roundtable.county.sends.planned_files import NewCode
from roundtable.partnership.model.contract import Column, LogicalType, Table

#: What is written instead of a code that the list has, and instead of a day.
_NO_CODE = "see notes"
_NO_DAY = "not known"


@dataclass(frozen=True)
class Breach:
    """One kind of breach in one column.

    Attributes:
        column: the contract's name of the column.
        kind: missing, code, format or new code.
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


def with_new_code(
    texts: dict[str, pa.Array], slots: NDArray[np.int64], new: NewCode | None, random: np.random.Generator
) -> tuple[Breach, ...]:
    """Write a new code in some rows of each file from one on; the texts are changed in place.

    Args:
        texts: the columns by name.
        slots: the file that each row is in, in order.
        new: the code, where there is one.
        random: where chance comes from.
    """
    if new is None or new.column not in texts:
        return ()
    whole = pc.fill_null(pc.not_equal(texts[new.column], _NO_CODE), False)
    known = np.asarray(whole.to_numpy(zero_copy_only=False), dtype=bool)
    chosen = []
    for slot in np.unique(slots[slots >= new.begins]).tolist():
        mine = np.flatnonzero((slots == slot) & known)
        # Never more than the share, so that the file stays within what its contract lets pass.
        chosen.append(random.permutation(mine)[: int(new.share * len(mine))])
    rows = np.sort(np.concatenate([np.empty(0, np.int64), *chosen]))
    if not len(rows):
        return ()
    mask = np.zeros(len(known), dtype=bool)
    mask[rows] = True
    texts[new.column] = pc.if_else(pa.array(mask), pa.scalar(new.code), texts[new.column])
    return (Breach(new.column, "new code", rows),)


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
