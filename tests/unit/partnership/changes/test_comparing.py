from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from roundtable.errors import UserError
from roundtable.partnership.changes.comparing import Changes, compare, for_agency
from roundtable.partnership.changes.renames import read_renames
from roundtable.partnership.changes.telling import told
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from tests.factories import (
    AS_OF,
    agency,
    agreement,
    dataset,
    need,
    outcome,
    partnership,
    risk,
    role,
    scenario,
    service,
)
from tests.unit.partnership.disagreement.table import dispute, link, story, wanting


def _changes(old: Partnership, new: Partnership, *renamed: str) -> Changes:
    return compare(Study(old, samples=0), Study(new, samples=0), read_renames(renamed))


def _things(changes: Changes) -> list[tuple[str, str, str]]:
    return [(one.how.value, one.sort.value, one.key) for one in changes.things]


def _fields(changes: Changes) -> list[str]:
    return [str(field) for one in changes.things for field in one.fields]


def _links(**fields: Any) -> Partnership:
    return partnership(story(link("smoke", "harm", "positive", "council") | fields))


def test_a_folder_with_itself_has_no_changes() -> None:
    built = partnership(story(link("a", "harm", "positive", "council")), wanting("fire", harm=100))
    changes = _changes(built, built)

    assert changes.nothing
    assert list(told(changes)) == [
        "A test: what changed from 23 November 2026 to 23 November 2026.",
        "Nothing changed.",
    ]


def test_things_are_added_and_removed_by_kind() -> None:
    changes = _changes(
        partnership(service("calls")),
        partnership(agency("health", roles=[role("gp")]), dataset("beds", "health")),
    )
    assert _things(changes) == [
        ("added", "agency", "health"),
        ("added", "post", "gp"),
        ("added", "dataset", "beds"),
        ("removed", "service", "calls"),
    ]


def test_what_comes_with_another_thing_is_told_with_it() -> None:
    lines = list(told(_changes(partnership(), partnership(story(link("a", "harm", "positive", "council"))))))

    assert "  added    The scenario alone (alone), with 1 factor and 1 link" in lines
    assert not [line for line in lines if line in ("Factors", "Links")]


def test_a_link_says_how_its_sign_and_strength_changed() -> None:
    changes = _changes(_links(), _links(sign="negative", strength={"low": 0.4, "high": 0.9}, delay="years"))

    assert [one.key for one in changes.links] == ["alone: smoke > harm"]
    assert _fields(changes) == [
        "delay: was unknown, now years",
        "sign: was positive, now negative",
        "strength, high: was 0.6, now 0.9",
    ]
    assert (
        "  from 'Smoke' to 'Outcome harm': delay: was unknown, now years; sign: was positive, now negative; "
        "strength, high: was 0.6, now 0.9"
    ) in list(told(changes))


def test_a_link_that_is_only_disputed_anew_is_no_other_link() -> None:
    changes = _changes(_links(), _links(disputed=[dispute("fire")]))

    assert changes.links == ()
    assert _fields(changes) == ["disputed: now by Fire, on 1 October 2026, says It is not so."]


def test_values_read_by_their_names_and_days() -> None:
    old = partnership(agreement("isa"), service("calls", commissioner="council"))
    new = partnership(agreement("isa", ends="2028-06-30"), service("calls", commissioner="fire"))

    assert _fields(_changes(old, new)) == [
        "ends: was 31 December 2027, now 30 June 2028",
        "commissioner: was Council, now Fire",
    ]


def test_rows_are_told_apart_by_what_they_are_about() -> None:
    outcomes = (outcome("falls"),)
    old = partnership(wanting("fire", harm=100), outcomes=outcomes)
    new = partnership(wanting("fire", harm=70, falls=30), outcomes=outcomes)

    assert _fields(_changes(old, new)) == [
        "priorities, Outcome falls: now points 30, statutory no, source A test, on 1 September 2026",
        "priorities, Outcome harm, points: was 100, now 70",
    ]


def test_a_name_that_changed_changes_nothing_that_names_it() -> None:
    old = partnership(agency("fire"), agreement("isa"))
    new = partnership(agency("fire", name="Fire and rescue"), agreement("isa"))

    assert _things(_changes(old, new)) == [("changed", "agency", "fire")]


