"""Who has a key: everybody's keys in order, so that one record's are found among a million at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int32]
_NOBODY: Positions = np.zeros(0, np.int32)
#: What stands between a family of keys and the number of one of its choices of name parts.
_CHOICE = "#"


class Blocks:
    """The keys of one family in order, each with the profile that has it."""

    def __init__(self, keys: list[NDArray[np.uint64]]) -> None:
        there = [np.flatnonzero(one).astype(np.int32) for one in keys]
        key = np.concatenate([one[held] for one, held in zip(keys, there, strict=True)])
        order = np.argsort(key)
        self._key, self._profile = key[order], np.concatenate(there)[order]

    def having(self, key: int) -> Positions:
        """The profiles that have a key; one may stand there twice."""
        wanted = np.uint64(key)
        first = int(np.searchsorted(self._key, wanted))
        if first == len(self._key) or self._key[first] != wanted:
            return _NOBODY
        return self._profile[first : int(np.searchsorted(self._key, wanted, "right"))]


def blocks_of(keys: Mapping[str, NDArray[np.uint64]]) -> Mapping[str, Blocks]:
    """The blocks of each family of keys.

    Args:
        keys: one key a profile for each type, as `keys_of` gives them; 0 where a profile has none.
    """
    families: dict[str, list[NDArray[np.uint64]]] = {}
    for name, column in keys.items():
        families.setdefault(name.partition(_CHOICE)[0], []).append(column)
    return {family: Blocks(columns) for family, columns in families.items()}
