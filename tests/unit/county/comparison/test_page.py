"""The page and the text of the comparison."""

from roundtable.cli.county_comparison import page_of, text_of, values_of
from roundtable.county.comparison.compare import compare
from roundtable.county.comparison.weights import Weights
from roundtable.county.happenings.figures import figures
from tests.county_made import made

WEIGHTS = Weights("costs", "GBP", {"Rape": 900.0, "Violence with injury": 60.0, "Arson": 5.0})
ROWS = compare(made().tallies, (WEIGHTS,))
PAGE = page_of(made().plan, ROWS, (WEIGHTS,))


def test_the_page_asks_nobody_for_anything() -> None:
    assert "http://" not in PAGE
    assert "https://" not in PAGE
    assert "<script" not in PAGE
    assert "[[no value" not in PAGE


def test_the_page_has_a_table_for_every_group_and_a_row_for_every_figure() -> None:
    groups = {row.group for row in ROWS}
    assert PAGE.count("<table") == len(groups)
    assert PAGE.count('<th scope="row"') == len(ROWS)


def test_the_page_shows_what_chance_gives_and_what_has_no_weight() -> None:
    assert "By chance" in PAGE
    assert "costs has no weight for" in PAGE
    assert "30,000" in PAGE


def test_every_figure_says_its_source() -> None:
    assert all(row.source for row in ROWS)
    assert figures()["crime.burglary"].source in PAGE


def test_a_figure_that_was_not_found_is_said_not_to_be() -> None:
    assert "not found" in PAGE


def test_the_text_has_a_line_for_every_figure() -> None:
    lines = [line for line in text_of(ROWS).splitlines() if line.startswith("| ")]
    headings = {row.group for row in ROWS}
    assert len(lines) == len(ROWS) + 2 * len(headings)


def test_groups_without_a_null_have_no_column_for_it() -> None:
    plain = text_of([row for row in ROWS if row.group == "Recorded crime"])
    assert "by chance" not in plain
    assert "by chance" in text_of([row for row in ROWS if row.null])


def test_a_program_gets_the_same_rows() -> None:
    values = values_of(ROWS)
    assert [row["generated"] for row in values] == [row.generated for row in ROWS]
    assert any(row["by_chance"] for row in values)
