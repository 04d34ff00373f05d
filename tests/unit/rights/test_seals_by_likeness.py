"""Somebody under seal, looked for under another number, name or date: a seal goes with the person."""

from datetime import date

import pytest

from roundtable.data.subjects.reach import OTHERWISE, counted_reach
from roundtable.data.subjects.sealed_rows import without_sealed
from roundtable.data.subjects.settling import settle
from roundtable.governance.rights.sealing import of_record
from roundtable.ledger import legal_holds, seals, subjects
from roundtable.ledger.marks import records_in
from roundtable.ledger.models import SealKind, SealOrigin
from tests.factories_rights import NHS_A, NHS_B, NHS_C, NOW, OLD_HOME, OTHER, REFUGE, People
from tests.unit.rights.seeing import seen_today

BORN, TURNED, OTHER_DAY = date(1986, 3, 4), date(1986, 4, 3), date(1986, 3, 5)
HER = {"given_name": "Anna", "surname": "Ash", "date_of_birth": BORN}


def _sealed_person(people: People, **said: object) -> str:
    """A record under a seal on a person, and a stranger's; the record's id."""
    record = people.record("her", dataset="charity", **(HER | said))
    people.record("stranger", dataset="health", given_name="Bea", surname="Birch", date_of_birth=BORN)
    seals.set_seal(
        SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "caldicott", "at risk", [of_record(record)], NOW
    )
    return record


def _left(people: People) -> list[str]:
    people.deliver()
    seen = seen_today(people)["person_record"]
    return sorted(f"{row['dataset']} {row['surname'] or row['full_name']}" for row in seen)


@pytest.mark.parametrize(
    "said",
    [
        HER,
        HER | {"given_name": "ÁNNA Maria", "surname": "ASH "},
        {"full_name": "Ms Anna Ash", "date_of_birth": BORN},
        {"full_name": "ASH, Anna Maria", "date_of_birth": BORN},
        HER | {"surname": "Oak", "former_surname": "Ash"},
        HER | {"given_name": "Johanna", "known_as": "Anna"},
        HER | {"nhs_number": NHS_B},
    ],
)
def test_through_a_record_that_shares_no_number_with_hers(people: People, said: dict[str, object]) -> None:
    _sealed_person(people, nhs_number=NHS_A)
    people.record("elsewhere", dataset="school", **said)
    assert _left(people) == ["health Birch"]


def test_through_the_name_that_she_had_before(people: People) -> None:
    """The sealed record itself says the former name: records under it are hers too."""
    _sealed_person(people, former_surname="Rowan", known_as="Nan")
    people.record("then", dataset="school", **(HER | {"given_name": "Nan", "surname": "Rowan"}))
    assert _left(people) == ["health Birch"]


def test_through_a_changed_surname_at_the_same_place(people: People) -> None:
    _sealed_person(people, postcode="ZY1 1AA", uprn=OTHER)
    married = HER | {"surname": "Elm"}
    people.record("married", dataset="council", postcode="zy11aa", **married)
    people.record("by number", dataset="fire", uprn=OTHER, **married)
    people.record("far away", dataset="school", postcode="ZY9 9ZZ", **married)
    assert _left(people) == ["health Birch", "school Elm"], (
        "a forename and a birthday alone are many people's"
    )


def test_through_a_day_and_a_month_the_wrong_way_round(people: People) -> None:
    _sealed_person(people, postcode="ZY1 1AA")
    people.record("turned", dataset="council", postcode="ZY1 1AA", **(HER | {"date_of_birth": TURNED}))
    people.record("other", dataset="school", postcode="ZY9 9ZZ", **(HER | {"date_of_birth": TURNED}))
    people.record("near", dataset="fire", postcode="ZY1 1AA", **(HER | {"date_of_birth": OTHER_DAY}))
    assert _left(people) == ["fire Ash", "health Birch", "school Ash"], "it takes the place as well"


def test_through_a_telephone_where_a_case_has_only_that_and_a_name(people: People) -> None:
    _sealed_person(people, phone="07700 900123")
    people.record("case", dataset="support", surname="Ash", phone="+44 7700 900123")
    people.record("sister", dataset="school", given_name="Eve", surname="Oak", phone="07700900123")
    people.record("extension", dataset="fire", surname="Ash", phone="900123")
    assert _left(people) == ["fire Ash", "health Birch", "school Oak"]


def test_a_flag_without_a_number_reaches_what_others_know(people: People) -> None:
    """The charity sends no number and no address of hers, and flags her: the hospital's record goes too."""
    people.record("her", dataset="charity", seal="protected_address", **HER)
    people.record("patient", dataset="hospital", nhs_number=NHS_A, **HER)
    people.record("pupil", dataset="school", given_name="Anne", surname="Ashe", nhs_number=NHS_A)
    people.record("stranger", dataset="hospital", nhs_number=NHS_B, surname="Birch")
    assert _left(people) == ["hospital Birch"], "the number that the likeness found goes on to the school"


