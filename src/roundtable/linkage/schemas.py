"""What the rooms of this wing hand to one another: cleaned records, and the distinct identities among them.

Identifiers stand in both, so they live in memory or in the vault and nowhere else.
"""

from __future__ import annotations

import pyarrow as pa

_TEXT = pa.string()

#: What tells who somebody is: two records that are alike in all of it have one identity. Settings for data
#: of another kind may name further columns (a birth place, an occupation); they count likewise.
IDENTITY = pa.schema(
    [
        pa.field("source_person", _TEXT),
        pa.field("given", _TEXT),
        pa.field("given_root", _TEXT),
        pa.field("middle", _TEXT),
        pa.field("surname", _TEXT),
        pa.field("former_surname", _TEXT),
        pa.field("known_as", _TEXT),
        pa.field("name_tokens", pa.list_(_TEXT)),
        pa.field("date_of_birth", _TEXT),
        pa.field("sex", _TEXT),
        pa.field("nhs_number", _TEXT),
        pa.field("other_number", _TEXT),
        pa.field("mobile", _TEXT),
        pa.field("landline", _TEXT),
        pa.field("email", _TEXT),
        pa.field("postcode", _TEXT),
        pa.field("outward", _TEXT),
        pa.field("address_key", _TEXT),
        pa.field("address_id", _TEXT),
    ]
)

#: A row a record, sorted by `record_id`. Every column of identity is null where the record says nothing
#: that can be used. `source_person` is the source's own number of the person, with the dataset before it;
#: `date_of_birth` is eight digits, year first, and need not be in the calendar; `event_id` is the event that
#: the record was part of.
CLEANED = pa.schema(
    [
        pa.field("record_id", _TEXT, False),
        pa.field("dataset", _TEXT, False),
        pa.field("source_table", _TEXT, False),
        pa.field("agency", _TEXT, False),
        pa.field("recorded_at", pa.timestamp("us", tz="UTC")),
        pa.field("event_id", _TEXT),
        *IDENTITY,
    ]
)

#: A row a distinct identity, in the order in which records first show it; `profile` is its position.
PROFILE = pa.schema([pa.field("profile", pa.int32(), False), *IDENTITY])
