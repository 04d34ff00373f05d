"""The search itself: who has a key of the record, and what each of them weighs against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.evidence.columns import TOKEN_LIST
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.levels import levels_of
from roundtable.linkage.evidence.pairs import Pairs
from roundtable.linkage.lookup.index import Index
from roundtable.linkage.lookup.one import One
from roundtable.linkage.lookup.one_key import NONE, key_of
from roundtable.linkage.lookup.reach import Reach
from roundtable.linkage.scoring.weights import Weights

Positions = NDArray[np.int32]
_NO_COLUMN: frozenset[str] = frozenset()
_NO_CODE = -1


@dataclass(frozen=True)
class Scored:
    """Profiles that were looked at, and how they agree with the record.

    Attributes:
        encoded: the profiles, without what may not be looked at.
        profiles: their positions in the index.
        sources: which sources' records of theirs are within reach; None where all are.
        levels: how each agrees, by comparison.
        weights: what that weighs.
    """

    encoded: Encoded
    profiles: Positions
    sources: NDArray[np.bool_] | None
    levels: Mapping[str, NDArray[np.int8]]
    weights: Weights


class Search:
    """One record's search.

    Args:
        index: everybody.
        one: the record.

    Attributes:
        by: the families of keys by which it could be looked for.
        too_many: those by which more were found than linkage looks at.
    """

    def __init__(self, index: Index, one: One) -> None:
        self._index, self._one = index, one
        self._met: list[tuple[frozenset[str], Positions]] = []
        by: dict[str, None] = {}
        too_many: dict[str, None] = {}
        seen = set()
        for kind in index.types:
            if all(one.words[column] is not None for column in kind.columns):
                by[kind.family] = None
            key = key_of(kind, one.words, one.known)
            if key == NONE or (kind.family, key) in seen:
                continue
            seen.add((kind.family, key))
            having = index.blocks[kind.family].having(key)
            if len(having) > index.settings.cap:
                too_many[kind.family] = None
            elif len(having):
                self._met.append((kind.columns, having))
        self.by, self.too_many = tuple(by), tuple(too_many)

    def scored(self, reach: Reach | None) -> list[Scored]:
        """Everybody who has a key of the record, once for each set of columns that may not be looked at."""
        if reach is None:
            return list(self._of(_NO_COLUMN, None))
        return [scored for hidden, sources in self._views(reach) for scored in self._of(hidden, sources)]

    def _views(self, reach: Reach) -> Iterator[tuple[frozenset[str], NDArray[np.bool_]]]:
        """The sources within reach, by what of theirs may not be looked at."""
        of = [reach.hidden.get((one.dataset, one.table)) for one in self._index.sources.names]
        for hidden in sorted({one for one in of if one is not None}, key=sorted):
            yield hidden, np.array([one == hidden for one in of], np.bool_)

    def _of(self, hidden: frozenset[str], sources: NDArray[np.bool_] | None) -> Iterator[Scored]:
        columns = hidden_columns(self._index, hidden)
        met = [profiles for read, profiles in self._met if not read & columns]
        if not met:
            return
        profiles = np.unique(np.concatenate(met))
        if sources is not None:
            profiles = profiles[[self._within(profile, sources) for profile in profiles.tolist()]]
        if len(profiles):
            yield self._weighed(profiles, columns, sources)

    def _within(self, profile: int, sources: NDArray[np.bool_]) -> bool:
        codes = self._index.sources.code[self._index.records_of(profile)]
        return bool(sources[codes].any())

    def _weighed(self, profiles: Positions, hidden: set[str], sources: NDArray[np.bool_] | None) -> Scored:
        index = self._index
        rows = index.rows[profiles]
        codes = {column: rows[:, place] for place, column in enumerate(index.encoded.codes)}
        codes |= dict.fromkeys(hidden, np.full(len(profiles), _NO_CODE, np.int32))
        encoded = Encoded(codes, index.encoded.vocabularies)
        left, right = np.arange(len(profiles)), np.zeros(len(profiles), np.int64)
        levels = levels_of(index.settings, encoded, left, right, right_of=self._one.encoded)
        weights = index.scales.weigh(Pairs(encoded, self._one.encoded, left, right), levels)
        return Scored(encoded, profiles, sources, levels, weights)


def hidden_columns(index: Index, hidden: frozenset[str]) -> set[str]:
    """The columns of the index's encoding that show what may not be looked at."""
    return {
        column
        for column in index.encoded.codes
        if column in hidden or (column.startswith("token_") and TOKEN_LIST in hidden)
    }
