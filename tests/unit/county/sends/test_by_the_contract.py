"""What is sent is what the contracts say: columns, codes and formats, but for the planted breaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import cache

import pyarrow.parquet as pq
import pytest

from roundtable.county.reference_table import reference_rows
from roundtable.county.sends.asides import known_asides
from roundtable.county.sends.every_sender import OPEN, PRODUCERS
from roundtable.county.sends.habits import habits_of, senders
from roundtable.county.sends.mishaps import MishapKind
from roundtable.county.sends.planned_files import NewCode, sent_files
from roundtable.partnership.model.contract import Column, Dataset, LogicalType
from roundtable.partnership.model.contract_terms import Subjects
from tests.unit.county.sends.conftest import SmallCounty
from tests.unit.county.sends.reading_back import all_rows, rows_of

_LETTERS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S", "'T'": "T"}


def test_every_table_about_people_or_homes_is_sent(datasets: tuple[Dataset, ...]) -> None:
    """Whatever the door could take in of an agency that has it; what nobody takes in nobody sends."""
    wanted = {
        (dataset.id, table.name)
        for dataset in datasets
        for table in dataset.schema_
        if table.terms.canonical is not None
        and dataset.terms.created_by is not None
        and dataset.terms.subjects in (Subjects.PEOPLE, Subjects.PROPERTIES)
    }
    assert set(PRODUCERS) == wanted


def test_at_least_ten_agencies_send_in_their_own_ways(small: SmallCounty) -> None:
    sent = [one for one in small.tables if (one.dataset.id, one.table.name) in PRODUCERS]
    assert len({one.dataset.terms.created_by for one in sent}) >= 10
    spelt = {(one.habit.codec, bool(one.habit.mark)) for one in sent}
    assert {("cp1252", False), ("utf-8", True), ("utf-8", False), ("utf-16-le", True)} <= spelt
    dates = {
        column.date_format
        for one in sent
        for column in one.table.properties
        if column.logical_type is LogicalType.DATE
    }
    assert len(dates) >= 3
    assert len({one.habit.delimiter for one in sent}) >= 3


def test_the_columns_are_the_contract_s(small: SmallCounty) -> None:
    """`rows_of` fails where a header is not one of the contract's, or a row is longer or shorter."""
    for sent in small.tables:
        for file in sent.files:
            for row in rows_of(small.deliveries, sent, file):
                assert list(row) == [column.name for column in sent.table.properties]


def test_values_obey_the_contract_but_for_the_planted_breaches(small: SmallCounty) -> None:
    planted = Counter(
        (row["dataset"], row["table"], row["column"], row["kind"])
        for row in pq.read_table(small.folders.truth / "planted_breach.parquet").to_pylist()
    )
    found: Counter[tuple[str, str, str, str]] = Counter()
    seen = 0
    for sent in small.tables:
        rows = all_rows(small.deliveries, sent)
        seen += len(rows)
        for column in sent.table.properties:
            breach = _breaches_of(column, sent.new_code)
            kinds = Counter(breach(row[column.name]) for row in rows)
            key = sent.dataset.id, sent.table.name, column.name
            found.update({(*key, kind): times for kind, times in kinds.items() if kind is not None})
    assert seen > 10_000
    assert found == planted
    assert 0 < sum(planted.values()) < seen / 500


def _breaches_of(column: Column, new: NewCode | None) -> Callable[[str], str | None]:
    """What is wrong with a value of a column; None where nothing is."""
    terms, kind = column.terms, column.logical_type
    usual = "yyyy-MM-dd" if kind is LogicalType.DATE else "yyyy-MM-dd HH:mm:ss"
    reads: dict[LogicalType, Callable[[str], object]] = {
        LogicalType.BOOLEAN: ("true", "false").index,
        LogicalType.INTEGER: int,
        LogicalType.NUMBER: float,
    }

    def breach(value: str) -> str | None:
        if value == "":
            return "missing" if column.required else None
        if value in terms.unknown_codes:
            return None
        if terms.codes and value not in terms.codes:
            return (
                "new code" if new is not None and (column.name, value) == (new.column, new.code) else "code"
            )
        if kind in (LogicalType.DATE, LogicalType.TIMESTAMP):
            return None if _is_date(value, column.date_format or usual) else "format"
        if kind in reads:
            reads[kind](value)
        return None

    return breach


@cache
def _is_date(value: str, declared: str) -> bool:
    for letters, python in _LETTERS.items():
        declared = declared.replace(letters, python)
    try:
        datetime.strptime(value, declared.replace("X" * 3, "%z"))
    except ValueError:
        return False
    return True


def test_a_table_of_another_partnership_may_have_fewer_columns(small: SmallCounty) -> None:
    """The producers go by the names of columns: a contract without people's columns gets files without."""
    sent = next(one for one in small.tables if one.dataset.id == "falls-admissions")
    few = sent.table.model_copy(update={"properties": sent.table.properties[:4]})
    dataset = sent.dataset.model_copy(update={"schema_": (few,)})
    names = [column.name for column in dataset.schema_[0].properties]
    assert names[0] == "admission_key"
    (only,) = sent_files(small.wanted.plan, [dataset], 0, open_data=True)
    assert [column.name for column in only.table.properties] == names


@pytest.mark.parametrize("producer", [*PRODUCERS.values(), *OPEN.values()], ids=lambda one: one.dataset)
def test_every_sender_has_habits(producer: object) -> None:
    assert getattr(producer, "sender") in senders()  # noqa: B009
    assert 0 <= habits_of(getattr(producer, "sender")).rate("breaks") < 0.01  # noqa: B009


def test_nobody_s_columns_are_filled(datasets: tuple[Dataset, ...]) -> None:
    """asides.csv names no column that no contract has: such a row would be dead."""
    names = {column.name for dataset in datasets for table in dataset.schema_ for column in table.properties}
    # Nor that the county itself brings up, for a contract to have once the change is agreed.
    mishaps = reference_rows("sends", "mishaps")
    coming = {row["detail"] for row in mishaps if row["kind"] == MishapKind.NEW_COLUMN}
    assert known_asides() <= names | coming
