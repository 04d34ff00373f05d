"""`roundtable status`: what has run, and what is the matter with which partner's data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.standing import Standing


_COLOURS = {"waiting": "yellow", "refused": "red", "late": "red"}


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say what has run, and partner by partner what is the matter with the data and what to do next.

    Data may be late, refused, waiting for a person, shrinking, drifting from what was agreed, in quarantine
    or withdrawn. Changes nothing.

    Example: `roundtable status north-yorkshire`
    """
    from roundtable.cli.printing import print_json
    from roundtable.governance.clock import trusted_clock
    from roundtable.partnership.loading import load_partnership
    from roundtable.standing import standing

    found = standing(load_partnership(folder), trusted_clock)
    if as_json:
        print_json(found.as_json())
    else:
        _print(found)


def _print(found: Standing) -> None:
    typer.echo(found.told)
    for step in found.steps:
        typer.echo(f"  {step.name:<22} {step.told}")
    partner = None
    for one in found.concerns:
        if one.partner != partner:
            partner = one.partner
            typer.secho(f"{partner[0].upper()}{partner[1:]}:", bold=True)
        typer.secho(f"  {one.matter}", fg=_COLOURS.get(one.matter), nl=False)
        typer.echo(f"  {one.dataset}: {one.what}")
        typer.echo(f"    {one.means}\n    {one.todo}")
    for heading, lines in found.deliveries.items():
        typer.secho(f"{heading}:", bold=True)
        for line in lines:
            typer.echo(f"  {line}")
