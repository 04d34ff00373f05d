"""What goes wrong with whole deliveries stands in the files and, word for word, in the truth."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from roundtable.county.making import Wanted, make_county
from roundtable.county.plan import CountyPlan
from roundtable.county.sends.breaches import with_new_code
from roundtable.county.sends.mishaps import Mishap, MishapKind, mishap_of
from roundtable.county.sends.planned_files import NewCode, SentTable, sent_files
from roundtable.county.standing_folders import folders_of
from roundtable.partnership.model.contract import Column, ColumnProperty
from tests.unit.county.sends.conftest import SmallCounty
from tests.unit.county.sends.reading_back import rows_of

FIRE, DEPARTMENT, TAX = (
    ("home-fire-safety-visits", "visits"),
    ("ed-attendance-records", "attendances"),
    ("council-tax-arrears", "accounts"),
)


@pytest.fixture(scope="module")
def planted(small: SmallCounty) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(small.folders.truth / "planted_mishaps.parquet").to_pylist()
    return found


def _sent(small: SmallCounty, name: tuple[str, str]) -> tuple[SentTable, Mishap]:
    (sent,) = (one for one in small.tables if (one.dataset.id, one.table.name) == name)
    mishap = mishap_of(*name)
    assert mishap is not None
    return sent, mishap


def test_every_mishap_is_in_the_truth_with_its_outcome(planted: list[dict[str, Any]]) -> None:
    assert {row["kind"] for row in planted} == {str(kind) for kind in MishapKind}
    assert all(row["outcome"] for row in planted)
    assert [row["file"] for row in planted if row["refused"]] == ["home-fire-safety-visits-2026-10.csv"]


def test_what_the_truth_names_was_sent(small: SmallCounty, planted: list[dict[str, Any]]) -> None:
    for row in planted:
        assert (small.deliveries / row["dataset"] / row["file"]).is_file(), row


def test_a_new_column_comes_and_stays(small: SmallCounty) -> None:
    sent, mishap = _sent(small, FIRE)
    adds = [file.adds for file in sent.files]
    # One month back: the newest of a history and twelve months.
    assert adds == [""] * 12 + [mishap.detail]
    head = (small.deliveries / FIRE[0] / sent.files[-1].name).read_bytes().splitlines()[0].decode("cp1252")
    assert head.endswith('"Battery charging"')
    assert rows_of(small.deliveries, sent, sent.files[-1])


def test_a_contract_that_knows_the_column_and_the_code_finds_nothing_new(small: SmallCounty) -> None:
    sent, mishap = _sent(small, DEPARTMENT)
    column, _, code = mishap.detail.partition("=")
    changed = []
    for one in sent.table.properties:
        terms = one.terms.model_copy(update={"codes": (*one.terms.codes, code)})
        own = (ColumnProperty(property="roundtable", value=terms),)
        changed.append(one.model_copy(update={"custom_properties": own}) if one.name == column else one)
    table = sent.table.model_copy(update={"properties": tuple(changed)})
    dataset = sent.dataset.model_copy(update={"schema_": (table,)})
    (known,) = sent_files(small.wanted.plan, [dataset], 1, open_data=False)
    assert sent.new_code is not None and known.new_code is None


def test_a_contract_that_has_the_new_column_gets_it_filled_and_nothing_beside(
    small: SmallCounty, tmp_path: Path
) -> None:
    sent, mishap = _sent(small, FIRE)
    # As `roundtable deliveries adopt` adds it: by the header's name, as text.
    new = Column.model_validate({"name": mishap.detail, "logicalType": "string"})
    table = sent.table.model_copy(update={"properties": (*sent.table.properties, new)})
    dataset = sent.dataset.model_copy(update={"schema_": (table,)})
    (tmp_path / "county").mkdir()
    folders = folders_of(tmp_path / "county", None)
    wanted = Wanted(CountyPlan(500, 1, small.wanted.plan.today), (dataset,), nights=0, open_data=False)
    make_county(wanted, folders, lambda told: None)
    (known,) = sent_files(wanted.plan, [dataset], 0, open_data=False)
    assert not any(file.adds for file in known.files)
    rows = rows_of(folders.partnership / "deliveries", known, known.files[0])
    assert rows and {row[mishap.detail] for row in rows} == {"not asked"}


def test_a_new_code_comes_up_in_some_rows_and_never_in_more_than_its_share(small: SmallCounty) -> None:
    sent, mishap = _sent(small, DEPARTMENT)
    column, _, code = mishap.detail.partition("=")
    counts = [
        ([row[column] for row in rows].count(code), len(rows))
        for rows in (rows_of(small.deliveries, sent, file) for file in sent.files)
    ]
    assert all(new == 0 for new, _ in counts[: sent.mishap_slot])
    assert all(new <= mishap.share * rows for new, rows in counts)
    # Within what the contract lets pass into quarantine.
    assert mishap.share < sent.table.terms.quarantine_limit


def test_a_new_code_is_written_from_its_file_on() -> None:
    texts = {"disposal": pa.array(["home", None, "see notes", "home"] * 50)}
    slots = np.repeat([0, 1], 100)
    new = NewCode("disposal", "virtual ward", 1, 0.1)
    (breach,) = with_new_code(texts, slots, new, np.random.default_rng(1))
    assert (breach.column, breach.kind) == ("disposal", "new code")
    # Of the second file's 50 rows with a code that the list has, one in ten.
    assert len(breach.rows) == 5 and (breach.rows >= 100).all()
    changed = [row for row, value in enumerate(texts["disposal"].to_pylist()) if value == "virtual ward"]
    assert changed == breach.rows.tolist()
    assert with_new_code(texts, slots, None, np.random.default_rng(1)) == ()


def test_a_zip_holds_the_file_alone_and_the_same_bytes_each_time(small: SmallCounty) -> None:
    sent, _ = _sent(small, TAX)
    (packed,) = (file for file in sent.files if file.packed)
    path = small.deliveries / TAX[0] / packed.sent_as
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [packed.name]
        assert archive.infolist()[0].date_time[0] == 1980
    assert not path.with_name(packed.name).exists()
    assert [file.name for file in small.made.files if file.name.endswith(".zip")] == [packed.sent_as]
