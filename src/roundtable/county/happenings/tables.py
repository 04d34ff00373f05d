"""The tables that `happen` gives: what happened, by kind, and who took what part in it.

`Happenings.tables` holds one table for each of `TABLES`, always all of them, though a table may be empty.
Rows stand in order of `event`. Codes are those of the contracts in the example partnership where a contract
has them, and otherwise made up. Nothing here is an agency's extract: `county.sends` makes those, with
their own words, gaps and mistakes.
"""

from __future__ import annotations

import pyarrow as pa

from roundtable.county.happenings.council_shapes import COUNCIL_TABLES
from roundtable.county.happenings.health_shapes import HEALTH_TABLES
from roundtable.county.happenings.police_shapes import POLICE_TABLES
from roundtable.county.happenings.shapes import Shape

#: Every table, by its name.
TABLES: dict[str, Shape] = {one.name: one for one in (*POLICE_TABLES, *HEALTH_TABLES, *COUNCIL_TABLES)}

#: Who took what part in what: `role` is one of the roles of the event's table.
ROLES = pa.schema(
    [
        pa.field("event", pa.int64(), nullable=False),
        pa.field("person", pa.int64(), nullable=False),
        pa.field("role", pa.string(), nullable=False),
    ]
)
