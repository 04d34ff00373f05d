"""Which changes move an outcome the wanted way most."""

from __future__ import annotations

from math import tanh
from typing import Any

import pytest

from roundtable.errors import SettingUnusable
from roundtable.partnership.dynamics.goal_seek import Touch, goal_seek
from roundtable.partnership.dynamics.influence import Range
from roundtable.partnership.study import Study
from tests.factories import outcome, partnership, scenario, service
from tests.unit.partnership.dynamics.test_what_if import factor, link

LINKS = (
    link("strong", "harm", 0.6, 0.8),
    link("middling", "harm", -0.7, -0.3),
    link("weak", "harm", 0.1, 0.2),
    link("far", "strong", 0.4, 0.6),
    link("weather", "harm", 1, 1),
)
FACTORS = [factor(id) for id in ("far", "isolation", "middling", "strong", "weak")]
EFFECT = {"evidence": "none", "source": "A guess"}


def study(*links: dict[str, Any], samples: int = 50, factors: list[dict[str, Any]] = FACTORS) -> Study:
    told = scenario(
        links=list(links), factors=[*factors, factor("weather", "external")], outcomes=["harm", "good"]
    )
    services = [
        service("calming", effects=[{"factor": "strong", "size": -0.2} | EFFECT]),
        service("stirring", status="inactive", effects=[{"factor": "strong", "size": 0.1} | EFFECT]),
        service("untried", effects=[{"factor": "strong", "size": "unknown"} | EFFECT]),
    ]
    return Study(partnership(told, *services, outcomes=(outcome("good", direction="up"),)), samples=samples)


def test_the_best_changes_each_in_the_direction_that_helps() -> None:
    found = goal_seek(study(*LINKS), "harm")
    # far: 0.5 * 1/2 * 0.7 = 0.175, before weak with 0.15. What comes from outside cannot be changed.
    assert [(one.node, one.amount) for one in found.changes] == [
        ("strong", -1),
        ("middling", 1),
        ("far", -1),
        ("weak", -1),
    ]
    assert [one.gain.middle for one in found.changes] == pytest.approx([0.7, 0.5, 0.175, 0.15])
    assert found.changes[0].gain == Range(0.6, 0.7, 0.8)
    assert found.changes[0].held == pytest.approx(tanh(0.7))
    assert found.considered == 4


def test_how_sure_each_place_is() -> None:
    first, second, third, fourth = goal_seek(study(*LINKS, samples=400), "harm", top=1).changes
    # strong (0.6 to 0.8) and middling (0.3 to 0.7) overlap: middling leads with 1/4 * 1/2 * 1/2 = 1/16.
    assert first.top_share == pytest.approx(15 / 16, abs=0.04)
    assert second.top_share == pytest.approx(1 / 16, abs=0.04)
    assert (first.best, first.worst, second.best, second.worst) == (1, 2, 1, 2)
    assert (third.top_share, third.best, third.worst) == (0, 3, 4)
    assert (fourth.best, fourth.worst) == (3, 4)


def test_which_services_touch_it_and_whether_they_help() -> None:
    assert goal_seek(study(*LINKS), "harm").changes[0].services == (
        Touch("calming", "council", True, True),
        Touch("stirring", "council", False, False),
        Touch("untried", "council", True, None),
    )


def test_the_best_pair_is_worked_out_together() -> None:
    pair = goal_seek(study(*LINKS), "harm").pair
    assert pair is not None
    assert [one.node for one in pair.changes] == ["strong", "middling"]
    assert pair.held == pytest.approx(tanh(0.7 + 0.5))
    assert pair.more == pytest.approx(tanh(1.2) - tanh(0.7))
    assert pair.top_share == 1


def test_two_changes_of_which_one_works_by_way_of_the_other_are_no_pair() -> None:
    found = goal_seek(study(link("far", "strong", 0.5, 0.5), link("strong", "harm", 0.7, 0.7)), "harm")
    assert len(found.changes) == 2
    assert found.pair is None


def test_an_outcome_of_which_more_is_wanted() -> None:
    (only,) = goal_seek(study(link("weak", "good", 0.2, 0.4)), "good").changes
    assert only.amount == 1
    assert only.gain.middle == pytest.approx(0.3)


def test_what_nobody_knows_the_direction_of_is_named_and_not_ranked() -> None:
    unknown = link("far", "harm", 0.2, 0.4) | {"sign": "unknown"}
    found = goal_seek(study(unknown), "harm")
    assert (found.changes, found.pair, found.considered) == ((), None, 0)
    assert found.unclear == ("far",)


def test_an_outcome_that_nothing_reaches() -> None:
    found = goal_seek(study(*LINKS), "good")
    assert (found.changes, found.pair, found.unclear) == ((), None, ())


def test_the_quick_look_has_places_and_no_shares() -> None:
    found = goal_seek(study(*LINKS, samples=0), "harm", most=2)
    assert [one.top_share for one in found.changes] == [None, None]
    assert [one.worst for one in found.changes] == [2, 2]
    assert found.pair is not None
    assert found.pair.top_share is None


def test_an_outcome_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingUnusable, match="Name one of: good, harm"):
        goal_seek(study(), "harms")
