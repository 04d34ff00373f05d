"""Packs: what each page says of a small partnership, where its links lead, and the same bytes twice."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from roundtable.errors import SettingUnusable
from roundtable.pages.rendering import MISSING
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.packs import Wanted, write_packs
from roundtable.partnership.packs.writing import pages
from roundtable.partnership.study import Study
from tests.factories import (
    agency,
    agreement,
    capacity,
    dataset,
    link,
    meeting,
    need,
    outcome,
    partnership,
    risk,
    role,
    scenario,
    service,
)
from tests.unit.report.markup import Page

EXAMPLE = Path(__file__).parents[4] / "examples" / "north-yorkshire"


PRICED = {"value": 1000, "price_base": "2025/26", "source": "A test"}
CASES = {"value": 100, "unit": "cases a year", "source": "A test"}
FIRES = outcome("fires", name="Deaths <by fire>", annual_cases=CASES, unit_cost=PRICED)
COUNCIL = agency(
    "council",
    roles=[role("council-lead"), role("council-empty", vacant_since="2026-01-01")],
    priorities=[{"outcome": "fires", "points": 100, "source": "A plan", "on": "2026-01-01"}],
)
FIRE = agency("fire", kind="fire_rescue", name="Fire & Rescue")
ALONE = scenario(
    outcomes=["fires"],
    links=[link("isolation", "fires", 0.2, 0.4)],
    risks=[risk("burns", "council-lead", outcome="fires")],
    needs=[need("who-is-alone", "visits", current_level=0.5)],
    journey=[
        {"step": "A crew calls", "agency": "fire", "refers_at_level": 2},
        {"step": "A worker visits", "agency": "council", "service": "visiting", "threshold_level": 3},
    ],
)
VISITS = dataset("visits", "fire")
SAFETY = agreement("home-safety", "visits", scenarios=["alone"])
EFFECT = {"factor": "isolation", "size": -0.2, "evidence": "randomised", "source": "A trial"}
VISITING = service(
    "visiting", name="Visiting", effects=[EFFECT], capacity=[capacity(10, 20)], referral_from=["council"]
)
WANTED = {"id": "who", "question": "Who visits?", "of": "council-lead", "by": "2026-11-01"}
ACTION = {"id": "ring", "what": "Ring the crew", "owner": "council-lead", "due": "2026-12-01"}
FIRST = meeting("first", wanted=[WANTED], actions=[ACTION])


def town(*parts: object) -> Partnership:
    """A council that needs what fire knows, and all that a page can show; or the parts given."""
    whole = (COUNCIL, FIRE, ALONE, VISITS, SAFETY, VISITING, FIRST)
    return partnership(*(parts or whole), outcomes=(FIRES,))


def written(partnership_: Partnership, wanted: Wanted | None = None) -> dict[str, str]:
    return dict(pages(Study(partnership_, samples=20), wanted or Wanted()))


@cache
def whole() -> dict[str, str]:
    return written(town())


def text(name: str) -> str:
    return Page(whole()[name]).text


def test_there_is_an_overview_and_a_page_each() -> None:
    assert list(whole()) == [
        "index.html",
        "agency-council.html",
        "agency-fire.html",
        "scenario-alone.html",
    ]


def test_one_page_alone_can_be_written_and_links_to_no_other() -> None:
    found = written(town(), Wanted(agency="fire"))
    assert list(found) == ["agency-fire.html"]
    links = {href for href in Page(found["agency-fire.html"]).values("href") if not href.startswith("#")}
    assert links <= {"agency-fire.html"}
    assert list(written(town(), Wanted(scenario="alone"))) == ["scenario-alone.html"]


@pytest.mark.parametrize("name", ["index.html", "agency-council.html", "scenario-alone.html"])
def test_pages_are_well_formed_and_have_every_value(name: str) -> None:
    html = whole()[name]
    page = Page(html)
    assert not page.misnested
    assert not page.repeated_ids()
    assert MISSING.split("%")[0] not in html
    assert "<by fire>" not in html
    assert not [tag for tag, _ in page.elements if tag == "script"]
    assert "http" not in " ".join([*page.values("href"), *page.values("src")])


def test_every_link_leads_somewhere() -> None:
    found = whole()
    ids = {name: set(Page(html).values("id")) for name, html in found.items()}
    for name, html in found.items():
        for href in Page(html).values("href"):
            file, _, part = href.partition("#")
            target = unquote(file) or name
            assert target in found
            assert not part or part in ids[target], f"{name}: {href}"


def test_an_agency_reads_what_it_must_decide_owns_owes_and_could_get() -> None:
    told = text("agency-council.html")
    assert "Who visits? Post council-lead 1 November 2026 overdue" in told
    assert "Ring the crew Post council-lead 1 December 2026" in told
    assert "Because of a cause, burns may happen." in told
    assert "Empty since 1 January 2026" in told
    assert "0 of 1 of our own needs are live" in told or "1 of 1 of our own needs are live" in told
    assert "What others need of our data" not in told
    assert "What others need of our data" in text("agency-fire.html")


def test_a_scenario_shows_the_three_joins_and_harm_at_stake_beside_harm_avertable() -> None:
    told = text("scenario-alone.html")
    assert "Can we know?" in told
    assert "Harm at stake a year" in told
    assert "Of which avertable" in told
    assert "Nobody is visited." in told
    # 100 cases x £1,000 x half not known, by an influence between 0.2 and 0.4 of damping less than one.
    stake = re.search(r"Harm at stake a year £([\d,]+)", told)
    assert stake is not None
    assert 0 < int(stake.group(1).replace(",", "")) <= 50_000


def test_the_law_that_no_post_has_checked_is_shown_as_unverified() -> None:
    assert "Unverified" in text("agency-fire.html")


def test_people_fall_through_where_a_step_begins_above_where_the_last_passes_on() -> None:
    told = text("scenario-alone.html")
    assert "It begins 1 level above where Fire & Rescue passes people on" in told
    assert "It can meet 50% of what is asked of it." in told
    assert "The service takes no referrals from Fire & Rescue." in told
    assert "Nobody is told what happened." in told


def test_the_illustration_says_so_and_a_real_partnership_does_not() -> None:
    assert "An illustration." not in text("index.html")
    assert "An illustration." in Page(next(iter(written(load_partnership(EXAMPLE)).values()))).text


def test_network_measures_stand_in_the_appendix_alone() -> None:
    told = text("index.html").lower()
    appendix = told.index("appendix: the shape of the map")
    for word in ("betweenness", "closeness", "two-step reach"):
        assert word in told
        assert told.index(word) > appendix
    for name in ("agency-council.html", "scenario-alone.html"):
        assert "betweenness" not in text(name).lower()


def test_what_changed_is_told_when_an_older_folder_is_given() -> None:
    old = town(COUNCIL, FIRE, ALONE, VISITS, SAFETY, VISITING)
    found = dict(pages(Study(town(), samples=20), since=old))
    assert "What changed since 23 November 2026" in Page(found["agency-council.html"]).text
    assert "What changed" not in text("agency-council.html")


def test_the_same_partnership_gives_the_same_bytes_wherever_the_folder_stands() -> None:
    moved = replace(town(), folder=Path("/elsewhere/town"))
    assert written(town()) == whole()
    assert not [name for name, html in written(moved).items() if "/elsewhere" in html]


@pytest.mark.parametrize("parts", [(COUNCIL,), (COUNCIL, FIRE), (scenario(),), (COUNCIL, VISITS)])
def test_a_partnership_with_little_in_it_has_pages_that_say_so(parts: tuple[object, ...]) -> None:
    for html in written(town(*parts)).values():
        page = Page(html)
        assert not page.misnested
        assert MISSING.split("%")[0] not in html


def test_an_unknown_agency_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SettingUnusable) as caught:
        write_packs(Study(town(), samples=0), tmp_path, wanted=Wanted("fir", "x"))
    assert "Did you mean 'fire'?" in str(caught.value)
    assert "there is no scenario 'x'" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SettingUnusable, match="cannot be written"):
        write_packs(Study(town(), samples=0), tmp_path / "taken")
