"""What if some factors were changed, worked by hand; and what has to be said with it."""

from __future__ import annotations

from math import tanh
from typing import Any

import pytest

from roundtable.errors import SettingUnusable
from roundtable.partnership.dynamics.cognitive import Ending
from roundtable.partnership.dynamics.influence import Range
from roundtable.partnership.dynamics.what_if import added, what_if
from roundtable.partnership.model.outcome import Direction
from roundtable.partnership.study import Study
from tests.factories import ASSERTED, outcome, partnership, scenario


def factor(id: str, kind: str = "state") -> dict[str, Any]:
    return {"id": id, "label": f"The {id}", "kind": kind, "asserted": ASSERTED}


def link(source: str, target: str, low: float, high: float, delay: str = "none") -> dict[str, Any]:
    ends = {"from": source, "to": target, "delay": delay, "asserted": ASSERTED}
    size = sorted((abs(low), abs(high)))
    return ends | {
        "sign": "negative" if high < 0 else "positive",
        "strength": {"low": size[0], "high": size[1]},
    }


def study(*links: dict[str, Any], samples: int = 20, **fields: Any) -> Study:
    ends = {end for one in links for end in (one["from"], one["to"])} - {"harm", "good"}
    factors = [factor(id) for id in sorted(ends | {"isolation"})]
    told = scenario(links=list(links), factors=factors, outcomes=["harm", "good"], **fields)
    return Study(partnership(told, outcomes=(outcome("good", direction="up"),)), samples=samples)


def test_one_change_pushed_and_held() -> None:
    # Pushed to -1: -(0.4 to 0.8), in the middle -0.6. Held at -1: tanh(-0.6).
    found = what_if(study(link("isolation", "harm", 0.4, 0.8)), {"isolation": -1})
    effect = found.on("harm")
    assert (effect.pushed.low, effect.pushed.middle, effect.pushed.high) == pytest.approx((-0.8, -0.6, -0.4))
    assert (effect.held.low, effect.held.middle, effect.held.high) == pytest.approx(
        (tanh(-0.8), tanh(-0.6), tanh(-0.4))
    )
    assert (effect.better, effect.sure, effect.disagree, effect.swinging) == (True, True, False, 0)
    assert found.said == ()


def test_better_is_what_the_table_wants() -> None:
    links = (link("isolation", "harm", 0.4, 0.8), link("isolation", "good", 0.4, 0.8))
    found = what_if(study(*links), {"isolation": 0.5})
    assert found.on("harm").better is False
    assert found.on("good").better is True
    assert found.on("good").wanted is Direction.UP


def test_several_changes_add_up_and_stop_at_the_whole() -> None:
    links = (link("a", "harm", 0.7, 0.7), link("b", "harm", 0.5, 0.5))
    both = what_if(study(*links), {"a": 1, "b": 1}).on("harm")
    assert both.pushed == Range(1, 1, 1)
    assert both.held.middle == pytest.approx(tanh(1.2))
    against = what_if(study(*links), {"a": 1, "b": -1}).on("harm")
    assert against.pushed.middle == pytest.approx(0.2)


def test_an_outcome_that_nothing_reaches_is_not_moved() -> None:
    effect = what_if(study(link("isolation", "harm", 0.4, 0.8)), {"isolation": 1}).on("good")
    assert effect.pushed == effect.held == Range(0, 0, 0)
    assert effect.better is None
    with pytest.raises(KeyError):
        what_if(study(), {}).on("nowhere")


def test_the_two_ways_may_disagree_and_it_is_said() -> None:
    # A reinforcing pair far along outweighs the direct link only when held, where no step counts less:
    # pushed 0.3 - 1/2 * 0.9 * 0.5 = 0.075; held b settles where b = tanh(0.9 + 0.9 c), c = tanh(0.9 b).
    links = (
        link("a", "harm", 0.3, 0.3),
        link("a", "b", 0.9, 0.9),
        link("b", "c", 0.9, 0.9),
        link("c", "b", 0.9, 0.9),
        link("b", "harm", -0.4, -0.4),
    )
    found = what_if(study(*links), {"a": 1})
    effect = found.on("harm")
    assert effect.pushed.middle > 0 > effect.held.middle
    assert effect.disagree
    assert effect.better is None
    assert not effect.sure
    assert "point different ways" in found.said[0]


#: b raises c and d and both lower b, together by more than its whole: it overshoots without end.
BALANCING = (
    link("a", "b", 0.1, 0.1),
    link("b", "c", 1, 1),
    link("c", "b", -1, -1),
    link("b", "d", 1, 1),
    link("b", "harm", 1, 1),
)


def test_a_map_that_goes_round_is_said_to_go_round() -> None:
    found = what_if(study(*BALANCING, link("d", "b", -1, -1)), {"a": 1})
    assert (found.state.kind, found.state.period) == (Ending.CYCLE, 4)
    assert found.on("harm").swinging == 1
    assert "goes round in a cycle of 4 rounds" in found.said[0]
    # The mean of a round trip is small beside the swing.
    assert abs(found.on("harm").held.middle) < 0.1 < found.state.high["harm"]


def test_a_map_that_never_rests_is_said_not_to() -> None:
    # With c alone against it, b overshoots by its whole: the swing dies away more and more slowly.
    found = what_if(study(*BALANCING), {"a": 1})
    assert found.state.kind is Ending.UNSETTLED
    assert "had not come to rest after 620 rounds" in found.said[0]


def test_a_map_that_swings_at_some_strengths_only_is_said_to() -> None:
    # Round the two loops together comes 0.2 + 0.6 of a swing in the middle, and 0.2 + 1 at the most.
    links = (
        link("b", "c", 1, 1),
        link("c", "b", -0.2, -0.2),
        link("b", "d", 1, 1),
        link("d", "b", -1, -0.2),
        link("a", "b", 0.1, 0.1),
        link("b", "harm", 1, 1),
    )
    found = what_if(study(*links, samples=100), {"a": 1})
    assert found.state.kind is Ending.SETTLED
    # A swing of more than the whole is met beyond 0.8 of 0.2 to 1: in about a quarter of the draws.
    assert found.on("harm").swinging == pytest.approx(0.25, abs=0.1)
    assert "of the strengths tried it swings without end" in found.said[0]


def test_a_speed_that_nobody_knows_is_said() -> None:
    found = what_if(study(link("isolation", "harm", 0.4, 0.8, "unknown")), {"isolation": 1})
    assert found.said == ("Nobody has said how fast one link on the way works; half a year is assumed.",)
    assert found.spread.course.of("harm")[26] == pytest.approx(0.6 * (1 - (25 / 26) ** 26))


def test_the_quick_look_draws_nothing_and_still_knows_the_ends() -> None:
    effect = what_if(study(link("isolation", "harm", 0.4, 0.8), samples=0), {"isolation": 1}).on("harm")
    assert (effect.held.low, effect.held.high) == pytest.approx((tanh(0.4), tanh(0.8)))


def test_no_change_changes_nothing() -> None:
    found = what_if(study(link("isolation", "harm", 0.4, 0.8)), {})
    assert {effect.pushed for effect in found.effects} == {Range(0, 0, 0)}
    assert added([]) == Range(0, 0, 0)


def test_a_change_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(SettingUnusable, match="Did you mean 'isolation'"):
        what_if(study(), {"isolatio": 1})
