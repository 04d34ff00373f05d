"""Papers already owed: what the folder says stands in them, and what it does not say is a gap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roundtable.demonstration import example_folder
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.measured import MeasuredCases, MeasuredFacts, MeasuredPlace
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.papers.owed import Owed, papers_for
from roundtable.partnership.papers.page import render
from roundtable.partnership.papers.paper import Paper, Part
from roundtable.partnership.papers.serious_violence import touched
from roundtable.partnership.study import Study
from tests.factories import agency, dataset, meeting, outcome, partnership, risk, role, scenario

COUNTED = MeasuredFacts(
    {"harm": MeasuredCases(130, 13, 120, date(2024, 1, 1), date(2025, 1, 1))},
    (MeasuredPlace("msoa11", "Old Town 001", 40, 307_692, 13),),
)


@pytest.fixture(scope="module")
def example() -> Partnership:
    return load_partnership(example_folder())


def _paper(owed: Owed, whole: Partnership, facts: MeasuredFacts | None = None) -> Paper:
    (paper,) = papers_for(Study(whole, facts or MeasuredFacts(), samples=0), owed)
    return paper


def _part(paper: Paper, start: str) -> Part:
    return next(part for part in paper.parts if part.heading.startswith(start))


def _cells(part: Part, table_id: str) -> list[tuple[str, ...]]:
    (table,) = (one for one in part.tables if one.id == table_id)
    return [tuple(cell.text for cell in row) for group in table.groups for row in group.rows]


def _gaps(part: Part) -> list[str]:
    return [gap.what for gap in part.gaps]


def test_what_was_counted_stands_in_the_place_of_what_was_typed() -> None:
    whole = partnership(scenario())

    typed = _part(_paper(Owed.COMMUNITY_SAFETY, whole), "Levels")
    counted = _part(_paper(Owed.COMMUNITY_SAFETY, whole, COUNTED), "Levels")

    assert _cells(typed, "outcomes")[0][1:3] == ("50", "estimate: A guess")
    assert _cells(counted, "outcomes")[0][1:3] == ("120", "counted: 130 records in 13 months")
    assert _cells(counted, "places") == [("Old Town 001", "40", "30.8", "13")]


def test_what_nobody_counts_is_a_gap_and_not_a_nought() -> None:
    estimate = {"value": "unknown", "unit": "cases", "source": "Nobody"}
    whole = partnership(scenario(), outcomes=(outcome("fear", annual_cases=estimate),))

    part = _part(_paper(Owed.COMMUNITY_SAFETY, whole), "Levels")

    assert ("Outcome fear", "unknown", "nobody has counted it", "unknown", "unknown") in _cells(
        part, "outcomes"
    )
    assert "How many cases a year there are of 'Outcome fear'." in _gaps(part)
    assert "Where it happens: nothing has been measured." in _gaps(part)


def test_causes_name_who_says_so_and_who_does_not() -> None:
    said = {"by": ["council"], "on": "2026-09-01", "confidence": "low"}
    disputed = [{"by": "fire", "on": "2026-09-01", "says": "No."}]
    link = {"from": "isolation", "to": "harm", "sign": "positive", "asserted": said, "disputed": disputed}
    whole = partnership(scenario(links=[link]))

    part = _part(_paper(Owed.COMMUNITY_SAFETY, whole), "Why")

    assert _cells(part, "causes") == [("Alone", "Outcome harm", "positive", "Council", "Fire")]


def test_points_are_added_up_and_settle_nothing() -> None:
    def wants(id: str, points: int) -> Any:
        priority = {"outcome": "harm", "points": points, "source": "A plan", "on": "2026-01-01"}
        return agency(id, priorities=[priority])

    whole = partnership(wants("council", 30), wants("fire", 60), scenario())

    part = _part(_paper(Owed.COMMUNITY_SAFETY, whole), "Priorities")

    assert _cells(part, "points") == [("Outcome harm", "2", "90", "Fire (60)")]


def test_actions_done_and_overdue_are_counted() -> None:
    actions = [
        {"id": "done", "what": "Do", "owner": "lead", "due": "2026-11-01", "done_on": "2026-11-01"},
        {"id": "late", "what": "Do", "owner": "lead", "due": "2026-11-22"},
        {"id": "due", "what": "Do", "owner": "lead", "due": "2026-12-01"},
    ]
    council = agency("council", roles=[role("lead")])
    whole = partnership(council, scenario(), meeting("first", actions=actions))

    part = _part(_paper(Owed.COMMUNITY_SAFETY, whole), "How far")

    assert part.paragraphs == ("Of 3 actions that meetings recorded, 1 are done and 1 are overdue.",)


def test_the_duty_picks_the_scenarios_it_touches() -> None:
    joint = {"duty": "pcsc22.s8", "holders": ["council", "fire"]}
    under = scenario("under", risks=[risk("violence", joint_duty=joint)])
    other = scenario("other", risks=[risk("falls")], factors=[])

    assert [one.id for one in touched(partnership(under, other))] == ["under"]


def test_a_partnership_that_the_duty_does_not_touch_is_told_so() -> None:
    paper = _paper(Owed.SERIOUS_VIOLENCE, partnership(scenario()))

    assert "A scenario that the duty touches." in _gaps(_part(paper, "What we mean"))
    assert "Which agencies hold the duty." in _gaps(_part(paper, "Who holds"))


def test_specified_authorities_are_of_the_kinds_that_the_law_lists_and_others_stand_apart(
    example: Partnership,
) -> None:
    part = _part(_paper(Owed.SERIOUS_VIOLENCE, example), "Who holds")
    specified, beside, source = part.paragraphs

    assert specified.startswith("Specified authorities at the table: ")
    assert "North Yorkshire Police" in specified and "Combined Authority" not in specified
    assert "York and North Yorkshire Combined Authority" in beside and "Schools" in beside
    assert "section 8' (unverified)" in source


def test_a_body_of_another_kind_is_not_specified_whatever_its_file_says(example: Partnership) -> None:
    claiming = tuple(
        one.model_copy(update={"duties": ("pcsc22.s8",)}) if one.id == "ynyca" else one
        for one in example.agencies
    )
    specified, beside, _ = _part(
        _paper(Owed.SERIOUS_VIOLENCE, replace(example, agencies=claiming)), "Who holds"
    ).paragraphs

    assert "Combined Authority" not in specified and "Combined Authority" in beside


def test_an_authority_of_such_a_kind_that_does_not_name_the_duty_is_a_gap(example: Partnership) -> None:
    silent = tuple(
        one.model_copy(update={"duties": ()}) if one.id == "nyp" else one for one in example.agencies
    )
    part = _part(_paper(Owed.SERIOUS_VIOLENCE, replace(example, agencies=silent)), "Who holds")

    assert "North Yorkshire Police" not in part.paragraphs[0]
    assert "Whether the duty binds North Yorkshire Police, of a kind that the section names." in _gaps(part)


def test_what_serious_violence_means_is_a_gap_and_the_stories_stand_apart(example: Partnership) -> None:
    paper = _paper(Owed.SERIOUS_VIOLENCE, example)

    assert _part(paper, "What we mean").paragraphs == ()
    assert _gaps(_part(paper, "What we mean")) == [
        "What this area means by serious violence, as the authorities agree it."
    ]
    assert _part(paper, "What the table has told").paragraphs[0].startswith("Child exploitation")


def test_people_are_counted_whole(example: Partnership) -> None:
    rows = _cells(_part(_paper(Owed.SERIOUS_VIOLENCE, example), "Who is harmed"), "people")

    assert [row[2] for row in rows] == ["140 children with two or more signs in a year"]


@pytest.mark.parametrize(
    ("kind", "verdict", "on", "drafted"),
    [
        ("sro", "agreed", "2026-11-23", True),
        ("siro", "refused", "2026-11-23", True),
        ("iao", "agreed", "2026-11-23", True),
        ("sro", "deferred", "2026-11-23", False),
        ("co_ordinator", "agreed", "2026-11-23", False),
        ("analyst", "refused", "2026-11-23", False),
        ("sro", "agreed", "2026-11-24", False),
    ],
)
def test_a_notice_is_for_what_an_answering_post_has_agreed_or_refused(
    kind: str, verdict: str, on: str, drafted: bool
) -> None:
    decided = {"id": "d", "question": "May it?", "verdict": verdict, "reason": "So.", "by": "post"}
    mayor = agency("mayor", kind="combined_authority", roles=[role("post", kind=kind)])
    papers = papers_for(
        Study(partnership(mayor, meeting("m", on=on, decisions=[decided])), samples=0), Owed.COMMISSIONER
    )

    assert bool(papers) is drafted


def test_a_notice_for_each_decision_of_a_commissioning_body_and_no_other() -> None:
    mayor = agency("mayor", kind="combined_authority", roles=[role("mayor-deputy")])
    council = agency("council", roles=[role("lead")])

    def decision(id: str, by: str) -> dict[str, str]:
        return {"id": id, "question": "May it?", "verdict": "agreed", "reason": "It helps.", "by": by}

    whole = partnership(
        mayor,
        council,
        meeting("first", decisions=[decision("ours", "mayor-deputy"), decision("theirs", "lead")]),
    )

    paper = _paper(Owed.COMMISSIONER, whole)

    assert paper.name == "decision-notice-ours"
    assert _part(paper, "The decision").paragraphs == (
        "May it? Agreed.",
        "Taken on 23 October 2026 by the Post mayor-deputy, at 'Meeting first'.",
    )
    assert "The power under which the decision is taken." in _gaps(_part(paper, "Powers"))
    assert paper.signed_by[0] == "Post mayor-deputy"


@pytest.mark.parametrize("owed", list(Owed))
def test_every_paper_of_the_example_renders_and_lists_its_gaps_first(
    example: Partnership, owed: Owed
) -> None:
    for paper in papers_for(Study(example, MeasuredFacts(), samples=0), owed):
        page = render(paper, example.charter)

        assert "[[no value" not in page
        assert paper.gaps
        assert page.index("Before this can be used") < page.index(paper.parts[0].heading)
        assert page.count("To be written:") == len(paper.gaps)
        assert page == render(paper, example.charter)


@pytest.mark.parametrize("owed", list(Owed))
def test_an_empty_partnership_makes_papers_full_of_gaps(owed: Owed) -> None:
    whole = partnership(dataset("calls", "fire"))

    for paper in papers_for(Study(whole, samples=0), owed):
        assert "[[no value" not in render(paper, whole.charter)
