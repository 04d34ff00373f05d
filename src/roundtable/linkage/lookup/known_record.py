"""A record that is in the index already, as something to look up."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.lookup.index import Index
from roundtable.linkage.lookup.one import NO_CODE, One
from roundtable.linkage.lookup.reach import Reach
from roundtable.linkage.lookup.search import hidden_columns


def known_record(index: Index, record_id: str, reach: Reach | None = None) -> One | None:
    """A record of the index; None where there is none, or it is out of reach: nothing tells which.

    Args:
        index: everybody.
        record_id: its id.
        reach: whose records may be looked at, and by what; without it, all.
    """
    place = pc.index(index.record_id, record_id).as_py()
    if place < 0:
        return None
    source, hidden = index.source_of(place), frozenset[str]()
    if reach is not None:
        if (source.dataset, source.table) not in reach.hidden:
            return None
        hidden = reach.hidden[source.dataset, source.table]
    row = index.rows[int(index.profile[place])]
    left_out = hidden_columns(index, hidden)
    columns = list(index.encoded.codes)
    known = {
        column: NO_CODE if column in left_out else int(code)
        for column, code in zip(columns, row, strict=True)
    }
    words = {
        column: None if code == NO_CODE else index.encoded.vocabulary(column)[code]
        for column, code in known.items()
    }
    codes = {column: np.array([code], np.int32) for column, code in known.items()}
    return One(words, known, Encoded(codes, index.encoded.vocabularies))
