"""The kinds of agreement that a level may ask for, each as SQL and as the same thing over codes.

Settings name a kind and its columns; they never hold SQL. The SQL is DuckDB's over the columns of a profile
with `_l` and `_r` after their names, as Splink hands them over; where a side says nothing the SQL is null and
the twin is false, which a level takes alike. String measures are RapidFuzz's, and DuckDB's are equal to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, StringConstraints
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from roundtable.linkage.evidence.columns import TOKEN_COLUMNS, TOKENS, Column
from roundtable.linkage.evidence.pairs import Pairs
from roundtable.partnership.model.strict import Strict

Held = NDArray[np.bool_]


class Same(Strict):
    """All of the columns say the same, in words of `letters` or more: two initials alike are not one name."""

    kind: Literal["same"]
    columns: tuple[Column, ...] = Field(min_length=1)
    letters: int = Field(ge=1, default=1)

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return self.columns

    def sql(self) -> str:
        """The condition in SQL."""
        same = [f"{column}_l = {column}_r" for column in self.columns]
        return " and ".join([*same, *_long((f"{column}_l" for column in self.columns), self.letters)])

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        held = pairs.same(self.columns[0])
        for column in self.columns[1:]:
            held &= pairs.same(column)
        if self.letters > 1:
            for column in self.columns:
                held &= pairs.long(column, self.letters)[0]
        return held


class Crossed(Strict):
    """Any of the columns of one says what any of the columns of the other says, in `letters` or more."""

    kind: Literal["crossed"]
    columns: tuple[Column, ...] = Field(min_length=2)
    letters: int = Field(ge=1, default=1)

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return self.columns

    def sql(self) -> str:
        """The condition in SQL."""
        alike = (
            " and ".join([f"{one}_l = {other}_r", *_long([f"{one}_l"], self.letters)])
            for one in self.columns
            for other in self.columns
        )
        return " or ".join(f"({one})" for one in alike)

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        held = np.zeros(len(pairs), np.bool_)
        rights = [pairs.right(column) for column in self.columns]
        for column in self.columns:
            left, counts = pairs.left(column), pairs.long(column, self.letters)[0]
            for right in rights:
                held |= counts & (left == right)
        return held


class InTokens(Strict):
    """The word of one, of `letters` or more, stands among all name parts of the other, in whatever place."""

    kind: Literal["in_tokens"]
    column: Column
    letters: int = Field(ge=1, default=1)

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column, "name_tokens")

    def sql(self) -> str:
        """The condition in SQL."""
        first = f"list_slice(name_tokens_{{side}}, 1, {TOKENS})"
        sides = []
        for one, other in ("lr", "rl"):
            found = f"list_contains({first.format(side=other)}, {self.column}_{one})"
            sides.append(" and ".join([found, *_long([f"{self.column}_{one}"], self.letters)]))
        return " or ".join(f"({side})" for side in sides)

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        left, right = pairs.left(self.column), pairs.right(self.column)
        left_counts, right_counts = pairs.long(self.column, self.letters)
        held = np.zeros(len(pairs), np.bool_)
        for token in TOKEN_COLUMNS:
            held |= (left == pairs.right(token)) & left_counts
            held |= (right == pairs.left(token)) & right_counts
        return held


class SharesWord(Strict):
    """A whole word in common between names of one word or more; shorter words than `letters` do not count."""

    kind: Literal["shares_word"]
    column: Column
    letters: int = Field(ge=1)

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        found = f"regexp_extract_all({self.column}_{{side}}, '[^ ]{{{{{self.letters},}}}}')"
        return f"list_has_any({found.format(side='l')}, {found.format(side='r')})"

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        return pairs.words(self.column).told(self._shared)

    def _shared(self, one: str, other: str) -> bool:
        if " " not in one and " " not in other:
            return one == other and len(one) >= self.letters
        return any(len(word) >= self.letters for word in set(one.split(" ")) & set(other.split(" ")))


class Initial(Strict):
    """One gives a single letter, and the other begins with it."""

    kind: Literal["initial"]
    column: Column

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        one, other = f"{self.column}_l", f"{self.column}_r"
        return f"(length({one}) = 1 or length({other}) = 1) and left({one}, 1) = left({other}, 1)"

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        return pairs.words(self.column).told(
            lambda one, other: one[0] == other[0] and (len(one) == 1 or len(other) == 1)
        )


class Similar(Strict):
    """Words of `letters` or more are alike by Jaro and Winkler's measure, which forgives a late slip."""

    kind: Literal["similar"]
    column: Column
    letters: int = Field(ge=1, default=1)
    at_least: float = Field(gt=0, lt=1)

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        one, other = f"{self.column}_l", f"{self.column}_r"
        alike = f"jaro_winkler_similarity({one}, {other}) >= {self.at_least!r}"
        return " and ".join([alike, *_long([one, other], self.letters)])

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        words = pairs.words(self.column)
        alike = words.measured("similarity", JaroWinkler.similarity, np.float64)
        held = words.spread(alike >= self.at_least)
        if self.letters > 1:
            left, right = pairs.long(self.column, self.letters)
            held &= left & right
        return held


class Edits(Strict):
    """So many letters put in, left out, changed, or swapped with their neighbour, and no more."""

    kind: Literal["edits"]
    column: Column
    at_most: int = Field(ge=1)

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        return f"damerau_levenshtein({self.column}_l, {self.column}_r) <= {self.at_most}"

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        words = pairs.words(self.column)
        apart = words.measured("edits", DamerauLevenshtein.distance, np.int32)
        return words.spread(apart <= self.at_most)


class Contains(Strict):
    """The words of one stand within those of the other."""

    kind: Literal["contains"]
    column: Column

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        one, other = f"{self.column}_l", f"{self.column}_r"
        return f"contains({one}, {other}) or contains({other}, {one})"

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        return pairs.words(self.column).told(lambda one, other: one in other or other in one)


class SameBefore(Strict):
    """The same up to a mark: the part of an e-mail address before the @."""

    kind: Literal["same_before"]
    column: Column
    mark: Annotated[str, StringConstraints(pattern=r"^[^'\\]$")]

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        one, other = (f"split_part({self.column}_{side}, '{self.mark}', 1)" for side in "lr")
        return f"{one} = {other}"

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        mark = self.mark
        return pairs.words(self.column).told(
            lambda one, other: one.partition(mark)[0] == other.partition(mark)[0]
        )


class SameLetters(Strict):
    """The same letters at the start (`letters` from 0), or wherever they are said to stand."""

    kind: Literal["same_letters"]
    column: Column
    first: int = Field(ge=0, default=0)
    letters: int = Field(ge=1)

    def reads(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return (self.column,)

    def sql(self) -> str:
        """The condition in SQL."""
        one, other = (f"substr({self.column}_{side}, {self.first + 1}, {self.letters})" for side in "lr")
        return f"{one} = {other}"

    def holds(self, pairs: Pairs) -> Held:
        """Where it holds."""
        part = slice(self.first, self.first + self.letters)
        return pairs.words(self.column).told(lambda one, other: one[part] == other[part])


def _long(columns: Iterable[str], letters: int) -> list[str]:
    """That words have so many letters, in SQL; nothing where every word has."""
    return [f"length({column}) >= {letters}" for column in columns] if letters > 1 else []
