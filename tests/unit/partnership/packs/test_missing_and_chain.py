"""What would break without one of us, whether it will change, how alike all rank, how long a page grows."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from roundtable.pages.tables import Column, Group, Table, table
from roundtable.partnership.disagreement.concordance import concordance
from roundtable.partnership.findings import find_all
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.packs import capping, chain_shown, missing_shown
from roundtable.partnership.packs.concordance_shown import said, sentence
from roundtable.partnership.packs.concordance_shown import told as concordance_told
from roundtable.partnership.packs.material import Material
from roundtable.partnership.packs.shown_findings import Shown, ShownGroup
from roundtable.partnership.packs.writing import pages
from roundtable.partnership.study import Study
from tests.factories import (
    agency,
    dataset,
    improvement,
    link,
    meeting,
    need,
    outcome,
    partnership,
    risk,
    role,
    scenario,
    service,
    skill,
)
from tests.unit.report.markup import Page

COUNCIL = agency("council", roles=[role("lead"), role("chief", deputy="second"), role("second")])
EFFECT = {"factor": "isolation", "size": -0.2, "evidence": "none", "source": "A guess"}
VISITING = service("visiting", effects=[EFFECT])
OWN = dataset("visits", "council")


def material(*parts: Any) -> Material:
    study = Study(partnership(*parts), samples=0)
    return Material(study, find_all(study), frozenset({"council"}))


def given(id: str, by: str, to: str) -> Dataset:
    """A dataset that one agency uses of another's today."""
    terms = {
        "createdBy": by,
        "subjects": "properties",
        "specialCategory": False,
        "criminalOffence": False,
        "consumedBy": [{"agency": to, "decision": "Where to go."}],
    }
    return dataset(id, by, customProperties=[{"property": "roundtable", "value": terms}])


def rows(found: Table, heading: str) -> list[list[str]]:
    return [
        [" ".join(filter(None, (cell.text, cell.note))) for cell in row]
        for group in found.groups
        if group.heading == heading
        for row in group.rows
    ]


@cache
def alone() -> missing_shown.Missing:
    """One council that does everything: a need it meets itself, a service, and two risks."""
    here = scenario(risks=[risk("fall", "lead"), risk("fire", "chief")], needs=[need("who", "visits")])
    return missing_shown.section(material(COUNCIL, here, OWN, VISITING))


def test_what_breaks_is_told_by_agency_then_post_then_dataset() -> None:
    assert [group.heading for group in alone().table.groups] == ["Agencies", "Posts", "Datasets"]
    # A need goes with its agency: the council's own breaks with the dataset, not with the council.
    assert rows(alone().table, "Agencies") == [
        [
            "Council",
            "1 of 1 The scenario alone",
            "1 factor that nobody would work on; 2 risks without a lead "
            "Such as: nobody would work on 'Alone'",
            "Of no skill that is asked for",
        ]
    ]
    assert rows(alone().table, "Posts") == [
        [
            "Post lead, Council",
            "1 of 1 The scenario alone",
            "Nobody would lead the risk of 'Outcome harm'",
            "Yes: no deputy is in post",
        ]
    ]
    assert [row[0] for row in rows(alone().table, "Datasets")] == ["Dataset visits"]
    assert "1 agency, 1 post and 1 dataset would each break a scenario" in alone().told
    assert alone().more == ""


def test_an_agency_that_alone_has_a_skill_is_its_sole_provider() -> None:
    able = agency("council", roles=[role("lead")], skills=[skill("lifting", 3)])
    here = scenario(risks=[risk("fall", "lead", requires=[{"skill": "lifting", "level": 2}])])
    found = missing_shown.section(material(able, here))
    assert rows(found.table, "Agencies")[0][3] == "Yes, of “Lifting” at level 2"


