"""A county's records of people as one purpose may link them, and who each is truly of, as two Parquet files.

    python -m bench.linkage_county FOLDER RECORDS TRUTH

FOLDER is a partnership folder that was received, with its truth beside it. The records are those that a run
would link for safeguarding children, which is nearly all of them. Neither file leaves the scratch folder.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from roundtable.data.engine import EngineName
from roundtable.data.lake import Lake
from roundtable.governance.keys import held_keyring
from roundtable.governance.policy.actions import Action
from roundtable.governance.pseudonyms import record_id
from roundtable.ledger.database import open_ledger
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.purpose import Purpose
from roundtable.pipeline import permits_of_steps
from roundtable.steps.link_people import READS
from roundtable.steps.people_records import people_records
from roundtable.steps.reading import opened_bench

DAY = date(2026, 11, 23)
PURPOSE = Purpose.SAFEGUARDING_CHILDREN


def main(folder: Path, records: Path, truth: Path) -> None:
    """Write both."""
    partnership = load_partnership(folder)
    open_ledger(folder, partnership.charter.id)
    keyring = held_keyring(folder)
    assert keyring is not None, "the county's keys"
    allowed = permits_of_steps(partnership, DAY)[PURPOSE, Action.LINK]
    with opened_bench(partnership, Lake(folder, keyring), allowed, EngineName.DUCKDB, READS) as bench:
        pq.write_table(people_records(bench), records)
    beside = folder.with_name(f"{folder.name}-truth") / "record_identity.parquet"
    known: dict[str, tuple[int, int | None]] = {}
    for row in pq.read_table(beside).to_pylist():
        if row["person"] is not None:
            name = record_id(keyring, row["dataset"], row["table"], row["row_key"])
            known[name] = (row["person"], row["home"])
    people, homes = zip(*known.values(), strict=True)
    table = pa.table({"record_id": list(known), "person": people, "home": pa.array(homes, pa.int64())})
    pq.write_table(table, truth)


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:]))
