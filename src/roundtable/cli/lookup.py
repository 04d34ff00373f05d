"""`roundtable lookup`: who a record is most likely of, among everybody who is linked for a purpose."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

_KNOWN = "What is known of the person (stays in the shell's history; --from does not)"


def lookup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    post: Annotated[
        str, typer.Option(metavar="POST", help="The id of the post that asks; the chain says so.")
    ],
    purpose: Annotated[str, typer.Option(metavar="PURPOSE", help="What for, as agreements name it.")],
    about: Annotated[
        str, typer.Option(help="In what connection, such as 'case 12'; names nobody.")
    ] = "a lookup",
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE|-",
            help="Read what is known from a file or standard input: a JSON object, or CSV of a heading and "
            "one line, with the options' names.",
        ),
    ] = None,
    record: Annotated[
        str | None, typer.Option(metavar="ID", help="Look up a record by its id, instead of what is known.")
    ] = None,
    given: Annotated[str | None, typer.Option(help="The given name.", rich_help_panel=_KNOWN)] = None,
    middle: Annotated[str | None, typer.Option(help="Middle names.", rich_help_panel=_KNOWN)] = None,
    surname: Annotated[str | None, typer.Option(help="The surname.", rich_help_panel=_KNOWN)] = None,
    former_surname: Annotated[
        str | None, typer.Option(help="A surname used before.", rich_help_panel=_KNOWN)
    ] = None,
    known_as: Annotated[
        str | None, typer.Option(help="What the person is called.", rich_help_panel=_KNOWN)
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="The whole name, where it comes in one piece.", rich_help_panel=_KNOWN)
    ] = None,
    born: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help="The date of birth, YYYY-MM-DD.",
            rich_help_panel=_KNOWN,
        ),
    ] = None,
    sex: Annotated[str | None, typer.Option(help="f or m.", rich_help_panel=_KNOWN)] = None,
    nhs: Annotated[
        str | None, typer.Option(help="The NHS number, ten digits.", rich_help_panel=_KNOWN)
    ] = None,
    phone: Annotated[str | None, typer.Option(help="A telephone number.", rich_help_panel=_KNOWN)] = None,
    email: Annotated[str | None, typer.Option(help="An e-mail address.", rich_help_panel=_KNOWN)] = None,
    address: Annotated[
        str | None, typer.Option(help="The address, in one line.", rich_help_panel=_KNOWN)
    ] = None,
    postcode: Annotated[str | None, typer.Option(help="The postcode.", rich_help_panel=_KNOWN)] = None,
    uprn: Annotated[
        str | None, typer.Option(help="The number of the property.", rich_help_panel=_KNOWN)
    ] = None,
    number: Annotated[
        str | None,
        typer.Option(help="A source's own number for the person; with --dataset.", rich_help_panel=_KNOWN),
    ] = None,
    dataset: Annotated[
        str | None, typer.Option(metavar="ID", help="The dataset of --number.", rich_help_panel=_KNOWN)
    ] = None,
    waterfall: Annotated[
        Path | None,
        typer.Option(metavar="FILE.svg", help="Draw the reasons for the nearest person into this new file."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Look somebody up: the people that a record may be of, how sure that is, and why.

    Only what agreements of named casework let the post see, for the purpose, is looked at. That you looked is
    written down before anything is shown. What you type here stays in your shell's history and can be read in
    the list of processes: use --from for anything that identifies somebody.

    Example: `roundtable lookup north-yorkshire --from - --post nyc-dpo --purpose domestic_abuse_response`
    """
    from roundtable.cli.choosing import chosen
    from roundtable.cli.lookup_given import asked_from
    from roundtable.cli.lookup_told import as_values, drawn, print_lookup
    from roundtable.cli.printing import print_json
    from roundtable.cli.working import working
    from roundtable.data.engine import EngineName
    from roundtable.data.private_file import see_that_free, write_privately
    from roundtable.governance.clock import trusted_clock
    from roundtable.looking_up import looked_up, open_lookup
    from roundtable.partnership.model.purpose import Purpose
    from roundtable.rights.office import plain_words
    from roundtable.settings import engine_setting

    typed = {
        "given": given,
        "middle": middle,
        "surname": surname,
        "former_surname": former_surname,
        "known_as": known_as,
        "name": name,
        "born": None if born is None else born.date().isoformat(),
        "sex": sex,
        "nhs": nhs,
        "phone": phone,
        "email": email,
        "address": address,
        "postcode": postcode,
        "uprn": uprn,
        "number": number,
        "dataset": dataset,
    }
    asked = asked_from(typed, from_, record)
    why, what_for = plain_words(about, "--about"), chosen(Purpose, purpose, "--purpose")
    if waterfall is not None:
        see_that_free(waterfall.expanduser(), folder)
    with working() as tell:
        tell("Opening the index")
        looking = open_lookup(folder, post, what_for, why, EngineName(engine_setting(None)), trusted_clock)
        told = looked_up(looking, asked, why)
    if waterfall is not None and told.found.people:
        write_privately(waterfall.expanduser(), drawn(looking, told))
    if as_json:
        print_json(as_values(looking, told))
        return
    print_lookup(looking, told)
    if waterfall is not None and told.found.people:
        typer.echo(f"{waterfall}: the reasons for the nearest person. It is personal data.")
