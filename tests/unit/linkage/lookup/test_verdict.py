"""What a lookup comes to, in words: nobody, somebody, several, and what would tell more."""

from __future__ import annotations

from roundtable.linkage.lookup.look_up import look_up
from roundtable.linkage.lookup.verdict import Outcome, Verdict, verdict
from tests.unit.linkage.lookup.village import Row, index_of

_NAME = {"given_name": "Isolde", "surname": "Ashkettle"}


def _verdict(rows: list[Row], **asked: str) -> Verdict:
    index = index_of(rows)
    return verdict(index, look_up(index, asked))


def _one(**more: str) -> Row:
    return {**_NAME, **more}


def test_one_person_is_near() -> None:
    row = _one(date_of_birth="1980-05-06", nhs_number="9990000018", postcode="ZY1 1AA")
    told = _verdict([row, {"given_name": "Osric", "surname": "Marl"}], **row)
    assert told.outcome is Outcome.ONE
    assert told.alike == 1
    assert told.would_tell == ()


def test_people_who_differ_in_what_was_not_given_are_told_apart_by_that() -> None:
    rows = [
        _one(date_of_birth="1980-05-06", postcode="ZY1 1AA"),
        _one(date_of_birth="1993-11-17", postcode="ZY1 1AA"),
    ]
    told = _verdict(rows, **_NAME, postcode="ZY1 1AA")
    assert told.outcome is Outcome.SEVERAL
    assert told.alike == 2
    assert told.would_tell[0] == "a date of birth"
    assert "cannot be told apart by what you gave" in told.said[0]
    assert "a date of birth" in told.said[1]


def test_what_everybody_near_has_alike_is_not_asked_for() -> None:
    rows = [
        _one(postcode="ZY1 1AA", nhs_number="9990000018", date_of_birth="1980-05-06"),
        _one(postcode="ZY1 1AA", nhs_number="9990000026", date_of_birth="1980-05-06"),
    ]
    told = _verdict(rows, **_NAME, postcode="ZY1 1AA")
    assert told.outcome is Outcome.SEVERAL
    assert told.would_tell == ("an NHS number",)


def test_where_nothing_more_is_held_nothing_more_is_asked_for() -> None:
    rows = [
        _one(postcode="ZY1 1AA", phone="07700 900001"),
        _one(postcode="ZY1 1AA", phone="07700 900002"),
    ]
    told = _verdict(rows, **_NAME, postcode="ZY1 1AA", phone="07700 900003")
    assert told.outcome is Outcome.SEVERAL
    assert told.would_tell == ()
    assert "Nothing that is held" in told.said[1]


def test_somebody_may_be_near_and_not_near_enough() -> None:
    row = _one(date_of_birth="1980-05-06", nhs_number="9990000018")
    told = _verdict([row], **_NAME, date_of_birth="1931-12-25")
    assert told.outcome is Outcome.UNSURE
    assert told.would_tell == ("an NHS number",)
    assert told.said[1] == "What would tell most: an NHS number."


def test_nobody_is_near() -> None:
    told = _verdict([_one()], given_name="Osric", surname="Grubstone", date_of_birth="1980-05-06")
    assert told.outcome is Outcome.NOBODY
    assert told.said[0].startswith("Nobody is near")
    assert told.would_tell == ()
    little = _verdict([_one()], surname="Grubstone")
    assert little.outcome is Outcome.NOBODY
    assert little.would_tell


def test_too_little_was_given() -> None:
    assert _verdict([_one()], postcode="ZY1 1AA", sex="F").outcome is Outcome.TOO_LITTLE
    assert _verdict([_one()], given_name="UNKNOWN", postcode="ZZ99 3VZ").outcome is Outcome.TOO_LITTLE
    assert _verdict([_one()]).outcome is Outcome.TOO_LITTLE


def test_too_many_have_it_in_common() -> None:
    crowd = [_one(phone=f"07700 900{number:03}") for number in range(410)]
    told = _verdict(crowd, **_NAME)
    assert told.outcome is Outcome.TOO_MANY
    assert "a date of birth with a name" in told.said[1]
