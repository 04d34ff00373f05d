"""Putting right what a record says, by request: beside the source's row and not in it."""

from __future__ import annotations

from roundtable.data.subjects.finding import Sought, find
from roundtable.data.subjects.rectified import put_right, see_that_can_be
from roundtable.data.subjects.settling import settle
from roundtable.errors import NotPermitted, Place, Problem, SettingUnusable
from roundtable.ledger import rectifications
from roundtable.ledger.models import Outcome, Right
from roundtable.rights.office import Office
from roundtable.rights.requesting import the_request
from roundtable.rights.whose import see_that_deals


def rectify(office: Office, request: int, record: str, column: str, value: str | None, by: str) -> int:
    """Let a value stand in the stead of the one that a source sent; the rectification's number.

    The agency that sent the record is to be told: `told` notes that it was.

    Args:
        office: open for writing.
        request: the number of a request for rectification that was granted.
        record: the id of the record.
        column: which of its values, such as `date_of_birth`.
        value: what is right; None where nothing should stand there.
        by: the post.

    Raises:
        SettingUnusable: there is no such request, record, value or post.
        NotPermitted: the request was not granted, or is not about that record, or the record is of data of
            other agencies.
    """
    asked = the_request(request)
    office.answering(by)
    see_that_deals(office, {record}, by)
    see_that_can_be(column, value)
    granted = asked.outcome in (Outcome.GRANTED, Outcome.PARTLY)
    if asked.right is not Right.RECTIFICATION or not granted:
        what = "no request for rectification was granted under that number"
        raise _not_permitted(request, what, "take one, and decide it first")
    if record not in asked.records:
        raise _not_permitted(request, "it is not about that record", "name one of its records")
    rows = find(office.lake, Sought(records=frozenset({record})), office.sealed(by))
    if not rows:
        place = Place("command line", key="--record")
        raise SettingUnusable(
            Problem(place, "record-unknown", "there is no such record", "`subject find DIR` shows them")
        )
    number = put_right(office.lake, request, rows[0], column, value, by, office.now)
    # What is right may be what is under seal: nothing is read again before that is known.
    settle(office.lake, office.now)
    return number


def told(office: Office, number: int, by: str) -> None:
    """Note that the agency that sent a record has been told today what was put right.

    Raises:
        SettingUnusable: there is no such rectification or post.
    """
    office.post(by)
    if number not in {one.number for one in rectifications.every_rectification()}:
        place, what = Place("command line", key="--told"), f"there is no rectification {number}"
        raise SettingUnusable(Problem(place, "rectification-unknown", what, "name one that was made"))
    rectifications.note_agency_told(number, office.now.date(), by, office.now)


def _not_permitted(request: int, what: str, remedy: str) -> NotPermitted:
    return NotPermitted(Problem(Place("ledger", key=f"request {request}"), "rectify-request", what, remedy))
