"""Public benchmark data are read as they stand, cleaned, and their people counted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.lines import DataMissing
from bench.linkage_data import FEBRL3, HISTORICAL, Labelled, county, febrl3, historical
from tests.conftest import SHARED_DATA
from tests.factories_records import records
from tests.needs import needs

FOLDER = SHARED_DATA / "linkage"


def _of(path: Path) -> Labelled:
    columns = {
        "unique_id": ["Q2-1", "Q1-2", "Q1-1"],
        "cluster": ["Q2", "Q1", "Q1"],
        "full_name": ["ann hill", "sir bob ward, 1st baronet", ""],
        "first_name": ["ann", "sir", ""],
        "surname": ["hill", "ward,", ""],
        "dob": ["1850-01-01", "1790-13-41", ""],
        "birth_place": ["Saint-Denis", "", ""],
        "postcode_fake": ["zy1w 8d", "zy1 2eh", ""],
        "gender": ["female", "male", ""],
        "occupation": ["painter", "", ""],
    }
    pq.write_table(pa.table(columns), path / HISTORICAL)
    return historical(path)


def test_history_has_typed_postcodes_and_dates_and_columns_of_its_own(tmp_path: Path) -> None:
    found = _of(tmp_path)
    assert found.records["record_id"].to_pylist() == ["Q1-1", "Q1-2", "Q2-1"]
    assert found.truth[0] == found.truth[1] != found.truth[2]
    assert found.records["postcode"].to_pylist() == [None, "ZY12EH", "ZY1W8D"]
    assert found.records["outward"].to_pylist() == [None, "ZY1", "ZY1W"]
    assert found.records["date_of_birth"].to_pylist() == [None, "17901341", "18500101"]
    assert found.records["birth_place"].to_pylist() == [None, None, "saint denis"]
    assert found.records["occupation"].to_pylist() == [None, None, "painter"]
    assert found.records["name_tokens"].to_pylist() == [None, ["bob", "ward"], ["ann", "hill"]]


def test_febrl_has_numbers_and_addresses_of_another_country(tmp_path: Path) -> None:
    text = (
        "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, "
        "date_of_birth, soc_sec_id\n"
        "rec-2-dup-0, ann, hill, 7, example place, , york, 2119, sa, 19081341, 1804974\n"
        "rec-2-org, , hill, , , , , , , , 1804975\n"
        "rec-1-org, bob, ward, 7, example place, the mews, york, 2119, sa, 19560409, 1804976\n"
    )
    (tmp_path / FEBRL3).write_text(text, encoding="utf-8")
    found = febrl3(tmp_path)
    assert found.records["record_id"].to_pylist() == ["rec-1-org", "rec-2-dup-0", "rec-2-org"]
    assert found.truth[1] == found.truth[2] != found.truth[0]
    assert found.records["other_number"].to_pylist() == ["febrl3␟1804976", "febrl3␟1804974", "febrl3␟1804975"]
    assert found.records["postcode"].to_pylist() == ["2119", "2119", None]
    assert found.records["outward"].to_pylist() == ["sa", "sa", None]
    assert found.records["address_key"].to_pylist() == [
        "7 example place the mews york",
        "7 example place york",
        None,
    ]
    assert found.records["date_of_birth"].to_pylist() == ["19560409", "19081341", None]


def test_a_record_whose_person_is_not_told_is_nobody_elses(tmp_path: Path) -> None:
    pq.write_table(
        records({"surname": "Hill"}, {"surname": "Hill"}, {"surname": "Hill"}, {}), tmp_path / "records"
    )
    pq.write_table(pa.table({"record_id": ["r0000001", "r0000000"], "person": [0, 0]}), tmp_path / "truth")
    found = county(tmp_path / "records", tmp_path / "truth")
    assert found.truth[0] == found.truth[1]
    assert len(set(found.truth.tolist())) == 3


def test_data_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match=HISTORICAL):
        historical(tmp_path)


@pytest.mark.real
def test_the_shared_files_have_as_many_people_as_they_say() -> None:
    needs("shared linkage data", FOLDER.is_dir())
    for found, rows, people, pairs in (
        (historical(FOLDER), 50_578, 5_156, 303_961),
        (febrl3(FOLDER), 5_000, 2_000, 6_538),
    ):
        sizes = np.unique(found.truth, return_counts=True)[1]
        assert (found.records.num_rows, len(sizes)) == (rows, people)
        assert int((sizes * (sizes - 1) // 2).sum()) == pairs
