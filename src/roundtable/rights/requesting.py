"""Requests by people: taken, timed, assessed, decided, and the holds that stand in their way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from roundtable.data.subjects.finding import Sought, find
from roundtable.data.subjects.records import IDENTIFYING, PERSON, batches_of, identities, isin
from roundtable.errors import NotPermitted, Place, Problem, SettingUnusable
from roundtable.governance.rights.assessing import (
    Footing,
    beyond_the_right,
    footings,
    regime_of,
    see_that_may_decide,
)
from roundtable.governance.rights.controllers import Came, coverage
from roundtable.governance.rights.deadlines import Deadline, deadline, may_be_extended
from roundtable.governance.rights.holds import held_by
from roundtable.governance.rights.law import Exemption, exemptions
from roundtable.governance.rights.objections import BINDING
from roundtable.governance.rights.sealing import of_record
from roundtable.ledger import legal_holds, requests
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import Outcome, Right
from roundtable.ledger.requests import RequestRecord
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.purpose import Purpose
from roundtable.rights.in_quarantine import found_held
from roundtable.rights.office import Office, plain_words
from roundtable.rights.whose import came_of, see_that_decides, see_that_of_one_agency

#: Whom a person who is not content can turn to. What they are told is the controllers' to word.
COMPLAINT_ROUTE = (
    "You may ask for another post to look at this decision again, complain to us and be told within 30 days "
    "that we have your complaint, complain to the Information Commissioner, or go to court."
)


@dataclass(frozen=True)
class Assessment:
    """Everything that a post needs to decide.

    Attributes:
        request: what is asked.
        deadline: until when; None where the law sets none.
        footings: whether the right reaches each agreement under which the data are held.
        covers: whose data it is about and which posts may deal with them, in sentences.
        holds: the numbers of legal holds on the records.
        exemptions: what a refusal could rest on.
        complaint: what the answer has to say about complaining.
    """

    request: RequestRecord
    deadline: Deadline | None
    footings: tuple[Footing, ...]
    covers: tuple[str, ...]
    holds: tuple[int, ...]
    exemptions: tuple[Exemption, ...]
    complaint: str = COMPLAINT_ROUTE


def take(
    office: Office,
    right: Right,
    received_on: date,
    by: str,
    records: Sequence[str],
    purposes: Sequence[str] = (),
    case_ref: str = "",
) -> int:
    """Take down a request; its number. It changes nothing yet, whatever is asked.

    Raises:
        SettingUnusable: there is no such post, record or purpose, or the day is yet to come.
    """
    office.post(by)
    if received_on > office.now.date():
        raise _unusable("--received", "request-day", "that day has not come yet", "name the day it came in")
    if right in BINDING:
        _see_purposes(purposes)
    elif purposes:
        what = f"a request for {right} is directed at no purpose"
        raise _unusable("--for", "request-purposes", what, "leave it out")
    marks = marks_of(office, records, by, later=right in BINDING)
    return requests.take(right, received_on, by, marks, office.now, purposes, case_ref)


def assess(office: Office, number: int) -> Assessment:
    """Put together what a decision about a request rests on.

    Raises:
        SettingUnusable: there is no such request.
    """
    request = the_request(number)
    under = agreements_of(office, came := came_of(office, request))
    regime = regime_of(under)
    possible = tuple(one for one in exemptions().values() if request.right in one.rights)
    return Assessment(
        request,
        deadline(request, regime, office.now.date()),
        footings(request.right, under),
        coverage(office.partnership, came, office.now.date()),
        tuple(hold.number for hold in held_by(request.records, legal_holds.standing_holds())),
        tuple(one for one in possible if one.regime is regime) or possible,
    )


def decide(
    office: Office,
    number: int,
    outcome: Outcome,
    by: str,
    reason: str,
    upheld: Sequence[str] = (),
    named: Sequence[str] = (),
    grounds: Sequence[str] = (),
) -> tuple[str, ...]:
    """Decide a request. An objection that is granted binds from now on, for the purposes named.

    Args:
        office: open for writing.
        number: of the request.
        outcome: how it is decided.
        by: the post; its agency is a controller of all that the request is about.
        reason: why, in words that name nobody.
        upheld: for an objection or a restriction, the purposes for which it is upheld.
        named: the exemptions that a refusal rests on.
        grounds: what an erasure rests on where the law gives the person no right to it.

    Returns:
        What to warn of: for an erasure, every agreement that the right does not surely reach, and why.

    Raises:
        SettingUnusable: there is no such request, post or purpose.
        NotPermitted: the decision breaks a rule, or is about data of other agencies.
    """
    request = the_request(number)
    office.answering(by)
    why = plain_words(reason, "--reason")
    came = see_that_decides(office, request, by)
    under = footings(request.right, agreements_of(office, came))
    held = bool(held_by(request.records, legal_holds.standing_holds()))
    see_that_may_decide(request, outcome, why, upheld, named, held, under, grounds)
    rests_on = (*named, *grounds)
    requests.decide(number, outcome, by, office.now.date(), why, office.now, upheld, rests_on)
    return beyond_the_right(request, outcome, under)


def stop_clock(office: Office, number: int, by: str, reason: str) -> None:
    """Note that the person was asked today for something without which the request cannot be met."""
    request = open_request(number)
    office.answering(by)
    if any(stop.answered_on is None for stop in request.stops):
        raise _unusable("--ask", "clock-stopped", "the clock stands still already", "note the answer first")
    requests.stop_clock(number, office.now.date(), plain_words(reason, "--reason"), by, office.now)


def start_clock(office: Office, number: int, by: str) -> None:
    """Note that the person has answered today."""
    request = open_request(number)
    office.answering(by)
    if all(stop.answered_on is not None for stop in request.stops):
        raise _unusable("--answered", "clock-runs", "nothing was asked", "there is nothing to note")
    requests.start_clock(number, office.now.date(), by, office.now)


def extend(office: Office, number: int, by: str, reason: str) -> None:
    """Note that the person was told today that it takes longer, and why.

    Raises:
        NotPermitted: the law does not allow it, or not any more.
    """
    request = open_request(number)
    office.answering(by)
    why = plain_words(reason, "--reason")
    regime = regime_of(agreements_of(office, came_of(office, request)))
    obstacle = may_be_extended(request, regime, office.now.date())
    if obstacle is not None:
        place = Place("ledger", key=f"request {number}")
        raise NotPermitted(
            Problem(place, "request-extension", f"it cannot be given longer: {obstacle}", "answer it now")
        )
    requests.note(number, office.now, by, extended_on=office.now.date(), extended_why=why)


def acknowledge(office: Office, number: int, by: str) -> None:
    """Note that the person was told today that the request has come."""
    open_request(number)
    office.post(by)
    requests.note(number, office.now, by, acknowledged_on=office.now.date())


def hold(office: Office, records: Sequence[str], by: str, reason: str, review_on: date) -> int:
    """Keep records from being erased, until a post lifts the hold; its number."""
    office.answering(by)
    why = plain_words(reason, "--reason")
    if review_on <= office.now.date():
        raise _unusable("--review", "hold-review", "that day is over", "name a day on which to look again")
    marks = marks_of(office, records, by, later=True)
    return legal_holds.set_hold(why, by, review_on, marks, office.now)


def end_hold(office: Office, number: int, by: str) -> None:
    """Lift a legal hold. Only the agency that set it does: what it keeps could be erased from then on.

    Raises:
        SettingUnusable: there is none of that number.
        NotPermitted: another agency set it, or the post does not answer for data.
    """
    office.answering(by)
    held = {one.number: one.set_by for one in legal_holds.standing_holds()}
    if number not in held:
        what, remedy = f"there is no hold {number}", "see `subject hold` without it"
        raise _unusable("--lift", "hold-unknown", what, remedy)
    see_that_of_one_agency(office, by, held[number], f"hold {number}")
    legal_holds.lift_hold(number, by, office.now)


def the_request(number: int) -> RequestRecord:
    """A request by its number.

    Raises:
        SettingUnusable: there is none.
    """
    found = next((one for one in requests.every_request() if one.number == number), None)
    if found is None:
        what, remedy = f"there is no request {number}", "`subject request DIR` shows them"
        raise _unusable("REQUEST", "request-unknown", what, remedy)
    return found


def open_request(number: int) -> RequestRecord:
    """A request that still waits for a decision.

    Raises:
        SettingUnusable: there is none, or it has been decided.
    """
    request = the_request(number)
    if not request.is_open:
        what = f"request {number} was decided on {request.decided_on}"
        raise _unusable("REQUEST", "request-decided", what, "take a new one if there is something new")
    return request


def marks_of(office: Office, records: Sequence[str], by: str, *, later: bool) -> frozenset[Mark]:
    """By what records are known, and with `later` others of the same person, now and to come.

    An objection or a hold is the safer for reaching them. An erasure is not: a number that was mistyped would
    take somebody else's record with it, so that it is about the records that a post has picked and no more.
    A record under seal is to a post as if it were not there, until it is released to it; so is one of data of
    which its agency is no controller.

    Raises:
        SettingUnusable: there is no such record.
        StoreUnusable: this process has no keys.
    """
    wanted = frozenset(records)
    sought, within = Sought(records=wanted), office.own_deliveries(by)
    known = find(office.lake, sought, office.sealed(by), within) if wanted else ()
    held = found_held(office, sought, within) if wanted else ()
    unknown = wanted - {row["record_id"] for row in known} - {one.record_id for one in held}
    if unknown or not wanted:
        what = "no record is named"
        if unknown:
            what = f"there is no record {min(unknown)} among the data of the agency of '{by}'"
        raise _unusable("--record", "record-unknown", what, "`subject find DIR` shows records with their ids")
    found: set[Mark] = {of_record(record) for record in wanted}
    if not later:
        return frozenset(found)
    keyed = office.keyed
    for batch in batches_of(office.lake, office.lake.files(PERSON), list(IDENTIFYING)):
        own = batch.rows.filter(isin(batch.rows.column("record_id"), wanted))
        for one in identities(own):
            found |= keyed.person(one)
    for row in held:
        of_row = row.identity(keyed.keyring)
        found |= keyed.person(of_row) - {of_record(of_row.record_id)}
    return frozenset(found)


def agreements_of(office: Office, came: Iterable[Came]) -> tuple[Agreement, ...]:
    """The agreements under which data came, in order of their ids."""
    named = {name for one in came for name in one.under}
    return tuple(one for one in office.partnership.agreements if one.id in named)


def _see_purposes(purposes: Sequence[str]) -> None:
    unknown = sorted(set(purposes) - {purpose.value for purpose in Purpose})
    if unknown or not purposes:
        what = f"there is no purpose '{unknown[0]}'" if unknown else "it is directed at no purpose"
        known = ", ".join(purpose.value for purpose in Purpose)
        raise _unusable("--for", "request-purposes", what, f"name some of {known}")


def _unusable(option: str, rule: str, what: str, remedy: str) -> SettingUnusable:
    return SettingUnusable(Problem(Place("command line", key=option), rule, what, remedy))
