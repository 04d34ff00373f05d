"""Splink 5 as its own tutorials set it up, on the same records: what linkage is measured against.

    python -m bench.linkage_peers historical|febrl3|county [--without-address] RECORDS TRUTH
    python -m bench.linkage_peers night RECORDS

The settings are those of the tutorials for historical_50k and FEBRL3 (demos, DuckDB), with the sample
for u seeded; for the county, the model that `docs/benchmarks.md` describes. Prints one JSON object: seconds
of processor by phase, the peak of memory, and how its clusters at 0.95 compare with the truth.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage_scores import Labels, judged, scores

#: Where the tutorial for historical_50k clusters.
CLUSTERED_AT = 0.95
SEED = 1
_SHARE = 0.01


@dataclass(frozen=True)
class Peer:
    """One of Splink's set-ups.

    Attributes:
        query: makes its table of `records`, with `unique_id`.
        settings: its comparisons and the rules it predicts by.
        prior: the rules that find certain matches, and the share that they are thought to find.
        pairs: how many pairs u is sampled from.
        training: the rules that m is estimated within.
    """

    query: str
    settings: Callable[[], SettingsCreator]
    prior: tuple[list[Any], float]
    pairs: float
    training: list[Any] = field(default_factory=list)


def _historical() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("substr(first_name, 1, 3)", "substr(surname, 1, 4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake, 1, 3)", "dob"),
            block_on("substr(postcode_fake, 1, 3)", "first_name"),
            block_on("substr(postcode_fake, 1, 3)", "surname"),
            block_on("substr(first_name, 1, 2)", "substr(surname, 1, 2)", "substr(dob, 1, 4)"),
        ],
        comparisons=[
            cl.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="both_names"
            ),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
    )


def _febrl3() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on(name) for name in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
        ],
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
    )


def _county(address: bool) -> SettingsCreator:
    comparisons: list[Any] = [
        cl.ForenameSurnameComparison("given", "surname"),
        cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
        cl.ExactMatch("nhs_number"),
        cl.ExactMatch("phone"),
        cl.ExactMatch("email"),
        cl.PostcodeComparison("postcode"),
    ]
    if address:
        comparisons.append(cl.LevenshteinAtThresholds("address_key", [2]))
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            block_on("nhs_number"),
            block_on("surname", "date_of_birth"),
            block_on("given", "date_of_birth"),
            block_on("postcode", "given"),
            block_on("postcode", "date_of_birth"),
            block_on("phone"),
            block_on("email"),
            block_on("postcode", "surname"),
        ],
        comparisons=comparisons,
    )


PEERS = {
    "historical": Peer(
        """SELECT unique_id, nullif(first_name, '') AS first_name, nullif(surname, '') AS surname,
        nullif(dob, '') AS dob, nullif(postcode_fake, '') AS postcode_fake,
        nullif(birth_place, '') AS birth_place, nullif(occupation, '') AS occupation,
        nullif(first_name, '') || ' ' || nullif(surname, '') AS both_names FROM records""",
        _historical,
        (
            [
                block_on("first_name", "surname", "dob"),
                block_on("substr(first_name, 1, 2)", "surname", "substr(postcode_fake, 1, 2)"),
                block_on("dob", "postcode_fake"),
            ],
            0.6,
        ),
        1e7,
        [block_on("first_name", "surname"), block_on("dob")],
    ),
    "febrl3": Peer(
        """SELECT trim(rec_id) AS unique_id, nullif(trim(given_name), '') AS given_name,
        nullif(trim(surname), '') AS surname, nullif(trim(CAST(date_of_birth AS VARCHAR)), '') AS
        date_of_birth, nullif(trim(CAST(soc_sec_id AS VARCHAR)), '') AS soc_sec_id,
        nullif(trim(CAST(street_number AS VARCHAR)), '') AS street_number,
        nullif(trim(CAST(postcode AS VARCHAR)), '') AS postcode FROM records""",
        _febrl3,
        (
            [
                block_on("soc_sec_id"),
                block_on("given_name", "surname", "date_of_birth"),
                "l.given_name = r.surname and l.surname = r.given_name and l.date_of_birth = r.date_of_birth",
            ],
            0.9,
        ),
        1e6,
        [block_on("date_of_birth"), block_on("postcode")],
    ),
}
_COUNTY = """SELECT record_id AS unique_id, given, surname, date_of_birth, nhs_number,
    coalesce(mobile, landline) AS phone, email, postcode, coalesce(address_key, address_id) AS address_key
    FROM records"""


def county(address: bool) -> Peer:
    """The model for the county's cleaned records, with an address comparison or without."""
    return Peer(
        _COUNTY,
        lambda: _county(address),
        ([block_on("nhs_number"), block_on("given", "surname", "date_of_birth")], 0.7),
        1e7,
        [block_on("given", "surname"), block_on("date_of_birth")],
    )


