"""`roundtable status`: what has run, what is late, what is refused, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.standing import Standing


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say what has run, what is late, what is refused or withheld, and why. Changes nothing.

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
    for heading, lines in found.deliveries.items():
        typer.secho(f"{heading}:", bold=True)
        for line in lines:
            typer.echo(f"  {line}")
