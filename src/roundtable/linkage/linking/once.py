"""What several purposes have in common is worked out once: most may link the same records.

Nothing passes from one purpose to another by it. It is taken only where a purpose hands over the very same
records, settings, model and decisions, of which it would have made the same by itself; ids are given apart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b

import pyarrow as pa

from roundtable.linkage.cleaning.cleaned import Cleaned
from roundtable.linkage.linking.whole import Whole


@dataclass
class Once:
    """The last records that were cleaned, and the last whole that was linked, by what they were made of."""

    _cleaned: dict[str, Cleaned] = field(default_factory=dict)
    _whole: dict[str, Whole] = field(default_factory=dict)

    def cleaned(self, records: pa.Table, besides: str, make: Callable[[], Cleaned]) -> tuple[Cleaned, str]:
        """Cleaned records, and what tells them from others.

        Args:
            records: as they were sent.
            besides: what else cleaning goes by.
            make: cleans them.
        """
        name = _digest(records, besides)
        if name not in self._cleaned:
            self._cleaned = {name: make()}
        return self._cleaned[name], name

    def whole(self, name: str, make: Callable[[], Whole]) -> Whole:
        """What was linked from the beginning.

        Args:
            name: of all that it is made of.
            make: links it.
        """
        if name not in self._whole:
            self._whole = {name: make()}
        return self._whole[name]


def _digest(records: pa.Table, besides: str) -> str:
    found = blake2b(besides.encode(), digest_size=32)
    for column in records.column_names:
        found.update(column.encode())
        whole = records[column].combine_chunks()
        for buffer in whole.buffers():
            found.update(b"-" if buffer is None else buffer)
    return found.hexdigest()
