"""The tables that the steps of a run work out. Every measure is a whole number: sums of doubles differ.

Shares are in parts per million, rates and money in thousandths of their unit; `_ppm` and the
meaning of the column say which.
"""

from __future__ import annotations

from roundtable.data.lake_table import DAY, DEGREES, TEXT, WHOLE, Column, LakeTable, described, key, maybe

WEIGHT_SET = key("weight_set", TEXT, "The set of harm weights that priced it.")
DATASET = key("dataset", TEXT, "The id of the dataset.")
AREA_KIND = key("area_kind", TEXT, "The kind of area, such as lsoa11.")
AREA_ID = key(
    "area_id",
    TEXT,
    "The area's published code; `outside` for events in no area of the kind, "
    "`no-coordinates` for events that cannot be placed.",
)
RECORDS = Column("records", WHOLE, "How many records, priced or not.")
UNPRICED = Column("unpriced_records", WHOLE, "How many of the records have a code that nobody has priced.")
HARM = Column("harm", WHOLE, "The harm of the priced records, in thousandths of the weight set's unit.")
RECORDS_PPM = Column("records_ppm", WHOLE, "Its share of all the dataset's records, in parts per million.")
HARM_PPM = Column("harm_ppm", WHOLE, "Its share of all the dataset's priced harm, in parts per million.")

PLACE_AREA = described(
    "place_area",
    "The area that a point lies in. Each point and kind of area once.",
    key("area_kind", TEXT, "The kind of area."),
    key("longitude", DEGREES, "Degrees east, WGS 84."),
    key("latitude", DEGREES, "Degrees north, WGS 84."),
    maybe(
        "area_id", TEXT, "The area's published code; null where the point is outside every area of the kind."
    ),
)

HARM_WEIGHT = described(
    "harm_weight",
    "The weight that a set of weights gives to a code that occurs in the events.",
    WEIGHT_SET,
    key("scheme", TEXT, "The code list that the code belongs to."),
    key("code", TEXT, "The code."),
    maybe("weight", WHOLE, "The weight, in thousandths of the unit; null where nobody has priced it."),
    Column("priced_ppm", WHOLE, "The share of such events that the weight covers, in parts per million."),
    Column("basis", TEXT, "Where the weight comes from: direct, an assumed mix of codes, or a plain count."),
    Column("unit", TEXT, "What the weight counts: pounds, days, records."),
)

HARM_AREA_MONTH = described(
    "harm_area_month",
    "Records and harm of one code in one area in one month.",
    WEIGHT_SET,
    DATASET,
    AREA_KIND,
    AREA_ID,
    key("month", DAY, "The first day of the month."),
    key("code", TEXT, "The code of the events."),
    RECORDS,
    UNPRICED,
    HARM,
)

HARM_AREA = described(
    "harm_area",
    "Records and harm of one area over the whole time that the dataset covers.",
    WEIGHT_SET,
    DATASET,
    AREA_KIND,
    AREA_ID,
    RECORDS,
    UNPRICED,
    HARM,
    maybe("people", WHOLE, "People who live there; null where no population is known."),
    Column("months", WHOLE, "How many months the dataset covers."),
    maybe(
        "records_per_1000_year",
        WHOLE,
        "Records per thousand people and year, in thousandths; null where no population is known.",
    ),
    maybe(
        "harm_per_1000_year",
        WHOLE,
        "Harm per thousand people and year, in thousandths of the unit; null where no population is known.",
    ),
    RECORDS_PPM,
    HARM_PPM,
    Column("rank", WHOLE, "Its place among the areas of its kind by harm, 1 being the most."),
)

HARM_CODE = described(
    "harm_code",
    "Records and harm of one code over the whole county and time.",
    WEIGHT_SET,
    DATASET,
    key("code", TEXT, "The code of the events."),
    RECORDS,
    UNPRICED,
    HARM,
    RECORDS_PPM,
    HARM_PPM,
)

