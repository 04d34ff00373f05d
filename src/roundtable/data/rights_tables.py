"""What people had put right: values that stand in the stead of those a source sent. In the vault."""

from __future__ import annotations

from roundtable.data.lake_table import DAY, TEXT, WHOLE, Column, described, key, maybe

RECTIFICATION = described(
    "rectification",
    "A value of a person's record that was put right by request. The source's own row stays as it was sent.",
    key("record_id", TEXT, "The keyed id of the record."),
    key("column", TEXT, "Which of the record's values it is."),
    key(
        "number",
        WHOLE,
        "The number of the rectification in the ledger; of two for one value the higher holds.",
    ),
    Column("dataset", TEXT, "The id of the dataset that the record came from."),
    Column("agency", TEXT, "The id of the agency that sent it, which is told."),
    maybe("value", TEXT, "What is right, a day as YYYY-MM-DD; null where nothing should stand there."),
    Column("made_on", DAY, "The day it was put right."),
    vault=True,
)

RIGHTS_TABLES = (RECTIFICATION,)