def test_a_likeness_never_leads_to_another_likeness(people: People) -> None:
    """Who is reached through a namesake's telephone would be a stranger's relative."""
    _sealed_person(people)
    people.record("namesake", dataset="school", phone="07700900555", nhs_number=NHS_B, **HER)
    people.record("by number", dataset="council", given_name="Annie", surname="Elder", nhs_number=NHS_B,
                  phone="07700900777", date_of_birth=OTHER_DAY)  # fmt: skip
    people.record("brother", dataset="fire", given_name="Carl", surname="Ash", phone="07700900555")
    people.record("second", dataset="police", surname="Elder", phone="07700900777")
    left = ["fire Ash", "health Birch", "police Elder"]
    assert _left(people) == left
    people.record("late", dataset="prison", surname="Elder", phone="07700900777")
    assert _left(people) == [*left, "prison Elder"], "nor when it is gone through again"


def test_a_likeness_carries_no_place(people: People) -> None:
    """A namesake's neighbours are not left out by somebody else's seal."""
    people.record("her", dataset="charity", uprn=REFUGE, seal="protected_address", **HER)
    people.record("namesake", dataset="council", uprn=OLD_HOME, **HER)
    people.record("lodger", dataset="council", uprn=OLD_HOME, surname="Birch")
    people.record("child", dataset="council", uprn=REFUGE, surname="Ashby")
    assert _left(people) == ["council Birch"]


def test_a_likeness_takes_nobody_out_for_a_hold(people: People) -> None:
    """A stranger's data are not kept, and not withheld, because of a namesake's request."""
    hers = people.record("her", dataset="charity", **HER)
    people.record("namesake", dataset="school", **HER)
    people.deliver()
    number = legal_holds.set_hold("a court's order", "police", NOW.date(), [of_record(hers)], NOW)
    settle(people.lake, NOW)
    (hold,) = [one for one in legal_holds.standing_holds() if one.number == number]
    assert records_in(hold.marks) == {hers}


def test_it_can_be_said_by_what_records_were_reached(people: People) -> None:
    _sealed_person(people, nhs_number=NHS_A, phone="07700900123")
    people.record("one", dataset="school", nhs_number=NHS_A)
    people.record("two", dataset="council", **HER)
    people.record("three", dataset="fire", surname="Ash", phone="07700900123", nhs_number=NHS_C)
    people.record("four", dataset="care", surname="Wych", nhs_number=NHS_C)
    people.deliver()
    seen_today(people)
    assert counted_reach(people.lake, seals.standing_marks()[1]) == {
        "the NHS number": 2,
        "forename, surname and date of birth": 1,
        "surname and telephone": 1,
        OTHERWISE: 1,
    }


def test_an_erased_record_is_forgotten_however_it_was_reached(people: People) -> None:
    _sealed_person(people)
    alike = people.record("two", dataset="council", **HER)
    people.deliver()
    seen_today(people)
    assert alike in {mark.value for mark in seals.standing_marks()[1]}
    subjects.forget([alike])
    assert alike not in {mark.value for mark in seals.standing_marks()[1]}


def test_through_the_quarantine(people: People) -> None:
    """A row with a broken number still says a name and a birthday, in whatever columns they stand."""
    _sealed_person(people, phone="07700900123")
    people.deliver()
    seen_today(people)
    rows: dict[int, dict[str, str | None]] = {
        1: {"nhs": "??", "who": "Anna", "last": "Ash", "born": "04/03/1986"},
        2: {"nhs": "??", "who": "ASH, Anna", "last": None, "born": "1986-03-04"},
        3: {"nhs": "??", "who": None, "last": "Ash", "born": "07700900123"},
        4: {"nhs": "??", "who": "Anna", "last": "Oak", "born": "04/03/1986"},
        5: {"nhs": "??", "who": "Anna", "last": "Ash", "born": "05/03/1986"},
    }
    assert sorted(without_sealed(people.lake, "police", rows)) == [4, 5]


def test_a_record_that_is_not_there_yet_can_be_sealed(people: People) -> None:
    """Whether there is such a record is told by nothing: it is held until it comes."""
    later = People(people.folder, people.keyring).record("later", dataset="school", surname="Ash")
    seals.set_seal(SealKind.PROTECTED_WITNESS, SealOrigin.ORDER, "x", "y", [of_record(later)], NOW)
    people.record("later", dataset="school", surname="Ash")
    people.record("other", dataset="school", surname="Birch")
    assert _left(people) == ["school Birch"]
