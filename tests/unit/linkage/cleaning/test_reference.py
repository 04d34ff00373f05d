"""The tables of words say where they come from, and lead somewhere."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest

from roundtable.linkage.cleaning.letters import folded
from roundtable.linkage.cleaning.nicknames import root_of
from roundtable.linkage.cleaning.reference_table import reference_rows

NAMES = sorted(
    path.name.removesuffix(".csv")
    for path in (files("roundtable.linkage.cleaning") / "reference").iterdir()
    if path.name.endswith(".csv")
)
#: The tables that are looked up by folded words.
FOLDED = {
    "nicknames": "form",
    "titles": "word",
    "name_suffixes": "word",
    "particles": "word",
    "no_addresses": "word",
}


@pytest.mark.parametrize("name", NAMES)
def test_every_row_says_where_it_comes_from(name: str) -> None:
    rows = reference_rows(name)
    assert rows
    for row in rows:
        assert row["source"] and row["status"] in {"read", "derived", "recalled", "assumed"}, row
        date.fromisoformat(row["date"])


@pytest.mark.parametrize("name", NAMES)
def test_no_row_comes_twice(name: str) -> None:
    rows = [tuple(row.values()) for row in reference_rows(name)]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(("name", "column"), FOLDED.items())
def test_words_stand_as_they_are_looked_up(name: str, column: str) -> None:
    assert [row[column] for row in reference_rows(name) if row[column] != folded(row[column])] == []


def test_short_forms_are_many_and_lead_to_an_end() -> None:
    rows = reference_rows("nicknames")
    assert len({(row["form"], row["root"]) for row in rows}) >= 300
    for row in rows:
        root = root_of(row["form"], row["sex"])
        assert root is not None
        assert root_of(root, row["sex"]) == root, f"{row['form']} leads in a ring"
        assert row["form"] != row["root"] and row["sex"] in "fm"


@pytest.mark.parametrize(
    ("form", "sex", "root"),
    [
        ("bill", "m", "william"),
        ("chris", "m", "christopher"),
        ("chris", "f", "christine"),
        ("chris", None, "christopher"),
        ("kasia", "f", "catherine"),
        ("md", "m", "mohammed"),
        ("gosia", "f", "margaret"),
        ("henry", "m", "henry"),
        ("zebedee", "m", "zebedee"),
        ("wai ling", "f", "wai ling"),
        ("j", "m", None),
    ],
)
def test_a_name_has_one_root(form: str, sex: str | None, root: str | None) -> None:
    assert root_of(form, sex) == root
