"""Slips of the pen: points that do not sum, days that cannot be, and texts that could reach a person."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roundtable.errors import Place
from roundtable.partnership.findings.by_file import MOST_ROWS
from roundtable.partnership.joins.verdict import verdict_of
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import (
    ASSERTED,
    agency,
    agreement,
    dataset,
    link,
    meeting,
    need,
    outcome,
    partnership,
    risk,
    role,
    scenario,
    skill,
)
from tests.town import Town
from tests.unit.partnership.findings.found import about, evidence_of, found, the_one


def _wants(*points: float) -> list[dict[str, Any]]:
    names = ("harm", "theft", "fear")
    return [
        {"outcome": name, "points": each, "source": "A plan", "on": "2026-01-01"}
        for name, each in zip(names, points, strict=False)
    ]


OUTCOMES = (outcome("theft"), outcome("fear"))


def test_points_that_do_not_sum_to_a_hundred_say_what_they_count_as() -> None:
    built = partnership(
        agency("council", priorities=_wants(60, 20)),
        agency("fire", priorities=_wants(0, 0)),
        agency("police", priorities=_wants(50, 50)),
        outcomes=OUTCOMES,
    )
    finding = the_one(built, "points-not-hundred")

    assert finding.title == "2 agencies have given points of priority that do not sum to 100."
    assert (finding.cleared_by, finding.severity) == (("council", "fire"), "low")
    assert evidence_of(finding) == (
        "Council wrote 80 points. They count scaled: 60 for 'Outcome harm' as 75.0 and 20 for 'Outcome "
        "theft' as 25.0.\n"
        "Fire wrote no point; it counts as having given none out."
    )


@pytest.mark.parametrize("spoilt", [{}, {"to": "2026-11-22", "priorities": _wants(60)}])
def test_who_gives_a_hundred_nothing_at_all_or_is_gone_is_no_finding(spoilt: dict[str, Any]) -> None:
    built = partnership(agency("council", **spoilt), agency("fire", priorities=_wants(33.3, 33.3, 33.4)))

    assert about(replace(built), "points-not-hundred") == []


LATER = "2026-11-24"
TODAY = "2026-11-23"


def _dated(on: str) -> list[Partnership]:
    """A partnership for each thing that bears a day, dated so."""
    said = ASSERTED | {"on": on}
    factor = {"id": "isolation", "label": "Alone", "kind": "state", "asserted": said}
    disputed = [{"by": "fire", "on": on, "says": "No."}]
    votes = [{"by": "fire", "on": on, "answer": "agree"}]
    party = {"agency": "fire", "role": "controller", "gives": True, "signed_by": "lead", "signed_on": on}
    lead = agency("fire", roles=[role("lead")])
    decided = [{"id": "d", "question": "May we?", "verdict": "agreed", "reason": "Yes.", "by": "lead"}]
    done = [{"id": "a", "what": "Do it", "owner": "lead", "due": "2026-12-01", "done_on": on}]
    return [
        partnership(scenario(risks=[risk("fall", accepted_on=on)])),
        partnership(scenario(asserted=said)),
        partnership(scenario(factors=[factor])),
        partnership(scenario(links=[link("isolation", "harm", 0.1, 0.2, asserted=said)])),
        partnership(scenario(links=[link("isolation", "harm", 0.1, 0.2, disputed=disputed)])),
        partnership(scenario(links=[link("isolation", "harm", 0.1, 0.2, votes=votes)])),
        partnership(scenario(needs=[need("n", asserted=said)])),
        partnership(lead, dataset("d", "fire"), agreement("a", "d", parties=[party])),
        partnership(agency("council", skills=[skill("lifting", 1) | {"assessed_on": on}])),
        partnership(lead, meeting("m", on=on, decisions=decided)),
        partnership(lead, meeting("m", actions=done)),
    ]


@pytest.mark.parametrize("number", range(11))
def test_a_day_of_something_done_is_found_the_day_after_and_not_on_it(number: int) -> None:
    assert len(found(_dated(LATER)[number], "date-in-future")) == 1
    assert found(_dated(TODAY)[number], "date-in-future") == []


def test_a_meeting_to_come_of_which_nothing_is_recorded_is_a_plan() -> None:
    assert about(partnership(meeting("m", on=LATER, next_on="2027-01-01")), "date-in-future") == []


def test_many_such_days_are_one_finding_that_shows_no_more_than_are_read() -> None:
    said = ASSERTED | {"on": LATER}
    factors = [
        {"id": f"f{i}", "label": f"Factor {i}", "kind": "state", "asserted": said}
        for i in range(MOST_ROWS + 2)
    ]
    finding = the_one(partnership(scenario(factors=factors)), "date-in-future")

    assert finding.title.startswith("22 days on which something is said to have been done have not come")
    assert len(finding.evidence) == MOST_ROWS + 1
    assert finding.evidence[-1].text == "And 2 more."


@pytest.mark.parametrize(("on", "verified"), [(TODAY, True), (LATER, False), (None, False)])
def test_a_lead_accepted_in_the_future_is_not_accepted_yet(on: str | None, verified: bool) -> None:
    council = agency("council", roles=[role("lead")], priorities=_wants(100))
    built = partnership(
        council,
        scenario(
            links=[link("isolation", "harm", 0.1, 0.2)],
            risks=[risk("fall", "lead", accepted_on=on)],
            needs=[need("n")],
        ),
    )
    will = verdict_of(Study(built, samples=0), "n").will

    assert (will.holds, will.verified) == (True, verified)
    assert ("which is to come" in will.evidence[0].text) == (on == LATER)


@pytest.mark.parametrize(
    ("ends", "review", "told"),
    [
        ("2027-06-30", "2027-07-01", ["test"]),
        ("2027-06-30", "2027-06-30", []),
        (None, "2030-01-01", []),
        ("2027-06-30", None, []),
    ],
)
def test_a_review_after_the_end_is_one_finding_for_all(
    ends: str | None, review: str | None, told: list[str]
) -> None:
    both = [agreement(name, "d", ends=ends, review_by=review) for name in ("a", "b")]

    assert about(partnership(dataset("d", "fire"), *both), "review-after-end") == told


def test_an_address_is_found_by_kind_of_file_with_its_line_and_never_repeated(tmp_path: Path) -> None:
    town = Town.built_in(tmp_path)
    for file in ("agencies/council.yaml", "agencies/fire-service.yaml", "scenarios/alone-at-risk.yaml"):
        path = town.folder / file
        path.write_text(path.read_text(encoding="utf-8") + "# some.body@example.org\n", encoding="utf-8")
    findings = found(load_partnership(town.folder), "looks-like-personal-data")

    assert [finding.about for finding in findings] == [("agency", "council"), ("scenario", "alone-at-risk")]
    assert findings[0].title == "2 texts look like an e-mail address or a telephone number."
    assert findings[0].cleared_by == ("council", "fire-service")
    lines = (town.folder / "agencies/council.yaml").read_text(encoding="utf-8").splitlines()
    assert findings[0].evidence[0].place.line == len(lines)
    assert not [f for f in findings if "example.org" in f.title + f.remedy + evidence_of(f)]


def test_what_stands_in_partnership_yaml_is_about_the_partnership() -> None:
    built = replace(partnership(scenario()), contacts=(Place("test/partnership.yaml", 3, 1),))

    finding = the_one(built, "looks-like-personal-data")

    assert finding.about == ("partnership", "test")
    assert finding.cleared_by == ("council",)
