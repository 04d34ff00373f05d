from typing import Any

import pytest

from roundtable.partnership.findings import find_all
from roundtable.partnership.findings.traceability import Share, coverage
from roundtable.partnership.study import Study
from tests.factories import agency, improvement, meeting, partnership, risk, role, scenario
from tests.unit.partnership.findings.found import about, evidence_of, found, the_one

COUNCIL = agency("council", roles=[role("chief", deputy="second"), role("second")])
NAME = {"rule": "risk-no-lead", "about": "fall"}
NEEDED = {"id": "r1", "text": "A post shall lead.", "kind": "service", "priority": "must"}
BOUGHT = {"id": "p1", "title": "A form", "lead": "council", "requirements": ["r1"], "outcomes": ["harm"]}


def _built(*parts: Any, **fields: Any) -> Any:
    plan = (improvement("mend", "chief", **fields),) if fields else ()
    return partnership(COUNCIL, scenario(risks=[risk("fall")]), *plan, *parts)


def test_a_serious_finding_that_nothing_answers_is_found() -> None:
    finding = the_one(_built(), "findings-unanswered")

    assert finding.title == "1 serious finding has no improvement, and nobody has accepted it."
    assert "(risk-no-lead, 'fall')" in evidence_of(finding)


@pytest.mark.parametrize(
    "fields",
    [
        {"closes": {"findings": [NAME]}},
        {"closes": {"risks": ["fall"]}},
        {"requirements": [NEEDED | {"derives_from": [NAME]}]},
    ],
)
def test_an_improvement_or_a_requirement_answers_it(fields: dict[str, Any]) -> None:
    assert found(_built(**fields), "findings-unanswered") == []


@pytest.mark.parametrize(("until", "answered"), [("2026-12-31", True), ("2026-11-22", False)])
def test_an_acceptance_answers_it_while_it_holds(until: str, answered: bool) -> None:
    said = NAME | {"by": "chief", "reason": "A post is advertised.", "until": until}
    built = _built(meeting("october", accepted=[said]))

    assert (found(built, "findings-unanswered") == []) is answered


def test_an_improvement_for_something_else_does_not() -> None:
    built = _built(closes={"findings": [NAME | {"about": "drown"}]})

    assert len(found(built, "findings-unanswered")) == 1


@pytest.mark.parametrize(
    ("sources", "expected"), [([NAME], []), ([], ["mend"]), ([NAME | {"about": "drown"}], ["mend"])]
)
def test_a_requirement_rests_on_a_finding_that_there_is(sources: list[Any], expected: list[str]) -> None:
    built = _built(requirements=[NEEDED | {"derives_from": sources}])

    assert about(built, "requirement-no-finding") == expected


@pytest.mark.parametrize(
    ("without", "expected"), [(None, []), ("outcomes", ["p1"]), ("requirements", ["p1"])]
)
def test_what_is_bought_names_an_outcome_and_a_requirement(without: str | None, expected: list[str]) -> None:
    bought = {key: value for key, value in BOUGHT.items() if key != without}
    built = _built(requirements=[NEEDED | {"derives_from": [NAME]}], procurements=[bought])

    assert about(built, "procurement-no-outcome") == expected


def test_coverage_counts_each_part_of_the_chain() -> None:
    requirements = [NEEDED | {"derives_from": [NAME]}, NEEDED | {"id": "r2"}]
    study = Study(
        _built(requirements=requirements, procurements=[BOUGHT, BOUGHT | {"id": "p2", "outcomes": []}])
    )

    told = coverage(study, find_all(study))

    assert (told.answered, told.traced, told.aimed) == (Share(1, 1), Share(1, 2), Share(1, 2))
    assert told.traced.percent == 50 and Share(0, 0).percent is None
    assert told.orphans == ("p2", "r2") and told.unanswered == ()
