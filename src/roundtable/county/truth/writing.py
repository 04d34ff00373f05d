"""Write the truth of a county, shard by shard, as one Parquet file a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa

from roundtable.county.effects.planted import Planted
from roundtable.county.plan import CountyPlan
from roundtable.county.truth.planted_tables import planted_tables
from roundtable.county.truth_files import TruthFiles


def write_truth(
    folder: Path, plan: CountyPlan, planted: Planted, shards: Iterable[Mapping[str, pa.Table]]
) -> Mapping[str, int]:
    """Write what is planted in the county, then the truth of every shard as it comes.

    Args:
        folder: where to; it is made if need be.
        plan: the county's plan.
        planted: what is planted in it.
        shards: the tables of each shard, in the shards' order. Only one shard is held at a time.

    Returns:
        The rows of each table.
    """
    files = TruthFiles(folder, plan)
    files.append(planted_tables(planted))
    for tables in shards:
        files.append(tables)
    return files.finish()
