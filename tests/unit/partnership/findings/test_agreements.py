from typing import Any

import pytest

from tests.factories import (
    agency,
    agreement,
    dataset,
    meeting,
    need,
    partnership,
    party,
    role,
    scenario,
    service,
)
from tests.unit.partnership.findings.found import about, evidence_of, the_one

VISITS = dataset("visits", "fire")


@pytest.mark.parametrize(("ends", "expected"), [("2026-11-22", ["old"]), ("2026-11-23", []), (None, [])])
def test_an_agreement_is_in_force_through_its_last_day(ends: str | None, expected: list[str]) -> None:
    assert about(partnership(VISITS, agreement("old", "visits", ends=ends)), "agreement-expired") == expected


def test_the_evidence_names_what_waits_for_it() -> None:
    built = partnership(
        VISITS,
        agreement("old", "visits", ends="2026-03-31"),
        scenario(needs=[need("which-homes", "visits")]),
        service("calls", inputs=["visits"]),
    )

    said = evidence_of(the_one(built, "agreement-expired"))
    assert "Need 'which-homes' waits for it: Visit first." in said
    assert "Service 'calls' is fed by it." in said


def test_one_that_has_ended_for_good_is_kept_and_accepted_and_not_deleted() -> None:
    old = agreement("old", "visits", ends="2026-03-31")
    finding = the_one(partnership(VISITS, old), "agreement-expired")
    said = {
        "rule": "agreement-expired",
        "about": "old",
        "by": "council-lead",
        "reason": "Visits have stopped.",
    }
    table = partnership(
        VISITS, old, agency("council", roles=[role("council-lead")]), meeting("m", accepted=[said])
    )
    accepted = the_one(table, "agreement-expired").accepted

    assert "delete" not in finding.remedy
    assert "under 'accepted', 'rule: agreement-expired' and 'about: old', with the reason." in finding.remedy
    assert accepted is not None and accepted.reason == "Visits have stopped."


def test_an_agreement_that_another_replaces_is_no_finding() -> None:
    old = agreement("old", "visits", ends="2026-03-31")
    assert about(partnership(VISITS, old, agreement("new", "visits")), "agreement-expired") == []


@pytest.mark.parametrize(
    "short",
    [
        {"parties": [party("fire", gives=True)]},
        {"purposes": ["evaluation"]},
        {"grants": [{"dataset": "visits", "table": "rows", "columns": ["other"]}]},
        {"ends": "2026-11-01"},
        {"starts": "2026-12-01"},
        {"tier": "protocol"},
    ],
)
def test_one_that_falls_short_of_it_replaces_nothing(short: dict[str, Any]) -> None:
    old = agreement("old", "visits", ends="2026-03-31")
    built = partnership(VISITS, old, agreement("new", "visits", **short))

    assert "old" in about(built, "agreement-expired")


def test_an_agreement_that_is_waited_for_and_has_not_begun_is_found() -> None:
    later = agreement("later", "visits", starts="2027-01-11")
    built = partnership(VISITS, later, scenario(needs=[need("which-homes", "visits")]))

    finding = the_one(built, "agreement-not-begun")
    assert finding.about == ("agreement", "later")
    assert "Begins in 49 days." in evidence_of(finding)


def test_one_that_nothing_waits_for_is_no_finding() -> None:
    later = agreement("later", "visits", starts="2027-01-11", scenarios=["another"])
    built = partnership(VISITS, later, scenario(needs=[need("which-homes", "visits")]))

    assert about(built, "agreement-not-begun") == []


@pytest.mark.parametrize(("review_by", "expected"), [("2026-11-22", ["old"]), ("2026-11-23", []), (None, [])])
def test_a_review_is_late_the_day_after(review_by: str | None, expected: list[str]) -> None:
    built = partnership(VISITS, agreement("old", "visits", review_by=review_by))

    assert about(built, "agreement-past-review") == expected


def test_an_agreement_that_has_ended_is_not_also_late_for_review() -> None:
    built = partnership(VISITS, agreement("old", "visits", review_by="2026-01-01", ends="2026-03-31"))

    assert about(built, "agreement-past-review") == []


def test_an_agreement_has_begun_on_its_first_day() -> None:
    today = agreement("today", "visits", starts="2026-11-23")
    built = partnership(VISITS, today, scenario(needs=[need("which-homes", "visits")]))

    assert about(built, "agreement-not-begun") == []


def test_a_service_waits_only_for_what_its_provider_receives() -> None:
    old = agreement("old", "visits", ends="2026-03-31")
    others = service("others", provider="fire", inputs=["visits"])
    unfed = service("unfed", inputs=["another"])

    assert "Service" not in evidence_of(the_one(partnership(VISITS, old, others, unfed), "agreement-expired"))


@pytest.mark.parametrize(
    ("ends", "expected"), [("2026-11-23", ["old"]), ("2027-02-21", ["old"]), ("2027-02-22", []), (None, [])]
)
def test_an_agreement_is_about_to_end_for_its_last_ninety_days(ends: str | None, expected: list[str]) -> None:
    assert about(partnership(VISITS, agreement("old", "visits", ends=ends)), "agreement-expiring") == expected


def test_how_long_is_left_and_what_waits_stand_in_the_evidence() -> None:
    old = agreement("old", "visits", ends="2026-12-31")
    finding = the_one(
        partnership(VISITS, old, scenario(needs=[need("which-homes", "visits")])), "agreement-expiring"
    )

    assert finding.title == "'Agreement old' ends on 31 December 2026 and nothing replaces it."
    assert "38 days after the day" in evidence_of(finding)
    assert "Need 'which-homes' waits for it" in evidence_of(finding)


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("2027-01-01", None, []),
        ("2026-06-01", "2027-06-01", []),
        ("2027-01-02", None, ["old"]),
        ("2026-06-01", "2026-12-31", ["new", "old"]),
    ],
)
def test_one_that_takes_over_the_next_day_clears_it(
    starts: str, ends: str | None, expected: list[str]
) -> None:
    old = agreement("old", "visits", ends="2026-12-31")
    new = agreement("new", "visits", starts=starts, ends=ends)

    assert about(partnership(VISITS, old, new), "agreement-expiring") == expected
