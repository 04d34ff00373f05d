"""The tables about people: identifiers in the vault, and apart from them what happened and who was in it.

Content carries keyed ids alone. A `record_id` is the HMAC-SHA256, under the vault's own key, of the dataset,
its table and the source's id of the row (or the row's own id, where the source gives none), so that a record
that is sent again or corrected keeps it; an `address_id` is that of the UPRN.

What one delivered row became shares the row's own id: `event_id`, `contact_id`, `involvement_id` and `of_id`
are that id, and the tables that have a keyed id of their own have it as `row_id`. So all of it stands or
falls together, by what `row_version` says of the row.
"""

from __future__ import annotations

from roundtable.data.canonical_tables import DELIVERY
from roundtable.data.lake_table import DAY, DEGREES, FLAG, INSTANT, TEXT, WHOLE, Column, described, key, maybe

_RECORD = "The keyed id of one source's record of a person."
_ADDRESS = "The keyed id of the address; null where there is none."
_ROW = "The file the record stood in and its number there, counted from 1: the id of its event or contact."

PERSON_RECORD = described(
    "person_record",
    "One source's record of a person, as it was sent. In the vault.",
    key("record_id", TEXT, _RECORD),
    Column("dataset", TEXT, "The id of the dataset."),
    Column("source_table", TEXT, "The table of the dataset's contract that the record belongs to."),
    Column("agency", TEXT, "The id of the agency that sent it."),
    maybe("source_id", TEXT, "The source's own id of the row; null where it gives none."),
    maybe("source_person_id", TEXT, "The source's own number for the person; null where it gives none."),
    maybe("full_name", TEXT, "The whole name in one field, where the source has but one; otherwise null."),
    maybe("title", TEXT, "As sent; null where nothing was."),
    maybe("given_name", TEXT, "As sent; null where nothing was."),
    maybe("middle_names", TEXT, "As sent; null where nothing was."),
    maybe("surname", TEXT, "As sent; null where nothing was."),
    maybe("former_surname", TEXT, "A surname that was used before, as sent; null where nothing was."),
    maybe("known_as", TEXT, "What the person is called, as sent; null where nothing was."),
    maybe(
        "date_of_birth",
        DAY,
        "By the contract's format; null where it was not sent or the source's code says unknown.",
    ),
    maybe("date_of_death", DAY, "By the contract's format; null where none was sent."),
    maybe("sex", TEXT, "In the source's own code; null where nothing was sent."),
    maybe("nhs_number", TEXT, "As sent, without spaces; null where none was."),
    maybe("phone", TEXT, "As sent; null where nothing was."),
    maybe("email", TEXT, "As sent; null where nothing was."),
    maybe("address", TEXT, "In one line, as sent; null where nothing was."),
    maybe("postcode", TEXT, "As sent; null where nothing was."),
    maybe("uprn", TEXT, "Digits without leading zeros; null where none was sent."),
    maybe("address_id", TEXT, _ADDRESS),
    maybe("recorded_at", INSTANT, "When the source recorded it, UTC; null where it does not say."),
    maybe("seal", TEXT, "The kind of seal that the source's own flag asks for; null where it asks for none."),
    Column("row_id", TEXT, _ROW),
    DELIVERY,
    vault=True,
)

ADDRESS_RECORD = described(
    "address_record",
    "One source's record of an address, such as a line of the local gazetteer. In the vault.",
    key("address_id", TEXT, "The keyed id of the address."),
    Column("dataset", TEXT, "The id of the dataset."),
    Column("source_table", TEXT, "The table of the dataset's contract that the record belongs to."),
    Column("uprn", TEXT, "Digits without leading zeros."),
    maybe("address", TEXT, "In one line, as sent; null where nothing was."),
    maybe("postcode", TEXT, "As sent; null where nothing was."),
    maybe("longitude", DEGREES, "Degrees east, WGS 84; null where the source gives no place."),
    maybe("latitude", DEGREES, "Degrees north, WGS 84; null where the source gives no place."),
    maybe("kind", TEXT, "What kind of place it is, in the source's own words; null where it does not say."),
    maybe("seal", TEXT, "The kind of seal that the source's own flag asks for; null where it asks for none."),
    Column("row_id", TEXT, _ROW),
    DELIVERY,
    vault=True,
)