def test_completeness_counts_needs_and_datasets_with_a_flow_entered() -> None:
    here = scenario(needs=[need("who", "visits"), need("why", "calls")])
    fire = agency("fire")
    found = missing_shown.section(material(COUNCIL, fire, here, OWN, dataset("calls", "fire")))
    # One of two needs is met by the council's own data; nobody has entered a use of either dataset.
    assert "for 1 of 2 data needs and a use for 0 of 2 datasets: 25% of both together" in found.complete
    assert "cannot be seen to break" in found.complete
    assert missing_shown.section(material(COUNCIL)).complete.startswith("No need and no dataset")


def test_beyond_what_is_shown_it_says_how_many_more() -> None:
    most = missing_shown.MOST_SHOWN[Kind.ROLE]
    posts = [role(f"post-{number}") for number in range(most + 2)]
    risks = [risk(f"risk-{number}", post["id"]) for number, post in enumerate(posts)]
    found = missing_shown.section(material(agency("council", roles=posts), scenario(risks=risks)))
    assert len(rows(found.table, "Posts")) == most
    assert found.more == "2 more posts would break a scenario too; those shown break most."


def test_network_measures_of_flows_stand_in_the_appendix_after_completeness() -> None:
    built = partnership(COUNCIL, agency("fire"), scenario(), VISITING, given("visits", "council", "fire"))
    html = dict(pages(Study(built, samples=0)))["index.html"]
    told = Page(html).text
    appendix = told.index("Appendix: the shape of the map")
    for word in ("Betweenness on flows", "Articulation point"):
        assert told.index(word) > appendix
    assert told.index("a use for 1 of 1 dataset") < told.index("What would break without")
    assert told.rindex("a use for 1 of 1 dataset") > appendix


NAME = {"rule": "risk-no-lead", "about": "fall"}
NEEDED = {"id": "r1", "text": "A post shall lead.", "kind": "service", "priority": "must"}
BOUGHT = {"id": "p1", "title": "A form", "lead": "council", "requirements": ["r1"], "outcomes": ["harm"]}


def test_the_chain_has_three_shares_and_names_what_hangs_on_nothing() -> None:
    plan = improvement(
        "mend",
        "chief",
        requirements=[NEEDED | {"derives_from": [NAME]}, NEEDED | {"id": "r2", "text": "It shall be blue."}],
        procurements=[BOUGHT, BOUGHT | {"id": "p2", "title": "A van", "outcomes": []}],
    )
    found = chain_shown.section(material(COUNCIL, scenario(risks=[risk("fall")]), plan))
    assert [one.number for one in found.figures] == ["100%", "50%", "50%"]
    assert found.figures[1].what == "1 of 2 requirements resting on a finding that there is"
    assert [row[0] for row in rows(found.orphans, "Requirements that rest on no finding")] == [
        "It shall be blue. Improvement mend"
    ]
    assert [row[0] for row in rows(found.orphans, "To be bought for no outcome or no requirement")] == [
        "A van Improvement mend"
    ]
    assert rows(found.orphans, "Serious findings that nothing answers") == []


def test_a_chain_not_begun_says_so_and_names_the_findings_up_to_its_limit() -> None:
    risks = [risk(f"risk-{number}") for number in range(chain_shown.MOST_SHOWN + 1)]
    found = chain_shown.section(material(COUNCIL, scenario(risks=risks)))
    assert [one.number for one in found.figures] == ["0%", "–", "–"]
    assert found.figures[2].what == "no purchase is written down"
    assert len(rows(found.orphans, "Serious findings that nothing answers")) == chain_shown.MOST_SHOWN
    assert found.more == "1 more hangs on nothing."


@pytest.mark.parametrize(
    ("rankings", "expected"),
    [
        ([[1, 2, 3]], "is not given: it takes two agencies"),
        ([[1, 2, 3], [1, 2, 3]], "is 1.00; how likely that is by chance is not given: 2 agencies"),
        # W = 1 of 8 rankings of 7: chi-square 48 with 6 degrees of freedom.
        ([list(range(1, 8))] * 8, "is 1.00: more than chance alone would give (p under 0.001)."),
        # Half one way and half the other: every sum of ranks is the same, so W is nought.
        (
            [list(range(1, 8)), list(range(7, 0, -1))] * 4,
            "is 0.00: no more than chance alone would give (p = 1",
        ),
    ],
)
def test_kendalls_w_is_given_or_the_reason_why_not(rankings: list[list[int]], expected: str) -> None:
    assert expected in sentence(concordance(rankings))


