"""Degrees as doubles."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa

from roundtable.insight.places.locate import _nearest_doubles


def test_degrees_become_the_nearest_doubles() -> None:
    """Arrow's own cast is off by the last bit for more than a quarter of them, enough to cross a border."""
    written = ["-0.409106", "54.278370", "-2.555210", "0.000001", "-180.000000"]
    degrees = pa.chunked_array([pa.array(map(Decimal, written), pa.decimal128(9, 6))])
    assert _nearest_doubles(degrees).tolist() == [float(number) for number in written]
