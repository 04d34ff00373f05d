"""Whose data a request is about: the agencies that control them, and whether a post may deal with it."""

from __future__ import annotations

from collections.abc import Iterable

from roundtable.data.subjects.records import PERSON, batches_of, isin
from roundtable.errors import NotPermitted, Place, Problem
from roundtable.governance.rights.controllers import Came, see_that_may_deal
from roundtable.governance.rights.objections import BINDING
from roundtable.ledger import looks
from roundtable.ledger.requests import RequestRecord
from roundtable.rights.in_quarantine import held_of
from roundtable.rights.office import RIGHTS_PURPOSE, Office, Reach


def came_with(office: Office, records: Iterable[str]) -> frozenset[Came]:
    """How records and rows in quarantine came: every dataset and agreement that brought any of it."""
    wanted = frozenset(records)
    if not wanted:
        return frozenset()
    brought = {one.delivery_id for one in held_of(office, wanted)}
    for batch in batches_of(office.lake, office.lake.files(PERSON), ["record_id", "delivery_id"]):
        own = batch.rows.filter(isin(batch.rows.column("record_id"), wanted))
        brought |= set(own.column("delivery_id").to_pylist())
    return frozenset(came for one, came in office.came().items() if one in brought)


def came_of(office: Office, request: RequestRecord) -> frozenset[Came]:
    """How the data came that a request was taken down about.

    What binds grows by every later record of the same person, in whoever's data and under whatever seal. That
    it has grown is told to nobody, and makes nobody else decide: it is about what the post that took it down
    could name.
    """
    if request.right not in BINDING:
        return came_with(office, request.records)
    agency = office.agency_of(request.taken_by)
    hidden = office.sealed_but_for(request.taken_by, None).records
    came = came_with(office, request.records - hidden)
    return came if agency is None else came & office.controlled_by(agency)


def see_that_decides(office: Office, request: RequestRecord, by: str) -> frozenset[Came]:
    """See that a post may decide a request; how the data came that it is about.

    Raises:
        NotPermitted: its agency is no controller of all of it; of a request about nothing that can be told,
            it is another than that of the post that took it down.
    """
    came = came_of(office, request)
    see_that_may_deal(office.partnership, by, came, office.now.date())
    if not came:
        see_that_of_one_agency(office, by, request.taken_by, f"request {request.number}")
    return came


def see_that_of_one_agency(office: Office, by: str, first: str, about: str) -> None:
    """See that a post is of the agency of the post that first dealt with something, if that still exists.

    Raises:
        NotPermitted: it is of another.
    """
    if office.agency_of(first) not in (None, office.agency_of(by)):
        what = f"'{by}' is of another agency than '{first}', which took it down"
        remedy = f"let a post of the agency of '{first}' do it"
        raise NotPermitted(Problem(Place("ledger", key=about), "rights-agency", what, remedy))


def see_that_deals(office: Office, records: Iterable[str], *posts: str) -> None:
    """See that posts may deal with all that a request is about.

    Raises:
        NotPermitted: one may not; it says with what, whose that is, and who may.
    """
    covered = came_with(office, records)
    for post in posts:
        see_that_may_deal(office.partnership, post, covered, office.now.date())


def reach_to_look(office: Office, by: str, about: str) -> Reach:
    """How far a post can look somebody up; one that may not at all is refused, and the chain says so.

    Raises:
        SettingUnusable: there is no such post.
        NotPermitted: it does not answer for data, or for none of these.
    """
    try:
        office.answering(by)
        return office.reach(by)
    except NotPermitted:
        note_look(office, by, about, (), "refused")
        raise


def note_look(office: Office, by: str, about: str, records: Iterable[str], how: str) -> None:
    """Have the chain say who looked, for what and how: `found`, `shown` or `refused`."""
    detail = {"by": by, "purpose": RIGHTS_PURPOSE, "how": how}
    looks.note_look(about, records, detail, office.now)
