from typing import Any

import pytest

from roundtable.partnership.findings.levers import find, levers
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import ASSERTED, outcome, partnership, scenario, service
from tests.unit.partnership.findings.found import FEW, evidence_of, the_one

PRICED = outcome("fall", unit_cost={"value": 1_000, "price_base": "2025/26", "source": "A test"})


def _factor(id: str, kind: str = "state") -> dict[str, Any]:
    return {"id": id, "label": id.capitalize(), "kind": kind, "asserted": ASSERTED}


def _link(source: str, target: str, low: float, high: float, sign: str = "positive") -> dict[str, Any]:
    strength = {"low": low, "high": high}
    return {"from": source, "to": target, "sign": sign, "strength": strength, "asserted": ASSERTED}


def _works_on(*factors: str) -> object:
    effects = [{"factor": f, "size": -0.2, "evidence": "none", "source": "A guess"} for f in factors]
    return service("calls", effects=effects)


def _mapped(*parts: object, links: list[dict[str, Any]], **kinds: str) -> Partnership:
    factors = [_factor(id, kind) for id, kind in kinds.items()]
    one = scenario(outcomes=["fall", "harm"], factors=factors, links=links)
    return partnership(one, *parts, outcomes=(PRICED,))


def _three(*parts: object) -> Partnership:
    """`dark` moves falls most, `cold` less; `storm` comes from outside and moves more than either."""
    links = [
        _link("dark", "fall", 0.4, 0.6),
        _link("cold", "fall", 0.2, 0.4),
        _link("storm", "fall", 0.7, 0.9),
    ]
    return _mapped(*parts, links=links, dark="state", cold="lever", storm="external")


def test_the_harm_that_a_factor_reaches_by_hand() -> None:
    """50 falls a year at £1,000 each, moved by a strength of 0.4 to 0.6: £20,000 to £30,000."""
    found = {lever.id: lever for lever in levers(Study(_three(), samples=0))}

    harm = found["dark"].harm
    assert harm is not None
    assert (harm.low, harm.middle, harm.high) == pytest.approx((20_000, 25_000, 30_000))
    assert harm.price_base == "2025/26"
    assert (found["dark"].outcomes, found["dark"].scenarios) == (("fall",), ("alone",))


def test_the_strongest_come_first_and_what_comes_from_outside_is_no_lever() -> None:
    found = levers(Study(_three()))

    assert [(lever.id, lever.controllable) for lever in found] == [
        ("storm", False),
        ("dark", True),
        ("cold", True),
    ]
    assert found[0].sentence.startswith("Nobody at the table can move 'Storm', which reaches 1 outcome in 1")
    assert found[0].top_share is None
    assert found[1].sentence == (
        "One more hour against 'Dark' reaches 1 outcome in 1 scenario: about £25,000 a year (£20,000 to "
        "£30,000; 2025/26 prices). Nobody works on it."
    )


def test_two_scenarios_that_list_an_outcome_are_both_reached() -> None:
    links = [_link("dark", "fall", 0.4, 0.6), _link("dark", "harm", 0.1, 0.2)]
    built = partnership(
        scenario("one", outcomes=["fall"], factors=[_factor("dark")], links=links),
        scenario("two", outcomes=["harm", "fall"], factors=[]),
        scenario("elsewhere", outcomes=["flood"], factors=[]),
        outcomes=(PRICED, outcome("flood")),
    )

    (lever,) = levers(Study(built, samples=0))
    assert (lever.outcomes, lever.unpriced) == (("fall", "harm"), ("harm",))
    assert lever.scenarios == ("one", "two")
    assert "2 outcomes in 2 scenarios" in lever.sentence
    assert "with 1 outcome not priced" in lever.sentence


def test_an_hour_goes_against_what_makes_things_worse_and_for_what_makes_them_better() -> None:
    links = [
        _link("dark", "fall", 0.4, 0.6),
        _link("rail", "fall", 0.2, 0.4, sign="negative"),
        _link("wind", "fall", 0.2, 0.4, sign="unknown"),
    ]
    found = levers(Study(_mapped(links=links, dark="state", rail="lever", wind="state"), samples=0))

    assert {lever.id: lever.effort for lever in found} == {"dark": "against", "rail": "for", "wind": "on"}
    assert "One more hour for 'Rail' reaches" in next(one.sentence for one in found if one.id == "rail")


def test_outcomes_come_by_how_far_they_are_moved_and_what_is_hardly_moved_is_left_out() -> None:
    """Of 0.004 and 0.1, the first is under what is too little to speak of, which is 0.005."""
    links = [_link("dark", "fall", 0.1, 0.1), _link("dark", "harm", 0.5, 0.5)]
    (lever,) = levers(Study(_mapped(links=links, dark="state"), samples=0))
    assert lever.outcomes == ("harm", "fall")

    links = [_link("dark", "fall", 0.1, 0.1), _link("dark", "harm", 0.004, 0.004)]
    (lever,) = levers(Study(_mapped(links=links, dark="state"), samples=0))
    assert (lever.outcomes, lever.unpriced) == (("fall",), ())
    assert "reaches 1 outcome in" in lever.sentence


