"""One record against a million: how long a lookup takes, and Splink's own way beside it.

    python -m bench.lookup RECORDS.parquet [COPIES]

RECORDS is the table `person_record`; with COPIES it counts so many times over, as other people. A third of
those who are looked up are there, a third are there and mistyped, a third are not there. What is measured is
all of it: cleaning, codes, keys, weights, people, and the reasons for the nearest. Splink is asked with
`predict_between`, for one profile, with the same model, and the same keys where SQL has them. Both are wall
time; of ours the processor's is told too, because other work on the machine counts in the first.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker

from bench.lines import Line, say
from bench.many_people import enlarged
from roundtable.data.in_memory import in_memory_database
from roundtable.linkage.blocking.keys import keys_of
from roundtable.linkage.cleaning.cleaned import Cleaned, cleaned
from roundtable.linkage.clustering.constraints import NO_PAIRS
from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.lookup.index import Index
from roundtable.linkage.lookup.look_up import look_up, reasons
from roundtable.linkage.lookup.sources import Sources
from roundtable.linkage.people.decisions import Decisions
from roundtable.linkage.people.identity import identity_of
from roundtable.linkage.people.state import RECORD, State
from roundtable.linkage.profiles.profile import profiled
from roundtable.linkage.scoring.batch import _give_frequencies as give_frequencies
from roundtable.linkage.training.linker import PROFILE, alike_sql, quiet, splink_settings
from roundtable.linkage.training.train import train

LOOKUPS = 2_000
#: Splink takes most of a second for one, so that fewer must do.
OF_SPLINK = 40
#: What is aimed at, in milliseconds.
MEDIAN, SLOWEST = 2.0, 5.0
Sent = dict[str, str | None]


@dataclass(frozen=True)
class Town:
    """Everybody, made ready to be looked up.

    Attributes:
        index: ours.
        profiles: the same as Splink reads them.
        records: cleaned.
    """

    index: Index
    profiles: pa.Table
    records: pa.Table


def lines(records: Path, copies: int = 1) -> list[Line]:
    """Measure, for the table of figures."""
    town = _town(pq.read_table(records), copies)
    size = f"{town.records.num_rows:,} records ({len(town.profiles):,} identities)"
    asked = _asked(town.records, LOOKUPS)
    _ours(town.index, asked[:200])
    say("looking people up")
    wall, cpu = _ours(town.index, asked)
    say("asking Splink")
    peer = _splink(town, OF_SPLINK)
    return [
        Line(f"a lookup among {size}, median", _at(wall, 50), "ms", MEDIAN),
        Line("the same, 95th percentile", _at(wall, 95), "ms"),
        Line("the same, 99th percentile", _at(wall, 99), "ms", SLOWEST),
        Line("the same in processor time, 99th percentile", _at(cpu, 99), "ms"),
        Line("Splink 5, `predict_between` of one, median", _at(peer, 50), "ms"),
        Line("the same, 95th percentile", _at(peer, 95), "ms"),
        Line("the same, 99th percentile", _at(peer, 99), "ms"),
    ]


def _town(sent: pa.Table, copies: int) -> Town:
    say("cleaning, learning and putting everybody in order")
    settings, first = shipped("uk"), cleaned(sent)
    model = train(profiled(first.table).table, settings).model
    every = Cleaned(enlarged(first.table, copies), first.told, first.usual)
    found = profiled(every.table)
    encoded, count = encode(found.table, settings), found.table.num_rows
    nothing = np.zeros(0, np.int32)
    ids = every.table["record_id"]
    # Whose each record is costs a lookup nothing, so nobody is linked: each identity is a person.
    people = pa.array([f"{profile:032x}" for profile in range(count)]).take(pa.array(found.of_record))
    run = pa.array(np.ones(len(ids), np.int64))
    link = [
        ids,
        people,
        run,
        pa.nulls(len(ids), pa.string()),
        pa.array(found.of_record),
        every.table["event_id"],
    ]
    state = State(
        model=model,
        stop=0.5,
        encoded=encoded,
        identity=identity_of(found.table),
        keys=keys_of(settings, encoded),
        left=nothing,
        right=nothing,
        weight=np.zeros(0),
        labels=np.arange(count, dtype=np.int32),
        apart=NO_PAIRS,
        alone=nothing,
        decisions=Decisions(),
        records=pa.table(link, schema=RECORD).combine_chunks(),
    )
    index = Index.of(state, every.usual, Sources.of(every.table, ids), settings)
    return Town(index, found.table, every.table)


def _asked(records: pa.Table, count: int) -> list[Sent]:
    """Whom to look up: as sent, mistyped, and nobody."""
    draw = Random(1)
    rows = records.take(sorted(draw.sample(range(records.num_rows), count))).to_pylist()
    kinds: Sequence[Callable[[Sent], Sent]] = (dict, lambda one: _mistyped(one, draw), _nobody)
    return [kinds[place % 3](_sent(row)) for place, row in enumerate(rows)]


def _sent(row: Sent) -> Sent:
    born = row["date_of_birth"]
    names = {"given_name": row["given"], "middle_names": row["middle"], "surname": row["surname"]}
    same = ("sex", "nhs_number", "email", "postcode", "address_id")
    return {
        **names,
        **{name: row[name] for name in same},
        "date_of_birth": f"{born[:4]}-{born[4:6]}-{born[6:]}" if born else None,
        "phone": row["mobile"] or row["landline"],
        "address": row["address_key"],
    }


def _mistyped(sent: Sent, draw: Random) -> Sent:
    """Two letters of the surname swapped, and no NHS number."""
    surname = sent["surname"] or ""
    if len(surname) > 3:
        at = draw.randrange(1, len(surname) - 1)
        surname = surname[:at] + surname[at + 1] + surname[at] + surname[at + 2 :]
    return {**sent, "surname": surname, "nhs_number": None}


def _nobody(sent: Sent) -> Sent:
    """Somebody of a common given name whom nobody knows."""
    return {
        "given_name": sent["given_name"],
        "surname": f"zz{sent['surname'] or ''}",
        "date_of_birth": sent["date_of_birth"],
        "postcode": sent["postcode"],
    }


def _ours(index: Index, asked: Sequence[Sent]) -> tuple[list[float], list[float]]:
    """Milliseconds by the wall and of the processor."""
    wall, cpu = [], []
    for sent in asked:
        began, busy = time.perf_counter(), time.thread_time()
        found = look_up(index, sent)
        if found.people:
            reasons(index, found, found.people[0])
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.thread_time() - busy) * 1000)
    return wall, cpu


def _splink(town: Town, count: int) -> list[float]:
    """Milliseconds by the wall, each for one profile that is there, asked as if it were new."""
    settings, model = town.index.settings, town.index.model
    columns = [PROFILE, *settings.columns]
    places = np.random.default_rng(1).choice(len(town.profiles), count + 2, replace=False)
    took = []
    with in_memory_database("6GB") as connection, quiet():
        api = DuckDBAPI(connection)
        everybody = api.register(town.profiles.select(columns), dataset_display_name="everybody")
        linker = Linker(everybody, splink_settings(settings, model), log_level=None)
        give_frequencies(linker, model, settings, town.profiles)
        rules = _rules(settings)
        for number, place in enumerate(places.tolist()):
            one = town.profiles.slice(place, 1).select(columns)
            one = one.set_column(0, one.schema.field(0), pa.array([len(town.profiles) + number], pa.int32()))
            began = time.perf_counter()
            new = api.register(one, dataset_display_name=f"new_{number}")
            found = linker.inference.predict_between(
                everybody,
                new,
                blocking_rules_to_generate_predictions=rules,
                threshold_match_weight=settings.keep,
                warning_mode="never",
            )
            found.as_record_list()
            took.append((time.perf_counter() - began) * 1000)
            found.drop_table_from_database_and_remove_from_cache()
    return took[2:]


def _rules(settings: Settings) -> list[Any]:
    """The keys as conditions in SQL, but for those of single name parts, which are no columns there."""
    return [
        alike_sql(key.parts)
        for key in settings.keys
        if not any(part.column.startswith("token_") for part in key.parts)
    ]


def _at(took: Sequence[float] | NDArray[np.float64], share: int) -> float:
    return float(np.percentile(took, share))


def main(records: Path, copies: int) -> None:
    """Print what is measured."""
    for line in lines(records, copies):
        print(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
