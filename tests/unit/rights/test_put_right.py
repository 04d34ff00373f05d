"""A number that was put right: the person is found by it, and what covers them reaches by it."""

import pytest

from roundtable.data.subjects.finding import Sought
from roundtable.data.subjects.rectified import put_right
from roundtable.data.subjects.settling import see_that_settled, settle
from roundtable.errors import Busy
from roundtable.governance.rights.keyed import Keyed
from roundtable.ledger import seals
from roundtable.ledger.models import Outcome, Right, SealKind, SealOrigin
from roundtable.rights import rectifying, requesting
from roundtable.rights.showing import found
from tests.factories_rights import NHS_A, NHS_B, NHS_C, NOW, People
from tests.unit.rights.desk import desk
from tests.unit.rights.seeing import seen_today


def _rectified(people: People, record: str, number: str) -> None:
    office = desk(people)
    asked = requesting.take(office, Right.RECTIFICATION, NOW.date(), "dpo", [record])
    requesting.decide(office, asked, Outcome.GRANTED, "dpo", "shown by the surgery")
    rectifying.rectify(office, asked, record, "nhs_number", number, "dpo")


def test_a_record_is_found_by_the_number_that_was_put_right(people: People) -> None:
    record = people.record("1", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    _rectified(people, record, NHS_C)
    (row,) = found(desk(people), Sought(nhs_number=NHS_C), "dpo", "request 1")
    assert (row["record_id"], row["nhs_number"]) == (record, NHS_C)


@pytest.mark.parametrize("sealed_first", [True, False])
def test_a_seal_reaches_by_a_number_that_was_put_right(people: People, sealed_first: bool) -> None:
    """Set on the right number before or after: the record that bore a wrong one is hers."""
    record = people.record("1", surname="Ash", nhs_number=NHS_A)
    people.record("2", dataset="health", surname="Oak", nhs_number=NHS_C)
    people.deliver()
    mark = Keyed(people.keyring).nhs_number(NHS_C)
    assert mark is not None

    def seal() -> None:
        seals.set_seal(SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "caldicott", "by order", [mark], NOW)

    if sealed_first:
        seal()
    _rectified(people, record, NHS_C)
    if not sealed_first:
        seal()
    for sought in (Sought(nhs_number=NHS_A), Sought(nhs_number=NHS_C), Sought(records=frozenset({record}))):
        assert found(desk(people), sought, "dpo", "request 1") == ()


def test_a_seal_that_comes_later_reaches_what_was_put_right(people: People) -> None:
    """Whoever settles next, `receive` too: a record comes flagged with the number that is right."""
    record = people.record("1", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    _rectified(people, record, NHS_C)
    people.record("2", dataset="health", surname="Oak", nhs_number=NHS_C, seal="protected_witness")
    people.record("3", dataset="fire", surname="Elm", nhs_number=NHS_A)
    people.record("4", dataset="fire", surname="Birch", nhs_number=NHS_B)
    people.deliver()
    assert [row["surname"] for row in seen_today(people)["person_record"]] == ["Birch"]


def test_what_was_put_right_and_is_not_gone_through_yet_closes_every_reading(people: People) -> None:
    record = people.record("1", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    asked = requesting.take(desk(people), Right.RECTIFICATION, NOW.date(), "dpo", [record])
    settle(people.lake, NOW)
    row = {"record_id": record, "dataset": "police", "agency": "police"}
    put_right(people.lake, asked, row, "nhs_number", NHS_C, "dpo", NOW)
    with pytest.raises(Busy, match="seals have not been brought up"):
        see_that_settled(people.lake)
    settle(people.lake, NOW)
    see_that_settled(people.lake)
