"""`roundtable status`: what has run, and what is the matter with which partner's data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.data.intake.concerns import Concern
    from roundtable.standing import Standing

#: Where a command to type next names the folder.
_DIR = re.compile(r"\bDIR\b")
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
        _print(found, folder)


def _print(found: Standing, folder: Path) -> None:
    from roundtable.cli.printing import print_steps

    typer.echo(found.told)
    print_steps(found.steps)
    if found.concerns:
        typer.echo(_in_all(found.concerns))
    for partner, theirs in groupby(found.concerns, key=lambda one: one.partner):
        typer.secho(f"{partner[0].upper()}{partner[1:]}:", bold=True)
        for (matter, means, todo), alike in groupby(
            theirs, key=lambda one: (one.matter, one.means, one.todo)
        ):
            for one in alike:
                typer.secho(f"  {matter}", fg=_COLOURS.get(matter), nl=False)
                # The dataset is named before it: where its files lie need not be said again.
                typer.echo(f"  {one.dataset}: {one.what.replace(f'deliveries/{one.dataset}/', '')}")
            typer.echo(f"    {means}\n    {_DIR.sub(str(folder), todo)}")
    for heading, lines in found.deliveries.items():
        typer.secho(f"{heading}:", bold=True)
        for line in lines:
            typer.echo(f"  {line}")


def _in_all(concerns: Sequence[Concern]) -> str:
    """How many partners' data want looking at, and why, the most pressing first."""
    from roundtable.data.intake.concerns import Matter
    from roundtable.pages.numbers import plural

    counted = Counter(one.matter for one in concerns)
    why = ", ".join(f"{counted[matter]:,} {matter}" for matter in Matter if counted[matter])
    return f"Look at the data of {plural(len({one.partner for one in concerns}), 'partner')}: {why}."
