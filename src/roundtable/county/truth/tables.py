"""The tables of the truth that come from what happens; who is who comes from the population itself."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

INSTANT = pa.timestamp("s")


@dataclass(frozen=True)
class TruthTable:
    """One table of the truth: its name, what a row says, and its columns."""

    name: str
    description: str
    schema: pa.Schema


def _schema(*fields: tuple[str, pa.DataType, bool]) -> pa.Schema:
    return pa.schema([pa.field(name, type_, nullable=nullable) for name, type_, nullable in fields])


COURSES = TruthTable(
    "courses",
    "One person's referral to one service: what triggered it, and when the course began (null: declined). "
    "The table `services` says what the course truly did to the person's rate from that moment on.",
    _schema(
        ("service", pa.string(), False),
        ("person", pa.int64(), False),
        ("trigger", pa.int64(), True),
        ("referred", INSTANT, False),
        ("started", INSTANT, True),
    ),
)
PREVENTED = TruthTable(
    "prevented",
    "One thing that would have happened without a service or pilot, and did not.",
    _schema(
        ("need", pa.string(), False),
        ("cause", pa.string(), False),
        ("person", pa.int64(), False),
        ("at", INSTANT, False),
    ),
)
UNRECORDED = TruthTable(
    "unrecorded",
    "One thing that an agency knew of and did not record: an incident of the police's, a contact of the "
    "crisis team's. `group` says whether the person belongs to those of whom less is recorded.",
    _schema(
        ("agency", pa.string(), False),
        ("need", pa.string(), False),
        ("person", pa.int64(), False),
        ("at", INSTANT, False),
        ("group", pa.string(), False),
    ),
)
NEAR_REPEAT = TruthTable(
    "near_repeat",
    "One burglary of a home, and the burglary that brought it on; null where none did.",
    _schema(("event", pa.int64(), False), ("parent", pa.int64(), True)),
)
OFFICERS = TruthTable(
    "officers",
    "One officer, and how many times as many discretionary records it makes as its team on average.",
    _schema(("officer", pa.string(), False), ("shard", pa.int32(), False), ("pace", pa.float64(), False)),
)
SERVICES = TruthTable(
    "services",
    "One service: what it truly does to which need from its start on. A rate ratio of 1 is no effect.",
    _schema(
        ("service", pa.string(), False),
        ("need", pa.string(), False),
        ("rate_ratio", pa.float64(), False),
        ("referred", pa.float64(), False),
        ("uptake", pa.float64(), False),
        ("delay_days", pa.int32(), False),
    ),
)
PILOT_AREAS = TruthTable(
    "pilot_areas",
    "One area of one pilot: from which day on the need's rate in it is multiplied by what.",
    _schema(
        ("pilot", pa.string(), False),
        ("area", pa.string(), False),
        ("need", pa.string(), False),
        ("begins", pa.date32(), False),
        ("rate_ratio", pa.float64(), False),
    ),
)
UNDER_RECORDING = TruthTable(
    "under_recording",
    "Which agency records what of which group how many times as often as of others. Without a sex or an "
    "upper age the group has none.",
    _schema(
        ("agency", pa.string(), False),
        ("need", pa.string(), False),
        ("group", pa.string(), False),
        ("sex", pa.string(), True),
        ("from_age", pa.int32(), False),
        ("under_age", pa.int32(), True),
        ("relative", pa.float64(), False),
    ),
)
EFFECTS = TruthTable(
    "effects",
    "One size of what is planted: the near-repeat effect and the officer.",
    _schema(("effect", pa.string(), False), ("value", pa.float64(), False), ("unit", pa.string(), False)),
)

PLANTED_MISHAPS = TruthTable(
    "planted_mishaps",
    "One delivery that goes wrong on purpose, how, whether the door is to refuse it, and what becomes of it.",
    _schema(
        ("dataset", pa.string(), False),
        ("table", pa.string(), False),
        ("file", pa.string(), False),
        ("kind", pa.string(), False),
        ("detail", pa.string(), True),
        ("refused", pa.bool_(), False),
        ("outcome", pa.string(), False),
    ),
)

_NEEDS = pa.schema([pa.field("years", pa.float32())])
#: Their columns are the needs of happenings/reference/needs.csv, twice each: of all years, and of the last.
NEEDS = TruthTable(
    "needs",
    "One person: the years it spent in the county and, for every need, the true yearly rate over that time "
    "and (`_now`) in its last year, before any service or pilot.",
    _NEEDS,
)
HOME_NEEDS = TruthTable(
    "home_needs",
    "One household, its eldest, and the true yearly rates of what happens to households, in the same way.",
    _NEEDS,
)

TRUTH_TABLES = {
    one.name: one
    for one in (
        COURSES,
        PREVENTED,
        UNRECORDED,
        NEAR_REPEAT,
        OFFICERS,
        SERVICES,
        PILOT_AREAS,
        UNDER_RECORDING,
        EFFECTS,
        NEEDS,
        HOME_NEEDS,
    )
}
