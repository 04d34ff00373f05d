"""The certificate of an erasure: what was done and looked through, what others hold, whom to tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from roundtable.data.durable import lasting_folder, write_lasting
from roundtable.ledger import copies, deliveries
from roundtable.ledger.address import private_folder
from roundtable.ledger.copies import CopyRecord
from roundtable.ledger.erasures import ErasureJob
from roundtable.ledger.models import CopyKind
from roundtable.pages.certificate_page import Part, certificate_page
from roundtable.pages.numbers import day, fixed
from roundtable.pages.tables import Column, table
from roundtable.rights.office import Office

_DONE = (Column("Where", header=True), Column("What"), Column("How many", numeric=True))
_SEARCHED = (Column("What", header=True), Column("How many", numeric=True))
_COPIES = (Column("Copy", header=True), Column("What it is"), Column("Where"), Column("Until"))
_TELL = (Column("Agency", header=True), Column("Why"))

#: What an erasure cannot do, said on every certificate.
LIMITS = (
    "Bytes that a file system has let go of can stay on a drive until they are written over: keep the folder "
    "on an encrypted disk.",
    "What left before copies were registered, and what nobody registered, is not known here.",
)
KEPT = (
    "keyed digests by which the same rows are not taken in again",
    "keyed digests of seals and upheld objections, which go on protecting the person",
    "the request, without what it was about",
    "the audit chain, in which nothing says any more who was looked at",
    "sums by area and month that were published, which name nobody",
)


def begun_certificate(office: Office, job: ErasureJob, done: Mapping[str, Any]) -> dict[str, Any]:
    """Everything a certificate says but the proof's result."""
    today = office.now.date()
    brought = {*job.raw, *job.deliveries}
    return {
        "erasure": job.number,
        "partnership": office.partnership.charter.name,
        "cause": job.order.cause.value,
        "request": job.order.request,
        "why": job.order.why,
        "ordered_by": job.order.ordered_by,
        "seconded_by": job.order.seconded_by,
        "begun_at": job.begun_at.isoformat(),
        "done": done,
        "proved": False,
        "copies": [_copy(one) for one in copies.every_copy() if one.may_exist_on(today)],
        "tell": _to_tell(office, brought),
        "next_run": "What was worked out from these rows is worked out anew by the next `roundtable run`.",
        "kept": list(KEPT),
        "limits": list(LIMITS),
    }


def write_certificate(folder: Path, certificate: Mapping[str, Any]) -> Path:
    """Write a certificate as JSON and as a page; the page."""
    home = private_folder(folder) / "erasures"
    lasting_folder(home)
    name = f"erasure-{certificate['erasure']}"
    text = json.dumps(certificate, indent=2, sort_keys=True, ensure_ascii=False)
    write_lasting(home / f"{name}.json", text + "\n")
    page = home / f"{name}.html"
    write_lasting(page, page_of(certificate))
    return page


def page_of(certificate: Mapping[str, Any]) -> str:
    """The certificate as a page that needs nothing else."""
    second = certificate["seconded_by"]
    done = table("done", "What was done, place by place.", _DONE, list(_done(certificate["done"])))
    held = table("copies", "Copies that may still hold it.", _COPIES, list(_copies(certificate["copies"])))
    tell = table("tell", "Whom to tell, and why.", _TELL, list(_told(certificate["tell"])))
    looked = table(
        "searched",
        "Where it was looked for afterwards.",
        _SEARCHED,
        list(_each(certificate.get("searched", {}))),
    )
    parts = (
        Part("done", "What was done", done, "Nothing."),
        Part("searched", "What was looked through", looked, "Nothing yet: the proof is not done."),
        Part("copies", "Copies that may still hold it", held, "None is registered."),
        Part("tell", "To be told", tell, "Nobody."),
        Part("kept", "What is kept, and why", lines=tuple(map(_sentence, certificate["kept"]))),
        Part("limits", "Limits", lines=tuple(certificate["limits"])),
    )
    return certificate_page(
        certificate["erasure"],
        parts,
        why=_sentence(certificate["why"]),
        ordered=f"{certificate['ordered_by']} and {second}" if second else certificate["ordered_by"],
        begun=_moment(certificate["begun_at"]),
        done=_moment(certificate.get("done_at")),
        proof="Nothing of it was found afterwards." if certificate["proved"] else "The proof is not done.",
        partnership=certificate.get("partnership", "The partnership"),
        as_of=day(datetime.fromisoformat(certificate["begun_at"]).date()),
    )


def _done(places: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[str, str, str]]:
    """A row for each kind of thing in each place."""
    for place, told in places.items():
        for kind, number in told.items():
            yield _sentence(place)[:-1], kind, fixed(number)


def _each(told: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for kind, number in told.items():
        yield _sentence(kind)[:-1], fixed(number)


def _copies(copies_: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    for one in copies_:
        until = one["until"] or "nobody has said"
        yield f"{one['kind']} {one['copy']}", one["what"], one["recipient"] or "the partnership", until


def _told(tell: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for one in tell:
        yield one.get("name", one["agency"]), one["why"]


def _copy(one: CopyRecord) -> dict[str, Any]:
    return {
        "copy": one.number,
        "kind": one.kind.value,
        "what": one.what,
        "recipient": one.recipient,
        "until": one.until.isoformat() if one.until else None,
    }


def _to_tell(office: Office, brought: set[str]) -> list[dict[str, str]]:
    """Whom to tell (UK GDPR article 19): who sent it, who receives under its agreements, who has copies."""
    found: dict[str, set[str]] = {}
    named: set[str] = set()
    for record in deliveries.every_delivery():
        if record.delivery_id in brought:
            found.setdefault(record.agency, set()).add("sent it")
            named |= set(record.agreements)
    for agreement in office.partnership.agreements:
        if agreement.id in named:
            for party in agreement.parties:
                if party.receives:
                    found.setdefault(party.agency, set()).add(f"receives under '{agreement.id}'")
    for one in copies.every_copy():
        if one.recipient and one.may_exist_on(office.now.date()) and one.kind is not CopyKind.BACKUP:
            found.setdefault(one.recipient, set()).add(f"has copy {one.number}")
    names = {one.id: one.name for one in office.partnership.agencies}
    return [
        {"agency": agency, "name": names.get(agency, agency), "why": ", ".join(sorted(why))}
        for agency, why in sorted(found.items())
    ]


def _sentence(why: str) -> str:
    return f"{why[:1].upper()}{why[1:].rstrip('.')}."


def _moment(said: str | None) -> str:
    """An instant as a person writes it, in UTC; nobody needs its microseconds."""
    return (
        f"{datetime.fromisoformat(said).astimezone(UTC):%d %B %Y, %H:%M} UTC".lstrip("0")
        if said
        else "not yet"
    )
