from typing import Any

import pytest

from tests.factories import agency, capacity, partnership, risk, scenario, skill
from tests.unit.partnership.findings.found import about, the_one

TAKES = {"requires": [{"skill": "lifting", "level": 2}], "raci": {"responsible": ["council", "fire"]}}


def _able(id: str, supply: Any, demand: Any) -> Any:
    return agency(id, skills=[skill("lifting", 2)], capacity=[capacity(supply, demand, skill="lifting")])


@pytest.mark.parametrize(
    ("council", "fire", "expected"),
    [
        (_able("council", 5, 5), _able("fire", 5, 9), ["lifting"]),
        (_able("council", 5, 5), _able("fire", 5, 4), []),
        (_able("council", 5, 5), _able("fire", 5, "unknown"), []),
        (_able("council", 5, 5), agency("fire"), ["lifting"]),
        (_able("council", 5, 5), agency("fire", skills=[skill("lifting", 2)]), []),
    ],
)
def test_a_skill_that_all_who_have_it_have_run_out_of_is_found(
    council: Any, fire: Any, expected: list[str]
) -> None:
    built = partnership(council, fire, scenario(risks=[risk("fall", **TAKES)]))

    assert about(built, "skill-no-room") == expected


def test_one_skill_is_one_finding_for_all_the_risks_it_holds_up() -> None:
    both = (_able("council", 5, 5), _able("fire", 5, 9))
    built = partnership(*both, scenario(risks=[risk("fall", **TAKES), risk("burn", **TAKES)]))

    assert the_one(built, "skill-no-room").title == (
        "2 risks take 'Lifting', and Council and Fire have no more of it this period."
    )
