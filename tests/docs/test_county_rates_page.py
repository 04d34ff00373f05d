"""The page on the county's rates shows every figure, with the published value, and says what is so today."""

import re
from pathlib import Path

import pytest

from roundtable.cli.county_comparison import text_of
from roundtable.county.comparison.compare import compare
from roundtable.county.comparison.rows import PEOPLE
from roundtable.county.comparison.weights import weights_of
from roundtable.demonstration import example_folder
from roundtable.partnership.loading import load_partnership
from tests.county_made import made

PAGE = (Path(__file__).parents[2] / "docs" / "county-rates.md").read_text(encoding="utf-8")
ROWS = re.compile(
    r"^\| (?P<about>[^|]+) \| (?P<published>[^|]+) \| (?P<generated>-?[\d.,]+) \|", re.MULTILINE
)
#: How far a generated figure of the page may be from today's before the page has to be written again.
DRIFT = 0.35


def figures(text: str) -> dict[str, tuple[str, float]]:
    """Published and generated, by what they are about; the part weighed in days is left out."""
    part = text.split("## The same county weighed in days")[0]
    return {
        found["about"]: (found["published"], float(found["generated"].replace(",", "")))
        for found in ROWS.finditer(part)
    }


COMPARED = compare(made().tallies, weights_of(load_partnership(example_folder()).harm_weights))
#: The people themselves stand on the county's own page.
TODAY = figures(text_of([row for row in COMPARED if row.chapter != PEOPLE]))


def test_every_figure_stands_on_the_page_with_what_was_published() -> None:
    shown = figures(PAGE)
    assert set(shown) == set(TODAY)
    assert {about: one[0] for about, one in shown.items()} == {about: one[0] for about, one in TODAY.items()}


@pytest.mark.parametrize("about", sorted(TODAY))
def test_what_the_page_says_was_generated_is_about_so_today(about: str) -> None:
    assert figures(PAGE)[about][1] == pytest.approx(TODAY[about][1], rel=DRIFT, abs=0.02)
