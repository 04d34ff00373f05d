"""What the police send: crimes, the people in them, calls, domestic abuse, missing children, detentions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.sends.case import Case, Happened
from roundtable.county.sends.drawn import Drawn, Integers, Producers, recoded, yes_no
from roundtable.county.sends.numbering import references, row_references
from roundtable.county.sends.people_known import integers
from roundtable.county.sends.shares import drawn_words

POLICE = Producers()
_RECORDS = "police-records"
_CONTROL = "police-control"

_OUTCOMES = {
    "out-of-court disposal": "out of court",
    "no suspect identified": "no suspect",
    "evidential difficulties": "other",
}
_CONCERNS = {
    "welfare check": "concern for safety",
    "mental health": "mental health",
    "missing": "missing person",
    "collapsed behind doors": "collapsed or ill",
    "other": "concern for safety",
}
_TOPICS = {
    "noise": "noise",
    "neighbours": "neighbour dispute",
    "young people": "nuisance youths",
    "drugs": "suspicious circumstances",
    "rowdy or drunk": "antisocial behaviour",
    "vehicles": "antisocial behaviour",
    "litter or damage": "antisocial behaviour",
}
#: Offences of which the police usually hear by telephone: how fast somebody was asked for tells.
_CALLED = ("emergency", "priority")


@POLICE.sends("recorded-crime", "crimes", _RECORDS)
def crimes(case: Case) -> Drawn:
    """One row a crime."""
    crime = case.of("crime")
    return crime.drawn(
        {
            "offence_code": crime.text("code"),
            "offence_title": crime.text("subgroup"),
            "committed_from": crime.instants("at"),
            "committed_to": crime.days("until"),
            "domestic_flag": yes_no(crime.flags("domestic"), "Y", "N"),
            "alcohol_flag": yes_no(crime.flags("alcohol"), "Y", "N"),
            "outcome_type": recoded(crime.text("outcome"), _OUTCOMES),
            "recording_officer": _collar_numbers(crime),
        },
        who=np.full(len(crime), -1),
    )


@POLICE.sends("recorded-crime", "people", _RECORDS, twice=False)
def people_in_crimes(case: Case) -> Drawn:
    """One row for each part that somebody has in a crime."""
    return _parts(
        case, case.of("crime"), "recorded-crime", "crimes", "crime_ref", {"caller": "reporting person"}
    )


@POLICE.sends("domestic-abuse-incidents", "people", _RECORDS, twice=False)
def people_in_domestic_abuse(case: Case) -> Drawn:
    """One row for each part that somebody has in an incident."""
    return _parts(case, case.of("domestic_abuse"), "domestic-abuse-incidents", "incidents", "incident_id", {})


def _parts(
    case: Case, happened: Happened, dataset: str, table: str, key: str, roles: dict[str, str | None]
) -> Drawn:
    part = case.parts(happened)
    return Drawn(
        recorded=happened.recorded[part.row],
        who=part.who,
        place=np.full(len(part.who), -1),
        events=happened.events[part.row],
        values={
            key: row_references(case.plan.seed, case.shard, dataset, table, key, part.row),
            "part": recoded(part.role, roles),
        },
    )


@POLICE.sends("domestic-abuse-incidents", "incidents", _RECORDS)
def domestic_abuse(case: Case) -> Drawn:
    """One row an incident."""
    abuse = case.of("domestic_abuse")
    return abuse.drawn(
        {
            "attended_at": abuse.instants("at"),
            "incident_type": _kinds_of_abuse(case, abuse),
            "dash_grade": abuse.text("dash_grade"),
            "dash_score": abuse.numbers("dash_score"),
            "child_in_home": abuse.numbers("children") > 0,
            "school_notified": abuse.text("school_notified"),
            "repeat_12m": abuse.numbers("repeat_12m"),
            "recording_officer_no": _collar_numbers(abuse),
        },
        who=np.full(len(abuse), -1),
    )


def _kinds_of_abuse(case: Case, abuse: Happened) -> pa.Array:
    """What kind of incident it was: from the crime that was recorded, or an argument where none was."""
    crime = case.of("crime")
    rows = np.searchsorted(crime.events, abuse.numbers("crime")) if len(crime) else np.zeros(len(abuse), int)
    rows = np.minimum(rows, max(len(crime) - 1, 0))
    found = (crime.events[rows] == abuse.numbers("crime")) if len(crime) else np.zeros(len(abuse), bool)
    groups = [_kind_of_abuse(words) for words in crime.text("subgroup").to_pylist()]
    kinds = pa.array(groups, pa.string()).take(pa.array(rows, mask=~found))
    return pc.coalesce(kinds, drawn_words(case.chance("kinds of abuse"), "abuse", len(abuse)))


def _kind_of_abuse(subgroup: str) -> str:
    words = subgroup.casefold()
    for said, kind in (
        ("without injury", "violence without injury"),
        ("with injury", "violence with injury"),
        ("homicide", "violence with injury"),
        ("stalking", "stalking or harassment"),
        ("harass", "stalking or harassment"),
        ("rape", "sexual offence"),
        ("sexual", "sexual offence"),
        ("damage", "criminal damage"),
        ("arson", "criminal damage"),
    ):
        if said in words:
            return kind
    return "other"


@POLICE.sends("police-calls-for-service", "calls", _CONTROL, twice=False)
def calls(case: Case) -> Drawn:
    """One row a call: of concern, of anti-social behaviour, or one that led to a record of another kind."""
    concern, antisocial = case.of("concern_call"), case.of("antisocial")
    abuse, missing = case.of("domestic_abuse"), case.of("missing")
    graded = pc.is_in(case.of("crime").text("grade"), pa.array(_CALLED))
    crime = case.of("crime").kept(np.asarray(graded.to_numpy(zero_copy_only=False)))
    kinds = (concern, antisocial, abuse, missing, crime)
    codes = (
        recoded(concern.text("code"), dict(_CONCERNS)),
        recoded(antisocial.text("topic"), dict(_TOPICS)),
        _same("domestic incident", len(abuse)),
        _same("missing person", len(missing)),
        _same("crime", len(crime)),
    )
    welfare = [concern.text("code"), *(_same("none", len(kind)) for kind in kinds[1:])]
    who = _together(
        [case.first(concern, "caller"), case.first(antisocial, "caller"), *_victims(case, kinds[2:])]
    )
    place = _together([kind.place for kind in kinds])
    # A call is in the control room's system within minutes, whenever the record that came of it was made.
    at = np.concatenate([kind.instants("at") for kind in kinds])
    taken = case.chance("calls taken").integers(60, 900, len(at)).astype("timedelta64[s]")
    return Drawn(
        recorded=at + taken,
        who=who,
        place=place,
        events=np.concatenate([kind.events for kind in kinds]),
        values={
            "received_at": at,
            "closing_code": pa.concat_arrays(codes),
            "welfare_type": pa.concat_arrays(welfare),
            "caller_place_key": _place_keys(case, place),
        },
        changing=frozenset({"welfare_type"}),
    )


def _victims(case: Case, kinds: Sequence[Happened]) -> list[Integers]:
    return [case.first(kind, "victim") for kind in kinds]


def _place_keys(case: Case, place: Integers) -> pa.Array:
    """A key of the address that was called from; of the call where there was no address."""
    addresses = len(case.people.tables.addresses)
    numbers = np.where(place < 0, addresses + np.arange(len(place)), place)
    return references(case.plan.seed, case.shard, numbers, "police-control places", "P")


@POLICE.sends("missing-episodes", "episodes", _RECORDS)
def missing_children(case: Case) -> Drawn:
    """One row an episode of a child."""
    missing = case.of("missing")
    children = pc.is_in(missing.text("code"), pa.array(["child", "child in care"]))
    missing = missing.kept(np.asarray(children.to_numpy(zero_copy_only=False)))
    in_care = pc.equal(missing.text("code"), "child in care")
    homes = drawn_words(case.chance("homes of children in care"), "care homes", len(missing))
    return missing.drawn(
        {
            "reported_at": missing.instants("at"),
            "missing_from": pc.if_else(in_care, homes, "family home"),
            "hours_missing": missing.shares("hours_missing").round(1),
            "found_area": missing.text("found_area"),
            "risk_grade": missing.text("risk_grade"),
            "interview_held": missing.flags("interview_held"),
            "exploitation_indicator": missing.flags("exploitation"),
        }
    )


@POLICE.sends("s136-detentions", "detentions", _RECORDS)
def detentions(case: Case) -> Drawn:
    """One row a detention."""
    held = case.of("s136")
    return held.drawn(
        {
            "started_at": held.instants("at"),
            "place_of_safety": held.text("code"),
            "officer_hours": held.shares("officer_hours").round(1),
            "result": held.text("result"),
            "advice_sought": held.flags("advice_sought"),
        }
    )


def _collar_numbers(happened: Happened) -> Integers:
    """The figures of the collar numbers: the police's own system leaves the letter out."""
    figures = pc.utf8_slice_codeunits(happened.text("officer"), 1, 20)
    return integers(figures.cast(pa.int64()))


def _same(word: str, count: int) -> pa.Array:
    return pa.array([word]).take(pa.array(np.zeros(count, dtype=np.int64)))


def _together(parts: Sequence[Integers]) -> Integers:
    return np.concatenate([np.asarray(part, dtype=np.int64) for part in parts])