def run(peer: Peer, records: pa.Table, threads: int = 2) -> tuple[pa.Table, dict[str, float]]:
    """Train, predict and cluster; who is with whom, and what it cost."""
    database = _database(threads)
    database.register("records", records)
    api = DuckDBAPI(database)
    started, spent = (time.perf_counter(), time.process_time()), {}
    table = api.register(database.sql(peer.query).to_arrow_table(), dataset_display_name="peer_records")
    linker = _trained(Linker(table, peer.settings()), peer)
    spent["train_cpu"] = time.process_time() - started[1]
    pairs = linker.inference.predict(threshold_match_weight=-5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=CLUSTERED_AT
    )
    spent["cpu"] = time.process_time() - started[1]
    spent["wall"] = time.perf_counter() - started[0]
    found = database.sql(
        f"SELECT cluster_id, unique_id FROM {clusters.physical_name} ORDER BY unique_id"
    ).to_arrow_table()
    spent["peak_gb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9
    return found, spent


def _database(threads: int) -> duckdb.DuckDBPyConnection:
    logging.disable(logging.CRITICAL)
    warnings.filterwarnings("ignore")
    scratch = tempfile.mkdtemp(prefix="peer-")
    return duckdb.connect(config={"threads": threads, "memory_limit": "8GB", "temp_directory": scratch})


def _trained(linker: Linker, peer: Peer) -> Linker:
    rules, recall = peer.prior
    linker.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=peer.pairs, seed=SEED)
    for rule in peer.training:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True
        )
    return linker


def night(records: pa.Table, threads: int = 2) -> dict[str, float]:
    """One record in a hundred as new: what Splink scores of it, and clustering all pairs again.

    The model is trained, and the pairs of the records that were there are scored, before the clock starts.
    """
    peer, database = county(True), _database(threads)
    database.register("records", records)
    api = DuckDBAPI(database)
    rows = database.sql(peer.query).to_arrow_table().sort_by("unique_id")
    chance = np.random.default_rng(SEED).random(rows.num_rows) < _SHARE
    there = api.register(rows.filter(pa.array(~chance)), dataset_display_name="old_records")
    linker = _trained(Linker(there, peer.settings()), peer)
    for column in ("given", "surname"):
        linker.table_management.compute_tf_table(column)
    old = linker.inference.predict(threshold_match_weight=-5)
    new = api.register(rows.filter(pa.array(chance)), dataset_display_name="new_records")
    both = Linker(api.register(rows, dataset_display_name="all_records"), peer.settings())
    wall, cpu = time.perf_counter(), time.process_time()
    between = linker.inference.predict_between(there, new, threshold_match_weight=-5)
    within = linker.inference.predict_within(new, threshold_match_weight=-5)
    columns = "match_probability, match_weight, unique_id_l, unique_id_r"
    every = " UNION ALL ".join(f"SELECT {columns} FROM {one.physical_name}" for one in (old, between, within))
    pairs = api.register(database.sql(every).to_arrow_table(), dataset_display_name="all_pairs")
    both.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=CLUSTERED_AT)
    return {"night_wall": time.perf_counter() - wall, "night_cpu": time.process_time() - cpu}


def labels_of(column: pa.ChunkedArray) -> Labels:
    """Equal values as equal numbers."""
    return np.asarray(column.combine_chunks().dictionary_encode().indices, dtype=np.int64)


def main(words: list[str]) -> None:
    """Run one peer and print what came of it."""
    if words[0] == "night":
        print(json.dumps(night(pq.read_table(Path(words[1])))))
        return
    address = "--without-address" not in words
    name, path, truth = (word for word in words if not word.startswith("--"))
    peer = county(address) if name == "county" else PEERS[name]
    records = pq.read_table(Path(path))
    found, spent = run(peer, records)
    if name == "county":
        ordered = records.sort_by("record_id")
        figures = judged(labels_of(found["cluster_id"]), ordered, Path(truth))
    else:
        known = pq.read_table(Path(truth), columns=["record_id", "person"])
        joined = found.join(known, "unique_id", "record_id", "inner").sort_by("unique_id")
        told = scores(labels_of(joined.column("cluster_id")), labels_of(joined.column("person")))
        figures = told._asdict()
    print(json.dumps({**spent, **figures}))


if __name__ == "__main__":
    main(sys.argv[1:])
