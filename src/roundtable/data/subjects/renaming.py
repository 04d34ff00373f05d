"""Ids in an export: each purpose has names of its own, so that two exports cannot be put together by them.

A `record_id` and an `address_id` are the same in the whole lake for good. In an export they are written as
the pseudonyms of its purpose; whoever has the exports of two purposes cannot tell by them who is in both.
Only whoever has the keys can, and does: to find a person in an export again, and to take them out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake_table import LakeTable
from roundtable.governance.keys import Keyring
from roundtable.governance.pseudonyms import pseudonym, version_of
from roundtable.partnership.model.purpose import Purpose

#: The columns that hold keyed ids of people, addresses and rows.
KEYED = ("record_id", "address_id", "linked_address_id", "row_key")
#: Gives the rows of a table the names of a purpose.
Renaming = Callable[[LakeTable, pa.Table], pa.Table]


def has_keyed_ids(table: LakeTable) -> bool:
    """Whether a table says of whom or where by a keyed id."""
    return any(column in table.schema.names for column in KEYED)


def renaming(keyring: Keyring, purpose: Purpose) -> Renaming:
    """What writes every keyed id as the pseudonym of a purpose, with the newest version of the keys.

    Rows are put in order anew: in the order of the ids themselves, two exports could be laid side by side.
    """

    def renamed(table: LakeTable, rows: pa.Table) -> pa.Table:
        for column in (name for name in KEYED if name in rows.column_names):
            ids = [one for one in pc.unique(rows.column(column)).to_pylist() if one is not None]
            names = {one: pseudonym(keyring, purpose.value, one) for one in ids}
            values = [names.get(one) for one in rows.column(column).to_pylist()]
            place = rows.column_names.index(column)
            rows = rows.set_column(place, rows.schema.field(column), pa.array(values, pa.string()))
        return rows.sort_by([(column, "ascending") for column in table.sort_key])

    return renamed


def names_of(
    keyring: Keyring, purpose: Purpose, ids: Iterable[str], among: Iterable[str | None]
) -> frozenset[str]:
    """What an export calls some ids, under every version of the keys that its own names were made with.

    Args:
        keyring: the partnership's keys.
        purpose: the export's.
        ids: of records or addresses.
        among: the names that stand in it.
    """
    versions = sorted({version_of(name) for name in among if name is not None})
    wanted = sorted(set(ids))
    return frozenset(
        pseudonym(keyring, purpose.value, one, version) for version in versions for one in wanted
    )
