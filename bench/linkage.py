"""Linkage beside Splink 5 as its tutorials set it up: how right it is, and what it costs.

Every job runs in a process of its own; ours and the peer's read the same cleaned records. The county is made
with another seed than the one that linkage was developed on. Of the county all figures are told twice: of
every record, and of those that name somebody and their date of birth, which is what other measurements call a
record of a person. Of the others (a caller's first name, a tax account) many can be told by nobody.

    python -m bench linkage
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from bench.lines import DataMissing, Line, say
from bench.linkage_data import FEBRL3, HISTORICAL, febrl3
from bench.measure import Command, measure

ROUNDTABLE = Path(sys.executable).with_name("roundtable")
#: Development used seed 1.
SEED = "2"
#: So many people have about 219,000 and about a million records.
COUNTY, LARGE = 30_000, 137_000
_REFUSED = frozenset({0, 3})


def lines() -> list[Line]:
    """Measure everything; about twelve minutes.

    Raises:
        DataMissing: the public data are not on this machine.
    """
    data = Path(__file__).parents[2] / "shared" / "data" / "linkage"
    if not (data / HISTORICAL).is_file():
        raise DataMissing(f"linkage is measured on public data that are not here: {HISTORICAL}, {FEBRL3}")
    with tempfile.TemporaryDirectory(prefix="linkage-") as scratch:
        folder = Path(scratch)
        return [*_public(data, folder), *_county(folder), *_large(folder)]


def _public(data: Path, scratch: Path) -> Iterator[Line]:
    truth = scratch / "historical-truth.parquet"
    people = pq.read_table(data / HISTORICAL, columns=["unique_id", "cluster"])
    pq.write_table(people.rename_columns(["record_id", "person"]), truth)
    ours, peer = _ours("historical", data), _peer("historical", data / HISTORICAL, truth)
    yield _at_least("historical_50k, pair F1 of people", ours["f1"], 0.88)
    yield _at_least("the same, B-cubed F1", ours["b3"], 0.90)
    yield Line("Splink 5, tutorial settings, at 0.95: pair F1", peer["f1"], "")
    yield Line("the same, B-cubed F1", peer["b3"], "")
    sent, truth = _febrl(data, scratch)
    ours, peer = _ours("febrl3", data), _peer("febrl3", sent, truth)
    yield _at_least("FEBRL3, pair F1 of people", ours["f1"], 0.998)
    yield Line("Splink 5, tutorial settings, at 0.95: pair F1", peer["f1"], "")
    yield Line("recordlinkage, ECM: pair F1", _job("bench.linkage_recordlinkage", sent, truth)["f1"], "")


def _febrl(data: Path, scratch: Path) -> tuple[Path, Path]:
    """FEBRL3 as Splink's tutorial reads it, and who is who."""
    import pyarrow.csv as pacsv

    sent, truth = scratch / "febrl3.parquet", scratch / "febrl3-truth.parquet"
    rows = pacsv.read_csv(data / FEBRL3, convert_options=pacsv.ConvertOptions(strings_can_be_null=True))
    rows = rows.rename_columns([name.strip() for name in rows.column_names])
    pq.write_table(rows, sent)
    labelled = febrl3(data)
    pq.write_table(pa.table({"record_id": labelled.records["record_id"], "person": labelled.truth}), truth)
    return sent, truth


