"""Looking for many byte strings at once, nearly as fast as memory is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
import numpy.typing as npt

#: Bytes by which a place is judged before any byte string is compared there.
_BEGINNING = 4


class Looking:
    """Finds any of some byte strings.

    Two bytes at a time are looked up in a table of which pairs any of them begins with; the few places that
    are left are judged by four bytes, and what is left of those is compared.

    Args:
        wanted: the byte strings, each of at least four bytes.

    Raises:
        ValueError: one is shorter.
    """

    def __init__(self, wanted: Collection[bytes]) -> None:
        if any(len(one) < _BEGINNING for one in wanted):
            raise ValueError(f"what is looked for has at least {_BEGINNING} bytes")
        self._by_beginning: dict[bytes, list[bytes]] = {}
        for one in sorted(wanted, key=lambda one: (-len(one), one)):
            self._by_beginning.setdefault(one[:_BEGINNING], []).append(one)
        self._pairs = np.zeros(1 << 16, dtype=bool)
        for beginning in self._by_beginning:
            self._pairs[beginning[0] << 8 | beginning[1]] = True
        self._fours = np.array(
            sorted(int.from_bytes(beginning) for beginning in self._by_beginning), dtype=np.uint32
        )

    def places(self, content: bytes) -> Iterator[tuple[int, int]]:
        """Where one of them stands: from which byte to which, in order of the first."""
        if not self._by_beginning or len(content) < _BEGINNING:
            return
        for place in self._likely(np.frombuffer(content, dtype=np.uint8)).tolist():
            for one in self._by_beginning[content[place : place + _BEGINNING]]:
                if content.startswith(one, place):
                    yield place, place + len(one)
                    break

    def _likely(self, held: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
        pairs = held[:-1].astype(np.uint16) << 8 | held[1:]
        places = np.flatnonzero(self._pairs[pairs[:-2]])
        fours = pairs[places].astype(np.uint32) << 16 | pairs[places + 2]
        return places[np.isin(fours, self._fours)]
