"""Whatever a partnership says, its registers say the same; whatever a file's layout, an edit keeps it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roundtable.partnership.exchange.registers.cells import from_cell, to_cell
from roundtable.partnership.exchange.registers.csv_folder import read_csv_folder, write_csv_folder
from roundtable.partnership.exchange.registers.importing import plan_import
from roundtable.partnership.exchange.registers.rows import registers_of
from roundtable.partnership.exchange.registers.sheets import Column, Form, all_sheets
from roundtable.partnership.exchange.registers.workbook import read_workbook, write_workbook
from roundtable.partnership.exchange.yaml_editing import CannotEdit, edited
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.yaml_source import read_yaml
from tests.town import Town

#: Text as a folder may hold it: no control characters, and no space at the ends.
TEXT = (
    (
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters="\ufeff"), min_size=1)
        | st.text(st.sampled_from("'=+-@|\\\"\n 1.eE_x0D#:{}[]"), min_size=1)
    )
    .map(str.strip)
    .filter(bool)
)

NOTES = next(
    column
    for sheet in all_sheets()
    if sheet.title == "Agencies"
    for column in sheet.columns
    if column.path == ("notes",)
)
EVIDENCE = next(
    column
    for sheet in all_sheets()
    if sheet.title == "Links"
    for column in sheet.columns
    if column.path == ("evidence",)
)


@given(TEXT)
@example('"quoted"')
@example("1.0")
@example("true")
def test_any_text_comes_back_from_its_cell(text: str) -> None:
    assert from_cell(to_cell(text, NOTES), NOTES) == text


@given(st.lists(TEXT, min_size=1, max_size=4))
@example(["a\\", "|b"])
@example(["|"])
def test_any_list_comes_back_from_its_cell(items: list[str]) -> None:
    column: Column = EVIDENCE
    assert column.form is Form.LIST
    assert from_cell(to_cell(items, column), column) == items


@pytest.mark.parametrize("way", ["workbook", "csv"])
@settings(max_examples=15, deadline=None)
@given(notes=TEXT, evidence=st.lists(TEXT, min_size=1, max_size=3))
@example(notes="_x000D_ and _x0041_", evidence=["=1+1", "'=x", "\\"])
def test_any_text_comes_back_from_a_file(way: str, notes: str, evidence: list[str]) -> None:
    with TemporaryDirectory() as made:
        town = Town.built_in(Path(made))
        path = town.folder / "agencies" / "council.yaml"
        path.write_text(
            f"{path.read_text()}{yaml.safe_dump({'notes': notes, 'duties': []}, allow_unicode=True)}"
        )
        there = Path(made) / "there"
        if way == "workbook":
            write_workbook(registers_of(town.folder), there.with_suffix(".xlsx"))
            back = read_workbook(there.with_suffix(".xlsx"))
        else:
            write_csv_folder(registers_of(town.folder), there)
            back = read_csv_folder(there)
        assert plan_import(back, town.folder).changes == ()
        assert registers_of(town.folder).grids["Links"].headers == back.grids["Links"].headers
        new = Path(made) / "new"
        plan_import(back, new).write()
        assert replace(load_partnership(new), folder=town.folder) == load_partnership(town.folder)


VALUES = st.recursive(
    st.booleans() | st.integers(-(10**6), 10**6) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcdef"), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    now=st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=1, max_size=5),
    then=st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=1, max_size=5),
    flow=st.booleans(),
    width=st.sampled_from([20, 60, 1000]),
)
def test_an_edited_file_says_what_it_should(now: object, then: object, flow: bool, width: int) -> None:
    text = yaml.safe_dump(now, default_flow_style=flow, width=width, allow_unicode=True, sort_keys=False)
    content = f"# A comment at the head.\n{text}".encode()
    now = read_yaml(content, "now").value
    try:
        made = edited(content, now, then)
    except CannotEdit:
        return
    assert _flat(read_yaml(made, "then").value) == _flat(then)
    if now == then:
        assert made == content
    assert made.startswith(b"# A comment at the head.\n")


def _flat(value: object) -> object:
    if isinstance(value, dict):
        return {key: _flat(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_flat(item) for item in value]
    return value.strip() if isinstance(value, str) else (type(value).__name__, value)
