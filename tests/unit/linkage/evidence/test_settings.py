"""Settings: what ships can be read and used, and what makes no sense is refused."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from pydantic import ValidationError

from roundtable.linkage.evidence.comparison import Comparison, Level
from roundtable.linkage.evidence.settings import KeyPart, Settings, shipped
from tests.factories_profiles import COLUMNS

SHIPPED = ["uk", "historical"]


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_settings_read_columns_that_profiles_have(name: str) -> None:
    settings = shipped(name)
    assert settings.name == name
    assert set(settings.columns) <= set(COLUMNS.names)
    assert set(settings.counted) <= set(settings.columns)


def test_history_has_as_many_keys_as_the_trial_had_rules() -> None:
    assert len(shipped("historical").keys) == 19


def test_in_the_uk_what_a_home_shares_is_said_to_be_shared() -> None:
    shared = {one.name for one in shipped("uk").comparisons if one.shared_at_home}
    assert shared == {"landline", "place"}


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_found_by_a_key_is_also_compared(name: str) -> None:
    settings = shipped(name)
    compared = {column for one in settings.comparisons for column in one.reads()}
    keyed = {part.column for key in settings.keys for part in key.parts}
    assert {one for one in keyed if not one.startswith("token_")} <= compared


@pytest.mark.parametrize(
    ("written", "word", "cut"),
    [
        ("surname", "marsh", "marsh"),
        ("surname[:4]", "marsh", "mars"),
        ("surname[-2:]", "marsh", "sh"),
        ("date_of_birth[4:]", "19800102", "0102"),
        ("date_of_birth[4:6]", "19800102", "01"),
        ("given[:3]", "al", "al"),
    ],
)
def test_a_part_of_a_key_is_cut_here_and_in_sql_alike(written: str, word: str, cut: str) -> None:
    rule = {"name": "one", "parts": [written], "why": "A test."}
    part = Settings.model_validate({**shipped("uk").model_dump(), "keys": [rule]}).keys[0].parts[0]
    assert part.cut(word) == cut
    assert part.whole == (cut == word and "[" not in written)
    found = duckdb.sql(f"select {part.sql('l')} from (select '{word}' as {part.column}) l").fetchone()
    assert found == (cut,)


@pytest.mark.parametrize("written", ["surname[4]", "Surname", "surname[:4", "surname; drop", "surname[:-]"])
def test_a_part_that_is_not_one_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(
            {**shipped("uk").model_dump(), "keys": [{"name": "one", "parts": [written], "why": "A test."}]}
        )


def changed(**values: Any) -> dict[str, Any]:
    return {**shipped("uk").model_dump(), **values}


def test_two_keys_of_one_name_are_refused() -> None:
    keys = [{"name": "one", "parts": ["surname"], "why": "A test."}] * 2
    with pytest.raises(ValidationError, match="two of the keys are called one"):
        Settings.model_validate(changed(keys=keys))


def test_frequencies_are_of_one_column_that_is_the_same() -> None:
    alike = {"kind": "similar", "column": "given", "at_least": 0.9}
    with pytest.raises(ValidationError, match="frequencies are asked for"):
        Level.model_validate({"told": "alike", "any_of": [alike], "frequencies": True})
    two = {"kind": "same", "columns": ["given", "surname"]}
    with pytest.raises(ValidationError, match="frequencies are asked for"):
        Level.model_validate({"told": "alike", "any_of": [two], "frequencies": True})


@pytest.mark.parametrize(
    "condition",
    [
        {"kind": "sql", "column": "given", "text": "true"},
        {"kind": "same", "columns": ["given_l = 1 or true --"]},
        {"kind": "same_before", "column": "email", "mark": "'"},
        {"kind": "similar", "column": "given", "at_least": 2},
    ],
)
def test_sql_cannot_be_written_into_settings(condition: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Level.model_validate({"told": "alike", "any_of": [condition]})


def test_a_comparison_that_nothing_is_left_of_is_refused() -> None:
    comparison = shipped("uk").comparisons[0].model_dump()
    with pytest.raises(ValidationError):
        Comparison.model_validate({**comparison, "levels": []})


def test_a_part_can_be_made_without_being_written() -> None:
    assert KeyPart(column="surname", last=4).cut("marsh") == "mars"
