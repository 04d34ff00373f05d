"""Seals, objections and holds made to reach what has come since they were set.

A seal is set on a record, an address or an identifier. What else it covers is found out here, by going
through the records in the vault until nothing is added, and kept in the ledger as keyed marks: whoever
reads content later needs no identifiers, and no key. A record of which something was put right is known by
what was sent and by what is right: it falls under what either falls under, and passes both on. Nothing is
handed to a reader between a delivery and its settling: `see_that_settled` stands before every such reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.data.leftovers import clear_pages
from roundtable.data.subjects.records import IDENTIFYING, PERSON, batches_of, identities, isin
from roundtable.data.subjects.rectified import TABLE as RECTIFIED
from roundtable.data.subjects.rectified import overrides, put_right_identity
from roundtable.data.subjects.touched import placed_alike, touched
from roundtable.errors import Busy, Place, Problem
from roundtable.governance.keys import no_keys
from roundtable.governance.rights.keyed import Identity, Keyed
from roundtable.governance.rights.likeness import LIKENESS, Known
from roundtable.governance.rights.objections import BINDING, found_since
from roundtable.governance.rights.sealing import OF_A_PLACE, marks_of_flag, reached
from roundtable.ledger import legal_holds, requests, seals, settled
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.marks import OF_RECORDS, Mark
from roundtable.ledger.models import MarkKind, SealKind, SealOrigin

#: The column of `person_record` and of `address_record` in which a source's flag stands.
FLAG = "seal"
ADDRESS = "address_record"
_PLACING = ("dataset", "address_id", "address", "postcode")
_FLAGS = "flags"
#: How far a seal goes. A change of it makes every seal be gone through again.
_RULES = "rules 2"
Reach = Callable[[frozenset[Mark], Known], frozenset[Mark]]
#: What stands in the stead of what, by record and column.
Right = Mapping[tuple[str, str], str | None]


@dataclass
class _Owner:
    """A seal, a request or a hold: what it covers, how it grows, and how what it has grown by is kept.

    A seal that is about a place also grows by what the gazetteer knows of the place.
    """

    name: str
    marks: frozenset[Mark]
    reach: Reach
    keep: Callable[[frozenset[Mark]], None]
    of_a_place: bool = False
    added: set[Mark] = field(default_factory=set)


def settle(lake: Lake, at: datetime) -> None:
    """Let every seal, binding request and hold reach the records that stand now. Only the writer may.

    Called when deliveries have been received, a seal was set or something was put right, and before a run
    reads anything.

    Raises:
        StoreUnusable: there are records in the vault and something to settle, and no key.
    """
    before, wanted = settled.settled_states(), _states(lake)
    if before == wanted:
        return
    files, places = lake.files(PERSON), lake.files(ADDRESS)
    if (files or places) and lake.keyring is None:
        raise no_keys(lake.folder)
    if (files or places) and lake.keyring is not None:
        keyed = Keyed(lake.keyring, plain={})
        if before.get(_FLAGS) != wanted[_FLAGS]:
            _flagged(lake, keyed, (*files, *places), at)
        _spread(lake, keyed, files, [one for one in _owners() if _is_behind(lake, one, before)])
    settled.note_settled(_states(lake))
    clear_pages(lake.folder)


def state_now(lake: Lake) -> Mapping[str, str]:
    """What every seal, request, hold and flag rests on as things are; nothing where there is none of them."""
    return _states(lake)


def see_that_settled(lake: Lake) -> None:
    """See that every seal reaches what stands in the lake now.

    Raises:
        Busy: something has come since; whoever writes next settles it.
    """
    if settled.settled_states() != _states(lake):
        what = "seals have not been brought up to what was received last"
        remedy = f"`roundtable receive {lake.folder}` does so"
        raise Busy(Problem(Place(str(lake.folder)), "seals-unsettled", what, remedy))


def _states(lake: Lake) -> dict[str, str]:
    """The state of every owner as things are, and of the flags; nothing where nobody is in the lake."""
    names = _names(lake)
    states = {one.name: settled.state_of(names, one.marks) for one in _owners()}
    return states | ({_FLAGS: settled.state_of(names, ())} if names else {})


def _is_behind(lake: Lake, one: _Owner, before: Mapping[str, str]) -> bool:
    return before.get(one.name) != settled.state_of(_names(lake), one.marks)


def _names(lake: Lake) -> list[str]:
    found = [file.sha256 for table in (PERSON, ADDRESS, RECTIFIED) for file in lake.listed(table)]
    return [_RULES, *found] if found else []


def _owners() -> list[_Owner]:
    return [*_seal_owners(), *_request_owners(), *_hold_owners()]


def _flagged(lake: Lake, keyed: Keyed, files: Iterable[LakeFile], at: datetime) -> None:
    """Seal what rows that came flagged are about, one seal for each dataset and kind."""
    found: dict[tuple[str, str], set[Mark]] = {}
    with_flags = [file for file in files if _has_flags(lake, file)]
    people = [file for file in with_flags if file.table == PERSON]
    for batch in batches_of(lake, people, [*IDENTIFYING, FLAG]):
        flagged = batch.rows.filter(pc.is_valid(batch.rows.column(FLAG)))
        for one, kind in zip(identities(flagged), flagged.column(FLAG).to_pylist(), strict=True):
            of_row = marks_of_flag(one, SealKind(kind), keyed)
            found.setdefault((one.dataset, kind), set()).update(of_row)
    places = [file for file in with_flags if file.table == ADDRESS]
    for batch in batches_of(lake, places, [*_PLACING, FLAG]):
        for row in batch.rows.filter(pc.is_valid(batch.rows.column(FLAG))).to_pylist():
            of_place = keyed.written_place(row["address_id"], row["address"], row["postcode"])
            found.setdefault((row["dataset"], row[FLAG]), set()).update(of_place)
    standing = {
        (seal.set_by, seal.kind.value): seal.number
        for seal in seals.every_seal()
        if seal.origin is SealOrigin.DELIVERY and seal.stands
    }
    with ledger_transaction():
        for (dataset, kind), marks in sorted(found.items()):
            number = standing.get((dataset, kind))
            if number is not None:
                seals.extend_seal(number, marks)
            else:
                why = "rows came flagged by their source"
                seals.set_seal(SealKind(kind), SealOrigin.DELIVERY, dataset, why, marks, at)


def _has_flags(lake: Lake, file: LakeFile) -> bool:
    """Whether a file has any flag: most have none, and one column tells."""
    batches = batches_of(lake, [file], [FLAG])
    return any(batch.rows.column(FLAG).null_count < batch.rows.num_rows for batch in batches)


def _spread(lake: Lake, keyed: Keyed, files: tuple[LakeFile, ...], owners: Sequence[_Owner]) -> None:
    """Go through the records until nothing is added, each time for what the time before has added."""
    right, fresh = overrides(lake), _marks_of(owners)
    while fresh:
        before = _marks_of(owners)
        _once(lake, keyed, files, owners, right, fresh)
        _in_gazetteer(lake, keyed, owners)
        fresh = _to_be_looked_for(_marks_of(owners) - before, before)
    with ledger_transaction():
        for owner in owners:
            if owner.added:
                owner.keep(frozenset(owner.added))


def _marks_of(owners: Iterable[_Owner]) -> frozenset[Mark]:
    return frozenset(mark for owner in owners for mark in owner.marks)


def _to_be_looked_for(added: frozenset[Mark], before: frozenset[Mark]) -> frozenset[Mark]:
    """What could lead further of what was added.

    A new likeness is looked for by days of birth and telephones that may have been known before it.
    """
    leading = frozenset(mark for mark in added if mark.what not in OF_RECORDS)
    if any(mark.what in LIKENESS for mark in leading):
        leading |= {mark for mark in before if mark.what in (MarkKind.BORN, MarkKind.PHONE)}
    return leading


def _once(
    lake: Lake,
    keyed: Keyed,
    files: Iterable[LakeFile],
    owners: Sequence[_Owner],
    right: Right,
    fresh: frozenset[Mark],
) -> None:
    """Go through every record once, for what is fresh and for what is added on the way."""
    before = _marks_of(owners)
    for batch in batches_of(lake, files, list(IDENTIFYING)):
        added = _marks_of(owners) - before
        for one in _looked_at(batch.rows, fresh | _to_be_looked_for(added, before), keyed, right):
            known = Known(one, keyed)
            for owner in owners:
                more = owner.reach(owner.marks, known)
                owner.marks |= more
                owner.added |= more


def _looked_at(rows: pa.Table, wanted: frozenset[Mark], keyed: Keyed, right: Right) -> Iterator[Identity]:
    """The records that could be reached: as they were sent, and as they are right before and after that.

    Whichever of the two is reached, what the other is known by is learnt too.
    """
    changed = isin(rows.column("record_id"), frozenset(record for record, _ in right))
    for one in identities(rows.filter(pc.or_(touched(rows, wanted, keyed), changed))):
        laid = put_right_identity(one, right)
        yield from (one,) if laid == one else (laid, one, laid)


def _in_gazetteer(lake: Lake, keyed: Keyed, owners: Sequence[_Owner]) -> None:
    """Learn from the gazetteer how a sealed address is written, and its number."""
    placed = [owner for owner in owners if owner.of_a_place and owner.marks]
    for batch in batches_of(lake, lake.files(ADDRESS) if placed else (), list(_PLACING)):
        wanted = frozenset(mark for owner in placed for mark in owner.marks)
        for row in batch.rows.filter(placed_alike(batch.rows, wanted, keyed)).to_pylist():
            place = keyed.written_place(row["address_id"], row["address"], row["postcode"])
            for owner in placed:
                more = frozenset() if owner.marks.isdisjoint(place) else place - owner.marks
                owner.marks |= more
                owner.added |= more


def _found_since(marks: frozenset[Mark], known: Known) -> frozenset[Mark]:
    """Requests and holds go by numbers alone: a likeness takes nobody's data out for a namesake's wish."""
    return found_since(marks, known.one, known.keyed)


def _seal_owners() -> list[_Owner]:
    kinds = {seal.number: seal.kind for seal in seals.every_seal()}
    return [
        _Owner(
            f"seal {number}",
            marks,
            partial(reached, kinds[number]),
            partial(seals.extend_seal, number),
            of_a_place=kinds[number] in OF_A_PLACE,
        )
        for number, marks in sorted(seals.standing_marks().items())
    ]


def _request_owners() -> list[_Owner]:
    return [
        _Owner(
            f"request {request.number}",
            request.marks,
            _found_since,
            partial(requests.extend_marks, request.number),
        )
        for request in requests.every_request()
        if request.right in BINDING and (request.is_open or request.upheld)
    ]


def _hold_owners() -> list[_Owner]:
    return [
        _Owner(f"hold {hold.number}", hold.marks, _found_since, partial(legal_holds.extend_hold, hold.number))
        for hold in legal_holds.standing_holds()
    ]