CONCENTRATION = described(
    "concentration",
    "How much of the harm lies in the worst areas, beside what chance alone would give.",
    WEIGHT_SET,
    DATASET,
    AREA_KIND,
    key("top_percent", WHOLE, "How many of the areas count as the worst, in per cent: 1, 5 or 10."),
    Column("areas", WHOLE, "How many areas that is."),
    Column("share_ppm", WHOLE, "Their share of the harm, in parts per million."),
    key("null_model", TEXT, "What chance was taken to be: shuffled, mixed_severity, or none."),
    maybe("null_mean_ppm", WHOLE, "The mean share under chance, in parts per million; null without a model."),
    maybe(
        "null_low_ppm",
        WHOLE,
        "The lower end of the middle 95 % of the simulated shares; null without a model.",
    ),
    maybe(
        "null_high_ppm",
        WHOLE,
        "The upper end of the middle 95 % of the simulated shares; null without a model.",
    ),
    Column("simulations", WHOLE, "How many times chance was simulated, each from a fixed seed."),
)

RANKING_AGREEMENT = described(
    "ranking_agreement",
    "How far two sets of weights put the areas in the same order.",
    DATASET,
    AREA_KIND,
    key("first_set", TEXT, "One set of weights."),
    key("second_set", TEXT, "The other set of weights."),
    Column("areas", WHOLE, "How many areas were ranked."),
    Column(
        "spearman_ppm",
        WHOLE,
        "Spearman's rank correlation, in parts per million; 1,000,000 is the same order.",
    ),
    Column("kendall_tau_b_ppm", WHOLE, "Kendall's tau-b, in parts per million; 1,000,000 is the same order."),
    Column("top25_in_common", WHOLE, "How many areas are among the worst 25 under both."),
)

OUTCOME_CASES = described(
    "outcome_cases",
    "The yearly cases of an outcome that names its source in the data.",
    key("outcome_id", TEXT, "The id of the outcome."),
    Column("dataset", TEXT, "The dataset that its cases are counted in."),
    Column("source_table", TEXT, "The table of the dataset's contract that they are counted in."),
    Column("codes", TEXT, "The codes that count, sorted, with a vertical bar between them."),
    RECORDS,
    Column("months", WHOLE, "How many months the dataset covers."),
    Column("annual_cases", WHOLE, "Records times 12 by months, rounded half up."),
    Column("first_month", DAY, "The first day of the first month covered."),
    Column("last_month", DAY, "The first day of the last month covered."),
)

PROPERTY_FLAGS = described(
    "property_flags",
    "One flag that still speaks for a property, or the visits that it has had lately. No name, no person.",
    key("address_id", TEXT, "The keyed id of the address."),
    key("agency", TEXT, "The id of the agency whose flag it is."),
    key("dataset", TEXT, "The id of the dataset that says so."),
    key("kind", TEXT, "Whether it is a flag or a visit."),
    key("flag", TEXT, "Which value of the contract's column put it there."),
    Column("first_on", DAY, "The first day on which it stood."),
    Column("last_on", DAY, "The last day on which it stood; the day described, while it goes on."),
    Column("records", WHOLE, "How many rows of the dataset say so."),
)

FLAG_OVERLAP = described(
    "flag_overlap",
    "How many homes the same agencies have flagged. Exact counts, never shown without disclosure control.",
    key("agencies", TEXT, "The ids of the agencies, sorted, with a plus sign between them."),
    Column("services", WHOLE, "How many agencies that is."),
    Column("homes", WHOLE, "Properties that these agencies have flagged, and no others."),
    Column("unvisited", WHOLE, "How many of them nobody has visited lately."),
)

ADDRESS_PLACE = described(
    "address_place",
    "The area and the cell that an address lies in. No coordinates, and no address.",
    key("address_id", TEXT, "The keyed id of the address."),
    key("area_kind", TEXT, "The kind of area, such as lsoa11; `cell` for a cell of the grid."),
    maybe(
        "area_id",
        TEXT,
        "The area's published code, or the degrees north and east of the cell's south-western corner; null "
        "where the address is outside every area of the kind, or shares its cell with fewer than 7 others.",
    ),
)

DERIVED_TABLES: tuple[LakeTable, ...] = (
    PLACE_AREA,
    ADDRESS_PLACE,
    HARM_WEIGHT,
    HARM_AREA_MONTH,
    HARM_AREA,
    HARM_CODE,
    CONCENTRATION,
    RANKING_AGREEMENT,
    OUTCOME_CASES,
    PROPERTY_FLAGS,
    FLAG_OVERLAP,
)
