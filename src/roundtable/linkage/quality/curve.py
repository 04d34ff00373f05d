"""The choice of the stop, as the table that the report draws."""

from __future__ import annotations

import pyarrow as pa

from roundtable.data.linked_tables import LINK_CURVE, without_purpose

_MILLION = 1_000_000
_FROM = {
    "stop_ppm": "stop",
    "precision_ppm": "expected_precision",
    "recall_ppm": "expected_recall",
    "score_ppm": "expected_f",
    "model_precision_ppm": "alone_precision",
    "model_recall_ppm": "alone_recall",
}


def curve_table(curve: pa.Table) -> pa.Table:
    """The table `link_curve` without its purpose.

    Args:
        curve: `CURVE` of the choice of the stop.
    """
    rows = [
        {
            **{name: round(row[given] * _MILLION) for name, given in _FROM.items()},
            **{name: row[name] for name in ("people", "largest", "chosen")},
        }
        for row in curve.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=without_purpose(LINK_CURVE)).sort_by("stop_ppm")
