"""How well records are linked: county, historical and FEBRL data, with the truth used for the figures alone.

    python -m bench.linkage_quality county RECORDS.parquet TRUTH.parquet [PLACES.parquet]
    python -m bench.linkage_quality historical|febrl3 FOLDER

The stop is the one that the house chooses without the truth. Of a county it also says what is lost by
dataset, and how many of the joined pairs of records are two people of one home; once with addresses and once
without.
PLACES has a `record_id` and an `address_id`: where the event was that a record stands in.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.linkage_data import febrl3, historical
from bench.linkage_scores import scores
from roundtable.linkage.cleaning.cleaned import Cleaned, cleaned
from roundtable.linkage.cleaning.usual import Usual
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.linking.whole import Whole, link_whole

Numbers = NDArray[np.int64]
#: What says where somebody lives, but for the postcode.
ADDRESS = ("address", "uprn", "address_id")


@dataclass(frozen=True)
class Truth:
    """Of each record the person and, in a county, the home at the time (-1: none)."""

    person: Numbers
    home: Numbers | None = None


def told(name: str, records: Cleaned, settings: Settings, truth: Truth) -> Numbers:
    """Link, print the figures, and return the group of each record."""
    began = time.process_time()
    whole = link_whole(records, settings)
    spent = time.process_time() - began
    groups = whole.labels[whole.profiles.of_record].astype(np.int64)
    _edges(name, whole, truth)
    found = scores(groups, truth.person)
    print(
        f"{name}: stop {whole.chosen.stop}: pairs P {found.precision:.4f} R {found.recall:.4f} "
        f"F1 {found.f1:.4f} B3 {found.b3:.4f}; {len(groups)} records, "
        f"{len(whole.encoded)} profiles, {spent:.1f} CPU s"
    )
    if truth.home is not None:
        print(f"{name}: two people of one home among joined pairs: {_mates(groups, truth):.5f}")
    for warning in whole.warnings:
        print(f"{name}: ! {warning}")
    return groups


def _edges(name: str, whole: Whole, truth: Truth) -> None:
    """Pairs of records by the likelier pairs of profiles, and those inside profiles."""
    size, of = whole.profiles.records.astype(np.int64), whole.profiles.of_record
    person = np.zeros(len(size), np.int64)
    person[of] = truth.person
    weighed = whole.weighed
    likely = weighed.probability >= 0.5
    worth = size[weighed.left] * size[weighed.right]
    same = person[weighed.left] == person[weighed.right]
    inside = int((size * (size - 1) // 2).sum())
    true, taken, reached = (int(worth[which].sum()) + inside for which in (likely & same, likely, same))
    everything = _pairs(truth.person)
    print(
        f"{name}: {len(likely)} pairs of profiles kept of {weighed.looked_at} looked at, "
        f"{reached / everything:.4f} of true pairs reached; at 0.5 edges P {true / taken:.4f} "
        f"R {true / everything:.4f} F1 {2 * true / (taken + everything):.4f}; "
        f"{len(weighed.left_out)} blocks left out"
    )


def _mates(groups: Numbers, truth: Truth) -> float:
    """The share of joined pairs of records that are two people of one home."""
    assert truth.home is not None
    known = truth.home >= 0
    at_home = _pairs(groups[known], truth.home[known])
    return (at_home - _pairs(groups[known], truth.home[known], truth.person[known])) / max(1, _pairs(groups))


def _pairs(*labels: Numbers) -> int:
    """How many pairs of records are alike in all of the labels."""
    sizes = np.unique(np.stack(labels), axis=1, return_counts=True)[1].astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def lost(dataset: pa.ChunkedArray, groups: Numbers, person: Numbers) -> None:
    """Print, for each two datasets, the true pairs and how many of them are not joined."""
    names, codes = np.unique(np.array(dataset.to_pylist(), object), return_inverse=True)
    width = len(names)

    def between(*labels: Numbers) -> Numbers:
        cells, counts = np.unique(np.stack([*labels, codes]), axis=1, return_counts=True)
        key = np.unique(cells[:-1], axis=1, return_inverse=True)[1].ravel()
        table = np.zeros((int(key.max()) + 1, width), np.int64)
        table[key, cells[-1]] = counts
        return np.asarray(table.T @ table, np.int64)

    # Pairs of a record with itself stand in both, and fall out of the difference.
    missed = between(person) - between(person, groups)
    halved = np.where(np.eye(width, dtype=bool), missed // 2, missed)
    everything = _pairs(person)
    worst = sorted(((halved[a, b], a, b) for a in range(width) for b in range(a + 1)), reverse=True)[:12]
    for number, a, b in worst:
        print(f"  lost {number / everything:.4f} of all true pairs: {names[a]} with {names[b]}")


def county(records: Path, truth: Path, places: Path | None) -> None:
    """A county three ways: as sent, with the addresses of events if given, and without any address."""
    sent, known = pq.read_table(records), pq.read_table(truth)
    ways = {"county, no address": _without(sent), "county": sent}
    if places is not None:
        ways["county, places of events"] = _placed(sent, pq.read_table(places))
    for name, rows in ways.items():
        found = cleaned(rows)
        place = pc.index_in(found.table["record_id"], known["record_id"])
        person, home = (
            pc.fill_null(known[column].cast(pa.int64()).take(place), -1).to_numpy().astype(np.int64)
            for column in ("person", "home")
        )
        groups = told(name, found, shipped("uk"), Truth(person, home))
        lost(found.table["dataset"], groups, person)


def _without(records: pa.Table) -> pa.Table:
    for name in ADDRESS:
        at = records.schema.get_field_index(name)
        records = records.set_column(at, name, pa.nulls(len(records), records.schema.field(name).type))
    return records


def _placed(records: pa.Table, places: pa.Table) -> pa.Table:
    """With the address of the event where a record has none of its own."""
    at = pc.index_in(records["record_id"], places["record_id"])
    address = pc.coalesce(records["address_id"], places["address_id"].take(at))
    return records.set_column(records.schema.get_field_index("address_id"), "address_id", address)


def main(words: list[str]) -> None:
    """Measure what the words name."""
    paths = [Path(word) for word in words[1:]]
    if words[:1] == ["county"] and len(paths) in (2, 3):
        county(paths[0], paths[1], paths[2] if len(paths) == 3 else None)
    elif words[:1] in (["historical"], ["febrl3"]) and len(paths) == 1:
        data = (historical if words[0] == "historical" else febrl3)(paths[0])
        settings = shipped("historical" if words[0] == "historical" else "uk")
        told(words[0], Cleaned(data.records, pa.table({}), Usual()), settings, Truth(data.truth))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
