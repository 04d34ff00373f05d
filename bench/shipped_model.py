"""Learn the weights that come with the software from the synthetic county, and write them where they stand.

    python -m bench.shipped_model RECORDS.parquet DATE

RECORDS holds the county's records of people as they were sent. The truth of the county is not read. The file
is small and is committed; run this again when comparisons or levels change, or the county does.
"""

from __future__ import annotations

import json
import sys
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq

import roundtable.linkage.evidence
from roundtable.linkage.cleaning.cleaned import cleaned
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.profiles.profile import profiled
from roundtable.linkage.training.train import train

#: Figures beyond this say nothing.
_DIGITS = 6


def main(records: Path, date: str) -> None:
    """Learn and write."""
    settings = shipped("uk")
    profiles = profiled(cleaned(pq.read_table(records)).table)
    model = train(profiles.table, settings).model
    odds = {
        name: [[round(value, _DIGITS) for value in (one.m, one.u, one.h)] for one in levels]
        for name, levels in model.odds.items()
    }
    told = {
        "source": f"learnt from {len(profiles.records):,} identities of the synthetic county, without labels",
        "status": "assumed",
        "date": date,
        "odds": odds,
    }
    to = Path(str(files(roundtable.linkage.evidence))) / "settings" / "uk-model.json"
    to.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
