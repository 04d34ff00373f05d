"""What only the truth folder may hold of the deliveries: whose each row is, and each planted breach."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.sends.case import Case
from roundtable.county.sends.drawn import Drawn
from roundtable.county.sends.identities import Identities
from roundtable.county.sends.people_known import integers
from roundtable.county.sends.planned_files import SentTable
from roundtable.county.sends.rows_sent import Rows
from roundtable.county.sends.sheet import Sheet

#: Between the values of a key of several columns, as in the record's own id (`person_tables.py`).
_BETWEEN = "\x1f"
_TEXT = pa.string()
#: `row_key` is the primary key's values; `source_id` the one that the contract takes for the row's id.
#: `person` is who it truly is, also where the row says another name; `home` where that person truly lived
#: then; `place` where the thing truly was; `event` the happening that it comes from. Null where none is.
RECORD_IDENTITY = pa.schema(
    [
        ("dataset", pa.dictionary(pa.int32(), _TEXT)),
        ("table", pa.dictionary(pa.int32(), _TEXT)),
        ("row_key", _TEXT),
        ("source_id", _TEXT),
        ("source_person_id", _TEXT),
        ("person", pa.int64()),
        ("home", pa.int64()),
        ("place", pa.int64()),
        ("event", pa.int64()),
    ]
)
PLANTED_BREACH = pa.schema(
    [
        ("dataset", _TEXT),
        ("table", _TEXT),
        ("file_label", _TEXT),
        ("row_key", _TEXT),
        ("column", _TEXT),
        ("kind", _TEXT),
    ]
)


def record_identity(
    case: Case, sent: SentTable, drawn: Drawn, rows: Rows, identities: Identities, sheet: Sheet
) -> pa.Table:
    """Whose each row is: one line a key, for its newest row."""
    newest = _newest(rows)
    addresses = integers(case.people.tables.addresses["address"])
    who = identities.who[newest]
    home = identities.homes.true[newest]
    place = drawn.place[rows.record[newest]]
    taken = pa.array(newest)
    count = len(newest)
    columns = [
        _same(sent.dataset.id, count),
        _same(sent.table.name, count),
        _keys(sheet).take(taken),
        sheet.source_ids.take(taken),
        sheet.person_numbers.take(taken),
        _ids(case.people.persons, who),
        _ids(addresses, np.where(who < 0, -1, home)),
        _ids(addresses, place),
        _events(drawn, rows.record[newest]),
    ]
    return pa.Table.from_arrays(columns, schema=RECORD_IDENTITY)


def planted_breaches(sent: SentTable, rows: Rows, sheet: Sheet) -> pa.Table:
    """Each planted breach of the contract: in which file, row and column, and of what kind."""
    tables = []
    keys = _keys(sheet) if sheet.breaches else None
    for breach in sheet.breaches:
        assert keys is not None
        labels = [sent.slots[slot].label for slot in rows.slot[breach.rows].tolist()]
        count = len(breach.rows)
        words = (sent.dataset.id, sent.table.name)
        columns: Sequence[pa.Array] = [
            *(pa.array([word] * count, _TEXT) for word in words),
            pa.array(labels, _TEXT),
            keys.take(pa.array(breach.rows)),
            pa.array([breach.column] * count, _TEXT),
            pa.array([breach.kind] * count, _TEXT),
        ]
        tables.append(pa.Table.from_arrays(columns, schema=PLANTED_BREACH))
    return pa.concat_tables(tables) if tables else PLANTED_BREACH.empty_table()


def _newest(rows: Rows) -> np.ndarray:
    """The last row of each entry, in order of the entries."""
    entries = int(rows.entry.max(initial=-1)) + 1
    last = np.full(entries, -1)
    last[rows.entry] = np.arange(len(rows))
    return last[last >= 0]


def _keys(sheet: Sheet) -> pa.Array:
    if len(sheet.keys) < 2:
        return sheet.keys[0] if sheet.keys else sheet.source_ids
    return pc.binary_join_element_wise(*sheet.keys, _BETWEEN)


def _events(drawn: Drawn, records: np.ndarray) -> pa.Array:
    if drawn.events is None:
        return pa.nulls(len(records), pa.int64())
    return pa.array(drawn.events[records])


def _same(word: str, count: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), pa.array([word]))


def _ids(ids: np.ndarray, positions: np.ndarray) -> pa.Array:
    if not len(ids):
        return pa.nulls(len(positions), pa.int64())
    return pa.array(ids[np.maximum(positions, 0)], mask=positions < 0)
