"""Workbooks and CSV folders: the same registers back, and a clear message for anything else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from openpyxl import load_workbook

from roundtable.errors import ForeignFileUnusable, SettingUnusable
from roundtable.partnership.exchange.registers.csv_folder import read_csv_folder, write_csv_folder
from roundtable.partnership.exchange.registers.importing import plan_import
from roundtable.partnership.exchange.registers.rows import registers_of
from roundtable.partnership.exchange.registers.workbook import read_workbook, write_workbook
from roundtable.partnership.exchange.writing import write_files
from tests.town import Town
from tests.unit.partnership.exchange.spreadsheet import contents


@pytest.fixture
def workbook(town: Town, tmp_path: Path) -> Path:
    path = tmp_path / "registers.xlsx"
    write_workbook(registers_of(town.folder), path)
    return path


@pytest.fixture
def folder(town: Town, tmp_path: Path) -> Path:
    write_csv_folder(registers_of(town.folder), tmp_path / "csv")
    return tmp_path / "csv"


def _told(path: Path) -> list[str]:
    """What is wrong with the file, whether or not something else of it can be read."""
    try:
        found = (read_csv_folder if path.is_dir() else read_workbook)(path).problems
    except ForeignFileUnusable as error:
        found = error.problems
    return [f"{problem.place}: {problem.what}".replace(str(path), path.name) for problem in sorted(found)]


def test_the_same_registers_give_the_same_bytes(town: Town, tmp_path: Path, workbook: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_workbook(registers_of(town.folder), again)
    assert again.read_bytes() == workbook.read_bytes()


def test_a_workbook_offers_what_may_be_chosen(workbook: Path) -> None:
    book = load_workbook(workbook)
    assert book.sheetnames[0] == "Read me"
    posts = book["Posts"]
    assert posts.freeze_panes == "C2"
    column = next(cell.column_letter for cell in posts[1] if cell.value == "kind")
    (rule,) = (one for one in posts.data_validations.dataValidation if str(one.sqref).startswith(column))
    area = rule.formula1.split("!")[1].replace("$", "")
    assert [row[0].value for row in book["Lists"][area]][:2] == ["sro", "siro"]
    assert posts["A1"].comment is not None


def test_text_that_begins_like_a_formula_stays_text(town: Town, tmp_path: Path) -> None:
    council = "agencies/council.yaml"
    town.change(
        council, "kind: local_authority", "kind: local_authority\nnotes: '=1+1'\nico_registration: '''=x'"
    )
    found = registers_of(town.folder)
    write_workbook(found, tmp_path / "one.xlsx")
    write_csv_folder(found, tmp_path / "csv")
    assert "'=1+1" in (tmp_path / "csv" / "agencies.csv").read_text()
    for read in (read_workbook(tmp_path / "one.xlsx"), read_csv_folder(tmp_path / "csv")):
        assert plan_import(read, town.folder).changes == ()
        assert "=1+1" in [row.cells["notes"] for row in read.grids["Agencies"].rows]


def test_a_workbook_cut_short_is_told(workbook: Path) -> None:
    whole = workbook.read_bytes()
    for part in (0, 10, len(whole) // 2, len(whole) - 30):
        workbook.write_bytes(whole[:part])
        (told,) = _told(workbook)
        assert "no Excel workbook (.xlsx), or was cut short" in told


@pytest.mark.parametrize("seed", range(5))
def test_a_workbook_changed_on_the_way_is_told_or_read(workbook: Path, seed: int) -> None:
    content, chance = bytearray(workbook.read_bytes()), random.Random(seed)
    for _ in range(40):
        content[chance.randrange(len(content))] = chance.randrange(256)
    workbook.write_bytes(content)
    try:
        read_workbook(workbook)
    except ForeignFileUnusable as error:
        assert error.problems[0].remedy


def test_a_formula_is_told_at_its_cell(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["Agencies"]["B2"] = "=A2"
    book.save(workbook)
    assert _told(workbook) == [
        "registers.xlsx, sheet 'Agencies':2:2 (name): a formula stands where a value should be"
    ]


def test_a_formula_hides_neither_a_duplicate_id_nor_what_the_folder_lacks(town: Town, workbook: Path) -> None:
    book = load_workbook(workbook)
    agencies, posts = book["Agencies"], book["Posts"]
    agencies["B2"] = "=A3"
    agencies.append([cell.value for cell in agencies[3]])
    posts.cell(2, [cell.value for cell in posts[1]].index("kind") + 1, "riskowner")
    twice, row = agencies["A3"].value, agencies.max_row
    book.save(workbook)
    with pytest.raises(ForeignFileUnusable) as refused:
        plan_import(read_workbook(workbook), town.folder)
    assert [(one.place.line, one.what) for one in refused.value.problems] == [
        (2, "a formula stands where a value should be"),
        (row, f"the id '{twice}' is used already, in row 3"),
        (2, "'riskowner' is not allowed here"),
    ]


def test_an_id_that_cannot_be_read_takes_nothing_out(town: Town, workbook: Path) -> None:
    book = load_workbook(workbook)
    book["Agencies"]["A2"] = "=B2"
    book.save(workbook)
    with pytest.raises(ForeignFileUnusable) as refused:
        plan_import(read_workbook(workbook), town.folder, remove=True)
    assert [one.rule for one in refused.value.problems] == ["formula"]


def test_one_broken_csv_file_does_not_hide_another(town: Town, folder: Path) -> None:
    (folder / "photo.jpg").write_bytes(b"x")
    posts = folder / "posts.csv"
    posts.write_text(posts.read_text(encoding="utf-8-sig").replace(",analyst,", ",analist,", 1))
    with pytest.raises(ForeignFileUnusable) as refused:
        plan_import(read_csv_folder(folder), town.folder)
    assert [one.what for one in refused.value.problems] == [
        "this is not a CSV file and is not read",
        "'analist' is not allowed here",
    ]


def test_an_unknown_sheet_column_and_cell_are_told_together(workbook: Path) -> None:
    book = load_workbook(workbook)
    book.create_sheet("Agency skils")["A1"] = "x"
    book["Agencies"]["B1"] = "nam"
    book["Posts"].cell(2, 30, "slipped")
    book.save(workbook)
    told = _told(workbook)
    assert [line.split(": ", 1)[1] for line in told] == [
        "'nam' is no column of 'Agencies'",
        "'Agency skils' is the name of no register",
        "'slipped' stands in a column without a name",
    ]


def test_a_sheet_without_the_column_that_places_its_rows_is_told(workbook: Path) -> None:
    book = load_workbook(workbook)
    book["Posts"].delete_cols(1)
    book.save(workbook)
    assert any("the column 'in agency' is missing" in line for line in _told(workbook))


def test_csv_saved_with_semicolons_in_another_alphabet_or_cut_short_is_told(folder: Path) -> None:
    agencies = folder / "agencies.csv"
    text = agencies.read_text(encoding="utf-8-sig")
    agencies.write_text(text.replace(",", ";"))
    assert any("parted by semicolons" in line for line in _told(folder))
    agencies.write_bytes(text.replace("Example Council", "Der Hügel").encode("cp1252"))
    assert any("looks like Windows-1252" in line for line in _told(folder))
    agencies.write_text(f'{text}x,"never closed')
    assert any("cut short" in line for line in _told(folder))


def test_a_folder_of_something_else_is_told(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert _told(tmp_path / "other") == ["other: there is no register in it"]
    (tmp_path / "other" / "photo.jpg").write_bytes(b"x")
    assert _told(tmp_path / "other")[0].endswith("this is not a CSV file and is not read")


def test_text_longer_than_a_cell_is_told_and_csv_holds_it(town: Town, tmp_path: Path) -> None:
    long = "word " * 8000
    town.change("agencies/council.yaml", "kind: local_authority", f"kind: local_authority\nnotes: {long}")
    with pytest.raises(SettingUnusable, match="longer than the 32,767 characters"):
        write_workbook(registers_of(town.folder), tmp_path / "one.xlsx")
    write_csv_folder(registers_of(town.folder), tmp_path / "csv")
    assert plan_import(read_csv_folder(tmp_path / "csv"), town.folder).changes == ()


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(SettingUnusable):
        write_files(tmp_path, {"a": b"new", "b": b"a folder stands here"})
    assert not list(tmp_path.glob(".*"))
    assert contents(tmp_path).keys() == {"a"}
