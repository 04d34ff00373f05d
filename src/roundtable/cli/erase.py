"""`roundtable erase`, `retention` and `copies`: what goes, when, and where else it stands."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

_DAYS = ["%Y-%m-%d"]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


def erase(
    folder: Folder,
    number: Annotated[
        int | None, typer.Option("--request", metavar="N", help="The request for erasure that was granted.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="POST", help="The post that orders it.")] = None,
    second: Annotated[str | None, typer.Option(metavar="POST", help="Another post, which agrees.")] = None,
    as_json: Json = False,
) -> None:
    """Erase a person everywhere, prove that the bytes are gone, and write the certificate.

    Without --request, erasures that were begun and not finished are taken up again.

    Example: `roundtable erase north-yorkshire --request 4 --by nyc-dpo --second nyp-dpo`
    """
    from roundtable.cli.printing import print_json
    from roundtable.cli.working import working
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.address import private_folder
    from roundtable.rights import erasing
    from roundtable.rights.office import open_office

    with working() as tell, open_office(folder, trusted_clock, writes=True, tell=tell) as office:
        done = list(erasing.take_up(office))
        if number is not None:
            if by is None or second is None:
                raise typer.BadParameter("an erasure takes two posts: name --by and --second")
            ordered = erasing.order_erasure(office, number, by, second)
            done.append(erasing.carry_out(office, ordered))
    if as_json:
        print_json(done)
        return
    for one in done:
        page = private_folder(folder) / "erasures" / f"erasure-{one['erasure']}.html"
        typer.echo(f"Erasure {one['erasure']} is done and proved. Certificate: {page}")
        _print_left(one)
    if not done:
        typer.echo("No erasure is under way.")


def retention(
    folder: Folder,
    apply: Annotated[bool, typer.Option("--apply", help="Erase what is due.")] = False,
    by: Annotated[str | None, typer.Option(metavar="POST", help="The post that applies it.")] = None,
    as_json: Json = False,
) -> None:
    """Say until when each delivery may be kept, by agreements and contract; with --apply, erase what is due.

    Ends with 1 when something is due and was not erased.

    Example: `roundtable retention north-yorkshire`
    """
    from roundtable.cli.printing import print_json
    from roundtable.errors import ExitCode
    from roundtable.governance.clock import trusted_clock
    from roundtable.rights import erasing, retaining
    from roundtable.rights.office import open_office

    certificate: dict[str, Any] | None = None
    with open_office(folder, trusted_clock, writes=apply) as office:
        if apply:
            if by is None:
                raise typer.BadParameter("name the post that applies it", param_hint="--by")
            erasing.take_up(office)
            certificate = retaining.expire(office, by)
        found = retaining.retention(office)
    if as_json:
        print_json({"deliveries": [_expiry(one, found) for one in found.expiries], "erased": certificate})
    else:
        _print_retention(found, certificate)
    if found.due:
        raise typer.Exit(ExitCode.FINDINGS)


def copies(
    folder: Folder,
    add: Annotated[str | None, typer.Option(help="Note a copy: export, backup or given.")] = None,
    what: Annotated[str, typer.Option(help="What it holds, in words that name nobody.")] = "",
    recipient: Annotated[str, typer.Option(metavar="AGENCY", help="The agency that has it.")] = "",
    until: Annotated[
        datetime | None, typer.Option(formats=_DAYS, help="The last day on which it exists.")
    ] = None,
    gone: Annotated[int | None, typer.Option(metavar="N", help="Note that this copy is gone.")] = None,
    as_json: Json = False,
) -> None:
    """List the copies outside the store: exports, backups, what was given away; or note one.

    An export notes itself. A backup that nobody notes is on no certificate.

    Example: `roundtable copies north-yorkshire --add backup --what "nightly tape" --until 2026-12-23`
    """
    from dataclasses import asdict

    from roundtable.cli.choosing import chosen
    from roundtable.cli.printing import print_json
    from roundtable.cli.working import working
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger import copies as register
    from roundtable.ledger.models import CopyKind
    from roundtable.rights.office import open_office, plain_words

    with working() as tell, open_office(folder, trusted_clock, writes=True, tell=tell) as office:
        if add is not None:
            last = until.date() if until else None
            kind = chosen(CopyKind, add, "--add")
            register.register(kind, plain_words(what, "--what"), office.now, "", recipient, until=last)
        if gone is not None:
            register.note_gone(gone, office.now)
        every = register.every_copy()
    if as_json:
        print_json([asdict(one) for one in every])
        return
    for one in every:
        state = (
            f"gone since {one.gone_at:%Y-%m-%d}"
            if one.gone_at
            else f"until {one.until or 'nobody knows when'}"
        )
        whose = f" at {one.recipient}" if one.recipient else ""
        where = f", in {one.place}" if one.place else ""
        typer.echo(f"Copy {one.number}: {one.kind}{whose}, {one.what}, {state}{where}.")
    if not every:
        typer.echo("No copy is known.")


def _print_left(one: dict[str, Any]) -> None:
    for copy in one["copies"]:
        typer.echo(f"  Still held: {copy['kind']}, {copy['what']}, until {copy['until'] or 'nobody knows'}")
    for told in one["tell"]:
        typer.echo(f"  Tell {told['agency']}: {told['why']}")


def _print_retention(found: Any, certificate: dict[str, Any] | None) -> None:
    due = {one.kept.delivery_id for one in found.due}
    said = Counter[str]()
    for one in found.expiries:
        if one.kept.delivery_id in found.held:
            mark = f"held by {', '.join(map(str, found.held[one.kept.delivery_id]))}"
        else:
            mark = "DUE" if one.kept.delivery_id in due else "kept"
        said[mark.partition(" ")[0]] += 1
        until = f"until {one.last_day}, {one.why}" if one.last_day else one.why
        typer.echo(f"{mark:<8} {one.kept.file}: {until}")
    if found.expiries:
        told = f"{said['DUE']:,} due, {said['held']:,} held, {said['kept']:,} kept"
        typer.echo(f"Together {len(found.expiries):,}: {told}.")
    if certificate is not None:
        typer.echo(f"Erased: {len(certificate['deliveries'])} deliveries, erasure {certificate['erasure']}.")


def _expiry(one: Any, found: Any) -> dict[str, Any]:
    return {
        "delivery": one.kept.delivery_id,
        "file": one.kept.file,
        "received": one.kept.received_on,
        "until": one.last_day,
        "why": one.why,
        "due": one in found.due,
        "held_by": list(found.held.get(one.kept.delivery_id, ())),
    }