def test_nothing_is_taken_for_renamed_unless_somebody_says_so() -> None:
    old = partnership(agency("brigade"), service("calls", provider="brigade"))
    new = partnership(agency("rescue", name="Brigade"), service("calls", provider="rescue"))

    guessed, said = _changes(old, new), _changes(old, new, "agency:brigade=rescue")

    assert ("added", "agency", "rescue") in _things(guessed)
    assert ("removed", "agency", "brigade") in _things(guessed)
    assert _things(said) == [("changed", "agency", "rescue")]
    assert _fields(said) == ["id: was brigade, now rescue"]


def test_a_renamed_factor_keeps_its_links() -> None:
    old = partnership(story(link("smoke", "harm", "positive", "council")))
    new = partnership(story(link("fumes", "harm", "positive", "council")))

    changes = _changes(old, new, "factor:smoke=fumes")

    assert _things(changes) == [("changed", "factor", "fumes")]
    assert _fields(changes) == ["id: was smoke, now fumes", "label: was Smoke, now Fumes"]


@pytest.mark.parametrize(
    "texts",
    [
        ["council=north"],
        ["agency:council"],
        ["agency:=north"],
        ["town:a=b"],
        ["agency:a=b", "agency:a=c"],
        ["agency:a=c", "agency:b=c"],
    ],
)
def test_what_is_no_rename_is_refused(texts: list[str]) -> None:
    with pytest.raises(UserError) as raised:
        read_renames(texts)
    assert all("--renamed" in str(problem) and problem.remedy for problem in raised.value.problems)


def test_a_risk_that_gets_a_lead_clears_its_finding() -> None:
    posts = agency("fire", roles=[role("chief")])
    old = partnership(posts, scenario(risks=[risk("blaze")]))
    new = partnership(posts, scenario(risks=[risk("blaze", "chief")]))

    found = _changes(old, new).findings

    assert ("risk-no-lead", "blaze") in [(one.rule, one.about[1]) for one in found.cleared]
    assert "risk-no-lead" not in [one.rule for one in found.appeared]
    back = _changes(new, old).findings
    assert [one.title for one in back.appeared] == [one.title for one in found.cleared]
    assert [one.title for one in back.cleared] == [one.title for one in found.appeared]


def test_a_finding_whose_words_changed_is_changed() -> None:
    old = partnership(agreement("isa", ends="2026-10-01"))
    new = partnership(agreement("isa", ends="2026-10-02"))

    found = _changes(old, new).findings

    assert (found.appeared, found.cleared) == ((), ())
    assert [(was.rule, now.rule) for was, now in found.changed] == [("agreement-expired",) * 2]


def test_a_need_whose_answers_changed_says_which_and_why() -> None:
    story = scenario(needs=[need("n")])
    old, new = partnership(story), partnership(story, service("calls"))

    (change,) = _changes(old, new).verdicts

    assert (change.scenario, change.need, change.agency) == ("alone", "n", "council")
    assert change.answers == (
        ("can we act?", "No running service changes 'Alone'.", "'Service calls' changes it, and has room."),
    )
    assert not change.was_live and not change.is_live
    lines = list(told(_changes(old, new)))
    at = lines.index("Needs whose answers changed")
    assert lines[at + 1] == "  Council needs data for 'Visit first'. The need is still not live."
    assert lines[at + 2] == (
        "    can we act? 'Service calls' changes it, and has room. It was: No running service changes "
        "'Alone'."
    )


def test_one_agency_sees_what_names_it_and_nothing_else() -> None:
    old = partnership(service("calls", provider="fire"), service("visits"))
    new = partnership(service("calls", provider="fire", age_from=18), service("visits", age_from=65))

    assert _things(for_agency(_changes(old, new), "fire")) == [("changed", "service", "calls")]
    assert _things(for_agency(_changes(old, new), "council")) == [("changed", "service", "visits")]


def test_one_that_a_thing_no_longer_names_hears_of_it() -> None:
    changes = _changes(
        partnership(service("calls", provider="fire")), partnership(service("calls", provider="council"))
    )
    assert _things(for_agency(changes, "fire")) == [("changed", "service", "calls")]


def test_the_day_and_the_name_of_the_folder_may_change() -> None:
    old = partnership()
    moved = old.charter.model_copy(
        update={"as_of": AS_OF.replace(year=2027), "name": "Another", "id": "other"}
    )

    lines = list(told(_changes(old, replace(partnership(), charter=moved))))

    assert lines[:2] == [
        "Another: what changed from 23 November 2026 to 23 November 2027.",
        "The older folder calls itself A test.",
    ]
    assert "           id: was test, now other" in lines
    assert "           as of: was 23 November 2026, now 23 November 2027" in lines
