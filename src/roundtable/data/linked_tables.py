"""The tables that linkage makes, for each purpose: people, households, addresses, and how sure it all is.

No name, no date of birth and no address stands in them: people, households and addresses are keyed ids. What
a purpose may not see was not there when its records were linked, so no row of one purpose says anything of
another's. Shares and probabilities are in parts per million, weights in thousandths of a bit.
"""

from __future__ import annotations

import pyarrow as pa

from roundtable.data.lake_table import BYTES, DAY, FLAG, TEXT, WHOLE, Column, LakeTable, described, key, maybe

PURPOSE = key("purpose", TEXT, "The purpose that the records were linked for.")
_ADDRESS = "The address: its keyed `address_id` where any record gives a UPRN, else a keyed id of its own."
_PERSON = "The person's durable id."
_AGENCIES = "The ids of the agencies that say so, sorted, with a plus sign between them."

PERSON_LINK = described(
    "person_link",
    "Which person a record is of. The purpose's own ids: another purpose calls the same person otherwise.",
    PURPOSE,
    key("record_id", TEXT, "The keyed id of one source's record of a person."),
    Column("person_id", TEXT, _PERSON),
    Column("joined_run", WHOLE, "The number of the run that put the record to this person."),
    maybe("former_id", TEXT, "The person it was of before a merge ended that person; null where none."),
)

PERSON_MOVE = described(
    "person_move",
    "What became of people in a run: who were joined, parted, lost or won records, are new or gone.",
    PURPOSE,
    key("run", WHOLE, "The number of the run that did it."),
    key("number", WHOLE, "Which of the run's moves, counted from 1."),
    Column("kind", TEXT, "One of `merge`, `split`, `move`, `new` and `gone`."),
    maybe("person_from", TEXT, "Whose the records were; null where the person is new."),
    maybe("person_to", TEXT, "Whose they are now; null where the person is gone."),
    Column("records", WHOLE, "How many records that is."),
    maybe("record_id", TEXT, "The record, where it was one; otherwise null."),
    maybe("evidence", TEXT, "Why, in words and bits, and no value of any record; null where nothing joined."),
    maybe("undone_by", WHOLE, "The number of the decision that undid it; null while it stands."),
)

PERSON_MOVED = described(
    "person_moved",
    "A record that a merge, a split or a move took from one person to another.",
    PURPOSE,
    key("run", WHOLE, "The number of the run that did it."),
    key("number", WHOLE, "Which of the run's moves."),
    key("record_id", TEXT, "The keyed id of the record."),
)

LINK_INDEX = described(
    "link_index",
    "What a night goes on from and a lookup searches: one part of it by name. In the vault.",
    PURPOSE,
    key("part", TEXT, "Which part."),
    key("piece", WHOLE, "Which piece of it, counted from 1: a part may be larger than one value can be."),
    Column("data", BYTES, "The piece's bytes."),
    vault=True,
)

LINKED_ADDRESS = described(
    "linked_address",
    "A home, or another place where people live, however it was written. No address stands here.",
    PURPOSE,
    key("linked_address_id", TEXT, _ADDRESS),
    Column("has_uprn", FLAG, "Whether any record or the gazetteer gives its UPRN."),
    Column("written_forms", WHOLE, "How many ways of writing it were joined; nought where only UPRNs came."),
    Column("records", WHOLE, "How many records are of it, placed by postcode alone among them."),
    Column("people", WHOLE, "How many people have been there at any time."),
    Column(
        "most_in_a_year", WHOLE, "The most people seen there within one year; everybody, undated, counts."
    ),
    Column("surnames_in_a_year", WHOLE, "The most different surnames among the people of such a year."),
    Column("communal", FLAG, "Whether it is a communal place, so that who lives there is no household."),
    maybe("why_communal", TEXT, "By what: `register`, or `many`; null where it is not communal."),
)

PERSON_ADDRESS = described(
    "person_address",
    "A time that a person was at an address, as far as records say. Times may overlap, and have gaps.",
    PURPOSE,
    key("person_id", TEXT, _PERSON),
    key("linked_address_id", TEXT, _ADDRESS),
    key("spell", WHOLE, "Which of the person's times at this address, counted from 1."),
    maybe("first_seen", DAY, "The first day that a record puts them there; null where no record has a day."),
    maybe("last_seen", DAY, "The last such day; null likewise."),
    maybe("left_by", DAY, "The day by which they had left for elsewhere; null where nothing says they did."),
    Column("agencies", TEXT, _AGENCIES),
    Column("records", WHOLE, "How many records say so."),
    Column("undated", WHOLE, "How many of them have no day."),
    Column("basis", TEXT, "The best of what puts them there: `uprn`, `written`, `postcode` or `kin`."),
    Column("stale", FLAG, "Whether one agency went on sending it after others had followed the move."),
)

HOUSEHOLD = described(
    "household",
    "People who are at one address at overlapping times. One person alone is a household too.",
    PURPOSE,
    key("household_id", TEXT, "Its durable id."),
    Column("linked_address_id", TEXT, _ADDRESS),
    Column("members", WHOLE, "How many people have been in it."),
    Column("members_now", WHOLE, "How many of them nothing says have left."),
    maybe("from_on", DAY, "The first day that a record shows of it; null where none has a day."),
    maybe("to_on", DAY, "The day by which it had ended; null while it goes on."),
)

