"""Which records are taken as one before anything is compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from roundtable.linkage.cleaning.cleaned import clean, cleaned
from roundtable.linkage.profiles.profile import Profiles, profiled, says_enough
from roundtable.linkage.schemas import PROFILE
from tests.factories_records import many_records

ANN = {"given_name": "Ann", "surname": "Hill"}


def _of(*rows: dict[str, Any]) -> Profiles:
    return profiled(clean(many_records(rows)))


@pytest.mark.parametrize(
    "more",
    [
        {"date_of_birth": "1987-05-04"},
        {"nhs_number": "9990448256"},
        {"phone": "07700 900123"},
        {"email": "a@example.org"},
        {"source_person_id": "N1"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_records_that_say_the_same_and_enough_share_a_profile(more: dict[str, str]) -> None:
    found = _of(ANN | more, {"surname": "Ward"}, ANN | more)
    assert found.of_record.tolist() == [0, 1, 0]
    assert found.records.tolist() == [2, 1]
    assert found.table["profile"].to_pylist() == [0, 1]


@pytest.mark.parametrize(
    "row",
    [
        ANN,
        ANN | {"postcode": "ZY1 2EH", "sex": "F"},
        ANN | {"phone": "01632 960123"},
        {"date_of_birth": "1987-05-04", "sex": "F"},
        {"nhs_number": "9990448256"},
    ],
    ids=["name", "name and postcode", "name and landline", "no name", "number alone"],
)
def test_thin_records_stay_alone_though_they_are_alike(row: dict[str, str]) -> None:
    found = _of(row, row, row)
    assert found.of_record.tolist() == [0, 1, 2]
    assert not says_enough(found.table).any()


def test_any_difference_makes_another_profile() -> None:
    same = ANN | {"nhs_number": "9990448256"}
    found = _of(same, same | {"sex": "F"}, same | {"postcode": "ZY1 2EH"}, same | {"known_as": "Nan"}, same)
    assert found.of_record.tolist() == [0, 1, 2, 3, 0]


def test_when_and_in_which_table_a_record_came_makes_no_difference() -> None:
    same = ANN | {"nhs_number": "9990448256"}
    assert _of(same, same | {"source_table": "other", "agency": "council"}).of_record.tolist() == [0, 0]


def test_a_record_with_neither_name_nor_number_cannot_be_linked() -> None:
    found = _of({"date_of_birth": "1987-05-04", "postcode": "ZY1 2EH"}, ANN, {"nhs_number": "9990448256"})
    assert found.unlinkable.tolist() == [True, False, False]


def test_the_table_is_a_profiles() -> None:
    found = _of(ANN, ANN | {"email": "a@example.org"})
    assert found.table.schema.equals(PROFILE)
    assert found.of_record.dtype == found.records.dtype == np.int32
    assert found.records.sum() == len(found.of_record)


def test_further_columns_are_identity() -> None:
    rows = many_records([ANN | {"email": "a@example.org"}] * 3)
    rows = rows.append_column("birth_place", [["York", "York", "Selby"]])
    found = profiled(cleaned(rows, further=("birth_place",)).table)
    assert found.of_record.tolist() == [0, 0, 1]
    assert found.table["birth_place"].to_pylist() == ["york", "selby"]


def test_no_records_have_no_profiles() -> None:
    found = _of()
    assert len(found.of_record) == len(found.records) == found.table.num_rows == 0
