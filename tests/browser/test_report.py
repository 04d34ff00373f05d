"""The page in a real browser: for everybody, on any screen, asking nobody."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roundtable.report.contents import PartnershipShown, ReportContents
from roundtable.report.page import render
from tests.factories_report import AS_OF, contents, crowded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = {
    "whole": contents(),
    "with close-ups": crowded(),
    "partnership alone": contents(figures=None, deliveries=(), quarantine=()),
    "empty": ReportContents(PartnershipShown("A new partnership", "Somewhere", AS_OF)),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=list(PAGES.values()), ids=list(PAGES))
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(request.param), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def test_it_is_open_to_everybody(page: Page, file: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert found.response["passes"], "nothing was checked"
    assert not found.response["violations"], found.generate_report()


def test_nothing_is_asked_of_anybody_and_nothing_goes_wrong(page: Page, file: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_load_state("networkidle")
    assert asked == [file.as_uri()]
    assert said == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_never_scrolls_sideways(page: Page, file: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate("window.scrollTo(1000, 0)")
    assert page.evaluate("window.scrollX") == 0


def test_the_styles_are_let_through_by_the_pages_own_policy(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    colour = page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
    assert colour == "rgb(15, 68, 84)"


def test_the_first_key_leads_past_the_head_to_the_content(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") == 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_every_area_of_the_map_has_its_colour(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(crowded()), encoding="utf-8")
    page.goto(path.as_uri())
    fills = page.evaluate(
        "[...document.querySelectorAll('.map-main .areas use')].map(one => getComputedStyle(one).fill)"
    )
    assert len(fills) == 2 * 26
    assert len(set(fills)) > 3
    assert "rgb(0, 0, 0)" not in fills
    drawn = page.evaluate(
        "[...document.querySelectorAll('.areas use')].every(one => one.getBoundingClientRect().width > 0)"
    )
    assert drawn
    assert page.locator(".insets figure").count() == 2


def test_it_prints_on_a4_without_cutting_a_row(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(crowded()), encoding="utf-8")
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    rules = page.evaluate("getComputedStyle(document.querySelector('tbody tr')).breakInside")
    assert rules == "avoid"
    assert page.evaluate("getComputedStyle(document.querySelector('.sections')).display") == "none"
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/MediaBox [0 0 594.95996 841.91998]") + printed.count(b"/MediaBox [0 0 595") > 3
