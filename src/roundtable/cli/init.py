"""`roundtable init`: a new partnership folder to begin with."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the new folder is to be.")],
    name: Annotated[str, typer.Option(help="The partnership's name.")] = "Our partnership",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day the folder describes; today if left out."),
    ] = None,
) -> None:
    """Make a small partnership folder that is whole and without a fault, to be changed into your own.

    DIR must not exist yet, or be empty: nothing that stands there is ever written over.

    Example: `roundtable init our-town --name "Our Town Safety Partnership"`
    """
    from roundtable.partnership.new_folder import new_folder

    described = as_of.date() if as_of else date.today()
    files = new_folder(folder, name, described)
    typer.echo(f"{folder}: {len(files)} files written.")
    typer.echo(f"Look at README.md in it first. `roundtable check {folder}` says how it stands.")