def test_where_nothing_is_priced_the_order_is_by_influence_and_no_price_is_made_up() -> None:
    links = [_link("dark", "harm", 0.1, 0.2), _link("cold", "harm", 0.5, 0.6)]
    found = levers(Study(_mapped(links=links, dark="state", cold="state")))

    assert [(lever.id, lever.harm) for lever in found] == [("cold", None), ("dark", None)]
    assert "none of them priced" in found[0].sentence


def test_a_factor_in_a_loop_that_feeds_itself_says_so() -> None:
    links = [
        _link("dark", "fall", 0.4, 0.6),
        _link("dark", "cold", 0.2, 0.2),
        _link("cold", "dark", 0.2, 0.2),
        _link("calm", "dark", 0.1, 0.1, sign="negative"),
        _link("dark", "calm", 0.1, 0.1),
    ]
    found = {o.id: o for o in levers(Study(_mapped(links=links, dark="state", cold="state", calm="lever")))}

    assert (found["dark"].loops, found["dark"].reinforcing) == (2, 1)
    assert found["dark"].sentence.endswith("It stands in 1 loop that feeds itself.")
    assert (found["calm"].loops, found["calm"].reinforcing) == (1, 0)
    assert found["dark"].metrics.links_out == 3


def test_the_share_of_draws_in_the_top_is_reported() -> None:
    strong = [_link(f"f{i}", "fall", 0.5, 0.6) for i in range(4)]
    close = [_link(f"g{i}", "fall", 0.2, 0.4) for i in range(2)]
    weak = [_link("weak", "fall", 0.0, 0.1)]
    kinds = {**{f"f{i}": "state" for i in range(4)}, "g0": "state", "g1": "state", "weak": "state"}

    found = {o.id: o.top_share for o in levers(Study(_mapped(links=strong + close + weak, **kinds)))}
    assert [found[f"f{i}"] for i in range(4)] == [1.0] * 4
    assert found["weak"] == 0.0
    assert found["g0"] is not None and found["g1"] is not None
    assert 0.2 < found["g0"] < 0.8  # two alike for the fifth place
    assert found["g0"] + found["g1"] == pytest.approx(1)


def test_where_none_reaches_a_priced_outcome_none_is_among_the_top() -> None:
    links = [
        _link("dark", "harm", 0.4, 0.6),
        _link("cold", "harm", 0.2, 0.4),
        _link("storm", "fall", 0.1, 0.9),
    ]
    built = _mapped(links=links, dark="state", cold="state", storm="external")

    assert {one.top_share for one in levers(Study(built, samples=FEW))} == {None}
    assert the_one(built, "strong-factor-no-service").stability is None


def test_without_draws_no_share_is_made_up() -> None:
    assert {lever.top_share for lever in levers(Study(_three(), samples=0))} == {None}


def test_the_strongest_factor_that_nobody_works_on_is_found() -> None:
    finding = the_one(_three(_works_on("cold")), "strong-factor-no-service")

    assert finding.about == ("factor", "dark")
    assert finding.title.startswith("'Dark' moves the most harm, and no running service changes it")
    assert finding.at_stake is not None and finding.at_stake.middle == pytest.approx(25_000)
    assert finding.cleared_by == ("council",)
    assert "£25,000" in evidence_of(finding)


def test_to_add_the_effect_clears_it() -> None:
    rules = [finding.rule for finding in find(Study(_three(_works_on("cold", "dark"))))]

    assert rules == []


def test_work_on_what_leads_straight_to_it_counts() -> None:
    links = [_link("dark", "fall", 0.4, 0.6), _link("bulb", "dark", 0.1, 0.2)]
    built = _mapped(_works_on("bulb"), links=links, dark="state", bulb="state")

    assert list(find(Study(built))) == []


def test_the_strongest_lever_that_nobody_pulls_is_found_and_others_stand_beside_it() -> None:
    links = [
        _link("dark", "fall", 0.4, 0.6),
        _link("lamp", "fall", 0.1, 0.3, sign="negative"),
        _link("rail", "fall", 0.1, 0.2, sign="negative"),
    ]
    built = _mapped(_works_on("dark"), links=links, dark="state", lamp="lever", rail="lever")
    unserved = the_one(built, "strong-factor-no-service")
    assert unserved.about == ("factor", "lamp")
    assert list(find(Study(built))) == [unserved]

    six = {f"s{i}": "state" for i in range(6)}
    many = [*links, *(_link(name, "fall", 0.5, 0.6) for name in six)]
    crowded = _mapped(_works_on("dark", *six), links=many, dark="state", lamp="lever", rail="lever", **six)
    (finding,) = find(Study(crowded))
    assert (finding.rule, finding.about) == ("lever-idle", ("factor", "lamp"))
    called = "Of what the table has called levers, 'Lamp' is the strongest on which no running service works."
    assert finding.title == called
    assert "'Rail'" in evidence_of(finding)


def test_what_comes_from_outside_is_no_finding() -> None:
    built = _mapped(links=[_link("storm", "fall", 0.7, 0.9)], storm="external")

    assert [lever.id for lever in levers(Study(built))] == ["storm"]
    assert list(find(Study(built))) == []


def test_an_empty_partnership_has_no_levers() -> None:
    assert levers(Study(partnership())) == ()
    assert levers(Study(partnership(scenario()))) == ()
