"""What is asked of the map is understood, or everything wrong with it is told at once."""

from __future__ import annotations

import pytest

from roundtable.errors import SettingUnusable
from roundtable.partnership.dynamics.asked import Asked, understood
from roundtable.partnership.study import Study
from tests.factories import partnership, scenario
from tests.unit.partnership.dynamics.test_what_if import factor, link

STUDY = Study(
    partnership(
        scenario(
            "one", factors=[factor("hoarding"), factor("poverty")], links=[link("poverty", "harm", 0.2, 0.4)]
        ),
        scenario("two", factors=[factor("outage")], links=[link("hoarding", "outage", 0.2, 0.4)]),
    ),
    samples=0,
)


def told(asked: Asked) -> list[tuple[str, str, str]]:
    with pytest.raises(SettingUnusable) as caught:
        understood(STUDY, asked)
    return [(one.place.file, one.what, one.remedy) for one in caught.value.problems]


def test_amounts_and_directions() -> None:
    asked = Asked(raised=("hoarding", " outage = 0.25"), lowered=("poverty=0.5",))
    assert understood(STUDY, asked).changes == {"hoarding": 1.0, "outage": 0.25, "poverty": -0.5}


def test_scenarios_that_are_named_besides_are_checked() -> None:
    assert understood(STUDY, Asked(scenarios=(("--common", "one"), ("--common", "two")))).study is STUDY
    (problem,) = told(Asked(scenarios=(("--common", "one"), ("--common", "twoo"))))
    assert problem == ("--common", "there is no scenario 'twoo'", "Did you mean 'two'?")


def test_all_scenarios_together_unless_one_is_asked_for() -> None:
    assert understood(STUDY, Asked()).study is STUDY
    alone = understood(STUDY, Asked(scenario="two", raised=("hoarding",))).study
    assert [one.id for one in alone.partnership.scenarios] == ["two"]
    assert (alone.samples, alone.seed) == (STUDY.samples, STUDY.seed)


def test_everything_wrong_is_told_at_once_with_the_nearest() -> None:
    asked = Asked(
        scenario="tow",
        outcome="hram",
        raised=("hordding",),
        lowered=("poverty=2",),
        nodes=(("--between", "zzz"), ("--between", "zzz")),
    )
    assert told(asked) == [
        ("--between", "the map has no 'zzz'", "Name one of: harm, hoarding, outage, poverty."),
        ("--lower", "'2' is no amount to change 'poverty' by", _amount("--lower poverty")),
        ("--outcome", "the charter has no outcome 'hram'", "Did you mean 'harm'?"),
        ("--raise", "the map has no 'hordding'", "Did you mean 'hoarding'?"),
        ("--scenario", "there is no scenario 'tow'", "Did you mean 'two'?"),
    ]


@pytest.mark.parametrize("amount", ["", "0", "-0.3", "1.01", "nan", "inf", "much", "0,5"])
def test_what_is_no_amount(amount: str) -> None:
    ((option, what, remedy),) = told(Asked(raised=(f"poverty={amount}",)))
    assert (option, what) == ("--raise", f"'{amount}' is no amount to change 'poverty' by")
    assert remedy == _amount("--raise poverty")


def _amount(example: str) -> str:
    return f"Give more than 0, and at most 1 (as far as can be): {example}=0.3."


def test_a_factor_of_another_scenario_is_said_to_be_there() -> None:
    ((_, what, remedy),) = told(Asked(scenario="one", raised=("outage",)))
    assert what == "the map of 'one' has no 'outage'"
    assert remedy == "It stands on the map of 'two'; or leave --scenario out."


def test_a_factor_moved_twice_is_refused() -> None:
    ((_, what, _),) = told(Asked(raised=("poverty",), lowered=("poverty=0.5",)))
    assert what == "'poverty' is moved 2 times"


def test_a_long_list_of_ids_is_not_printed() -> None:
    many = Study(partnership(scenario(factors=[factor(f"f-{n}") for n in range(30)])), samples=0)
    with pytest.raises(SettingUnusable) as caught:
        understood(many, Asked(nodes=(("--up-from", "zzz"),)))
    assert caught.value.problems[0].remedy == "`roundtable levers DIR --measures` prints every id."