def test_the_reason_is_not_told_twice_and_nothing_is_told_of_no_priorities() -> None:
    points = [{"outcome": "harm", "points": 50, "source": "A plan", "on": "2026-01-01"}]
    one = material(agency("council", priorities=points))
    assert "it takes two agencies" in concordance_told(one)
    assert [line for line in said(one) if "it takes two agencies" in line] == []
    assert [line for line in said(one) if "50 points and not 100" in line] != []
    assert concordance_told(material(COUNCIL)) == ""


def test_a_long_table_and_a_long_list_of_findings_are_cut_and_say_how_many_more() -> None:
    column = (Column("Row"),)
    long = table("rows", "Rows", column, [[str(number)] for number in range(capping.MOST + 3)])
    two = Table("two", "Two", column, (Group(long.groups[0].rows, "One"), Group(long.groups[0].rows, "Two")))
    card = Shown("low", "It is so.", "", "", "", "", "", (), "rule")
    group = ShownGroup("Low (43)", (card,) * (capping.MOST + 3))
    found = capping.capped({"long": long, "two": two, "groups": (group,), "number": 3})
    cut, cut_two, cut_groups = found["long"], found["two"], found["groups"]
    assert isinstance(cut, Table) and isinstance(cut_two, Table) and isinstance(cut_groups, tuple)
    assert [sum(len(group.rows) for group in one.groups) for one in (cut, cut_two)] == [capping.MOST] * 2
    assert (cut.count, cut_two.count) == (capping.MOST + 3, 2 * capping.MOST + 6)
    assert [row[0].text for row in cut.groups[0].rows][-1] == str(capping.MOST - 1)
    assert cut.caption == f"Rows: the first {capping.MOST}; 3 more stand in the folder"
    assert len(cut_groups[0].cards) == capping.MOST and "3 more" in cut_groups[0].heading
    assert found["number"] == 3
    short = table("rows", "Rows", column, [[str(number)] for number in range(capping.MOST)])
    assert capping.capped({"short": short})["short"] is short


def test_of_more_needs_than_fit_those_with_most_at_stake_are_kept() -> None:
    cases = {"value": 100, "unit": "cases a year", "source": "A test"}
    pounds = {"value": 1000, "price_base": "2025/26", "source": "A test"}
    many = capping.MOST + 1
    # The later a need is written, the less of it is known today, so the more is at stake.
    needs = [need(f"need-{n:02}", "visits", current_level=0.9 - n / 100) for n in range(many)]
    here = scenario(outcomes=["fires"], links=[link("isolation", "fires", 0.2, 0.4)], needs=needs)
    fires = outcome("fires", annual_cases=cases, unit_cost=pounds)
    study = Study(partnership(COUNCIL, here, OWN, outcomes=(fires,)), samples=0)
    stuff = Material(study, ())
    found = list(stuff.verdicts.values())
    kept = [one.need.id for one in capping.foremost(stuff, found)]
    assert kept == [f"need-{n:02}" for n in reversed(range(many))]
    assert capping.foremost(stuff, found[1:]) == found[1:]


def test_an_agencys_page_is_cut_and_its_figures_are_not() -> None:
    many = capping.MOST + 5
    here = scenario(needs=[need(f"need-{number}", "visits") for number in range(many)])
    built = partnership(COUNCIL, here, OWN, meeting("first"))
    told = Page(dict(pages(Study(built, samples=0)))["agency-council.html"]).text
    assert f"What we would like to know: the first {capping.MOST}; 5 more stand in the folder" in told
    assert f"of {many} of our own needs are live" in told
