"""The tables that deliveries become: the same whoever sent them."""

from __future__ import annotations

from roundtable.data.lake_table import (
    BYTES,
    DAY,
    DEGREES,
    INSTANT,
    TEXT,
    WHOLE,
    Column,
    LakeTable,
    described,
    key,
    maybe,
)

DELIVERY = Column(
    "delivery_id",
    TEXT,
    "The delivery that brought the row: the first 16 hexadecimal digits of the SHA-256 of the dataset's id "
    "and the file's own SHA-256. When it came and under which agreements stands in the ledger.",
)

EVENT = described(
    "event",
    "Something that happened, as one record of one source tells it.",
    key("event_id", TEXT, "The file the record stood in and its number there, counted from 1."),
    Column("dataset", TEXT, "The id of the dataset."),
    Column("source_table", TEXT, "The table of the dataset's contract that the record belongs to."),
    maybe("source_id", TEXT, "The source's own id of the record; null where it gives none."),
    Column("code", TEXT, "What kind of event it was, in the source's own code list."),
    Column("scheme", TEXT, "The code list that the code belongs to."),
    Column("occurred_from", DAY, "The first day on which it may have happened."),
    Column(
        "occurred_to", DAY, "The last day on which it may have happened; the same day where that is known."
    ),
    maybe("recorded_at", INSTANT, "When the source recorded it, UTC; null where it does not say."),
    maybe("longitude", DEGREES, "Degrees east, WGS 84; null where the source gives no place."),
    maybe("latitude", DEGREES, "Degrees north, WGS 84; null where the source gives no place."),
    maybe("address_id", TEXT, "The keyed id of the address; null where there is none."),
    maybe("area_id", TEXT, "An area that the source itself names; null where it names none."),
    Column("status", TEXT, "How sure the source is: fact, allegation or opinion."),
    DELIVERY,
)

EVENT_RESULT = described(
    "event_result",
    "What followed an event, as one record of one source tells it.",
    key("dataset", TEXT, "The id of the dataset."),
    Column("source_table", TEXT, "The table of the dataset's contract that the record belongs to."),
    key("source_id", TEXT, "The source's own id of the event that this followed."),
    key("result", TEXT, "What followed, in the source's own words."),
    key("occurred_from", DAY, "The first day on which it may have followed."),
    key("event_result_id", TEXT, "The file the record stood in and its number there, counted from 1."),
    DELIVERY,
)

AREA = described(
    "area",
    "A place that people name, with its boundary.",
    key("area_kind", TEXT, "The kind of area, such as lsoa11 or msoa11."),
    key("area_id", TEXT, "Its published code."),
    Column("name", TEXT, "What people call it."),
    Column("geometry", BYTES, "Its boundary as WKB: longitude and latitude in degrees, WGS 84."),
    DELIVERY,
)

AREA_POPULATION = described(
    "area_population",
    "How many people live in an area.",
    key("area_kind", TEXT, "The kind of area."),
    key("area_id", TEXT, "Its published code."),
    Column("as_of", DAY, "The day the figure describes."),
    Column("people", WHOLE, "People who usually live there."),
    DELIVERY,
)

AREA_DEPRIVATION = described(
    "area_deprivation",
    "Where an area stands in a published index of deprivation.",
    key("area_kind", TEXT, "The kind of area."),
    key("area_id", TEXT, "Its published code."),
    Column("as_of", DAY, "The day the figure describes."),
    key("measure", TEXT, "Which figure of the index it is."),
    Column("value", WHOLE, "A rank or a decile, as published; 1 is the most deprived."),
    DELIVERY,
)

QUARANTINE = described(
    "quarantine",
    "A received row that could not be taken, with the reason. Nothing is dropped silently.",
    key("delivery_id", TEXT, DELIVERY.meaning),
    key("file", TEXT, "The delivered file, or the file inside the delivered ZIP, that it stood in."),
    key("line", WHOLE, "Where it began in that file: a line of a text file, otherwise the record's number."),
    Column("column", TEXT, "The column that could not be taken; empty where the whole row could not."),
    Column("reason", TEXT, "Why, in words."),
    Column("rule", TEXT, "The name of the rule that it breaks."),
    maybe(
        "row",
        TEXT,
        "The row as JSON: the columns that an agreement names, and nothing else; null where it may say who "
        "somebody is or where they live, and so stands in `quarantine_row`, in the vault.",
    ),
)

CANONICAL_TABLES: tuple[LakeTable, ...] = (
    EVENT,
    EVENT_RESULT,
    AREA,
    AREA_POPULATION,
    AREA_DEPRIVATION,
    QUARANTINE,
)
