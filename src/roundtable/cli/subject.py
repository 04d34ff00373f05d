"""`roundtable subject`: what is held about a person, and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from roundtable.cli.subject_requests import decide, hold, object_, rectify, request

subject = typer.Typer(
    no_args_is_help=True,
    help="""What is held about a person, who looked, and what they ask for: access, erasure, objection, more.

    Example: `roundtable subject find north-yorkshire --name "Ann Example" --born 1950-02-01 --by nyc-dpo`
    """,
)
_DAYS = ["%Y-%m-%d"]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")]
By = Annotated[str, typer.Option("--by", metavar="POST", help="The post that does it; the chain says so.")]
Json = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@subject.command()
def find(
    folder: Folder,
    by: By,
    name: Annotated[str | None, typer.Option(help="The whole name, its words in any order.")] = None,
    born: Annotated[
        datetime | None, typer.Option(formats=_DAYS, help="The date of birth, YYYY-MM-DD; with --name.")
    ] = None,
    nhs_number: Annotated[str | None, typer.Option(help="Ten digits, spaces allowed.")] = None,
    uprn: Annotated[str | None, typer.Option(help="The number of the property they live at.")] = None,
    person_number: Annotated[str | None, typer.Option(help="A source's own number for the person.")] = None,
    source_id: Annotated[str | None, typer.Option(help="A source's own id of the row.")] = None,
    dataset: Annotated[str | None, typer.Option(metavar="ID", help="Look in this dataset alone.")] = None,
    about: Annotated[
        str, typer.Option(help="In what connection, such as 'request 4'; names nobody.")
    ] = "a search",
    as_json: Json = False,
) -> None:
    """Find a person's records by exactly what is known, so that a post can pick those that are theirs.

    Example: `roundtable subject find north-yorkshire --nhs-number 9990000018 --by nyc-dpo`
    """
    from roundtable.cli.printing import print_json
    from roundtable.cli.working import working
    from roundtable.data.subjects.finding import Sought
    from roundtable.governance.clock import trusted_clock
    from roundtable.rights.office import open_office, plain_words
    from roundtable.rights.showing import found

    day = born.date() if born is not None else None
    sought = Sought(dataset, source_id, person_number, nhs_number, uprn, name, day)
    with working() as tell, open_office(folder, trusted_clock, writes=True, tell=tell) as office:
        rows = found(office, sought, by, plain_words(about, "--about"))
        elsewhere = office.elsewhere(by)
    for sentence in elsewhere:
        typer.echo(f"Not looked through: {sentence}", err=True)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.secho(row["record_id"], bold=True)
        _print_values(row, without=("record_id",))
    typer.echo("Nothing was found." if not rows else f"Records: {len(rows)}. Show them with --record.")


@subject.command()
def show(
    folder: Folder,
    by: By,
    record: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A record of the person; give it again for more.")
    ] = None,
    number: Annotated[
        int | None, typer.Option("--request", metavar="N", help="The records of this request.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show everything that is held about a person: what, from where, who looked, and what was made of it.

    Other people and what is under seal are left out. That you looked is written down.

    Example: `roundtable subject show north-yorkshire --request 4 --by nyc-dpo`
    """
    from roundtable.cli.printing import print_json
    from roundtable.cli.working import working
    from roundtable.governance.clock import trusted_clock
    from roundtable.rights.office import open_office
    from roundtable.rights.requesting import the_request
    from roundtable.rights.showing import shown

    with working() as tell, open_office(folder, trusted_clock, writes=True, tell=tell) as office:
        wanted = frozenset(record or ()) | (
            the_request(number).records if number is not None else frozenset()
        )
        about = f"request {number}" if number is not None else "a search"
        told = shown(office, wanted, by, about)
    if as_json:
        print_json(told)
    else:
        _print_told(told)


subject.command()(request)
subject.command()(decide)
subject.command("object")(object_)
subject.command()(rectify)
subject.command()(hold)

_HEADINGS = {
    "records": "What sources sent",
    "quarantine": "What was sent and could not be taken",
    "events": "What happened",
    "contacts": "Work with the person",
    "put_right": "Put right by request",
    "from": "From where, and when received",
    "looked": "Who looked before",
    "made_of_it": "What was made of it",
    "requests": "Requests",
    "copies": "Copies outside the store",
}


def _print_told(told: Mapping[str, Any]) -> None:
    typer.secho("Whose data it is", bold=True)
    for sentence in told["covers"]:
        typer.echo(f"  {sentence}")
    for key, heading in _HEADINGS.items():
        typer.secho(f"{heading}: {'nothing' if not told[key] else len(told[key])}", bold=True)
        for one in told[key]:
            _print_values(one)
    typer.secho("Where it is held", bold=True)
    for wing, counts in told["held_in"].items():
        typer.echo(f"  {wing}: " + ", ".join(f"{kind} {count:,}" for kind, count in counts.items()))
    typer.echo(told["withheld"])


def _print_values(row: Mapping[str, Any], without: tuple[str, ...] = ()) -> None:
    parts = [
        f"{name.replace('_', ' ')} {_plain(value)}"
        for name, value in row.items()
        if name not in without and value not in (None, "", [], {})
    ]
    typer.echo("  - " + "; ".join(parts))


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
