"""The certificate of an erasure: what was done and looked through, what others hold, whom to tell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

from roundtable.data.durable import lasting_folder, write_lasting
from roundtable.ledger import copies, deliveries
from roundtable.ledger.address import private_folder
from roundtable.ledger.copies import CopyRecord
from roundtable.ledger.erasures import ErasureJob
from roundtable.ledger.models import CopyKind
from roundtable.rights.office import Office

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
    number = certificate["erasure"]
    rows = "".join(
        f"<tr><th scope='row'>{escape(place)}</th><td>{escape(_counts(told))}</td></tr>"
        for place, told in certificate["done"].items()
    )
    parts = [
        f"<h1>Certificate of erasure {number}</h1>",
        f"<p>{escape(_sentence(certificate['why']))} "
        f"Ordered by <code>{escape(certificate['ordered_by'])}</code>"
        f"{_seconded(certificate)}, begun {_moment(certificate['begun_at'])}, "
        f"done {_moment(certificate.get('done_at'))}.</p>",
        "<p><strong>"
        + ("Nothing of it was found afterwards." if certificate["proved"] else "The proof is not done.")
        + f"</strong> Looked through: {escape(_counts(certificate.get('searched', {})))}.</p>",
        f"<h2>What was done</h2><table><tbody>{rows}</tbody></table>",
        f"<h2>Copies that may still hold it</h2>{_list(_told_of(one) for one in certificate['copies'])}",
        f"<h2>To be told</h2>{_list(one['agency'] + ': ' + one['why'] for one in certificate['tell'])}",
        f"<h2>What is kept, and why</h2>{_list(certificate['kept'])}",
        f"<h2>Limits</h2>{_list(certificate['limits'])}",
    ]
    head = (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<title>Certificate of erasure {number}</title>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        "<style>body{font:16px/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}"
        "th{text-align:left;padding-right:1rem;vertical-align:top}</style></head><body><main>"
    )
    return head + "".join(parts) + "</main></body></html>\n"


def _copy(one: CopyRecord) -> dict[str, Any]:
    return {
        "copy": one.number,
        "kind": one.kind.value,
        "what": one.what,
        "recipient": one.recipient,
        "until": one.until.isoformat() if one.until else None,
    }


def _told_of(one: Mapping[str, Any]) -> str:
    until = f"until {one['until']}" if one["until"] else "until nobody has said when"
    whose = f" at {one['recipient']}" if one["recipient"] else ""
    return f"{one['kind']} {one['copy']}{whose}: {one['what']}, {until}"


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
    return [{"agency": agency, "why": ", ".join(sorted(why))} for agency, why in sorted(found.items())]


def _seconded(certificate: Mapping[str, Any]) -> str:
    second = certificate["seconded_by"]
    return f" and <code>{escape(second)}</code>" if second else ""


def _sentence(why: str) -> str:
    return f"{why[:1].upper()}{why[1:].rstrip('.')}."


def _moment(said: str | None) -> str:
    """An instant as a person writes it, in UTC; nobody needs its microseconds."""
    return (
        f"{datetime.fromisoformat(said).astimezone(UTC):%d %B %Y, %H:%M} UTC".lstrip("0")
        if said
        else "not yet"
    )


def _counts(told: Mapping[str, Any]) -> str:
    return ", ".join(f"{kind}: {number:,}" for kind, number in told.items()) or "nothing"


def _list(lines: Any) -> str:
    made = "".join(f"<li>{escape(str(line))}</li>" for line in lines)
    return f"<ul>{made}</ul>" if made else "<p>None.</p>"
