"""`roundtable brief`: the two pages that one post reads before a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.partnership.brief.contents import Brief, Item


def brief(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    post: Annotated[str, typer.Option(help="The id of the post that it is for.")],
    since: Annotated[
        Path | None, typer.Option(help="An earlier copy of the folder: what changed since is told.")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="Write it as a page (.html) and not to the screen.")] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a page that stands there already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Print what one post needs to know before a meeting: decisions wanted, actions, findings, late data.

    Example: `roundtable brief north-yorkshire --post nyc-dpo --to brief.html`
    """
    from dataclasses import asdict

    from roundtable.briefing import brief_of
    from roundtable.cli.printing import print_json
    from roundtable.governance.clock import trusted_clock
    from roundtable.partnership.brief.page import render
    from roundtable.partnership.exchange.writing import ending_of, refuse_unfit, write_file
    from roundtable.partnership.loading import load_partnership

    if to is not None:
        ending_of(to, (".html",), "a brief")
        refuse_unfit(to, folder, replace=replace)
    partnership = load_partnership(folder)
    made = brief_of(partnership, post, trusted_clock, since=since)
    if to is not None:
        write_file(to, render(made, partnership.charter).encode())
        typer.echo(f"Brief: {to}")
    elif as_json:
        print_json(asdict(made))
    else:
        _print(made)


def _print(made: Brief) -> None:
    from roundtable.partnership.brief.page import lead

    typer.secho(f"{made.title}, {made.agency}", bold=True)
    typer.echo(lead(made))
    for section in made.sections:
        typer.echo("")
        typer.secho(section.heading, bold=True)
        if not section.items:
            typer.echo(f"  {section.none}")
        for item in section.items:
            _print_item(item)
        if section.more:
            typer.echo(f"  And {section.more} more.")


def _print_item(item: Item) -> None:
    late = f"{item.urgency}: " if item.urgency and item.urgency != "later" else ""
    typer.echo(f"  - {late}{item.what}")
    for line in (item.why, f"Next: {item.next_step}" if item.next_step else "", item.written):
        if line:
            typer.echo(f"      {line}")
