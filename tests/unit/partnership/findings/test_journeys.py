from typing import Any

import pytest

from roundtable.partnership.findings.journeys import bottleneck, where_people_fall_through
from roundtable.partnership.study import Study
from tests.factories import capacity, partnership, scenario, service
from tests.unit.partnership.findings.found import about, evidence_of, the_one

RING = {"step": "Somebody rings", "agency": "fire", "refers_at_level": 2}
CALLS = service("calls", referral_from=["health"], capacity=[capacity(6, 8)])
VISIT = {"step": "A visit", "agency": "council", "service": "calls", "wait": "Six weeks"}


def _way(*steps: dict[str, Any], calls: Any = CALLS) -> Any:
    return partnership(calls, scenario(journey=list(steps)))


def test_a_referral_that_the_next_service_does_not_take_is_found() -> None:
    finding = the_one(_way(RING, VISIT), "journey-referral-refused")

    assert finding.about == ("scenario", "alone")
    assert finding.agencies == ("council", "fire")
    assert evidence_of(finding) == (
        "Step 2, 'A visit': from Fire to Council. The service takes no referrals from Fire. "
        "It can meet 75% of what is asked. Wait: six weeks. Nobody is told what happened."
    )


@pytest.mark.parametrize("taken", [["fire", "health"], []])
def test_one_that_takes_it_or_has_not_said_is_no_finding(taken: list[str]) -> None:
    calls = service("calls", referral_from=taken)

    assert about(_way(RING, VISIT, calls=calls), "journey-referral-refused") == []


@pytest.mark.parametrize(
    ("begins", "expected"), [(None, []), (1, []), (2, []), (3, ["alone"]), (5, ["alone"])]
)
def test_a_step_that_begins_above_where_people_are_passed_on_is_found(
    begins: int | None, expected: list[str]
) -> None:
    built = _way(RING, VISIT | {"threshold_level": begins})

    assert about(built, "journey-threshold-gap") == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (VISIT, ["alone"]),
        (VISIT | {"feedback_to": "fire"}, []),
        (VISIT | {"agency": "fire"}, []),
        ({"step": "A fire", "agency": "council"}, []),
    ],
)
def test_a_service_that_tells_nobody_what_happened_is_found(
    step: dict[str, Any], expected: list[str]
) -> None:
    assert about(_way(RING, step), "journey-no-feedback") == expected


def test_a_scenario_has_one_finding_of_a_rule_for_all_its_steps() -> None:
    built = _way(RING, VISIT, RING, VISIT | {"step": "Another visit"})

    finding = the_one(built, "journey-referral-refused")
    assert finding.title == (
        "On the way through 'The scenario alone', 2 steps do not take referrals from where people come, "
        "first 'A visit'."
    )


def test_the_table_has_every_handover_in_order_and_the_bottleneck_is_the_least_met() -> None:
    study = Study(_way(RING, VISIT | {"threshold_level": 3}, RING))

    table = where_people_fall_through(study)

    assert [(one.place, one.accepted, one.gap, one.met, one.broken) for one in table] == [
        (2, False, 1, 0.75, True),
        (3, None, None, None, False),
    ]
    assert bottleneck(study, study.partnership.scenarios[0]) == table[0]