def _county(scratch: Path) -> Iterator[Line]:
    records, truth = _made(scratch, COUNTY)
    placed = _ours("county", records, truth)
    without = _ours("county-without-address", records, truth)
    cleaned = records.with_name(f"{records.stem}-cleaned.parquet")
    night = _job("bench.linkage_job", "equal", records)
    peer, peer_without = _peer("county", cleaned, truth), _peer("county", "--without-address", cleaned, truth)
    yield _at_least(
        f"a night of {night['new']:,} beside the whole: pairs joined by both, of those joined by either",
        night["joined_by_both_of_either"],
        0.999,
    )
    for part, what in (("named_", "records with a name and a date of birth"), ("", "every record")):
        yield _at_least(f"county, {what} ({placed[part + 'records']:,}): pair F1", placed[part + "f1"], 0.98)
        yield Line(
            "the same without addresses, above it with", without[part + "f1"] - placed[part + "f1"], "", 0.0
        )
        yield Line("two people of one home among joined pairs", 100 * placed[part + "mates"], "%", 0.1)
        yield _at_least("recall", placed[part + "recall"], 0.95)
        yield Line("precision", placed[part + "precision"], "")
        yield Line("Splink 5 at 0.95, with address: pair F1", peer[part + "f1"], "")
        yield Line("the same without address", peer_without[part + "f1"], "")
        yield Line("two people of one home, with address", 100 * peer[part + "mates"], "%")
        yield Line("the same without address", 100 * peer_without[part + "mates"], "%")


def _large(scratch: Path) -> Iterator[Line]:
    from bench.lookup import lines as lookups

    records, truth = _made(scratch, LARGE)
    ours = _ours("county", records, truth)
    cleaned = records.with_name(f"{records.stem}-cleaned.parquet")
    peer = _peer("county", cleaned, truth)
    size = f"{ours['records']:,} records"
    spent = ours["link_cpu"] + ours["ids_cpu"]
    yield Line(f"{size} from cleaned to people: processor, to Splink 5", spent / peer["cpu"], "times", 1.2)
    yield Line("the same in seconds", spent, "s")
    yield Line(
        "the same with cleaning, to Splink 5 without", (spent + ours["clean_cpu"]) / peer["cpu"], "times"
    )
    yield Line("the same, peak of memory", ours["peak_gb"], "GB", 2.5)
    yield Line("Splink 5: processor", peer["cpu"], "s")
    yield Line("Splink 5: peak of memory", peer["peak_gb"], "GB")
    yield Line("county of that size, named records: pair F1", ours["named_f1"], "")
    yield Line("Splink 5: pair F1", peer["named_f1"], "")
    night, other = _job("bench.linkage_job", "night", records), _job("bench.linkage_peers", "night", cleaned)
    yield Line(f"a night of {night['new']:,} records: wall", night["night_wall"], "s", 2.5)
    yield Line(
        "the same, processor, to Splink's scoring and clustering",
        night["night_cpu"] / other["night_cpu"],
        "times",
        0.5,
    )
    yield Line("the same in seconds", night["night_cpu"], "s")
    yield Line("records whose person's id changed and no move says why", night["ids_lost"], "", 0)
    yield Line("Splink 5, `predict_between`, `predict_within`, clustering: wall", other["night_wall"], "s")
    yield from lookups(records)


def _made(scratch: Path, people: int) -> tuple[Path, Path]:
    """A county's records, and the truth about them."""
    folder = scratch / f"county-{people}"
    # To read a million records of people with what stands and what is sealed takes the engine so much.
    environment = {"ROUNDTABLE_KEYS": str(scratch / "keys"), "ROUNDTABLE_MEMORY": "4GB"}
    say(f"making a county of {people:,} people")
    for words, allowed in (
        (("county", folder, "--people", str(people), "--seed", SEED), {0}),
        (("keys", "init", folder), {0}),
        (("receive", folder), _REFUSED),
    ):
        measure(Command((ROUNDTABLE, *words), environment=environment, allowed=frozenset(allowed)))
    records, truth = scratch / f"records-{people}.parquet", scratch / f"truth-{people}.parquet"
    job = (sys.executable, "-m", "bench.linkage_county", folder, records, truth)
    measure(Command(job, environment=environment))
    return records, truth


def _ours(*words: str | Path) -> dict[str, Any]:
    return _job("bench.linkage_job", "whole", *words)


def _peer(*words: str | Path) -> dict[str, Any]:
    return _job("bench.linkage_peers", *words)


def _job(module: str, *words: str | Path) -> dict[str, Any]:
    """What a job in a process of its own prints."""
    told = " ".join(Path(word).name for word in words)
    say(f"{module} {told}")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _at_least(what: str, figure: float, least: float) -> Line:
    return Line(what, figure, "", least=least)
