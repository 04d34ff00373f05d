"""Which row of a table of spells held on a day: a name, a home, a telephone number; for many at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
#: Days or instants, as NumPy's `datetime64` of any unit.
Days = NDArray[Any]
#: More days than any spell can lie from 1970, either way.
_REACH = 1 << 20
#: What stands for a row that there is not.
NONE = -1


class Spells:
    """The rows of a table, each of which holds for its holder from a day until the next begins."""

    def __init__(self, holders: Rows, begins: Days, rows: Rows | None = None) -> None:
        """Put the rows in order.

        Args:
            holders: whose row it is: numbers from 0.
            begins: the day that it holds from.
            rows: what each is called in the answer; its position where left out.
        """
        keys = _key(holders, begins)
        order = np.argsort(keys, kind="stable")
        self._keys, self._holders = keys[order], holders[order]
        self._rows = order if rows is None else rows[order]

    def on(self, holders: Rows, days: Days) -> Rows:
        """The row that held for each holder on each day.

        The earliest row stands for all time before it, because an agency that learns of somebody learns the
        present; `NONE` where there is no row for the holder.
        """
        if not len(self._keys):
            return np.full(len(holders), NONE)
        found = np.searchsorted(self._keys, _key(holders, days), side="right") - 1
        earlier = (found < 0) | (self._holders[np.maximum(found, 0)] != holders)
        found = np.where(earlier, found + 1, found)
        inside = np.minimum(found, len(self._keys) - 1)
        return np.where(self._holders[inside] == holders, self._rows[inside], NONE)


def _key(holders: Rows, days: Days) -> Rows:
    numbers = days.astype("datetime64[D]").astype(np.int64)
    key: Rows = holders * (2 * _REACH) + np.clip(numbers, -_REACH, _REACH - 1) + _REACH
    return key