HOUSEHOLD_MEMBER = described(
    "household_member",
    "A person's time in a household. A person may be in two at once.",
    PURPOSE,
    key("household_id", TEXT, "The household's durable id."),
    key("person_id", TEXT, _PERSON),
    key("spell", WHOLE, "Which of the person's times at the address, as in `person_address`."),
    maybe("from_on", DAY, "The first day that a record shows; null where none has a day."),
    maybe("to_on", DAY, "The day by which they had left; null while nothing says they have."),
    Column(
        "why",
        TEXT,
        "What the last day rests on: `current`, `moved`, `stale`, `followed` (others live there since), or "
        "`undated` where no record has a day.",
    ),
    Column("basis", TEXT, "The best of what puts them there: `uprn`, `written`, `postcode` or `kin`."),
)

LINK_QUALITY = described(
    "link_quality",
    "One measure of how well the records of an agency or of some people are linked.",
    PURPOSE,
    key("breakdown", TEXT, "By what: `all`, `agency`, `dataset`, `sex`, `age`, `naming` or `home`."),
    key("part", TEXT, "Which agency, dataset or group; `all` for everything."),
    key(
        "measure",
        TEXT,
        "One of `linked` (with a record of another agency), `unlinkable`, `certainty`, `grey`, `precision` "
        "and `recall` (expected), `reviewed_precision` and `reviewed_recall` (what reviewers found).",
    ),
    Column("records", WHOLE, "How many records of the part the measure is over."),
    Column("people", WHOLE, "How many people they are of."),
    Column("value_ppm", WHOLE, "The measure, in parts per million."),
    Column("low_ppm", WHOLE, "The lower end of its 95 % interval, in parts per million."),
    Column("high_ppm", WHOLE, "The upper end, in parts per million."),
    maybe(
        "ratio_ppm",
        WHOLE,
        "The part against the rest of the records, dataset by dataset, in parts per million: 1,000,000 is "
        "alike; null where there is no rest to compare with.",
    ),
    maybe("ratio_low_ppm", WHOLE, "The lower end of the ratio's 95 % interval; null likewise."),
    maybe("ratio_high_ppm", WHOLE, "The upper end; null likewise."),
)

LINK_CURVE = described(
    "link_curve",
    "What is expected of one choice of where to stop joining groups of records.",
    PURPOSE,
    key("stop_ppm", WHOLE, "The stop: groups join while their mean probability is at least this."),
    Column("people", WHOLE, "How many people the records come to at this stop."),
    Column("largest", WHOLE, "How many distinct identities the largest of them has."),
    Column(
        "precision_ppm", WHOLE, "The share of joined pairs expected to be one person, by how they joined."
    ),
    Column("recall_ppm", WHOLE, "The share of one person's pairs expected to be joined, likewise."),
    Column("score_ppm", WHOLE, "What the choice is made by: F with precision weighted as set, likewise."),
    Column("model_precision_ppm", WHOLE, "The precision by each pair's own probability alone."),
    Column("model_recall_ppm", WHOLE, "The recall likewise."),
    Column("chosen", FLAG, "Whether it is the stop in force."),
)

LINK_MODEL = described(
    "link_model",
    "The model that weighed the pairs.",
    PURPOSE,
    key("fingerprint", TEXT, "The SHA-256 of the model as JSON."),
    Column("model", TEXT, "The model as JSON: levels, odds, priors. Frequencies of values are left out."),
    Column("trained_on", WHOLE, "How many distinct identities it was trained on."),
)

LINK_SHAPE = described(
    "link_shape",
    "How the linked records are spread, so that the next run can be compared with this one.",
    PURPOSE,
    key("measure", TEXT, "One of `weight` (of kept pairs), `records_per_person` and `filled` (columns)."),
    key("band", WHOLE, "Which band, counted from 1 in the order of the measure."),
    Column("title", TEXT, "What lies in the band."),
    Column("number", WHOLE, "How many there are."),
)

LINK_DRIFT = described(
    "link_drift",
    "One thing that was compared between this run and the one before.",
    PURPOSE,
    key("measure", TEXT, "What was compared."),
    key("part", TEXT, "Of what; `all` for everything."),
    Column("before_ppm", WHOLE, "What it was, in parts per million of its unit."),
    Column("now_ppm", WHOLE, "What it is, likewise."),
    Column("shift_ppm", WHOLE, "By how much it moved, as the measure counts it, in parts per million."),
    Column("alarm_ppm", WHOLE, "From which shift on it is told as an alarm, in parts per million."),
    Column("alarm", FLAG, "Whether it moved so far."),
)

LINK_TOLD = described(
    "link_told",
    "Something that whoever uses the links has to know, in words. No value of a record stands in it.",
    PURPOSE,
    key(
        "kind",
        TEXT,
        "One of `stop`, `warning`, `left_out`, `crowd`, `placeholder`, `contradiction`, `unlinkable` "
        "and `drift`.",
    ),
    key("place", WHOLE, "Its place among those of its kind, counted from 1."),
    Column("told", TEXT, "The sentence."),
    maybe("number", WHOLE, "How many records, pairs or people it is about; null where it counts none."),
)


def without_purpose(table: LakeTable) -> pa.Schema:
    """The columns of one of these tables without the purpose, which whoever writes it puts in front."""
    return pa.schema([field for field in table.schema if field.name != PURPOSE.name])


LINKED_TABLES = (
    PERSON_LINK,
    PERSON_MOVE,
    PERSON_MOVED,
    LINK_INDEX,
    LINKED_ADDRESS,
    PERSON_ADDRESS,
    HOUSEHOLD,
    HOUSEHOLD_MEMBER,
    LINK_QUALITY,
    LINK_CURVE,
    LINK_MODEL,
    LINK_SHAPE,
    LINK_DRIFT,
    LINK_TOLD,
)
