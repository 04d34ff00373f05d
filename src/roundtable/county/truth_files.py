"""The truth of a county as Parquet, one file a table; and what the county was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.county.plan import CountyPlan
from roundtable.county.truth.readme import truth_readme

#: What the truth folder says of itself: by it an earlier county's truth is known again.
ABOUT = "county.json"


class TruthFiles:
    """The files of the truth as they grow."""

    def __init__(self, folder: Path, plan: CountyPlan) -> None:
        """Begin in an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._plan = folder, plan
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._rows: dict[str, int] = {}

    def append(self, tables: Mapping[str, pa.Table]) -> None:
        """Append a shard's tables, each a row group of its file."""
        for name, table in tables.items():
            if name not in self._writers:
                path = self._folder / f"{name}.parquet"
                self._writers[name] = pq.ParquetWriter(
                    path, table.schema, compression="zstd", compression_level=1
                )
                self._rows[name] = 0
            self._writers[name].write_table(table)
            self._rows[name] += len(table)

    def finish(self) -> dict[str, int]:
        """Close every file and say what the county was made from; returns the rows of each table."""
        for writer in self._writers.values():
            writer.close()
        rows = dict(sorted(self._rows.items()))
        about = {
            "people": self._plan.people,
            "seed": self._plan.seed,
            "today": self._plan.today.isoformat(),
            "years": self._plan.years,
            "rows": rows,
        }
        text = json.dumps(about, indent=2) + "\n"
        (self._folder / ABOUT).write_text(text, encoding="utf-8")
        (self._folder / "README.md").write_text(truth_readme(self._plan, rows), encoding="utf-8")
        return rows
