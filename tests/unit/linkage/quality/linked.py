"""A few linked records, made up for measuring."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from roundtable.linkage.quality.links import Links
from roundtable.linkage.schemas import CLEANED


def links(
    records: list[tuple[int, str]],
    people: list[int],
    pairs: list[tuple[int, int, float]] = [],  # noqa: B006
    unlinkable: tuple[int, ...] = (),
    **columns: list[Any],
) -> Links:
    """Records as linked.

    Args:
        records: of each record its profile and its agency.
        people: of each profile its person.
        pairs: two profiles and the probability of each pair.
        unlinkable: profiles that say nothing.
        columns: further columns of CLEANED; the dataset is the agency's unless it stands here.
    """
    agencies = [agency for _, agency in records]
    filled = {
        "record_id": [f"r{place:05}" for place in range(len(records))],
        "dataset": agencies,
        "source_table": ["t"] * len(records),
        "agency": agencies,
        **columns,
    }
    rows = {name: filled.get(name, [None] * len(records)) for name in CLEANED.names}
    return Links(
        cleaned=pa.table(rows, schema=CLEANED),
        of_record=np.array([profile for profile, _ in records], dtype=np.int32),
        people=np.array(people, dtype=np.int32),
        unlinkable=np.isin(np.arange(len(people)), unlinkable),
        left=np.array([one for one, _, _ in pairs], dtype=np.int32),
        right=np.array([other for _, other, _ in pairs], dtype=np.int32),
        probability=np.array([worth for _, _, worth in pairs], dtype=np.float64),
    )
