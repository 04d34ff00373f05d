from datetime import date

from roundtable.partnership.findings import RULES, find_all
from roundtable.partnership.measured import MeasuredCases, MeasuredFacts
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import (
    AS_OF,
    agency,
    agreement,
    dataset,
    need,
    outcome,
    partnership,
    risk,
    role,
    scenario,
    service,
)
from tests.unit.partnership.findings.found import evidence_of, the_one

MEASURED = outcome("assault", measured_by={"dataset": "visits", "table": "rows", "codes": ["Assault"]})
FACTS = MeasuredFacts({"assault": MeasuredCases(26_000, 13, 24_000, date(2018, 10, 1), date(2024, 12, 1))})


def _troubled(*, turned: bool = False, as_of: date = AS_OF) -> Partnership:
    """A partnership with something of every severity; its lists may be written the other way round."""
    risks = [risk("b-risk"), risk("a-risk"), risk("c-risk", "post-a", "post-b", outcome="assault")]
    needs = [need("b-need"), need("a-need", "visits")]
    posts = [role("post-b"), role("post-a", vacant_since="2026-01-01")]
    parts: list[object] = [
        agency("council", roles=posts[:: -1 if turned else 1]),
        dataset("visits", "fire"),
        scenario(risks=risks[:: -1 if turned else 1], needs=needs[:: -1 if turned else 1]),
        agreement("old", "visits", ends="2026-01-31", review_by="2026-01-01"),
        service("calls", capacity=[]),
    ]
    return partnership(*parts[:: -1 if turned else 1], as_of=as_of, outcomes=(MEASURED,))


DATED = {
    "agreement-expired",
    "capacity-unknown",
    "lead-post-vacant",
    "need-no-agreement",
    "need-no-dataset",
    "risk-no-lead",
    "risk-several-leads",
}


def test_the_worst_come_first_then_by_rule_then_by_what_they_are_about() -> None:
    found = [(f.severity, f.rule, f.about[1]) for f in find_all(Study(_troubled())) if f.rule in DATED]

    assert found == [
        ("high", "agreement-expired", "old"),
        ("high", "risk-no-lead", "a-risk"),
        ("high", "risk-no-lead", "b-risk"),
        ("medium", "lead-post-vacant", "post-a"),
        ("medium", "need-no-agreement", "a-need"),
        ("medium", "need-no-dataset", "b-need"),
        ("medium", "risk-several-leads", "c-risk"),
        ("low", "capacity-unknown", "calls"),
    ]


def test_the_order_of_files_and_lists_changes_nothing() -> None:
    assert find_all(Study(_troubled(), FACTS)) == find_all(Study(_troubled(turned=True), FACTS))


def test_dates_are_judged_by_the_day_that_the_folder_describes() -> None:
    earlier = {finding.rule for finding in find_all(Study(_troubled(as_of=date(2025, 12, 31))))}

    assert not earlier & {"agreement-expired", "agreement-past-review", "lead-post-vacant"}


def test_cases_that_a_run_has_measured_are_stated_as_measured() -> None:
    said = evidence_of(the_one(_troubled(), "risk-several-leads", FACTS))

    assert "about 24,000 cases a year, measured: 26,000 records in 13 months" in said
    assert "between October 2018 and December 2024" in said


def test_cases_that_no_run_has_measured_yet_are_not_made_up() -> None:
    said = evidence_of(the_one(_troubled(), "risk-several-leads"))

    assert "is counted from data, and no run has counted it yet" in said


def test_an_unknown_number_of_cases_is_said_to_be_unknown() -> None:
    estimate = {"value": "unknown", "unit": "people a year", "source": "Nobody counts"}
    built = partnership(
        scenario(risks=[risk("fall", outcome="rare")]), outcomes=(outcome("rare", annual_cases=estimate),)
    )

    assert "nobody knows how many people a year" in evidence_of(the_one(built, "risk-no-lead"))


def test_every_rule_has_a_name_of_its_own_and_explains_itself() -> None:
    names = [rule.name for rule in RULES]

    assert len(set(names)) == len(names)
    assert all(len(rule.explanation) > 60 and rule.title for rule in RULES)


def test_every_finding_can_be_cleared_by_somebody() -> None:
    for finding in find_all(Study(_troubled(), FACTS)):
        assert finding.cleared_by, finding.rule
        assert finding.remedy.endswith(".")


def test_an_empty_partnership_has_no_findings() -> None:
    assert find_all(Study(partnership())) == ()
