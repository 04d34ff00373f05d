"""A new scenario in a folder that stands: it loads as it is written, and nothing is written over."""

from __future__ import annotations

import pytest

from roundtable.errors import SettingUnusable
from roundtable.partnership.new_scenario import new_scenario
from tests.town import Town


def test_it_loads_as_it_is_written(town: Town) -> None:
    files = new_scenario(
        town.folder, "winter-deaths", title="Cold: who dies of it?", lead="council", outcome="fire-injuries"
    )

    scenario = town.load().scenario("winter-deaths")
    assert [file.name for file in files] == ["winter-deaths.yaml", "winter-deaths.md"]
    assert (scenario.title, scenario.lead, scenario.outcomes) == (
        "Cold: who dies of it?",
        "council",
        ("fire-injuries",),
    )
    assert [need.id for need in scenario.needs] == ["winter-deaths-first-need"]
    assert files[1].read_text(encoding="utf-8").startswith("# Cold: who dies of it?: the sheet for the day")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"scenario": "alone-at-risk"}, "--scenario: there is a scenario 'alone-at-risk' already"),
        ({"scenario": "two words"}, "--scenario: 'two words' is not an id"),
        ({"title": " "}, "--title: a scenario needs a title, on one line"),
        (
            {"lead": "counsil"},
            "--lead: there is no agency 'counsil' at the table\n    Did you mean 'council'?",
        ),
        ({"lead": ""}, "--lead: the agency is missing\n    There are: council, fire-service."),
        (
            {"lead": "police-uk"},
            "--lead: there is no agency 'police-uk' at the table\n    There are: council,",
        ),
        ({"outcome": ""}, "--outcome: the outcome is missing\n    There are: "),
        ({"outcome": "joy"}, "--outcome: there is no outcome 'joy'\n    There are: "),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    town: Town, changed: dict[str, str], told: str
) -> None:
    before = sorted(path.name for path in (town.folder / "scenarios").iterdir())
    words = {"scenario": "winter-deaths", "title": "Cold", "lead": "council", "outcome": "fire-injuries"}
    wanted = words | changed

    with pytest.raises(SettingUnusable) as raised:
        new_scenario(
            town.folder,
            wanted["scenario"],
            title=wanted["title"],
            lead=wanted["lead"],
            outcome=wanted["outcome"],
        )

    assert str(raised.value).startswith(told)
    assert sorted(path.name for path in (town.folder / "scenarios").iterdir()) == before


def test_every_fault_of_the_command_is_told_at_once(town: Town) -> None:
    with pytest.raises(SettingUnusable) as raised:
        new_scenario(town.folder, "alone-at-risk", title="", lead="nobody", outcome="nothing")

    assert len(raised.value.problems) == 4
