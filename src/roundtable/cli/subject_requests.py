"""`roundtable subject request, decide, object, rectify, hold`: what people ask for, and what is decided."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from roundtable.rights.requesting import Assessment

_DAYS = ["%Y-%m-%d"]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
Number = Annotated[int, typer.Argument(metavar="REQUEST", help="The number of the request.")]
By = Annotated[str, typer.Option("--by", metavar="POST", help="The post that does it; the chain says so.")]
Records = Annotated[
    list[str] | None, typer.Option("--record", metavar="ID", help="A record; give it again for more.")
]
Received = Annotated[
    datetime | None,
    typer.Option("--received", formats=_DAYS, help="The day it came in, YYYY-MM-DD; without it, today."),
]
CaseRef = Annotated[str, typer.Option("--case", metavar="REF", help="The number in your case system.")]
Why = Annotated[str, typer.Option("--reason", help="Why, in words that name nobody.")]
Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


def request(
    folder: Folder,
    number: Annotated[int | None, typer.Argument(metavar="REQUEST", help="A request to look at.")] = None,
    right: Annotated[
        str | None,
        typer.Option(
            help="Take down a new request: access, rectification, erasure, objection, restriction, "
            "portability or complaint."
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="POST", help="The post that does it.")] = None,
    record: Records = None,
    received: Received = None,
    purpose: Annotated[
        list[str] | None, typer.Option("--for", metavar="PURPOSE", help="For a restriction: its purposes.")
    ] = None,
    case: CaseRef = "",
    ask: Annotated[
        str | None, typer.Option(help="The person was asked this today; the clock stands still.")
    ] = None,
    answered: Annotated[bool, typer.Option("--answered", help="The person has answered today.")] = False,
    extend: Annotated[
        str | None, typer.Option(help="The person was told today that it takes longer, for this reason.")
    ] = None,
    acknowledged: Annotated[
        bool, typer.Option("--acknowledged", help="The person was told today that it has come.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take down a request, see where one stands, or list them all with their deadlines.

    Example: `roundtable subject request north-yorkshire --right access --record ID --by nyc-dpo`
    """
    from roundtable.cli.choosing import chosen
    from roundtable.cli.printing import print_json
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.models import Right
    from roundtable.ledger.requests import every_request
    from roundtable.rights import requesting
    from roundtable.rights.office import open_office

    with open_office(folder, trusted_clock, writes=True) as office:
        if right is not None:
            day = received.date() if received else office.now.date()
            post = _needed(by)
            asked = chosen(Right, right, "--right")
            number = requesting.take(office, asked, day, post, record or (), purpose or (), case)
        elif number is not None:
            if ask is not None:
                requesting.stop_clock(office, number, _needed(by), ask)
            if answered:
                requesting.start_clock(office, number, _needed(by))
            if extend is not None:
                requesting.extend(office, number, _needed(by), extend)
            if acknowledged:
                requesting.acknowledge(office, number, _needed(by))
        every = every_request()
        numbers = [number] if number is not None else [one.number for one in every]
        found = [requesting.assess(office, one) for one in numbers]
        today = office.now.date()
    if as_json:
        print_json([_values(one) for one in found])
        return
    for one in found:
        _print(one, whole=number is not None, late=bool(one.deadline and one.deadline.is_past(today)))
    if not found:
        typer.echo("There are no requests.")


def decide(
    folder: Folder,
    number: Number,
    outcome: Annotated[str, typer.Argument(help="granted, 'partly granted', refused or withdrawn.")],
    by: By,
    reason: Why,
    purpose: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="PURPOSE", help="What an objection or a restriction is upheld for."),
    ] = None,
    exemption: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="What a refusal rests on; see docs/rights.md.")
    ] = None,
    ground: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="What an erasure rests on that the law gives no right to."),
    ] = None,
) -> None:
    """Decide a request. An objection binds where it is upheld, for its purposes, from now on.

    Example: `roundtable subject decide north-yorkshire 4 refused --by nyc-dpo --reason "needed for a
    statutory task" --exemption gdpr.art17.3.b`
    """
    from roundtable.cli.choosing import chosen
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.models import Outcome
    from roundtable.rights import requesting
    from roundtable.rights.office import open_office

    with open_office(folder, trusted_clock, writes=True) as office:
        decided = chosen(Outcome, outcome, "OUTCOME")
        warnings = requesting.decide(
            office, number, decided, by, reason, purpose or (), exemption or (), ground or ()
        )
    for warning in warnings:
        typer.secho(f"Warning: {warning}", fg="yellow", err=True)
    typer.echo(f"Request {number} is {decided}. The answer says: {requesting.COMPLAINT_ROUTE}")
    if decided in (Outcome.GRANTED, Outcome.PARTLY):
        typer.echo(f"See what is left to do with `roundtable subject request {folder} {number}`.")


def object_(
    folder: Folder,
    by: By,
    purpose: Annotated[
        list[str],
        typer.Option("--for", metavar="PURPOSE", help="What the person objects to; again for more."),
    ],
    record: Records = None,
    received: Received = None,
    case: CaseRef = "",
) -> None:
    """Take down an objection. It changes nothing until a post has decided that it is upheld.

    Example: `roundtable subject object north-yorkshire --record ID --for prevention_of_fire_and_falls
    --by nyc-dpo`
    """
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.models import Right
    from roundtable.rights import requesting
    from roundtable.rights.office import open_office

    with open_office(folder, trusted_clock, writes=True) as office:
        day = received.date() if received else office.now.date()
        number = requesting.take(office, Right.OBJECTION, day, by, record or (), purpose, case)
        _print(requesting.assess(office, number), whole=True, late=False)


