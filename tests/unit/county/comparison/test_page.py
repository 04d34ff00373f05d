"""The page and the text of the comparison."""

import math
import re
from dataclasses import replace

import numpy as np

from roundtable.cli.county_comparison import CLOSE, page_of, text_of, values_of
from roundtable.county.comparison.compare import compare
from roundtable.county.comparison.rows import GATHERS, HAPPENS, PEOPLE
from roundtable.county.comparison.weights import Weights
from roundtable.county.happenings.figures import figures
from roundtable.county.population.summary import added, count, summary
from tests.county_made import made

CHAPTERS = [PEOPLE, HAPPENS, GATHERS]

WEIGHTS = Weights("costs", "GBP", {"Rape": 900.0, "Violence with injury": 60.0, "Arson": 5.0})
ROWS = compare(made().tallies, (WEIGHTS,))
PAGE = page_of(made().plan, ROWS, (WEIGHTS,))


def test_the_page_asks_nobody_for_anything() -> None:
    assert "http://" not in PAGE
    assert "https://" not in PAGE
    assert "<script" not in PAGE
    assert "[[no value" not in PAGE


def test_the_page_has_a_table_for_every_chapter_and_a_row_for_every_figure() -> None:
    assert [row.chapter for row in ROWS] == sorted((row.chapter for row in ROWS), key=CHAPTERS.index)
    assert {row.chapter for row in ROWS} == set(CHAPTERS)
    assert PAGE.count("<table") == len(CHAPTERS)
    assert PAGE.count('<th scope="row"') == len(ROWS)
    for group in {row.group for row in ROWS}:
        assert re.search(rf'<th scope="rowgroup"[^>]*>{re.escape(group)}[,<]', PAGE), group


def test_the_people_are_a_chapter_of_the_page_and_of_what_a_program_gets() -> None:
    figures_of = {row.about: row for row in ROWS if row.chapter == PEOPLE}
    assert {"Women and girls", "Owned", "Deaths", "Moved house, within the county or into it"} <= set(
        figures_of
    )
    whole = added(count(made().plan, people) for _, people in made().people)
    for row in summary(whole):
        assert figures_of[row.label].generated == row.generated
        assert figures_of[row.label].published == row.published
    assert {value["chapter"] for value in values_of(ROWS)} == set(CHAPTERS)


def test_the_page_says_how_many_figures_are_close() -> None:
    published = [row for row in ROWS if row.ratio is not None]
    close = sum(abs((row.ratio or 0.0) - 1) <= CLOSE for row in published)
    assert f"{close} of {len(published)} published figures are close" in PAGE
    assert PAGE.count('<span class="tag good">close</span>') == close


def test_a_county_of_three_areas_of_one_decile_says_nothing_of_their_rank() -> None:
    (tally, *_) = made().tallies
    alike = replace(tally, area_deciles=np.full(len(tally.area_deciles), 4))
    rows = compare([alike], (WEIGHTS,))
    assert not any(row.about.startswith("Rank correlation") for row in rows)
    assert all(math.isfinite(row.generated) for row in rows)


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
