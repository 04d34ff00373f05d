"""Linkage of one set of records in a process of its own: what it costs and how it compares with the truth.

    python -m bench.linkage_job whole historical|febrl3|county|county-without-address RECORDS TRUTH
    python -m bench.linkage_job night RECORDS
    python -m bench.linkage_job equal RECORDS

Settings and stop are those that come with the software; the truth is used for the figures alone. Prints one
JSON object. `night` holds back one record in a hundred, drawn at random, links the others, and then takes
the rest in; a first night of other records goes before, so that compiled functions are loaded. `equal` holds
the people of such a night against those of the whole, linked with the same model and stop.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.linkage_data import Labelled, febrl3, historical
from bench.linkage_scores import judged, scores
from roundtable.linkage.cleaning.cleaned import Cleaned, cleaned
from roundtable.linkage.cleaning.usual import Usual
from roundtable.linkage.clustering.average import average_linkage
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.linking.linked import with_ids
from roundtable.linkage.linking.whole import link_whole
from roundtable.linkage.people.night import Night, night
from roundtable.linkage.people.state import State

KEY = b"a key for measuring and for nothing"
_ADDRESS = ("postcode", "outward", "address_key", "address_id")
_SHARE = 0.01
_Made = TypeVar("_Made")


class Clock:
    """Seconds of processor and of the wall, by phase."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def timed(self, name: str, make: Callable[[], _Made]) -> _Made:
        """Do something, and note what it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        made = make()
        self.spent[f"{name}_cpu"] = time.process_time() - cpu
        self.spent[f"{name}_wall"] = time.perf_counter() - wall
        return made


def whole(name: str, records: Path, truth: Path | None) -> dict[str, Any]:
    """Link everything from the beginning. Cleaned records of a county are written beside them, for peers."""
    clock = Clock()
    labelled = clock.timed("clean", lambda: _labelled(name, records))
    table = labelled.records
    if truth is not None:
        pq.write_table(table, records.with_name(f"{records.stem}-cleaned.parquet"))
    if name == "county-without-address":
        for column in _ADDRESS:
            at = table.column_names.index(column)
            table = table.set_column(at, table.schema.field(at), pa.nulls(table.num_rows, pa.string()))
    settings = shipped("historical" if name == "historical" else "uk")
    rows = Cleaned(table, pa.table({}), Usual())
    made = clock.timed("link", lambda: link_whole(rows, settings))
    clock.timed("ids", lambda: with_ids(made, None, KEY, 1))
    found = made.labels[made.profiles.of_record].astype(np.int64)
    figures: dict[str, Any] = {"stop": made.chosen.stop, "people": len(np.unique(found)), "peak_gb": _peak()}
    row = made.chosen.curve.filter(made.chosen.curve["chosen"]).to_pylist()[0]
    figures |= {name: row[name] for name in ("expected_precision", "expected_recall")}
    told = judged(found, table, truth) if truth is not None else scores(found, labelled.truth)._asdict()
    return clock.spent | figures | told


def _labelled(name: str, records: Path) -> Labelled:
    if name == "historical":
        return historical(records)
    if name == "febrl3":
        return febrl3(records)
    table = cleaned(pq.read_table(records)).table
    return Labelled(table, np.zeros(table.num_rows, np.int64))


def one_night(records: Path) -> dict[str, Any]:
    """Take one record in a hundred into all the others."""
    sent = pq.read_table(records).sort_by("record_id")
    chance = np.random.default_rng(1).random(sent.num_rows)
    first = cleaned(sent)
    table, ids = first.table, first.table["record_id"]
    place = pc.index_in(ids, value_set=sent["record_id"].combine_chunks()).to_numpy()
    drawn = chance[place]
    settings = shipped("uk")
    rest = Cleaned(table.filter(pa.array(drawn >= 2 * _SHARE)), first.told, first.usual)
    made = with_ids(link_whole(rest, settings), None, KEY, 1)
    nothing = pa.array([], pa.string())
    warm = night(
        made.state, table.filter(pa.array((drawn >= _SHARE) & (drawn < 2 * _SHARE))), nothing, KEY, 2
    )
    before = warm.state.person_link()
    clock = Clock()
    parts = clock.timed("write", warm.state.to_parts)
    state = clock.timed("read", lambda: State.from_parts(parts))
    new = table.filter(pa.array(drawn < _SHARE))
    done = clock.timed("night", lambda: night(state, new, nothing, KEY, 3))
    return (
        clock.spent
        | {"new": new.num_rows, "records": table.num_rows, "peak_gb": _peak()}
        | _kept(before, done)
    )


def equal(records: Path) -> dict[str, Any]:
    """How many of the pairs of records that a night or the whole joins, both join."""
    sent = cleaned(pq.read_table(records))
    new = np.random.default_rng(1).random(sent.table.num_rows) < _SHARE
    settings = shipped("uk")
    rest = Cleaned(sent.table.filter(pa.array(~new)), sent.told, sent.usual)
    first = with_ids(link_whole(rest, settings), None, KEY, 1)
    done = night(first.state, sent.table.filter(pa.array(new)), pa.array([], pa.string()), KEY, 2)
    whole_again = link_whole(sent, settings, first.state.model)
    weighed = whole_again.weighed
    labels = average_linkage(
        len(whole_again.encoded),
        weighed.left,
        weighed.right,
        weighed.probability,
        whole_again.constraints,
        first.state.stop,
    )
    by_whole = labels[whole_again.profiles.of_record].astype(np.int64)
    rows = done.state.records.sort_by("record_id")["profile"].to_numpy()
    by_night = done.state.labels[rows].astype(np.int64)
    told = scores(by_night, by_whole)
    either = 1 / (1 / told.precision + 1 / told.recall - 1)
    return {"new": int(new.sum()), "records": len(new), "joined_by_both_of_either": either}


def _kept(before: pa.Table, done: Night) -> dict[str, Any]:
    """How many records have another person now, and of how many of them no move says so."""
    after = done.state.person_link()
    place = pc.index_in(before["record_id"], value_set=after["record_id"].combine_chunks())
    differ = pc.not_equal(before["person_id"], after["person_id"].take(place))
    records = before["record_id"].filter(differ)
    told = pc.is_in(records, value_set=done.moved["record_id"].combine_chunks())
    untold = len(records) - int(pc.sum(told).as_py() or 0)
    return {"records_moved": len(records), "ids_lost": untold}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def main(words: list[str]) -> None:
    """Do one job and print what came of it."""
    if words[0] in ("night", "equal"):
        print(json.dumps((one_night if words[0] == "night" else equal)(Path(words[1]))))
    else:
        print(json.dumps(whole(words[1], Path(words[2]), Path(words[3]) if len(words) > 3 else None)))


if __name__ == "__main__":
    main(sys.argv[1:])
