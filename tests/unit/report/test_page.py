"""The page as a whole: the same bytes, nothing fetched, everything escaped, every place linked to."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from roundtable.county import standing_folders
from roundtable.pages.rendering import MISSING, style_hash
from roundtable.report.contents import (
    DeliveryShown,
    DeliveryStatus,
    PartnershipShown,
    ReportContents,
    RunShown,
    ShapeShown,
)
from roundtable.report.made_up import LIST, made_up
from roundtable.report.page import render
from tests.factories_harm import AREAS, DATASET, boundaries, figures, lake_table
from tests.factories_report import AS_OF, contents, finding
from tests.unit.report.markup import Page

HOSTILE = """<script>alert("1")</script><img src=http://evil.example/x onerror='y'>"""
#: Elements that ask somebody for something, or run.
FETCHING = {"script", "img", "iframe", "object", "embed", "link", "image", "video", "audio", "form"}
EMPTY = ReportContents(PartnershipShown("A new partnership", "Somewhere", AS_OF))


def _no_rows() -> ReportContents:
    nothing = {
        name: lake_table(name, [])
        for name in (
            "harm_area",
            "harm_code",
            "harm_area_month",
            "concentration",
            "ranking_agreement",
            "area",
        )
    }
    return contents(figures=figures(**nothing))


VARIANTS: dict[str, Callable[[], ReportContents]] = {
    "whole": contents,
    "empty": lambda: EMPTY,
    "partnership alone": lambda: contents(figures=None, deliveries=(), quarantine=(), run=RunShown()),
    "measured tables without rows": _no_rows,
    "no boundaries": lambda: contents(figures=figures(area=lake_table("area", []))),
    "small counts hidden": lambda: contents(suppress_below=20),
    "nothing accepted": lambda: contents(deliveries=contents().deliveries[1:]),
    "no findings": lambda: contents(findings=()),
    "nobody described the weights": lambda: contents(run=RunShown()),
    "no shape": lambda: contents(shape=ShapeShown()),
}


@pytest.fixture(scope="module", params=list(VARIANTS.values()), ids=list(VARIANTS))
def text(request: pytest.FixtureRequest) -> str:
    return render(request.param())


def test_the_same_contents_give_the_same_bytes(text: str, request: pytest.FixtureRequest) -> None:
    variant = request.node.callspec.params["text"]
    assert render(variant()) == text


def test_every_name_in_the_templates_has_a_value(text: str) -> None:
    assert MISSING.split("%")[0] not in text


def test_every_element_is_closed_and_every_id_is_its_own(text: str) -> None:
    page = Page(text)
    assert page.misnested == []
    assert page.repeated_ids() == []


def test_every_link_and_label_inside_the_page_leads_somewhere(text: str) -> None:
    page = Page(text)
    ids = set(page.values("id"))
    inside = [href.removeprefix("#") for href in page.values("href") if href.startswith("#")]
    labels = [one for value in page.values("aria-labelledby") for one in value.split()]
    assert inside
    assert set(inside) | set(labels) <= ids


def test_nothing_is_fetched_and_nothing_runs(text: str) -> None:
    page = Page(text)
    assert not {tag for tag, _ in page.elements} & FETCHING
    assert page.values("src") == []
    assert "url(" not in text
    assert "@import" not in text
    outside = [(tag, one["href"]) for tag, one in page.elements if "href" in one and one["href"][0] != "#"]
    assert {tag for tag, _ in outside} <= {"a"}
    assert not [name for _, one in page.elements for name in one if name.startswith("on")]


def test_the_policy_lets_nothing_through_but_the_styles_that_stand_in_the_page(text: str) -> None:
    page = Page(text)
    policies = [one for _, one in page.elements if one.get("http-equiv") == "Content-Security-Policy"]
    (policy,) = [one["content"] for one in policies]
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert len(styles) == 1
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{style_hash(styles[0])}'"]
    assert page.values("style") == []


