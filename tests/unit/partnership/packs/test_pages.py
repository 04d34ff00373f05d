"""Packs: what each page says of a small partnership, where its links lead, and the same bytes twice."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from roundtable.errors import SettingUnusable
from roundtable.pages.rendering import MISSING
from roundtable.partnership.findings import find_all
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.packs import Wanted, shown_findings, write_packs
from roundtable.partnership.packs.material import Material
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


def test_the_overview_says_first_what_has_to_be_decided() -> None:
    told = text("index.html")
    start = told.index(
        "Start here Who visits? Asked of the Post council-lead, Council. It was due on 1 November"
    )
    assert start < told.index("Next meeting") < told.index("Decisions wanted") < told.index("On this page")
    assert "Overdue since 1 November 2026: Who visits? (Post council-lead, Council)" in told
    assert "Actions overdue" not in told, "the one action is due in December"
    assert "Most harm at stake" in told


def test_without_an_overdue_decision_the_worst_finding_comes_first_and_the_next_meeting_is_told() -> None:
    later = meeting(
        "first",
        wanted=[WANTED | {"by": "2026-12-01"}],
        actions=[ACTION | {"due": "2026-11-22"}],
        next_on="2026-12-07",
    )
    told = Page(written(town(COUNCIL, FIRE, ALONE, VISITS, SAFETY, VISITING, later))["index.html"]).text
    assert "Start here Who visits?" not in told
    assert "Next meeting 7 December 2026, in 14 days." in told
    assert "Decisions wanted By 1 December 2026: Who visits?" in told
    assert "Actions overdue Overdue since 22 November 2026: Ring the crew (Post council-lead" in told


def wants(agency_id: str, *outcomes: str) -> dict[str, Any]:
    points = 100 / len(outcomes)
    return {
        "id": agency_id,
        "priorities": [
            {"outcome": one, "points": points, "source": "A plan", "on": "2026-01-01"} for one in outcomes
        ],
    }


def overview_of(*parts: object) -> str:
    whole_ = partnership(*parts, outcomes=tuple(outcome(one) for one in ("falls", "fires", "theft")))
    return Page(written(whole_)["index.html"]).text


def test_a_tie_for_furthest_apart_is_told_as_one_and_names_nobody() -> None:
    three = [agency(**wants(one, want)) for one, want in (("a", "falls"), ("b", "fires"), ("c", "theft"))]
    told = overview_of(*three, agency("d"))
    assert "3 of 3 pairs of agencies want nothing in common." in told
    assert "3 agencies have not said what they want most." in told
    assert "furthest apart" not in told
    two = [agency(**wants("a", "falls", "fires")), agency(**wants("b", "fires", "theft")), three[0]]
    assert "stand furthest apart, over" in overview_of(agency(**wants("a", "falls")), two[1])


def test_who_only_publishes_open_data_has_no_page_and_is_not_asked_what_it_wants() -> None:
    licence = agreement(
        "open", "visits", tier="open_licence", parties=[{"agency": "ons", "role": "controller"}]
    )
    parts = (COUNCIL, FIRE, agency("ons", kind="publisher", roles=[]), ALONE, VISITS, VISITING, licence)
    found = written(town(*parts))
    assert "agency-ons.html" not in found
    assert "agency-fire.html" in found
    assert "1 agency has not said what it wants most." in Page(found["index.html"]).text
    assert list(written(town(*parts), Wanted(agency="ons"))) == ["agency-ons.html"]


def test_a_handover_of_which_nothing_is_written_is_not_said_to_hold() -> None:
    journey = [{"step": "A crew calls", "agency": "fire"}, {"step": "A worker visits", "agency": "council"}]
    told = Page(written(town(COUNCIL, FIRE, scenario(journey=journey)))["scenario-alone.html"]).text
    assert "Nothing has been written about this handover" in told
    assert "fall through at 0" not in told


def test_points_that_were_scaled_say_from_what() -> None:
    council = agency(
        "council",
        priorities=[
            {"outcome": "fires", "points": 95, "source": "A plan", "on": "2026-01-01"},
            {"outcome": "falls", "points": 40, "source": "A plan", "on": "2026-01-01"},
        ],
    )
    built = partnership(council, FIRE, outcomes=(FIRES, outcome("falls")))
    told = Page(written(built)["agency-council.html"]).text
    assert "We wrote down 95 + 40 = 135 points and not 100: here they are scaled to 100." in told
    assert "Our points, scaled to 100" in told
    assert "scaled" not in text("agency-council.html")


def test_an_agency_is_asked_to_clear_what_is_its_own_and_told_how_many_more_concern_it() -> None:
    material = Material(Study(town(), samples=20), find_all(Study(town(), samples=20)))
    mine = [one for one in material.findings if shown_findings.for_itself(one, "council")]
    assert mine and all("council" in one.cleared_by and len(one.cleared_by) <= 3 for one in mine)
    widely = replace(mine[0], cleared_by=("a", "b", "c", "council"))
    assert not shown_findings.for_itself(widely, "council")
    assert not shown_findings.for_itself(mine[0], "fire") or "fire" in mine[0].cleared_by


def test_a_remedy_leads_with_words_and_says_where_in_small_type() -> None:
    html = written(load_partnership(EXAMPLE), Wanted(agency="nyc"))["agency-nyc.html"]
    told = Page(html).text
    assert "Write North Yorkshire Council in place of Scarborough Borough Council (former)" in told
    assert '<p class="where">Where: <code>agreements/seafront-safety-2021.yaml (signed_by, signed_on)' in html
    assert "'scarborough-bc'" not in told


def test_every_cell_carries_its_columns_heading_for_narrow_screens() -> None:
    html = whole()["index.html"]
    assert html.count('class="joins-map stacked"') == 1
    assert 'data-label="Can we know?"' in html
    assert html.count("<td") - html.count('<td class="corner"') >= html.count("data-label=") > 20