INVOLVEMENT = described(
    "involvement",
    "A record's part in an event.",
    key("involvement_id", TEXT, "The file the record stood in and its number there, counted from 1."),
    Column("dataset", TEXT, "The id of the dataset."),
    Column("source_table", TEXT, "The table of the dataset's contract that the record belongs to."),
    maybe("event_id", TEXT, "The event, where the same row brought it; null where another row did."),
    maybe("event_source_id", TEXT, "The source's own id of the event; null where it gives none."),
    Column("record_id", TEXT, _RECORD),
    Column(
        "role", TEXT, "Victim, subject, patient, child, carer, caller, in the contract's or source's words."
    ),
    DELIVERY,
)

CONTACT = described(
    "contact",
    "A service's work with someone or at a place.",
    key("contact_id", TEXT, "The file the record stood in and its number there, counted from 1."),
    Column("dataset", TEXT, "The id of the dataset."),
    Column("source_table", TEXT, "The table of the dataset's contract that the record belongs to."),
    maybe("source_id", TEXT, "The source's own id of the row; null where it gives none."),
    maybe("record_id", TEXT, "The keyed id of the person's record; null where it is about a place alone."),
    maybe("address_id", TEXT, _ADDRESS),
    Column("service", TEXT, "What was done or given, in the source's own code list."),
    Column("scheme", TEXT, "The code list that the service belongs to."),
    Column("started", DAY, "The first day."),
    maybe("ended", DAY, "The last day; null while it goes on or where nobody says."),
    maybe("result", TEXT, "What came of it, in the source's own code list; null where nothing was sent."),
    maybe("recorded_at", INSTANT, "When the source recorded it, UTC; null where it does not say."),
    DELIVERY,
)

DETAIL = described(
    "detail",
    "A coded or numeric fact that a row brought about its event or contact. Never free text.",
    key("of_id", TEXT, "The event_id, contact_id or involvement_id that it is about."),
    key("name", TEXT, "Which fact, as the contract calls it."),
    Column("dataset", TEXT, "The id of the dataset."),
    Column("value", TEXT, "The code, number, date or yes/no, as text."),
    DELIVERY,
)

ROW_VERSION = described(
    "row_version",
    "A row of a table that arrives in increments: of which thing it is a version, and whether that holds.",
    key("row_id", TEXT, _ROW),
    Column("dataset", TEXT, "The id of the dataset."),
    Column("source_table", TEXT, "The table of the dataset's contract that the record belongs to."),
    Column(
        "row_key",
        TEXT,
        "The keyed hash of the row's primary key: rows that have it in common are versions of one thing.",
    ),
    maybe("recorded_at", INSTANT, "When the source recorded it, UTC; null where it does not say."),
    Column("withdrawn", FLAG, "Whether the row says that the thing no longer holds."),
    DELIVERY,
)

QUARANTINE_ROW = described(
    "quarantine_row",
    "What a row in quarantine said that is about a person or an address. In the vault.",
    key("delivery_id", TEXT, DELIVERY.meaning),
    key("file", TEXT, "The delivered file, or the file inside the delivered ZIP, that it stood in."),
    key("line", WHOLE, "Where it began in that file, as `quarantine` says it."),
    Column("row", TEXT, "The row as JSON: the columns that an agreement names, and nothing else."),
    vault=True,
)

PERSON_TABLES = (PERSON_RECORD, ADDRESS_RECORD, INVOLVEMENT, CONTACT, DETAIL, ROW_VERSION, QUARANTINE_ROW)
