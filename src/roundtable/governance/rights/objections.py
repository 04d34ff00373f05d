"""Objections: one binds where it was upheld, for the purposes it was upheld for, and nowhere else.

Whoever objects changes nothing by it until a named post has decided, so that nobody can blind a
safeguarding team by objecting. A restriction that was granted binds in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable

from roundtable.governance.rights.keyed import Identity, Keyed
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import Outcome, Right
from roundtable.ledger.requests import RequestRecord, every_request

#: What keeps data from a purpose when it is granted.
BINDING = frozenset({Right.OBJECTION, Right.RESTRICTION})
_UPHELD = frozenset({Outcome.GRANTED, Outcome.PARTLY})


def binds(request: RequestRecord, purpose: str) -> bool:
    """Whether a request keeps its records from a purpose."""
    return request.right in BINDING and request.outcome in _UPHELD and purpose in request.upheld


def upheld_among(requests: Iterable[RequestRecord], purpose: str) -> frozenset[str]:
    """The ids of the records that upheld objections keep from a purpose."""
    return frozenset(record for request in requests if binds(request, purpose) for record in request.records)


def upheld_objections(purpose: str) -> frozenset[str]:
    """The same of the ledger that is open: the values that the policy's forbids take."""
    return upheld_among(every_request(), purpose)


def found_since(marks: frozenset[Mark], one: Identity, keyed: Keyed) -> frozenset[Mark]:
    """What a request or a hold is about more because of a record that has come: the same person's."""
    person = keyed.person(one)
    return frozenset() if marks.isdisjoint(person) else person - marks
