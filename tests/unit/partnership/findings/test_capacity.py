from datetime import date

import pytest

from tests.factories import agency, capacity, partnership, service
from tests.unit.partnership.findings.found import about, evidence_of, the_one


def test_a_service_asked_for_more_than_it_has_is_found_with_its_figures() -> None:
    rows = [capacity(900, 1240), capacity(900.5, 1310, period="2027-Q1")]
    finding = the_one(partnership(service("calls", capacity=rows)), "over-capacity")

    assert finding.about == ("service", "calls")
    assert "asked for 1,240 visits in 2026-Q4 and can supply 900." in finding.title
    assert "2026-Q4 (340 too few) and 2027-Q1 (409.5 too few)" in finding.remedy
    assert len(finding.evidence) == 2


def test_a_service_that_is_just_full_is_no_finding() -> None:
    assert about(partnership(service("calls", capacity=[capacity(10, 10)])), "over-capacity") == []


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2026", ["calls"]), ("2026-11", ["calls"]), ("2026-Q3", []), ("2026-10", []), ("2025", [])],
)
def test_what_is_past_is_past(period: str, expected: list[str]) -> None:
    built = partnership(service("calls", capacity=[capacity(1, 2, period=period)]))

    assert about(built, "over-capacity") == expected


@pytest.mark.parametrize(("supply", "demand"), [("unknown", 5), (5, "unknown"), ("unknown", "unknown")])
def test_unknown_is_a_finding_and_never_nought(supply: float | str, demand: float | str) -> None:
    built = partnership(service("calls", capacity=[capacity(supply, demand)]))

    assert about(built, "capacity-unknown") == ["calls"]
    assert about(built, "over-capacity") == []


def test_the_title_says_which_figure_is_unknown() -> None:
    built = partnership(service("calls", capacity=[capacity(5, "unknown")]))

    assert the_one(built, "capacity-unknown").title == (
        "Nobody knows the demand for 'Service calls' in 2026-Q4."
    )


@pytest.mark.parametrize("rows", [[], [capacity(9, 1, period="2026-Q3")]])
def test_no_figure_for_today_is_unknown_too(rows: list[dict[str, object]]) -> None:
    finding = the_one(partnership(service("calls", capacity=rows)), "capacity-unknown")

    assert "No period covers 23 November 2026 or later." in evidence_of(finding)


def test_a_service_that_does_not_run_has_no_capacity_to_count() -> None:
    closed = service("calls", status="inactive", capacity=[])
    assert about(partnership(closed), "capacity-unknown") == []


def test_the_skills_that_an_agency_counts_are_judged_alike() -> None:
    counted = [capacity(1, 2, skill="lifting"), capacity("unknown", 2, skill="listening")]
    built = partnership(agency("fire", capacity=counted))

    assert the_one(built, "over-capacity").title.startswith("'Lifting' at Fire is asked for 2 visits")
    assert the_one(built, "capacity-unknown").title.startswith("Nobody knows the supply for 'Listening' at F")


def test_a_body_that_has_ended_has_no_capacity_to_count() -> None:
    gone = agency("fire", to="2024-01-01", capacity=[capacity(1, 2, skill="lifting")])
    assert about(partnership(gone), "over-capacity") == []


def test_a_period_is_not_past_until_the_day_after_its_last() -> None:
    full = service("calls", capacity=[capacity(1, 2, period="2026-11")])

    assert about(partnership(full, as_of=date(2026, 11, 30)), "over-capacity") == ["calls"]
    assert about(partnership(full, as_of=date(2026, 12, 1)), "over-capacity") == []


def test_the_earliest_unknown_is_the_one_to_count_first() -> None:
    rows = [capacity("unknown", 1, period="2027-Q1"), capacity(1, "unknown")]
    finding = the_one(partnership(service("calls", capacity=rows)), "capacity-unknown")

    assert finding.title.endswith("in 2026-Q4.")
    assert len(finding.evidence) == 2


def test_a_service_whose_provider_has_ended_is_asked_for_nothing() -> None:
    fire = agency("fire", kind="fire_rescue", to="2026-11-22")
    visits = service("visits", provider="fire", capacity=[capacity(10, 20)])

    assert not partnership(fire, visits).is_running(visits)
    assert about(partnership(fire, visits), "over-capacity") == []
    assert about(partnership(agency("fire"), visits), "over-capacity") == ["visits"]
