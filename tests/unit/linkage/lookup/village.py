"""A made-up village to look people up in: records as sources send them, linked, and the index of that."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pyarrow as pa

from roundtable.linkage.cleaning.cleaned import Cleaned, cleaned
from roundtable.linkage.lookup.index import Index
from roundtable.linkage.lookup.sources import Sources
from tests.factories_records import many_records
from tests.unit.linkage.people import town

Row = dict[str, Any]
_GIVEN = ("Quillon", "Mirabel", "Osric", "Tamsin", "Peregrine", "Isolde", "Bill", "William")
_SURNAMES = ("Featherby", "Grubstone", "O'Tarn", "Smith-Vale", "de Marl", "Ashkettle")
_SOURCES = (("calls", "people", "police"), ("cases", "adults", "council"), ("visits", "patients", "hospital"))


def nhs(number: int) -> str:
    """A number with a right check digit, of a range that is never issued."""
    while True:
        digits = f"{999_000_000 + number:09}"
        check = 11 - sum(int(one) * by for one, by in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return f"{digits}{0 if check == 11 else check}"
        number += 100_000


def villagers(count: int, seed: int) -> list[Row]:
    """About two records a person, as different sources would send them, with slips."""
    draw = Random(seed)
    return [row for person in range(count) for row in _of_one(draw, person)]


def _of_one(draw: Random, person: int) -> list[Row]:
    told = {
        "given_name": draw.choice(_GIVEN),
        "surname": draw.choice(_SURNAMES),
        "date_of_birth": f"{draw.randrange(1930, 2015)}-0{draw.randrange(1, 10)}-{draw.randrange(10, 29)}",
        "sex": draw.choice(("F", "M", None)),
        "nhs_number": nhs(person) if draw.random() < 0.6 else None,
        "phone": f"07700 900{person % 1000:03}" if draw.random() < 0.5 else None,
        "email": f"p{person}@example.org" if draw.random() < 0.3 else None,
        "address": f"{draw.randrange(1, 40)} High Street, Marl",
        "postcode": f"ZY{draw.randrange(1, 4)} {draw.randrange(1, 4)}AB",
        "address_id": f"{draw.randrange(40):032x}",
    }
    return [_sent(draw, told, person) for _ in range(draw.randrange(1, 4))]


def _sent(draw: Random, told: Row, person: int) -> Row:
    dataset, table, agency = draw.choice(_SOURCES)
    said = {name: value for name, value in told.items() if draw.random() < 0.85}
    if draw.random() < 0.2:
        said["surname"] = told["surname"][:-2] + told["surname"][-1]
    if draw.random() < 0.2:
        said = {"full_name": f"{told['surname']}, {told['given_name']}", "phone": told["phone"]}
    return {
        "record_id": f"{draw.getrandbits(128):032x}",
        "dataset": dataset,
        "source_table": table,
        "agency": agency,
        "source_person_id": f"{agency[:1]}{person}",
        **said,
    }


def index_of(sent: list[Row]) -> Index:
    """The index after these were linked."""
    return index_after(cleaned(many_records(sent)))


def index_after(records: Cleaned) -> Index:
    """The same of records that were cleaned."""
    state = town.linked(records.table)
    return Index.of(state, records.usual, Sources.of(records.table, state.records["record_id"]))


@cache
def village() -> tuple[tuple[Row, ...], pa.Table, Index]:
    """Everybody as sent, their records as cleaned, and the index."""
    sent = villagers(120, seed=3)
    records = cleaned(many_records(sent))
    return tuple(sent), records.table, index_after(records)
