"""The packs in a real browser: open to everybody, on any screen and on paper, asking nobody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roundtable.partnership.brief.gathering import brief_for
from roundtable.partnership.brief.page import render as render_brief
from roundtable.partnership.findings import find_all
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.packs import write_packs
from roundtable.partnership.papers.owed import Owed, papers_for
from roundtable.partnership.papers.page import render as render_paper
from roundtable.partnership.study import Study

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

EXAMPLE = Path(__file__).parents[2] / "examples" / "north-yorkshire"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: The overview, an agency with much, one that has ended, and scenarios with and without loops.
PAGES = (
    "index.html",
    "agency-nyfrs.html",
    "agency-scarborough-bc.html",
    "scenario-older-resident-alone.html",
    "scenario-domestic-abuse-children.html",
)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The North Yorkshire packs, compared with a year before so that every section is there."""
    partnership = load_partnership(EXAMPLE)
    before = replace(partnership, agreements=partnership.agreements[3:], meetings=())
    folder = tmp_path_factory.mktemp("packs")
    write_packs(Study(partnership, samples=20), folder, since=before)
    return folder


@pytest.fixture(scope="module")
def plain_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a user writes them, compared with nothing."""
    folder = tmp_path_factory.mktemp("plain")
    write_packs(Study(load_partnership(EXAMPLE), samples=20), folder)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_it_is_open_to_everybody(page: Page, packs: Path, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto((packs / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert found.response["passes"], "nothing was checked"
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_asked_of_anybody_and_nothing_goes_wrong(page: Page, packs: Path, name: str) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((packs / name).as_uri())
    page.wait_for_load_state("networkidle")
    assert asked == [(packs / name).as_uri()]
    assert said == []


@pytest.mark.parametrize("name", PAGES)
def test_the_page_never_scrolls_sideways(page: Page, packs: Path, name: str) -> None:
    page.goto((packs / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", PAGES[3:])
def test_words_stand_inside_their_boxes(page: Page, packs: Path, name: str) -> None:
    """The picture is made without a browser: here the letters' real widths are measured."""
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto((packs / name).as_uri())
    outside = page.evaluate(
        """() => [...document.querySelectorAll('.picture svg g')].filter(one =>
            one.querySelector(':scope > title') && one.querySelector(':scope > g > text')
        ).flatMap(one => {
            const box = one.querySelector(':scope > rect, :scope > polygon').getBoundingClientRect();
            return [...one.querySelectorAll('text')].filter(word => {
                const its = word.getBoundingClientRect();
                return its.left < box.left || its.right > box.right
                    || its.top < box.top - 1 || its.bottom > box.bottom + 1;
            }).map(word => word.textContent);
        })"""
    )
    assert outside == []
    assert page.locator(".picture svg g > g > text").count() > 10


def test_the_picture_prints_on_a_sheet_of_its_own_and_no_row_is_cut(page: Page, packs: Path) -> None:
    page.goto((packs / PAGES[3]).as_uri())
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('tbody tr')).breakInside") == "avoid"
    assert page.evaluate("getComputedStyle(document.querySelector('.need')).breakInside") == "avoid"
    printed = page.pdf(prefer_css_page_size=True)
    wide = printed.count(b"/MediaBox [0 0 841.91998 594.95996]") + printed.count(b"/MediaBox [0 0 842")
    assert wide >= 1, "the picture lies on its side"


@pytest.mark.parametrize(
    ("name", "most"),
    [("agency-nyc.html", 4), ("agency-nyp.html", 4), ("agency-nyfrs.html", 4), ("agency-ysth.html", 3)],
)
def test_an_agencys_page_prints_on_few_sheets(page: Page, plain_packs: Path, name: str, most: int) -> None:
    page.goto((plain_packs / name).as_uri())
    assert 1 < sheets(page) <= most


def test_the_overview_prints_on_few_sheets(page: Page, plain_packs: Path) -> None:
    page.goto((plain_packs / "index.html").as_uri())
    assert sheets(page) <= 6


def test_what_has_to_be_decided_stands_on_the_first_screen(page: Page, plain_packs: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto((plain_packs / "index.html").as_uri())
    for name in ("Start here", "Next meeting", "Decisions wanted", "Actions overdue"):
        box = page.locator(f".headline dt:text-is('{name}') + dd").bounding_box()
        assert box is not None and box["y"] + box["height"] < 1000, name


@pytest.mark.parametrize("name", PAGES)
def test_on_a_narrow_screen_no_answer_is_hidden_beside_the_screen(page: Page, packs: Path, name: str) -> None:
    """Tables are stacked; what is still wider than the screen says so."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((packs / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    silent = page.evaluate(
        """() => [...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth
            && !getComputedStyle(one, '::before').content.includes('sideways')).map(one => one.ariaLabel)"""
    )
    assert silent == []
    assert page.evaluate(
        "[...document.querySelectorAll('.stacked td')].every(one => one.getBoundingClientRect().right <= 390)"
    )


@pytest.mark.parametrize("post", ["nyc-dpo", "nyfrs-prevention-lead", "nyp-mental-health-lead"])
def test_a_brief_is_two_sheets_at_most(page: Page, tmp_path: Path, post: str) -> None:
    partnership = load_partnership(EXAMPLE)
    found = find_all(Study(partnership, samples=0))
    path = tmp_path / "brief.html"
    path.write_text(render_brief(brief_for(partnership, post, findings=found), partnership.charter), "utf-8")
    page.goto(path.as_uri())
    assert sheets(page) <= 2


def test_a_paper_fits_a_narrow_screen(page: Page, tmp_path: Path) -> None:
    study = Study(load_partnership(EXAMPLE), samples=0)
    page.set_viewport_size({"width": 390, "height": 800})
    for paper in papers_for(study, Owed.COMMUNITY_SAFETY):
        path = tmp_path / "paper.html"
        path.write_text(render_paper(paper, study.partnership.charter), "utf-8")
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def sheets(page: Page) -> int:
    """How many sheets of paper a page prints on."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def test_colours_are_let_through_by_the_pages_own_policy(page: Page, packs: Path) -> None:
    page.goto((packs / "index.html").as_uri())
    colour = page.evaluate("getComputedStyle(document.querySelector('td.no.first')).backgroundColor")
    assert colour == "rgb(160, 38, 23)"
