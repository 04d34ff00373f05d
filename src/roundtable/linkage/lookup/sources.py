"""Whose record each record is, so that nobody is shown one that is not theirs to see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

_NAMES, _CODES = "sources/names", "sources/codes"
_BETWEEN = "\x1f"


@dataclass(frozen=True, order=True)
class Source:
    """A table of a dataset, and the agency that sent it."""

    dataset: str
    table: str
    agency: str


@dataclass(frozen=True)
class Sources:
    """The source of each record.

    Attributes:
        names: the sources.
        code: for each record, the place of its source among them.
    """

    names: tuple[Source, ...]
    code: NDArray[np.int32]

    @classmethod
    def of(cls, cleaned: pa.Table, record_ids: pa.Array | pa.ChunkedArray) -> Sources:
        """The sources of records, in their order.

        Args:
            cleaned: CLEANED, or those of its columns that say whose a record is.
            record_ids: the records.

        Raises:
            ValueError: one of them is not in `cleaned`.
        """
        place = pc.index_in(record_ids, value_set=cleaned["record_id"])
        if place.null_count:
            raise ValueError("a record that was never cleaned")
        columns = (cleaned[name] for name in ("dataset", "source_table", "agency"))
        joined = pc.binary_join_element_wise(*columns, _BETWEEN).take(place)
        whole = joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined
        coded = whole.dictionary_encode()
        names = tuple(Source(*text.split(_BETWEEN)) for text in coded.dictionary.to_pylist())
        return cls(names, np.asarray(coded.indices.to_numpy(), np.int32))

    def to_parts(self) -> dict[str, bytes]:
        """As bytes, by name, to be kept beside the parts of the state."""
        names = [[one.dataset, one.table, one.agency] for one in self.names]
        return {_NAMES: json.dumps(names).encode(), _CODES: self.code.tobytes()}

    @classmethod
    def from_parts(cls, parts: Mapping[str, bytes]) -> Sources:
        """The sources again.

        Raises:
            KeyError: they were not kept.
        """
        names = tuple(Source(*one) for one in json.loads(parts[_NAMES]))
        return cls(names, np.frombuffer(parts[_CODES], np.int32))
