"""Erasing: ordered by two posts, carried out everywhere, and proved.

The order stands in the ledger, with what may not come back, before anything goes; whoever was killed is taken
up again from there. What was to be looked for is kept sealed until the proof is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from roundtable.data.intake.finding_deliveries import FOLDER
from roundtable.data.subjects.belonging import Belonging, belonging_to
from roundtable.data.subjects.forgetting import rows_left
from roundtable.data.subjects.needles import (
    Needles,
    drop_needles,
    keep_needles,
    kept_needles,
    needles_file,
    needles_for,
)
from roundtable.data.subjects.proving import Proof, Search
from roundtable.data.subjects.quarantined import HeldPerson
from roundtable.data.subjects.records import PERSON, batches_of, identities, isin
from roundtable.data.subjects.rectified import overrides, put_right_identity
from roundtable.errors import NotPermitted, Place, Problem, StoreUnusable
from roundtable.governance.keys import no_keys
from roundtable.governance.rights.four_eyes import two_posts
from roundtable.governance.rights.holds import see_that_free
from roundtable.ledger import copies, erasures, legal_holds
from roundtable.ledger.address import private_folder
from roundtable.ledger.erasures import ErasureJob, Order
from roundtable.ledger.marks import Mark
from roundtable.ledger.models import CopyKind, ErasureCause, Outcome, Right
from roundtable.ledger.purging import ledger_files, purge
from roundtable.ledger.requests import RequestRecord
from roundtable.rights.certificate import begun_certificate, write_certificate
from roundtable.rights.in_quarantine import held_of, telling_values
from roundtable.rights.office import Office
from roundtable.rights.requesting import the_request
from roundtable.rights.retaining import carry_out_expiry
from roundtable.rights.whose import see_that_deals
from roundtable.rights.wings import Forgetting, forget_everywhere


def order_erasure(office: Office, request: int, by: str, second: str) -> int:
    """Order the erasure that a granted request asks for; its number. Nothing is erased yet.

    Raises:
        SettingUnusable: there is no such request or post.
        NotPermitted: it was not granted, was done already, is under a hold, one post would do it alone, or it
            is about data of other agencies.
        StoreUnusable: this process has no keys.
    """
    asked = the_request(request)
    two_posts(office.partnership, by, second, "an erasure")
    _see_that_granted(asked)
    see_that_deals(office, asked.records, by, second)
    see_that_free(asked.records, legal_holds.standing_holds())
    if office.lake.keyring is None:
        raise no_keys(office.lake.folder)
    files = office.lake.ever_listed()
    office.tell("Looking for everything that belongs to the person")
    own = belonging_to(office.lake, files, asked.records)
    held = held_of(office, asked.records)
    own.deliveries |= {one.delivery_id for one in held}
    number = erasures.next_erasure()
    keep_needles(office.lake, number, needles_for(office.lake, files, own, telling_values(held)))
    why = f"request {request}, granted by '{asked.decided_by}' on {asked.decided_on}"
    order = Order(ErasureCause.REQUEST, why, by, second, request)
    suppress = _suppressed(office, asked.records, held)
    return erasures.begin(order, asked.records, (), own.deliveries, suppress, office.now)


def carry_out(office: Office, number: int) -> dict[str, Any]:
    """Do what was ordered, from wherever it was left; the certificate.

    Raises:
        StoreUnusable: something was found all the same, or could not be looked through: each is named, and
            the erasure stays under way.
    """
    job = next(job for job in erasures.every_erasure() if job.number == number)
    if job.done:
        return dict(job.certificate)
    needles = kept_needles(office.lake, number)
    certificate = dict(job.certificate)
    if not certificate:
        certificate = _erase(office, job, needles)
    office.tell("Writing the ledger anew, and looking it through")
    said = purge()
    search = Search(needles, office.lake.keyring, packed=True)
    search.through(ledger_files(office.lake.folder), "ledger")
    _see_that_gone(search.proof)
    certificate = certificate | {"proved": True, "ledger": said, "done_at": office.now.isoformat()}
    certificate["searched"] = _told(search.proof, certificate["searched"])
    # The page is there before the ledger says that it is all done; without the ledger it is written again.
    write_certificate(office.lake.folder, certificate)
    erasures.finish(number, certificate, office.now)
    drop_needles(office.lake.folder, number)
    return certificate


def take_up(office: Office) -> tuple[dict[str, Any], ...]:
    """Carry out every erasure that was begun and is not done; their certificates."""
    _drop_unordered(office)
    return tuple(
        carry_out_expiry(office, job.number)
        if job.order.cause is ErasureCause.RETENTION
        else carry_out(office, job.number)
        for job in erasures.under_way()
    )


def _erase(office: Office, job: ErasureJob, needles: Needles) -> dict[str, Any]:
    own = belonging_to(office.lake, office.lake.ever_listed(), job.records)
    whole = _with_what_is_gone(own, needles)
    office.tell("Erasing: in the lake, as received, exports, pages, the ledger")
    done = forget_everywhere(office, Forgetting(job, whole, needles))
    office.tell("Proving it: everything that is left is looked through")
    proof = _proof(office, needles)
    proof.found += rows_left(office.lake, whole)
    _see_that_gone(proof)
    certificate = begun_certificate(office, job, done)
    certificate["searched"] = _told(proof, {})
    erasures.forget_which(job.number, certificate)
    return certificate


def _with_what_is_gone(own: Belonging, needles: Needles) -> Belonging:
    """What belongs to the person, with what an attempt before this one has taken out of the lake already."""
    return replace(own, rows=own.rows | needles.rows, events=own.events | needles.events)


def _proof(office: Office, needles: Needles) -> Proof:
    """Look through everything that is ours but the ledger, and every export that is within reach."""
    folder = office.lake.folder
    private = private_folder(folder)
    search = Search(needles, office.lake.keyring)
    search.through([office.lake.root], "lake")
    search.through([office.lake.scratch], "scratch")
    apart = {office.lake.root, office.lake.scratch, *ledger_files(folder)}
    others = [path for path in sorted(private.iterdir()) if path not in apart and path.name != "erasures"]
    search.through(others, "private")
    own = [needles_file(folder, job.number) for job in erasures.every_erasure()]
    kept = sorted((private / "erasures").glob("*"))
    search.through([path for path in kept if path not in own], "certificates")
    search.through([folder / FOLDER], FOLDER)
    for copy in copies.every_copy():
        if copy.kind is CopyKind.EXPORT and copy.gone_at is None and copy.place:
            search.through([Path(copy.place)], f"copy {copy.number}")
    return search.proof


def _see_that_gone(proof: Proof) -> None:
    found = [(where, "something of the person is still there") for where in proof.found]
    found += [(where, "it cannot be looked through") for where in proof.unread]
    if found:
        remedy = "take it away or mend it, then run `roundtable erase DIR` again: it goes on from here"
        raise StoreUnusable(
            [Problem(Place(where), "erasure-unproved", what, remedy) for where, what in found]
        )


def _told(proof: Proof, before: dict[str, Any]) -> dict[str, Any]:
    counted = {
        kind: before.get(kind, 0) + proof.looked[kind] for kind in {*proof.looked, *before} - {"bytes"}
    }
    return dict(sorted(counted.items())) | {"bytes": before.get("bytes", 0) + proof.bytes}


def _see_that_granted(asked: RequestRecord) -> None:
    place = Place("ledger", key=f"request {asked.number}")
    done = [job for job in erasures.every_erasure() if job.order.request == asked.number]
    if asked.right is not Right.ERASURE:
        what, remedy = f"it asks for {asked.right}, not for erasure", "take a request for erasure"
    elif asked.outcome not in (Outcome.GRANTED, Outcome.PARTLY):
        what, remedy = "it has not been granted", "decide it first: `roundtable subject decide`"
    elif done:
        what, remedy = f"erasure {done[0].number} was ordered for it", "run `roundtable erase DIR` to go on"
    elif not asked.records:
        what, remedy = "it is about no record any more", "there is nothing to do"
    else:
        return
    raise NotPermitted(Problem(place, "erasure-not-granted", what, remedy))


def _suppressed(office: Office, records: Iterable[str], held: Iterable[HeldPerson]) -> set[tuple[str, Mark]]:
    """By what the rows are known when they are sent again: as they were sent, and as they were put right."""
    wanted, keyed, right = frozenset(records), office.keyed, overrides(office.lake)
    found = {(one.dataset, mark) for one in held for mark in keyed.suppressed(one.identity(keyed.keyring))}
    for batch in batches_of(office.lake, [f for f in office.lake.ever_listed() if f.table == PERSON]):
        for one in identities(batch.rows.filter(isin(batch.rows.column("record_id"), wanted))):
            for known in (one, put_right_identity(one, right)):
                found |= {(one.dataset, mark) for mark in keyed.suppressed(known)}
    return found


def _drop_unordered(office: Office) -> None:
    """Forget needles of an erasure that was killed before it was ordered."""
    known = {job.number for job in erasures.under_way()}
    for path in sorted((private_folder(office.lake.folder) / "erasures").glob("*.vault")):
        if path.stem.isdigit() and int(path.stem) not in known:
            drop_needles(office.lake.folder, int(path.stem))
