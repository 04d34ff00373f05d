"""What the North Yorkshire example permits and refuses, in the words that its officers would use."""

from __future__ import annotations

from pathlib import Path

import pytest

from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from tests.unit.governance.policy.sentences import answered

EXAMPLE = Path(__file__).parents[4] / "examples" / "north-yorkshire"

PERMITTED = (
    "Prevention data steward of North Yorkshire Fire and Rescue Service may be shown risk_band of visits of "
    "'Home fire safety visits' for prevention of fire and falls on 1 June 2026, under "
    "home-safety-flags-2025.",
    "North Yorkshire Fire and Rescue Service may read uprn and risk_band of visits of 'Home fire safety "
    "visits' for prevention of fire and falls on 1 June 2026, under home-safety-flags-2025.",
    "North Yorkshire Council may be given uprn and smoker of visits of 'Home fire safety visits' for "
    "prevention of fire and falls on 1 June 2026, under home-safety-flags-2025.",
    "The partnership's own system may take in uprn and risk_band of visits of 'Home fire safety visits' "
    "for prevention of fire and falls on 1 June 2026, under home-safety-flags-2025.",
    "The partnership's own system may read uprn and oxygen_in_use of visits of 'Home fire safety visits' "
    "for emergency response on 1 June 2026, under winter-welfare-2025.",
    "North Yorkshire Police may look up by uprn and dash_grade of incidents of 'Domestic abuse incidents "
    "and DASH assessments' for domestic abuse response on 1 June 2026, under marac-2025. Collected for law "
    "enforcement (part 3 of the Data Protection Act 2018) and used for domestic abuse response: 'Children "
    "Act 2004, section 11' and 'Crime and Disorder Act 1998, section 115' authorise this.",
)

REFUSED = {
    "North Yorkshire Council may not read lives_alone of visits of 'Home fire safety visits' for prevention "
    "of fire and falls on 1 June 2026.": "No agreement in force lets 'lives_alone'",
    "North Yorkshire Police may not read uprn of visits of 'Home fire safety visits' for prevention of fire "
    "and falls on 1 June 2026.": "lets nothing through to North Yorkshire Police",
    "North Yorkshire Council may not read uprn of visits of 'Home fire safety visits' for prevention of fire "
    "and falls on 9 June 2027.": "ended on 2027-06-08",
    "North Yorkshire Council may not read uprn of register of 'Priority services register' for crisis care "
    "on 1 June 2027.": "is for emergency_response and not for crisis_care",
    "North Yorkshire Council may not look up by uprn of visits of 'Home fire safety visits' for prevention "
    "of fire and falls on 1 June 2026.": "asks for rung 5 (Named casework)",
    "The partnership's own system may not read power_dependent_equipment of register of 'Priority services "
    "register' for emergency response on 1 June 2026.": "does not begin until 2027-01-11",
    "The partnership's own system may not take in religion of cases of 'Adult social care cases' for "
    "emergency response on 1 June 2026.": "It is about faith: that is a no-score zone",
}


@pytest.fixture(scope="module")
def example() -> Partnership:
    return load_partnership(EXAMPLE)


@pytest.mark.parametrize("said", PERMITTED)
def test_it_is_permitted(said: str, example: Partnership) -> None:
    assert answered(example, said) == said


@pytest.mark.parametrize("said", REFUSED)
def test_it_is_refused_and_the_reason_is_said(said: str, example: Partnership) -> None:
    answer = answered(example, said)
    assert answer.startswith(said)
    assert REFUSED[said] in answer


def test_a_sentence_that_is_not_true_is_found_out(example: Partnership) -> None:
    wrong = PERMITTED[0].replace("home-safety-flags-2025", "winter-welfare-2025")
    assert answered(example, wrong) != wrong
