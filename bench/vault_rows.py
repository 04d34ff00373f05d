"""Incidents with the person each is about, as many as wanted: made up by a seed, and of nobody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from tests.factories_people import CRIME_CODES, INCIDENT_HEADER

SEED = 20261123
ROWS_IN_A_FILE = 100_000
Texts = NDArray[np.str_]


def incident_files(rows: int, folder: Path) -> None:
    """So many rows in files of 100,000, each called for its month, under the contract of the tests."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(SEED)
    for number, start in enumerate(range(0, rows, ROWS_IN_A_FILE)):
        count = min(ROWS_IN_A_FILE, rows - start)
        table = _incidents(chance, start, count).select(INCIDENT_HEADER.split(","))
        options = pacsv.WriteOptions(quoting_style="needed")
        pacsv.write_csv(table, folder / f"{1990 + number // 12}-{number % 12 + 1:02d}.csv", options)


def _incidents(chance: np.random.Generator, start: int, count: int) -> pa.Table:
    def drawn(most: int, width: int) -> Texts:
        return np.char.zfill(chance.integers(0, most, count).astype(str), width)

    def one_of(*values: str) -> Texts:
        return np.asarray(values)[chance.integers(0, len(values), count)]

    numbers = np.arange(start, start + count).astype(str)
    return pa.table(
        {
            "ref": np.char.add("R", np.char.zfill(numbers, 9)),
            "code": one_of(*CRIME_CODES),
            "on": _day(chance, count, 2015, 2025),
            "made": _joined("2025-", _part(chance, count, 12), "-", _part(chance, count, 28), " 09:30:00"),
            "where": np.char.add("999", drawn(450_000, 9)),
            "part": one_of("", "suspect"),
            "given": np.char.add("Given", drawn(600, 1)),
            "family": np.char.add("Family", drawn(8_000, 1)),
            "born": _day(chance, count, 1930, 2015),
            "sex": one_of("F", "M", "9"),
            "nhs": _joined("999 ", drawn(1_000, 3), " ", drawn(10_000, 4), ""),
            "home": np.char.add("999", drawn(450_000, 9)),
            "postcode": _joined("ZY", drawn(99, 1), " ", drawn(9, 1), "AB"),
            "weapon": one_of("knife", "none", "?"),
            "harm": drawn(9, 1),
            "note": np.char.add("words that no agreement names ", numbers),
        }
    )


def _day(chance: np.random.Generator, count: int, first: int, last: int) -> Texts:
    years = chance.integers(first, last, count).astype(str)
    return _joined("", _part(chance, count, 28), "/", _part(chance, count, 12), np.char.add("/", years))


def _part(chance: np.random.Generator, count: int, most: int) -> Texts:
    return np.char.zfill(chance.integers(1, most + 1, count).astype(str), 2)


def _joined(begun: str, one: Texts, between: str, other: Texts, ended: str | Texts) -> Texts:
    return np.char.add(np.char.add(np.char.add(np.char.add(begun, one), between), other), ended)
