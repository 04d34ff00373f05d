"""The desk of a small partnership: two agencies, their posts, one agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from roundtable.data.subjects.settling import settle
from roundtable.ledger.models import Outcome, Right
from roundtable.rights import erasing, requesting
from roundtable.rights.office import Office
from tests.factories import agency, agreement, partnership
from tests.factories_rights import NOW, People

POSTS = [
    {"id": "dpo", "title": "Data protection officer", "kind": "dpo"},
    {"id": "siro", "title": "Senior information risk owner", "kind": "siro"},
    {"id": "caldicott", "title": "Caldicott guardian", "kind": "caldicott_guardian"},
    {"id": "worker", "title": "Safeguarding lead", "kind": "service_lead"},
    {"id": "vacant", "title": "Nobody", "kind": "analyst", "vacant_since": "2026-01-01"},
]
#: What comes under the agreement; both agencies are controllers of it.
DATASETS = ("care", "fire", "gazetteer", "health", "police")
#: Why an erasure is granted that the basis, a public task, gives nobody a right to.
GROUND = ("gdpr.art17.1.d",)


def desk(people: People, at: datetime = NOW, **agreed: object) -> Office:
    """The office of a partnership whose ledger is open; what is sealed is brought up to date."""
    sharing = {
        "parties": [
            {"agency": "police", "role": "controller", "gives": True, "signed_on": "2026-01-01"},
            {"agency": "council", "role": "controller", "receives": True, "signed_on": "2026-01-01"},
        ],
        "grants": [{"dataset": name, "table": "rows", "columns": ["uprn"]} for name in DATASETS],
        "basis": {"regime": "uk_gdpr", "article_6": "6(1)(e) public task"},
        "retention_days": 365,
    }
    made = partnership(
        agency("police", kind="police", roles=POSTS[:2]),
        agency("council", roles=POSTS[2:]),
        agreement("sharing", **sharing | agreed),
    )
    office = Office(replace(made, folder=people.folder), people.lake, at)
    settle(office.lake, at)
    return office


def granted(people: People, *records: str, right: Right = Right.ERASURE) -> int:
    """A request that was granted; its number."""
    office = desk(people)
    number = requesting.take(office, right, NOW.date(), "dpo", records)
    grounds = GROUND if right is Right.ERASURE else ()
    requesting.decide(office, number, Outcome.GRANTED, "dpo", "nothing stands against it", grounds=grounds)
    return number


def erased(people: People, *records: str, later: timedelta = timedelta()) -> dict[str, object]:
    """The certificate of an erasure that went through."""
    request = granted(people, *records)
    office = desk(people, NOW + later)
    return erasing.carry_out(office, erasing.order_erasure(office, request, "dpo", "siro"))
