"""What was erased does not come back: rows of a delivery that a suppression knows are not taken in.

A suppression is a list of keyed digests, by dataset. A row is stopped when it is the very record that was
erased (its dataset, table and source's id), whenever it was recorded; and when it bears the person's numbers,
or their name, birth and postcode, and was recorded before the erasure. What a source records later, on a
footing of its own, is new and is taken in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake import Lake
from roundtable.data.subjects.records import IDENTIFYING, PERSON, identities, isin
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import open_lake_file
from roundtable.governance.rights.keyed import Identity, Keyed
from roundtable.ledger.erasures import suppressed
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import MarkKind

#: What each table calls the id of the row that a source sent.
ROW_ID: Mapping[str, str] = {
    "event": "event_id",
    "contact": "contact_id",
    "involvement": "involvement_id",
    "detail": "of_id",
    "person_record": "row_id",
    "row_version": "row_id",
}


def stop_suppressed(lake: Lake, dataset: str, paths: Sequence[tuple[str, Path]]) -> frozenset[str]:
    """Take the rows that may not come back out of a delivery's scratch files; the ids of those rows.

    Args:
        lake: with the keys, where there are records.
        dataset: the delivery's.
        paths: its scratch files, each with the table it is for; they are written anew in their place.
    """
    known = suppressed(dataset)
    if not known or lake.keyring is None:
        return frozenset()
    keyed = Keyed(lake.keyring)
    rows: set[str] = set()
    for table, path in paths:
        if table == PERSON:
            rows |= _stopped(lake, path, known, keyed)
    if rows:
        for table, path in paths:
            if table in ROW_ID:
                _without(lake, table, path, rows)
    return frozenset(rows)


def stopped_by_file(rows: frozenset[str], prefixes: Mapping[str, str]) -> Counter[str]:
    """How many of these rows each delivered file had.

    Args:
        rows: ids of rows.
        prefixes: what the id of a file's rows begins with, by the file's name.
    """
    found: Counter[str] = Counter()
    longest = sorted(prefixes.items(), key=lambda item: -len(item[1]))
    for row in rows:
        found[next((file for file, prefix in longest if row.startswith(prefix)), "")] += 1
    return found


def _stopped(lake: Lake, path: Path, known: Mapping[Mark, datetime], keyed: Keyed) -> set[str]:
    kinds = {mark.what for mark in known}
    found: set[str] = set()
    with open_lake_file(path, LAKE_TABLES[PERSON], lake.keyring) as file:
        for number in range(file.num_row_groups):
            rows = file.read_row_group(number, columns=[*IDENTIFYING, "recorded_at", "row_id"])
            told = zip(
                identities(rows),
                rows.column("recorded_at").to_pylist(),
                rows.column("row_id").to_pylist(),
                strict=True,
            )
            found |= {row for one, at, row in told if _is_stopped(one, at, known, keyed, kinds)}
    return found


def _is_stopped(
    one: Identity,
    recorded_at: datetime | None,
    known: Mapping[Mark, datetime],
    keyed: Keyed,
    kinds: set[MarkKind],
) -> bool:
    if keyed.erased(one.record_id) in known:
        return True
    if kinds == {MarkKind.RECORD}:
        return False
    for mark in keyed.suppressed(one):
        until = known.get(mark)
        if until is not None and (recorded_at is None or recorded_at <= until):
            return True
    return False


def _without(lake: Lake, table: str, path: Path, rows: set[str]) -> None:
    """Write a scratch file anew, in its place, without these rows."""
    draft = lake.stage()
    with open_lake_file(path, LAKE_TABLES[table], lake.keyring) as file:

        def left() -> Iterator[pa.RecordBatch]:
            for number in range(file.num_row_groups):
                group = file.read_row_group(number)
                yield from group.filter(pc.invert(isin(group.column(ROW_ID[table]), rows))).to_batches()

        lake.write(table, left(), draft)
    draft.replace(path)
