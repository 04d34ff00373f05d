from __future__ import annotations

from typing import Any

import pytest

from roundtable.partnership.disagreement.goal_conflicts import GoalConflict, goal_conflicts
from roundtable.partnership.study import Study
from tests.factories import outcome, partnership, service
from tests.unit.partnership.disagreement.table import link, story, wanting

CALLS = outcome("calls")
LINKS = (
    link("police", "harm", "positive", "council"),
    link("police", "calls", "negative", "council"),
)


def _found(
    *links: dict[str, Any], effects: list[dict[str, Any]] | None = None, **wants: Any
) -> tuple[GoalConflict, ...]:
    """A service that sends the police out less; the council wants less harm, and fire fewer calls."""
    effect = {"factor": "police", "size": -0.5, "evidence": "none", "source": "A guess"}
    built = partnership(
        story(*links, outcomes=["harm", "calls"]),
        service("other-role", effects=effects or [effect], **wants.pop("service", {})),
        wants.pop("council", wanting("council", harm=100)),
        wants.pop("fire", wanting("fire", calls=100)),
        outcomes=(wants.pop("calls", CALLS),),
    )
    return goal_conflicts(Study(built, samples=0))


def test_what_helps_one_and_hurts_another_worked_by_hand() -> None:
    """-0.5 on 'police' times +0.4 to 0.6 makes harm 0.2 to 0.3 better, and calls as much worse."""
    (found,) = _found(*LINKS)

    (helps,), (hurts,) = found.helps, found.hurts
    assert (helps.outcome, helps.wanted_by) == ("harm", ("council",))
    assert [helps.low, helps.middle, helps.high] == pytest.approx([0.2, 0.25, 0.3])
    assert (hurts.outcome, hurts.wanted_by) == ("calls", ("fire",))
    assert [hurts.low, hurts.middle, hurts.high] == pytest.approx([-0.3, -0.25, -0.2])


def test_an_outcome_of_which_more_is_wanted_turns_the_sign_round() -> None:
    assert _found(*LINKS, calls=outcome("calls", direction="up")) == ()


def test_an_unknown_sign_makes_no_conflict() -> None:
    assert _found(LINKS[0], link("police", "calls", "unknown", "council")) == ()


def test_an_effect_of_unknown_size_makes_no_conflict() -> None:
    effect = {"factor": "police", "size": "unknown", "evidence": "none", "source": "Nobody knows"}

    assert _found(*LINKS, effects=[effect]) == ()


def test_an_effect_that_may_go_either_way_makes_no_conflict() -> None:
    effect = {"factor": "police", "size": -0.1, "low": -0.3, "high": 0.1, "evidence": "none", "source": "x"}

    assert _found(*LINKS, effects=[effect]) == ()


def test_what_hurts_by_less_than_a_hundredth_is_noise() -> None:
    weak = link("police", "calls", "negative", "council", strength={"low": 0.001, "high": 0.003})

    assert _found(LINKS[0], weak) == ()


def test_one_agency_that_wants_both_has_a_choice_and_no_conflict() -> None:
    both = wanting("council", harm=50, calls=50)

    assert _found(*LINKS, council=both, fire=wanting("fire")) == ()
    assert len(_found(*LINKS, council=both)) == 1


def test_a_service_that_does_not_run_hurts_nobody() -> None:
    assert _found(*LINKS, service={"status": "inactive"}) == ()


def test_an_empty_partnership_has_no_conflict() -> None:
    assert goal_conflicts(Study(partnership(), samples=0)) == ()
    assert goal_conflicts(Study(partnership(service("alone", effects=[])), samples=0)) == ()
