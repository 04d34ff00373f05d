"""Requests: what binds, what a decision must say, and who may make it."""

from datetime import timedelta

import pytest

from roundtable.errors import NotPermitted, SettingUnusable, UserError
from roundtable.governance.rights.objections import upheld_objections
from roundtable.ledger.models import Outcome, Right
from roundtable.ledger.requests import every_request
from roundtable.rights import requesting
from roundtable.rights.office import plain_words
from tests.factories_rights import NHS_A, NOW, People
from tests.unit.rights.desk import desk

FIRE, CARE = "prevention_of_fire_and_falls", "safeguarding_adults"


def _objector(people: People) -> str:
    record = people.record("1", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    return record


def test_an_objection_binds_only_where_it_is_upheld_and_for_its_purpose(people: People) -> None:
    record = _objector(people)
    office = desk(people)
    number = requesting.take(office, Right.OBJECTION, NOW.date(), "dpo", [record], [FIRE, CARE])
    assert upheld_objections(FIRE) == upheld_objections(CARE) == frozenset(), "to ask is not to bind"
    requesting.decide(office, number, Outcome.PARTLY, "dpo", "not for safeguarding", [FIRE], ["gdpr.art21.1"])
    assert upheld_objections(FIRE) == {record}
    assert upheld_objections(CARE) == frozenset(), "nobody blinds a safeguarding team by objecting"


def test_an_objection_holds_for_what_comes_later_of_the_same_person(people: People) -> None:
    record = _objector(people)
    office = desk(people)
    number = requesting.take(office, Right.OBJECTION, NOW.date(), "dpo", [record], [FIRE])
    requesting.decide(office, number, Outcome.GRANTED, "dpo", "upheld", [FIRE])
    later = people.record("9", dataset="health", surname="Ash", nhs_number=NHS_A)
    other = people.record("8", dataset="health", surname="Ash")
    people.deliver()
    desk(people)
    assert upheld_objections(FIRE) == {record, later}
    assert other not in upheld_objections(FIRE), "a name alone is nobody"


def test_an_erasure_is_about_the_records_that_a_post_picked_and_no_more(people: People) -> None:
    """A number that was mistyped at the hospital must not take a stranger's record with it."""
    record = _objector(people)
    office = desk(people)
    number = requesting.take(office, Right.ERASURE, NOW.date(), "dpo", [record])
    people.record("9", dataset="health", surname="Elm", nhs_number=NHS_A)
    people.deliver()
    desk(people)
    assert requesting.the_request(number).records == {record}


def test_a_refused_objection_binds_nothing(people: People) -> None:
    record = _objector(people)
    office = desk(people)
    number = requesting.take(office, Right.OBJECTION, NOW.date(), "dpo", [record], [FIRE])
    requesting.decide(office, number, Outcome.REFUSED, "dpo", "compelling grounds", (), ["gdpr.art21.1"])
    assert upheld_objections(FIRE) == frozenset()


@pytest.mark.parametrize(
    ("right", "outcome", "upheld", "named", "rule"),
    [
        (Right.ERASURE, Outcome.REFUSED, (), (), "request-no-exemption"),
        (Right.ERASURE, Outcome.REFUSED, (), ("gdpr.art99",), "exemption-unknown"),
        (Right.ERASURE, Outcome.REFUSED, (), ("gdpr.art20.3",), "exemption-other-right"),
        (Right.ACCESS, Outcome.GRANTED, (FIRE,), (), "request-purposes"),
        (Right.ERASURE, Outcome.GRANTED, (), (), "request-no-ground"),
        (Right.OBJECTION, Outcome.GRANTED, (), (), "request-purposes"),
        (Right.OBJECTION, Outcome.GRANTED, (CARE,), (), "request-purposes"),
        (Right.OBJECTION, Outcome.REFUSED, (FIRE,), (), "request-purposes"),
    ],
)
def test_a_decision_that_does_not_hold_together_is_not_made(
    people: People,
    right: Right,
    outcome: Outcome,
    upheld: tuple[str, ...],
    named: tuple[str, ...],
    rule: str,
) -> None:
    record = _objector(people)
    office = desk(people)
    purposes = [FIRE] if right is Right.OBJECTION else []
    number = requesting.take(office, right, NOW.date(), "dpo", [record], purposes)
    with pytest.raises(NotPermitted) as refused:
        requesting.decide(office, number, outcome, "dpo", "because", upheld, named)
    assert {problem.rule for problem in refused.value.problems} == {rule}
    assert requesting.the_request(number).is_open


def test_a_decision_is_made_once(people: People) -> None:
    record = _objector(people)
    office = desk(people)
    number = requesting.take(office, Right.ACCESS, NOW.date(), "dpo", [record])
    requesting.decide(office, number, Outcome.GRANTED, "dpo", "theirs")
    with pytest.raises(NotPermitted, match="it was decided"):
        requesting.decide(office, number, Outcome.REFUSED, "dpo", "second thoughts", (), ["gdpr.art12.5"])
    assert requesting.the_request(number).told_how_to_complain


def test_an_assessment_says_what_the_footing_allows_until_when_and_what_stands_against_it(
    people: People,
) -> None:
    record = _objector(people)
    office = desk(people)
    number = requesting.take(office, Right.ERASURE, NOW.date(), "dpo", [record])
    hold = requesting.hold(office, [record], "siro", "an inquest", NOW.date() + timedelta(days=30))
    found = requesting.assess(office, number)
    assert [one.told for one in found.footings] == [
        "The right (erasure) does not reach 'sharing', 6(1)(e): UK GDPR article 17(3)(b) "
        "(read, and not verified by a post)."
    ]
    assert found.deadline is not None
    assert str(found.deadline.due) == "2026-12-23"
    assert found.holds == (hold,)
    assert "gdpr.art17.3.b" in {one.id for one in found.exemptions}
    assert "Information Commissioner" in found.complaint


def test_a_clock_that_stands_still_is_started_by_the_answer(people: People) -> None:
    record = _objector(people)
    number = requesting.take(desk(people), Right.ACCESS, NOW.date(), "dpo", [record])
    requesting.stop_clock(desk(people), number, "dpo", "proof of who it is")
    assert requesting.assess(desk(people), number).deadline.due is None  # type: ignore[union-attr]
    later = desk(people, NOW + timedelta(days=5))
    requesting.start_clock(later, number, "dpo")
    assert str(requesting.assess(later, number).deadline.due) == "2026-12-28"  # type: ignore[union-attr]
    with pytest.raises(SettingUnusable, match="nothing was asked"):
        requesting.start_clock(later, number, "dpo")


@pytest.mark.parametrize(
    ("by", "records", "purposes", "what"),
    [
        ("nobody", None, [FIRE], "there is no post 'nobody'"),
        ("vacant", None, [FIRE], "vacant since"),
        ("dpo", ["0" * 32], [FIRE], "there is no record"),
        ("dpo", [], [FIRE], "no record is named"),
        ("dpo", None, [], "directed at no purpose"),
        ("dpo", None, ["spying"], "there is no purpose 'spying'"),
    ],
)
def test_a_request_that_cannot_be_one_is_not_taken(
    people: People, by: str, records: list[str] | None, purposes: list[str], what: str
) -> None:
    record = _objector(people)
    with pytest.raises(UserError, match=what):
        requesting.take(
            desk(people), Right.OBJECTION, NOW.date(), by, [record] if records is None else records, purposes
        )
    assert every_request() == ()


@pytest.mark.parametrize("text", ["", "  ", f"see {NHS_A}", "ann@example.org asked", "she lives at YO1 7HH"])
def test_a_reason_names_nobody(text: str) -> None:
    with pytest.raises(SettingUnusable):
        plain_words(text, "--reason")
    assert plain_words(" by order of the court ", "--reason") == "by order of the court"
