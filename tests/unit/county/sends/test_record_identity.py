"""The truth of the records: whose each delivered row is, and what that person is truly called."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow.parquet as pq
import pytest

from roundtable.county.sends.every_sender import PRODUCERS
from roundtable.county.sends.names_written import plain_word
from tests.unit.county.sends.conftest import SmallCounty
from tests.unit.county.sends.reading_back import all_rows

Truth = dict[tuple[str, str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def identity(small: SmallCounty) -> Truth:
    rows = pq.read_table(small.folders.truth / "record_identity.parquet").to_pylist()
    found = {(row["dataset"], row["table"], row["row_key"]): row for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture(scope="module")
def names(small: SmallCounty) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in pq.read_table(small.folders.truth / "names.parquet").to_pylist():
        words = {row["given"], row["surname"], row["known_as"] or row["given"]}
        found.setdefault(row["person"], set()).update(plain_word(word).casefold() for word in words)
    return found


def test_every_row_with_a_key_has_its_truth(small: SmallCounty, identity: Truth) -> None:
    for sent in small.tables:
        keys = [column.name for column in sent.table.properties if column.primary_key]
        if not keys or (sent.dataset.id, sent.table.name) not in PRODUCERS:
            continue
        for row in all_rows(small.deliveries, sent):
            key = "\x1f".join(row[name] for name in keys)
            assert (sent.dataset.id, sent.table.name, key) in identity


def test_a_surname_is_nearly_always_one_that_the_person_bore(
    small: SmallCounty, identity: Truth, names: dict[int, set[str]]
) -> None:
    told: Counter[bool] = Counter()
    for dataset, table, surname in (
        ("crisis-contacts", "contacts", "family_name"),
        ("ed-attendance-records", "attendances", "patient_surname"),
        ("recorded-crime", "people", "surname"),
    ):
        sent = next(one for one in small.tables if (one.dataset.id, one.table.name) == (dataset, table))
        keys = [column.name for column in sent.table.properties if column.primary_key]
        for row in all_rows(small.deliveries, sent):
            truth = identity[dataset, table, "\x1f".join(row[name] for name in keys)]
            if row[surname] and truth["person"] is not None:
                # Hyphens and apostrophes are a sender's own; long names are cut.
                shown = plain_word(row[surname]).casefold()
                real = {word[: len(shown)] for word in names[truth["person"]]}
                plain = {word.replace("-", " ") for word in real} | {word.replace("'", "") for word in real}
                told[shown in real | plain] += 1
    assert told.total() > 2_000
    assert 0.92 < told[True] / told.total() < 0.995


def test_a_number_of_the_source_is_one_person_s(identity: Truth) -> None:
    """One number means one person; a few people have two, as the stated model has it."""
    people: dict[str, set[int]] = {}
    numbers: dict[tuple[str, int], set[str]] = {}
    for row in identity.values():
        if row["source_person_id"] and row["person"] is not None and row["dataset"] != "council-tax-arrears":
            people.setdefault(row["source_person_id"], set()).add(row["person"])
            prefix = row["source_person_id"].rstrip("0123456789")
            numbers.setdefault((prefix, row["person"]), set()).add(row["source_person_id"])
    assert all(len(found) == 1 for found in people.values())
    doubled = [found for (prefix, _), found in numbers.items() if prefix == "N" and len(found) == 2]
    assert max(len(found) for found in numbers.values()) == 2
    assert len(doubled) > 3


def test_events_can_be_found_again(small: SmallCounty, identity: Truth) -> None:
    burglaries = {
        row["event"] for row in pq.read_table(small.folders.truth / "near_repeat.parquet").to_pylist()
    }
    crimes = {row["event"] for (_, table, _), row in identity.items() if table == "crimes"}
    assert burglaries
    assert len(burglaries & crimes) > 0.9 * len(burglaries)