def rectify(
    folder: Folder,
    number: Number,
    by: By,
    record: Annotated[str | None, typer.Option(metavar="ID", help="The record that is wrong.")] = None,
    column: Annotated[str | None, typer.Option(help="Which of its values, such as date_of_birth.")] = None,
    value: Annotated[str | None, typer.Option(help="What is right; left out for nothing at all.")] = None,
    told: Annotated[
        int | None, typer.Option(metavar="N", help="The agency was told today of this rectification.")
    ] = None,
) -> None:
    """Let what is right stand in the stead of what a source sent, under a request that was granted.

    The source's row stays as it was sent; its agency is to be told.

    Example: `roundtable subject rectify north-yorkshire 5 --record ID --column date_of_birth
    --value 1950-02-01 --by nyc-dpo`
    """
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.rectifications import every_rectification
    from roundtable.rights import rectifying
    from roundtable.rights.office import open_office

    with open_office(folder, trusted_clock, writes=True) as office:
        if told is not None:
            rectifying.told(office, told, by)
            typer.echo(f"Noted: the agency knows of rectification {told}.")
        if record is not None and column is not None:
            made = rectifying.rectify(office, number, record, column, value, by)
            (agency,) = (one.agency for one in every_rectification() if one.number == made)
            typer.echo(f"Rectification {made} stands. Tell {agency}, then note it with --told {made}.")
    if told is None and (record is None or column is None):
        raise typer.BadParameter("name --record and --column, or --told")


def hold(
    folder: Folder,
    by: Annotated[str | None, typer.Option("--by", metavar="POST", help="The post that does it.")] = None,
    record: Records = None,
    reason: Annotated[str, typer.Option(help="Why, in words that name nobody.")] = "",
    review: Annotated[
        datetime | None, typer.Option(formats=_DAYS, help="The day on which to look at it again.")
    ] = None,
    lift: Annotated[int | None, typer.Option(metavar="N", help="Lift this hold.")] = None,
) -> None:
    """Keep a person's records from being erased while a court or an inquiry needs them; or list the holds.

    Example: `roundtable subject hold north-yorkshire --record ID --reason "an inquest" --review 2027-03-01
    --by nyp-dpo`
    """
    from roundtable.governance.clock import trusted_clock
    from roundtable.ledger.legal_holds import standing_holds
    from roundtable.rights import requesting
    from roundtable.rights.office import open_office

    with open_office(folder, trusted_clock, writes=True) as office:
        if lift is not None:
            requesting.end_hold(office, lift, _needed(by))
        elif record:
            if review is None:
                raise typer.BadParameter("name the day on which to look at it again", param_hint="--review")
            requesting.hold(office, record, _needed(by), reason, review.date())
        holds = standing_holds()
    for one in holds:
        typer.echo(f"Hold {one.number} by '{one.set_by}', to be looked at on {one.review_on}: {one.reason}")
    if not holds:
        typer.echo("There are no holds.")


def _needed(by: str | None) -> str:
    if by is None:
        raise typer.BadParameter("name the post that does it", param_hint="--by")
    return by


def _print(one: Assessment, *, whole: bool, late: bool) -> None:
    asked = one.request
    state = asked.outcome or "open"
    due = "" if one.deadline is None or not asked.is_open else f", due {one.deadline.due or 'when answered'}"
    typer.secho(f"Request {asked.number}: {asked.right}, {state}{due}", bold=True, fg="red" if late else None)
    if not whole:
        return
    typer.echo(f"  Received {asked.received_on}, {_of_records(len(asked.records))}.")
    if one.deadline is not None:
        typer.echo(f"  {one.deadline.told}")
    for footing in one.footings:
        typer.echo(f"  {footing.told}")
    for sentence in one.covers:
        typer.echo(f"  {sentence}")
    for number in one.holds:
        typer.echo(f"  Legal hold {number} covers some of it.")
    if asked.is_open:
        typer.echo("  A refusal could rest on: " + ", ".join(row.id for row in one.exemptions) + ".")
    else:
        upheld = f" Upheld for {', '.join(asked.upheld)}." if asked.upheld else ""
        why = asked.decided_why.rstrip(".")
        typer.echo(f"  Decided {asked.decided_on} by '{asked.decided_by}': {why}.{upheld}")
    typer.echo(f"  The answer says: {one.complaint}")


def _of_records(number: int) -> str:
    if not number:
        return "about records that are erased or that nobody knows any more"
    return f"about {number} record{'' if number == 1 else 's'}"


def _values(one: Assessment) -> dict[str, Any]:
    asked = one.request
    return {
        "request": asked.number,
        "right": asked.right,
        "received": asked.received_on,
        "records": sorted(asked.records),
        "purposes": asked.purposes,
        "outcome": asked.outcome,
        "upheld": asked.upheld,
        "due": one.deadline and one.deadline.due,
        "why_due": one.deadline and one.deadline.told,
        "footings": [footing.told for footing in one.footings],
        "covers": one.covers,
        "holds": one.holds,
        "exemptions": [row.id for row in one.exemptions],
        "complaint": one.complaint,
    }