def test_every_table_can_be_read_out(text: str) -> None:
    page = Page(text)
    tables = sum(tag == "table" for tag, _ in page.elements)
    assert tables == sum(tag == "caption" for tag, _ in page.elements)
    regions = [one for _, one in page.elements if one.get("role") == "region"]
    assert all(one.get("tabindex") == "0" and one.get("aria-label") for one in regions)
    assert all(one.get("scope") in {"row", "col", "rowgroup"} for tag, one in page.elements if tag == "th")


def test_the_page_is_british_english_and_has_its_landmarks(text: str) -> None:
    page = Page(text)
    tags = [tag for tag, _ in page.elements]
    assert ("html", {"lang": "en-GB"}) in page.elements
    assert [tags.count(tag) for tag in ("header", "nav", "main", "footer", "h1")] == [1] * 5


def test_hostile_names_are_words_and_nothing_else() -> None:
    made = contents()
    hostile = replace(
        made,
        partnership=replace(made.partnership, name=HOSTILE, area=HOSTILE, charter=HOSTILE),
        deliveries=(DeliveryShown(HOSTILE, HOSTILE, HOSTILE, DeliveryStatus.REFUSED, reasons=(HOSTILE,)),),
        withheld=(HOSTILE,),
        findings=(finding(HOSTILE, made.findings[0].severity, HOSTILE),),
        agency_names={"council": HOSTILE},
        code_names={"violence": HOSTILE},
        figures=figures(area=_renamed(HOSTILE)),
    )
    page = Page(render(hostile))
    assert HOSTILE in " ".join(page.words)
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in Page(render(_harmless(hostile))).elements]


def _renamed(name: str) -> pa.Table:
    return lake_table("area", [row | {"name": name} for row in boundaries().to_pylist()])


def _harmless(hostile: ReportContents) -> ReportContents:
    """The same page with a plain word wherever the hostile one stood."""
    word = "Plain"
    shown = hostile.deliveries[0]
    return replace(
        hostile,
        partnership=replace(hostile.partnership, name=word, area=word, charter=word),
        deliveries=(replace(shown, file=word, reasons=(word,)),),
        withheld=(word,),
        agency_names={"council": word},
        code_names={"violence": word},
        figures=figures(area=_renamed(word)),
    )


def test_no_time_of_day_stands_in_the_page() -> None:
    assert not re.search(r"\b\d{1,2}:\d{2}\b", Page(render(contents())).text)


def test_a_page_of_nothing_says_so_and_shows_no_empty_table() -> None:
    page = Page(render(EMPTY))
    assert "Nothing has been delivered yet" in page.text
    assert "Nothing has been measured yet" in page.text
    assert not [tag for tag, _ in page.elements if tag == "table"]


def test_every_area_is_in_the_table_of_all_areas() -> None:
    text = Page(render(contents())).text
    assert all(f"{name} {area_id}" in text for area_id, name in AREAS.items())


def test_two_datasets_do_not_mix() -> None:
    made = figures()
    other = {
        name: lake_table(
            name, [row | {"dataset": dataset} for dataset in (DATASET, "visits") for row in table.to_pylist()]
        )
        for name, table in vars(made).items()
        if name not in {"area", "population_as_of"}
    }
    page = Page(render(contents(figures=replace(made, **other))))
    assert page.repeated_ids() == []
    assert page.text.count("588 records, over 6 areas and 4 months.") == 2


@pytest.mark.parametrize("listed", [True, False])
def test_a_page_of_made_up_data_says_so(tmp_path: Path, listed: bool) -> None:
    """Under a real partnership's name, nothing else would tell it from a page of real people."""
    (tmp_path / ".roundtable").mkdir()
    if listed:
        (tmp_path / ".roundtable" / LIST).write_text("visits/2026-01.csv\n", encoding="utf-8")
    invented = made_up(tmp_path, ["deliveries/visits/2026-01.csv"])
    page = render(replace(EMPTY, partnership=replace(EMPTY.partnership, made_up_data=invented)))
    assert ("Made-up data." in page) is listed
    assert not made_up(tmp_path, ["deliveries/visits/2026-02.csv"])
    assert Path(".roundtable", LIST) == standing_folders._LIST
