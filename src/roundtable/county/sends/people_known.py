"""A shard's people as agencies can come to know them: each one's names, homes and numbers, by day."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.county.population.tables import (
    MAIN_STAYS,
    NameReason,
    Population,
    ProtectionKind,
    RelationKind,
    StayKind,
)
from roundtable.county.sends.name_forms import NameShapes, shapes_of
from roundtable.county.sends.spells import NONE, Days, Rows, Spells

_NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class People:
    """Everybody of a shard by position, with spells to look up what held on a day.

    Attributes:
        tables: the population they come from.
        persons: their ids, in order.
        names: the name of each on a day, as a row of `tables.names`.
        homes: the main stay of each on a day, as a row of `tables.stays`.
        seconds: a child's second home, likewise; `NONE` for nearly everybody.
        reached: the telephone and e-mail of each on a day, as a row of `tables.reach`.
        twins: the position of each one's twin; `NONE` for nearly everybody.
        mothers, fathers: the position of each one's parents by birth; `NONE` where they are not of the shard.
        born, died, renumbered: days; `NaT` where there is none.
    """

    tables: Population
    persons: Rows
    names: Spells
    homes: Spells
    seconds: Spells
    reached: Spells
    twins: Rows
    mothers: Rows
    fathers: Rows
    born: Days
    died: Days
    renumbered: Days

    def __len__(self) -> int:
        return len(self.persons)

    @cached_property
    def name_shapes(self) -> NameShapes:
        """What is unusual about each row of `tables.names`."""
        return shapes_of(texts(self.tables.names["given"]), texts(self.tables.names["surname"]))

    def positions(self, ids: pa.Array | pa.ChunkedArray | Rows) -> Rows:
        """The position of each person by id; `NONE` where the id is null or not of this shard."""
        numbers = ids if isinstance(ids, np.ndarray) else integers(ids)
        return places(self.persons, numbers)


def know(population: Population) -> People:
    """Make a shard's people ready to be looked up."""
    persons = integers(population.persons["person"])

    def spells(table: pa.Table, kept: NDArray[np.bool_] | None = None) -> Spells:
        rows = np.arange(len(table)) if kept is None else np.flatnonzero(kept)
        holders = places(persons, integers(table["person"])[rows])
        return Spells(holders, days(table["from_day"])[rows], rows)

    kinds = np.asarray(population.stays["kind"].to_numpy(zero_copy_only=False), dtype=object)
    return People(
        tables=population,
        persons=persons,
        names=spells(population.names),
        homes=spells(population.stays, np.isin(kinds, [str(kind) for kind in MAIN_STAYS])),
        seconds=spells(population.stays, kinds == str(StayKind.SHARED_CUSTODY)),
        reached=spells(population.reach),
        twins=places(persons, integers(population.persons["twin"])),
        mothers=places(persons, integers(population.persons["mother"])),
        fathers=places(persons, integers(population.persons["father"])),
        born=days(population.persons["born"]),
        died=days(population.persons["died"]),
        renumbered=days(population.persons["renumbered"]),
    )


def integers(column: pa.Array | pa.ChunkedArray) -> Rows:
    """A column of whole numbers, with `NONE` for null."""
    filled = pc.fill_null(column.cast(pa.int64()), NONE)
    return np.asarray(filled.to_numpy(), dtype=np.int64)


def days(column: pa.Array | pa.ChunkedArray) -> Days:
    """A column of days, with `NaT` for null."""
    return np.asarray(column.to_numpy(zero_copy_only=False)).astype("datetime64[D]")


def instants(column: pa.Array | pa.ChunkedArray) -> Days:
    """A column of instants, to the second, with `NaT` for null."""
    return np.asarray(column.to_numpy(zero_copy_only=False)).astype("datetime64[s]")


def flags(column: pa.Array | pa.ChunkedArray) -> NDArray[np.bool_]:
    """A column of yes and no, with no for null."""
    return np.asarray(pc.fill_null(column, False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def texts(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column of text in one piece."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)


def places(ordered: Rows, wanted: Rows) -> Rows:
    """Where each wanted number stands among numbers in order; `NONE` where it does not."""
    if not len(ordered):
        return np.full(len(wanted), NONE)
    found = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.where(ordered[found] == wanted, found, NONE)


__all__ = ["NameReason", "People", "ProtectionKind", "RelationKind", "know"]
