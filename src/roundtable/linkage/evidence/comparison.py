"""One thing that two identities are compared by, and the levels in which they may agree in it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from roundtable.linkage.evidence.columns import Column
from roundtable.linkage.evidence.conditions import (
    Contains,
    Crossed,
    Edits,
    Held,
    Initial,
    InTokens,
    Same,
    SameBefore,
    SameLetters,
    SharesWord,
    Similar,
)
from roundtable.linkage.evidence.dates import DateParts, DayMonthSwapped
from roundtable.linkage.evidence.pairs import Pairs
from roundtable.partnership.model.strict import Strict, Text, contradiction

Condition = Annotated[
    Same
    | Crossed
    | InTokens
    | SharesWord
    | Initial
    | Similar
    | Edits
    | Contains
    | SameBefore
    | SameLetters
    | DateParts
    | DayMonthSwapped,
    Field(discriminator="kind"),
]

#: Splink's word for the level that holds where no other does.
ELSE = "ELSE"


class Level(Strict):
    """A way to agree: any one of its conditions is enough.

    Attributes:
        told: the agreement in words, as a reader of one pair's weights sees it.
        any_of: the conditions.
        frequencies: whether the weight is told by how rare the shared word is.
    """

    told: Text
    any_of: tuple[Condition, ...] = Field(min_length=1)
    frequencies: bool = False

    @model_validator(mode="after")
    def _frequencies_of_one_column(self) -> Level:
        if self.frequencies and self.counted is None:
            raise contradiction(
                "frequencies are asked for of a level that is not one column being the same",
                "leave `frequencies` out, or let the level be `same` of one column",
            )
        return self

    @property
    def counted(self) -> str | None:
        """The column whose words' frequencies tell the weight; None where they do not."""
        first = self.any_of[0]
        alone = len(self.any_of) == 1 and isinstance(first, Same) and len(first.columns) == 1
        return first.reads()[0] if self.frequencies and alone else None

    def sql(self) -> str:
        """The condition over a pair of profiles in DuckDB's SQL."""
        return " or ".join(f"({one.sql()})" if len(self.any_of) > 1 else one.sql() for one in self.any_of)

    def holds(self, pairs: Pairs) -> Held:
        """Where the level holds."""
        held = self.any_of[0].holds(pairs)
        for one in self.any_of[1:]:
            held |= one.holds(pairs)
        return held


class Comparison(Strict):
    """One comparison. Its levels stand from the closest down; a pair has the first that holds.

    A pair has *no* level, and the comparison says nothing of it, unless both sides give at least one of the
    columns in `needs` and, where the comparison is sound only within something, that something is the same.

    Attributes:
        name: what a model calls it.
        told: what a reader sees.
        needs: the columns of which one must be given on both sides.
        within: a condition without which there is nothing to compare.
        levels: from the closest down.
        otherwise: in words, that none of them holds.
        shared_at_home: that people of one home share it, so that it does not tell them apart.
        at_home: the share of each level among pairs of two people of one home, from the closest down and last
            of all none, as it is assumed until data say otherwise. Without it, they are taken for strangers.
    """

    name: Column
    told: Text
    needs: tuple[Column, ...] = Field(min_length=1)
    within: Condition | None = None
    levels: tuple[Level, ...] = Field(min_length=1)
    otherwise: Text
    shared_at_home: bool = False
    at_home: tuple[Annotated[float, Field(gt=0, lt=1)], ...] | None = None

    @model_validator(mode="after")
    def _at_home_by_level(self) -> Comparison:
        if self.at_home is None:
            return self
        if len(self.at_home) != len(self.levels) + 1 or abs(sum(self.at_home) - 1) > 1e-6:
            raise contradiction(
                f"`at_home` of {self.name} is not a share for each level and one for none, of 1 in all",
                "write one share a level, from the closest down, then one for none, so that they sum to 1",
            )
        return self

    def reads(self) -> tuple[str, ...]:
        """The columns of a profile that it reads, each once."""
        columns = [*self.needs, *(self.within.reads() if self.within else ())]
        columns += [column for level in self.levels for one in level.any_of for column in one.reads()]
        return tuple(dict.fromkeys(columns))

    def null_sql(self) -> str:
        """The condition under which the comparison says nothing."""
        lacking = " and ".join(f"({column}_l is null or {column}_r is null)" for column in self.needs)
        return f"{lacking} or not ({self.within.sql()})" if self.within else lacking

    def told_by_level(self) -> tuple[str, ...]:
        """Each level in words, by its number from 0."""
        return (self.otherwise, *(level.told for level in reversed(self.levels)))

    def counted_by_level(self) -> tuple[str | None, ...]:
        """The column whose frequencies tell the weight of a level, by its number from 0."""
        return (None, *(level.counted for level in reversed(self.levels)))

    def levels_of(self, pairs: Pairs) -> NDArray[np.int8]:
        """The level of each pair: -1 nothing to compare, 0 otherwise, higher is closer."""
        out = np.full(len(pairs), -1, np.int8)
        given = np.zeros(len(pairs), np.bool_)
        for column in self.needs:
            given |= pairs.both(column)
        undecided = np.flatnonzero(given)
        left = pairs.at(undecided)
        if self.within is not None and len(left):
            sound = self.within.holds(left)
            undecided = undecided[sound]
            left = left.at(np.flatnonzero(sound))
        out[undecided] = 0
        for number, level in zip(range(len(self.levels), 0, -1), self.levels, strict=True):
            if not len(undecided):
                break
            held = level.holds(left)
            if held.any():
                out[undecided[held]] = number
                rest = np.flatnonzero(~held)
                undecided, left = undecided[rest], left.at(rest)
        return out
