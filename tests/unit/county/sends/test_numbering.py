"""Sources' own numbers: never the same twice, wherever in the county."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from roundtable.county.sends.numbering import SHARD_NUMBERS, numbered, references


def test_no_number_twice() -> None:
    found = np.concatenate([numbered(shard, np.arange(50_000), "a register") for shard in range(20)])
    assert len(np.unique(found)) == len(found)
    assert found.max() < 10**10


def test_series_differ_and_nothing_has_no_number() -> None:
    assert numbered(3, np.arange(5), "one").tolist() != numbered(3, np.arange(5), "other").tolist()
    assert references(0, np.array([-1, 0]), "one", "N").is_null().to_pylist() == [True, False]
    assert references(0, np.array([], np.int64), "one", "N").equals(pa.array([], pa.string()))


def test_a_shard_has_room_for_so_many() -> None:
    with pytest.raises(ValueError, match="more than"):
        numbered(0, np.array([SHARD_NUMBERS]), "one")
