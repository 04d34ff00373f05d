import pytest

from tests.factories import agency, capacity, partnership, service
from tests.unit.partnership.findings.found import about, evidence_of, the_one


@pytest.mark.parametrize(
    ("until", "expected"),
    [("2027-05-22", ["calls"]), ("2027-05-23", []), ("2026-11-23", ["calls"]), ("2026-11-22", ["calls"])],
)
def test_money_that_ends_within_180_days_is_found(until: str, expected: list[str]) -> None:
    assert about(partnership(service("calls", funded_until=until)), "funding-ends") == expected


def test_who_pays_is_who_can_clear_it() -> None:
    built = partnership(service("calls", funded_until="2027-03-31", commissioner="fire"))

    finding = the_one(built, "funding-ends")
    assert finding.cleared_by == ("fire",)
    assert finding.agencies == ("council", "fire")
    assert "128 days from 23 November 2026" in evidence_of(finding)


def test_money_that_has_ended_says_so() -> None:
    finding = the_one(partnership(service("calls", funded_until="2026-11-01")), "funding-ends")

    assert finding.title == "The money for 'Service calls' ended on 1 November 2026."
    assert "22 days before 23 November 2026" in evidence_of(finding)


def test_the_money_behind_a_period_of_capacity_counts() -> None:
    rows = [capacity(10, 9, funded_until="2027-03-31")]
    skills = [capacity(10, 9, skill="lifting", funded_until="2026-12-31")]
    built = partnership(service("calls", capacity=rows), agency("fire", capacity=skills))

    assert about(built, "funding-ends") == ["fire", "calls"]


def test_money_without_an_end_is_no_finding() -> None:
    assert about(partnership(service("calls")), "funding-ends") == []


def test_the_first_end_is_the_one_that_matters() -> None:
    rows = [capacity(10, 9, funded_until="2027-01-31")]
    built = partnership(service("calls", funded_until="2027-03-31", capacity=rows))

    assert the_one(built, "funding-ends").title == "The money for 'Service calls' ends on 31 January 2027."


def test_money_that_ends_today_has_not_ended_yet() -> None:
    finding = the_one(partnership(service("calls", funded_until="2026-11-23")), "funding-ends")

    assert finding.title.endswith("ends on 23 November 2026.")
    assert "0 days from 23 November 2026" in evidence_of(finding)
