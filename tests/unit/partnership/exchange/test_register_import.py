"""Edits of the registers back in the folder: what changes, what stays, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from roundtable.errors import DiskFull, ForeignFileUnusable, PartnershipUnusable, UserError
from roundtable.partnership.exchange.registers.importing import plan_import
from roundtable.partnership.exchange.registers.rows import registers_of
from roundtable.partnership.loading import load_partnership
from tests.town import Town
from tests.unit.partnership.exchange.spreadsheet import Spreadsheet, contents


@pytest.fixture
def sheet(town: Town) -> Spreadsheet:
    return Spreadsheet.of(town.folder)


def test_without_an_edit_nothing_changes(sheet: Spreadsheet) -> None:
    plan = sheet.plan()
    assert (plan.changes, plan.kept, plan.contents) == ((), (), {})


def test_one_cell_changes_one_line_and_no_comment(town: Town, sheet: Spreadsheet) -> None:
    path = town.folder / "agencies" / "council.yaml"
    before = path.read_text().replace("name: ", "name:   ", 1)  # Laid out in its owner's own way.
    path.write_text(before)
    sheet = Spreadsheet.of(town.folder)
    sheet.change("Posts", "title", "Somebody else", id=sheet.registers.grids["Posts"].rows[0].cells["id"])
    plan = sheet.plan()
    assert len(plan.changes) == 1
    plan.write()
    was, now = before.splitlines(), path.read_text().splitlines()
    assert len(was) == len(now)
    assert sum(one != other for one, other in zip(was, now, strict=True)) == 1
    assert any("Somebody else" in line for line in now)


def test_a_row_is_added_to_the_list_that_it_names(town: Town, sheet: Spreadsheet) -> None:
    post = {"in agency": "council", "id": "new-post", "title": "A new post", "kind": "analyst"}
    sheet.add("Posts", post)
    plan = sheet.plan()
    assert len(plan.changes) == 1 and str(plan.changes[0]).startswith("add     agencies/council.yaml: roles[")
    plan.write()
    assert town.load().role("new-post")[1].title == "A new post"


def test_a_new_agency_is_a_new_file(town: Town, sheet: Spreadsheet) -> None:
    sheet.add("Agencies", {"id": "icb", "name": "The board", "kind": "icb", "public_authority": "TRUE"})
    sheet.add("Posts", {"in agency": "icb", "id": "icb-siro", "title": "Owner", "kind": "siro"})
    plan = sheet.plan()
    assert [str(change) for change in plan.changes] == ["add     agencies/icb.yaml"]
    plan.write()
    assert town.load().agency("icb").public_authority is True
    assert town.load().role("icb-siro")[0].id == "icb"


def test_an_emptied_cell_is_a_key_that_is_not_given(town: Town, sheet: Spreadsheet) -> None:
    town.change("agencies/council.yaml", "kind: local_authority", "kind: local_authority\nnotes: Something")
    sheet = Spreadsheet.of(town.folder)
    sheet.change("Agencies", "notes", "  ", id="council")
    sheet.plan().write()
    assert town.load().agency("council").notes is None


def test_a_missing_row_is_told_and_stays(sheet: Spreadsheet) -> None:
    gone = sheet.registers.grids["Glossary"].rows[0].cells["term"] if sheet.rows("Glossary") else None
    title, key = (
        ("Glossary", {"term": gone}) if gone else ("Outcomes", {"id": sheet.rows("Outcomes")[0].cells["id"]})
    )
    sheet.delete(title, **key)
    plan = sheet.plan()
    assert plan.changes == ()
    assert plan.kept == (f"partnership.yaml: {title.lower()}[0]",)


def test_on_request_a_missing_row_is_taken_out(town: Town, sheet: Spreadsheet) -> None:
    agency = sheet.rows("Agencies", id="fire-service")
    assert agency
    before = len(town.load().agency("fire-service").priorities)
    first = sheet.rows("Agency priorities", **{"in_agency": "fire-service"})[0]
    sheet.registers.grids["Agency priorities"].rows.remove(first)
    plan = sheet.plan(remove=True)
    assert [str(change)[:8] for change in plan.changes] == ["remove  "]
    plan.write()
    assert len(town.load().agency("fire-service").priorities) == before - 1


def test_a_removal_that_others_need_is_refused_and_nothing_is_written(town: Town, sheet: Spreadsheet) -> None:
    before = contents(town.folder)
    sheet.delete("Agencies", id="council")
    for grid in sheet.registers.grids.values():
        if "in agency" in grid.headers:
            grid.rows[:] = [row for row in grid.rows if row.cells["in agency"] != "council"]
    with pytest.raises(ForeignFileUnusable) as refused:
        sheet.plan(remove=True)
    assert any("there is no agency 'council'" in problem.what for problem in refused.value.problems)
    assert contents(town.folder) == before


def test_every_mistake_is_told_at_its_cell(sheet: Spreadsheet) -> None:
    (post, *_) = sheet.rows("Posts")
    post.cells["kind"] = "riskowner"
    sheet.change("Agencies", "successor", "nobody", id="council")
    sheet.add("Posts", {"in agency": "councl", "id": "x", "title": "y", "kind": "siro"})
    dangling = len(sheet.rows("Posts")) + 1
    column = sheet.registers.grids["Posts"].headers.index("kind") + 1
    successor = sheet.registers.grids["Agencies"].headers.index("successor") + 1
    row = sheet.rows("Agencies", id="council")[0].number
    assert sheet.problems() == [
        f"Agencies:{row}:{successor} (successor): there is no agency 'nobody'",
        f"Posts:{post.number}:{column} (kind): 'riskowner' is not allowed here",
        f"Posts:{dangling}:1 (in agency): there is no councl for this row to belong to",
    ]


def test_a_missing_value_is_told_at_the_column_it_belongs_in(sheet: Spreadsheet) -> None:
    sheet.add("Posts", {"in agency": "council", "id": "x", "title": "", "kind": "siro"})
    row = len(sheet.rows("Posts")) + 1
    column = sheet.registers.grids["Posts"].headers.index("title") + 1
    assert sheet.problems() == [f"Posts:{row}:{column} (title): the key 'title' is missing"]


def test_two_rows_of_one_id_are_refused(sheet: Spreadsheet) -> None:
    sheet.add("Agencies", {"id": "council", "name": "Again", "kind": "icb", "public_authority": "true"})
    row = sheet.rows("Agencies", id="council")[0].number
    (told,) = sheet.problems()
    assert told.endswith(f"the id 'council' is used already, in row {row}")


def test_an_id_changed_on_its_own_sheet_alone_says_which_sheets_bear_the_old_one(sheet: Spreadsheet) -> None:
    (row,) = sheet.rows("Agreements", id="open-street-crime")
    row.cells["id"] = "street-crime"
    (told,) = sheet.problems()
    assert told.startswith(
        f"Agreements:{row.number}:1 (id): 'open-street-crime' is called 'street-crime' here"
    )
    assert told.endswith("'Parties', 'Grants' still say 'open-street-crime'")


def test_an_id_changed_on_every_sheet_is_a_new_file_and_an_old_one(town: Town, sheet: Spreadsheet) -> None:
    (row,) = sheet.rows("Agreements", id="open-street-crime")
    row.cells["id"] = "street-crime"
    for title in ("Parties", "Grants"):
        for one in sheet.rows(title, in_agreement="open-street-crime"):
            one.cells["in agreement"] = "street-crime"
    plan = sheet.plan(remove=True)
    assert {str(change) for change in plan.changes} >= {"add     agreements/street-crime.yaml"}
    plan.write()
    assert [one.id for one in town.load().agreements if "street-crime" in one.id] == ["street-crime"]


def test_a_new_row_unlike_the_one_that_is_gone_is_no_new_name(sheet: Spreadsheet) -> None:
    sheet.delete("Agencies", id="council")
    sheet.add("Agencies", {"id": "icb", "name": "The board", "kind": "icb", "public_authority": "true"})
    assert sheet.problems() == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("03/04/2026", "Write year, month, day: 2026-04-03 if it is 3 April 2026; or format"),
        ("31.3.26", "Write year, month, day: 2026-03-31 if it is 31 March 2026; or format"),
        ("13/13/2026", "Write year, month, day, such as 2026-11-23; or format"),
        (46112, "Format the cell as a date, or write the day as text"),
        (datetime(2026, 3, 31, 9, 30), "Write 2026-03-31."),
    ],
)
def test_a_day_in_another_form_is_refused_with_the_right_one(
    sheet: Spreadsheet, typed: object, told: str
) -> None:
    (row,) = sheet.rows("Agreements", id="open-street-crime")
    row.cells["review_by"] = typed  # type: ignore[assignment]
    with pytest.raises(ForeignFileUnusable) as refused:
        sheet.plan()
    (problem,) = refused.value.problems
    assert (problem.place.file, problem.place.line, problem.place.key) == (
        "Agreements",
        row.number,
        "review_by",
    )
    assert problem.remedy.startswith(told)


def test_a_cell_that_a_spreadsheet_holds_as_a_day_is_a_day(town: Town, sheet: Spreadsheet) -> None:
    (row,) = sheet.rows("Agreements", id="open-street-crime")
    for typed in (date(2027, 5, 6), datetime(2027, 5, 6), "2027-05-06"):
        row.cells["review_by"] = typed
        assert len(sheet.changes()) == 1 and sheet.changes()[0].endswith("review_by = 2027-05-06")


def test_a_text_that_looks_like_an_address_or_a_number_is_warned_of_and_let_in(sheet: Spreadsheet) -> None:
    assert sheet.plan().told == ()
    sheet.change("Agencies", "notes", "Ring 01632 960 001 out of hours", id="council")
    plan = sheet.plan()
    assert len(plan.changes) == 1
    (told,) = plan.told
    assert told.startswith("warning agencies/council.yaml: notes: it looks like an e-mail address or a")


def test_an_id_that_leads_out_of_the_folder_is_refused(sheet: Spreadsheet) -> None:
    sheet.add("Agencies", {"id": "../evil", "name": "E", "kind": "icb", "public_authority": "true"})
    (told,) = sheet.problems()
    assert told.endswith("'../evil' is no id")


def test_a_column_or_a_sheet_that_is_not_there_changes_nothing(sheet: Spreadsheet) -> None:
    grid = sheet.registers.grids["Agencies"]
    sheet.registers.grids["Agencies"] = replace(grid, headers=("id", "name"))
    del sheet.registers.grids["Outcomes"]
    assert sheet.changes() == []


def test_the_journey_is_in_the_order_of_its_numbers(town: Town, sheet: Spreadsheet) -> None:
    steps = sheet.rows("Journey")
    assert len(steps) > 1
    was = [step.cells["step"] for step in steps]
    steps[-1].cells["no"] = 0.5
    sheet.plan().write()
    assert [step.step for step in town.load().scenarios[0].journey] == [was[-1], *was[:-1]]


def test_a_file_changed_since_is_not_written_over(town: Town, sheet: Spreadsheet) -> None:
    sheet.change("Agencies", "name", "Another name", id="council")
    town.change("agencies/council.yaml", "kind: local_authority", "kind: local_authority\nnotes: Newer")
    (told,) = sheet.problems()
    assert "agencies/council.yaml has changed since" in told
    assert [str(change)[:6] for change in sheet.plan(anyway=True).changes] == ["change", "remove"]


def test_a_file_changed_since_does_not_stand_in_the_way_of_another(town: Town, sheet: Spreadsheet) -> None:
    sheet.change("Agencies", "name", "Another name", id="fire-service")
    town.change("agencies/council.yaml", "kind: local_authority", "kind:  local_authority")
    assert len(sheet.changes()) == 1


def test_a_folder_with_problems_is_mended_first(town: Town, sheet: Spreadsheet) -> None:
    town.change("agencies/council.yaml", "kind: local_authority", "kind: nonsense")
    with pytest.raises(PartnershipUnusable):
        sheet.plan()


def test_an_alias_that_an_edit_would_change_elsewhere_is_refused(town: Town) -> None:
    town.change("agencies/council.yaml", "kind: local_authority", "kind: local_authority\nnotes: &n Shared")
    text = (town.folder / "agencies" / "council.yaml").read_text()
    (town.folder / "agencies" / "council.yaml").write_text(f"{text.rstrip()}\nico_registration: *n\n")
    sheet = Spreadsheet.of(town.folder)
    sheet.change("Agencies", "notes", "Mine alone", id="council")
    try:
        sheet.plan().write()
    except UserError as error:
        assert error.problems[0].rule == "cannot-edit"
    else:
        assert town.load().agency("council").ico_registration == "Shared"


def test_into_an_empty_folder_it_is_the_same_partnership(town: Town, tmp_path: Path) -> None:
    there = tmp_path / "new"
    plan_import(registers_of(town.folder), there).write()
    assert replace(load_partnership(there), folder=town.folder) == town.load()


def test_when_there_is_no_room_nothing_is_changed(
    town: Town, sheet: Spreadsheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.change("Agencies", "name", "Another name", id="council")
    plan, before = sheet.plan(), contents(town.folder)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DiskFull):
        plan.write()
    monkeypatch.undo()
    assert contents(town.folder) == before
