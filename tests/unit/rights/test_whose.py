"""What a post learns by acts that are not a look: nothing that it could not have looked up."""

from dataclasses import replace

import pytest

from roundtable.errors import NotPermitted
from roundtable.governance.rights.sealing import of_record
from roundtable.ledger import legal_holds, seals
from roundtable.ledger.models import Outcome, Right, SealKind, SealOrigin
from roundtable.rights import requesting
from roundtable.rights.office import Office
from roundtable.rights.sealing import Covered, reach_of, set_seal
from tests.factories_rights import NHS_A, NOW, People
from tests.unit.rights.desk import desk
from tests.unit.rights.seeing import seen_today
from tests.unit.rights.test_controllers import county

TODAY = NOW.date()
WITNESS = SealKind.PROTECTED_WITNESS


def _office(people: People) -> Office:
    """The police hold crimes with the council; the charity alone holds its cases."""
    return replace(desk(people), partnership=replace(county(), folder=people.folder))


def _crime_and_case(people: People) -> tuple[str, str]:
    crime = people.record("c1", surname="Ash", nhs_number=NHS_A)
    people.deliver()
    case = people.record("k1", dataset="care", surname="Ash", nhs_number=NHS_A)
    people.deliver("care", agreements=["casework"])
    return crime, case


def test_to_seal_a_number_does_not_tell_whether_others_know_its_bearer(people: People) -> None:
    """Any post may set a seal; the police learn of their crime by it, and nothing of the charity's case."""
    _crime_and_case(people)
    office = _office(people)
    of_the_police = set_seal(office, WITNESS, Covered(nhs_numbers=(NHS_A,)), "dpo", "at risk")
    of_a_lead = set_seal(office, WITNESS, Covered(nhs_numbers=(NHS_A,)), "worker", "at risk")
    seals.lift_seal(of_a_lead, "x", "y", "z", NOW)
    seen_today(people)
    assert reach_of(office, of_the_police, "dpo") == {"the NHS number": 1}
    with pytest.raises(NotPermitted):
        reach_of(office, of_a_lead, "worker")


def test_nor_whether_another_seal_covers_them(people: People) -> None:
    crime, _ = _crime_and_case(people)
    seals.set_seal(WITNESS, SealOrigin.ORDER, "caldicott", "at risk", [of_record(crime)], NOW)
    office = _office(people)
    number = set_seal(office, WITNESS, Covered(nhs_numbers=(NHS_A,)), "dpo", "at risk")
    seen_today(people)
    assert reach_of(office, number, "dpo") == {}


@pytest.mark.parametrize("right", [Right.OBJECTION, Right.RESTRICTION])
def test_an_objection_that_reached_other_agencies_records_says_so_to_nobody(
    people: People, right: Right
) -> None:
    """It binds for them too, and is decided by whoever could decide it when it was taken down."""
    crime, case = _crime_and_case(people)
    office = _office(people)
    purposes = ["prevention_of_fire_and_falls"]
    number = requesting.take(office, right, TODAY, "dpo", [crime], purposes)
    seen_today(people)
    assert requesting.the_request(number).records == {crime, case}
    assert "charity" not in " ".join(requesting.assess(office, number).covers)
    assert [one.agreement for one in requesting.assess(office, number).footings] == ["sharing"]
    with pytest.raises(NotPermitted) as refused:
        requesting.decide(office, number, Outcome.GRANTED, "charity-dpo", "because", purposes)
    assert "care" not in str(refused.value)
    requesting.decide(office, number, Outcome.GRANTED, "dpo", "because", purposes)


def test_what_is_sealed_since_is_left_out_of_what_an_objection_is_said_to_be_about(people: People) -> None:
    crime, _ = _crime_and_case(people)
    office = _office(people)
    purposes = ["prevention_of_fire_and_falls"]
    number = requesting.take(office, Right.OBJECTION, TODAY, "dpo", [crime], purposes)
    seals.set_seal(WITNESS, SealOrigin.ORDER, "caldicott", "at risk", [of_record(crime)], NOW)
    seen_today(people)
    assert requesting.assess(office, number).covers == ()
    with pytest.raises(NotPermitted, match="of another agency than"):
        requesting.decide(office, number, Outcome.GRANTED, "charity-dpo", "because", purposes)
    requesting.decide(office, number, Outcome.GRANTED, "siro", "because", purposes)


def test_a_hold_is_lifted_by_the_agency_that_set_it_alone(people: People) -> None:
    crime, _ = _crime_and_case(people)
    office = _office(people)
    number = requesting.hold(office, [crime], "dpo", "an inquest", TODAY.replace(year=TODAY.year + 1))
    for other in ("charity-dpo", "caldicott", "worker"):
        with pytest.raises(NotPermitted):
            requesting.end_hold(office, number, other)
    assert [one.number for one in legal_holds.standing_holds()] == [number]
    requesting.end_hold(office, number, "siro")
    assert legal_holds.standing_holds() == ()
