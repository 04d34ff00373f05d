"""A small made-up town: cleaned records of people, a model, and linking all of them as a whole."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.linkage.blocking.closure import closure
from roundtable.linkage.blocking.keys import keys_of
from roundtable.linkage.blocking.pairs import candidate_pairs
from roundtable.linkage.clustering.average import average_linkage
from roundtable.linkage.clustering.constraints import UNKNOWN
from roundtable.linkage.clustering.known import by_birth_and_name, by_events, by_numbers
from roundtable.linkage.evidence.comparison import Comparison
from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.model import LevelOdds, Model
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.people.decisions import NOTHING_DECIDED, Decisions
from roundtable.linkage.people.durable import assign
from roundtable.linkage.people.identity import identity_of
from roundtable.linkage.people.near_pairs import ABOVE, ROUNDS
from roundtable.linkage.people.state import RECORD, State, probability_of
from roundtable.linkage.profiles.profile import profiled
from roundtable.linkage.schemas import CLEANED
from roundtable.linkage.scoring.vector import Scorer

KEY = b"a key of thirty-two bytes, so so"
UK = shipped("uk")
STOP = 0.5
NONE_GONE = pa.array([], pa.string())
_NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
_GIVEN = [
    first + last for first in ("an", "be", "cor", "dil", "ev") for last in ("da", "lin", "mir", "sa", "to")
]
_SURNAMES = [
    first + last for first in ("ash", "bram", "cold", "dun", "elm") for last in ("by", "ford", "ley", "ton")
]
_DAYS = [
    f"{year}{month:02}{day:02}"
    for year in range(1930, 2015)
    for month in range(1, 13)
    for day in range(1, 29)
]

Row = dict[str, Any]


def record(record_id: str, given: str | None = None, surname: str | None = None, **more: Any) -> Row:
    """One cleaned record; what is not given is null."""
    names = sorted({word for word in (given, surname) if word})
    row = dict.fromkeys(CLEANED.names) | {
        "record_id": record_id,
        "dataset": "cards",
        "source_table": "people",
        "agency": "council",
        "recorded_at": _NOON,
        "given": given,
        "given_root": given,
        "surname": surname,
        "name_tokens": names or None,
    }
    return row | more


def table(rows: list[Row]) -> pa.Table:
    """Records as cleaning hands them over."""
    return pa.Table.from_pylist(sorted(rows, key=lambda row: str(row["record_id"])), CLEANED)


def people(count: int, seed: int) -> list[Row]:
    """About three records a person, many with a slip; three people of a home share what homes share."""
    draw = Random(seed)
    rows: list[Row] = []
    home: Row = {}
    for person in range(count):
        if person % 3 == 0:
            home = {"surname": draw.choice(_SURNAMES), "postcode": f"AB{draw.randrange(1, 9)}1CD"}
            home |= {
                "outward": str(home["postcode"])[:3],
                "address_key": f"{draw.randrange(1, 90)} high street",
            }
        told = {
            **home,
            "given": draw.choice(_GIVEN),
            "date_of_birth": draw.choice(_DAYS),
            "sex": draw.choice("fm"),
        }
        told["nhs_number"] = f"{9_000_000_000 + seed * 100_000 + person}" if draw.random() < 0.6 else None
        told["mobile"] = f"07{draw.randrange(10**9):09}" if draw.random() < 0.5 else None
        for _ in range(draw.randrange(1, 6)):
            rows.append(record(f"{draw.getrandbits(128):032x}", **_slipped(told, draw)))
    return rows


def _slipped(told: Row, draw: Random) -> Row:
    said = dict(told)
    for column in ("nhs_number", "mobile", "address_key", "date_of_birth"):
        if draw.random() < 0.3:
            said[column] = None
    if draw.random() < 0.2:
        said["given"] = draw.choice(_GIVEN)
    if said["date_of_birth"] and draw.random() < 0.2:
        said["date_of_birth"] = f"{said['date_of_birth'][:6]}{draw.randrange(1, 29):02}"
    return said


@cache
def model() -> Model:
    """A model as training might leave it: the closer the level, the surer, and some words are rarer."""
    odds = {one.name: _odds(one) for one in UK.comparisons}
    # Of two pairs that weigh the same, the one that stands first is joined first, and a night and the whole
    # have them in different order. Words of many different shares leave next to no such pairs.
    draw = Random(0)
    shares = {"given": _GIVEN, "surname": _SURNAMES, "date_of_birth": _DAYS}
    frequencies = {
        column: {word: draw.uniform(0.01, 0.1) for word in words} for column, words in shares.items()
    }
    return Model(UK.name, "made for tests", odds, -9.0, -7.0, frequencies)


def _odds(comparison: Comparison) -> tuple[LevelOdds, ...]:
    top = len(comparison.levels)
    close = 0.3 if comparison.shared_at_home else 0.02
    odds = [LevelOdds(0.05, 0.9, 1 - close)]
    odds += [LevelOdds(0.1 / max(top - 1, 1), 0.05 / top, close / top) for _ in range(1, top)]
    at_home = 0.7 if comparison.name in ("surname", "place", "landline") else 0.02
    return (*odds, LevelOdds(0.85, 0.02, at_home))


def linked(
    cleaned: pa.Table,
    previous: pa.Table | None = None,
    run: int = 1,
    decisions: Decisions = NOTHING_DECIDED,
    stop: float = STOP,
) -> State:
    """All records linked as a whole."""
    found = profiled(cleaned)
    encoded = encode(found.table, UK)
    keys = keys_of(UK, encoded)
    blocked = candidate_pairs(keys, UK.cap)
    scorer = Scorer(model(), UK, encoded)
    left, right = blocked.left, blocked.right
    scored = scorer.score(left, right)
    for _ in range(ROUNDS):
        more = closure(len(encoded), left, right, scored.weights.weight, ABOVE)
        left, right = np.concatenate([left, more[0]]), np.concatenate([right, more[1]])
        scored = scorer.score(left, right)
    apart = by_birth_and_name(left, right, scored.levels)
    kept = scored.weights.weight > UK.keep
    left, right, weight = left[kept], right[kept], scored.weights.weight[kept]
    events = cleaned["event_id"].combine_chunks().dictionary_encode()
    codes = pc.fill_null(events.indices, UNKNOWN).to_numpy().astype(np.int64)
    facts = by_numbers(encoded).and_pairs(apart)
    facts = facts.and_pairs(by_events(codes, found.of_record, UK, encoded).apart)
    constraints = facts.and_pairs(*decisions.between(cleaned["record_id"], found.of_record))
    labels = average_linkage(len(encoded), left, right, probability_of(weight), constraints, stop)
    link = assign(previous, labels[found.of_record], cleaned["record_id"], KEY, run).link
    return State(
        model=model(),
        stop=stop,
        encoded=encoded,
        identity=identity_of(found.table),
        keys=keys,
        left=left,
        right=right,
        weight=weight,
        labels=labels,
        apart=facts.apart,
        alone=np.flatnonzero(found.unlinkable).astype(np.int32),
        decisions=decisions,
        records=pa.table([*link.columns, found.of_record, cleaned["event_id"]], schema=RECORD),
    )


def groups(link: pa.Table) -> dict[str, frozenset[str]]:
    """The records of each person."""
    found: dict[str, set[str]] = {}
    for row in link.to_pylist():
        found.setdefault(row["person_id"], set()).add(row["record_id"])
    return {person: frozenset(records) for person, records in found.items()}
