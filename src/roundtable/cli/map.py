"""`roundtable map`: the causal map out to other tools, and the maps of other tools in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roundtable.cli.first_word import UNNAMED, FolderFirst
from roundtable.errors import ExitCode

if TYPE_CHECKING:
    from roundtable.partnership.exchange.taking_in import TakenIn

map = typer.Typer(
    cls=FolderFirst,
    no_args_is_help=True,
    help="""Exchange causal maps with other tools: `map DIR --to FILE` out, `map import FILE` in.

    Example: `roundtable map north-yorkshire --to town.prsm`
    """,
)


@map.command(UNNAMED)
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    to: Annotated[
        Path,
        typer.Option(
            help="The file to write; its ending says the format: .prsm, prsm.xlsx, kumu.json, kumu.xlsx, "
            ".graphml, .gexf, .zip or .csv (two tables), .mmd, .dot, .svg."
        ),
    ],
    scenario: Annotated[str | None, typer.Option(help="The id of one scenario; else all together.")] = None,
    agency: Annotated[
        str | None, typer.Option(help="The id of an agency, for the map as it alone holds it.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that stands there already.")
    ] = False,
) -> None:
    """Write the causal map for another tool, and say what its format cannot hold. `export` may be left out.

    Example: `roundtable map export north-yorkshire --to town.prsm --scenario coastal-exploitation`
    """
    from roundtable.partnership.exchange.exporting import export_map
    from roundtable.partnership.loading import load_partnership

    told = export_map(load_partnership(folder), to, scenario=scenario, agency=agency, replace=replace)
    typer.echo(told.summary)
    for sentence in told.losses:
        typer.echo(f"- {sentence}")


@map.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The other tool's file, or a folder of CSV.")],
    into: Annotated[Path, typer.Option(metavar="DIR", help="The partnership folder.")],
    scenario: Annotated[str, typer.Option(help="The id of the new scenario.")],
    by: Annotated[str, typer.Option(help="The id of the agency that says what the map says.")],
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day it says so.")],
    matches: Annotated[
        Path | None,
        typer.Option(help="The matching file; FILE.matches.yaml beside the map unless you say otherwise."),
    ] = None,
) -> None:
    """Take a map of another tool in, as a new scenario; nothing that stands is ever written over.

    Where something is for people to decide (which factors are here already, what kind each is), a matching
    file is written first, and the command ends with 1; look it through and run the same command again.

    Example: `roundtable map import town.prsm --into DIR --scenario winter --by council --on 2026-11-23`
    """
    from roundtable.partnership.exchange.into_scenario import Brought
    from roundtable.partnership.exchange.taking_in import take_in

    taken = take_in(file, into, Brought(scenario, by, on.date(), file.name), matches)
    _print(taken, into)
    if not taken.complete:
        raise typer.Exit(ExitCode.FINDINGS)


def _print(taken: TakenIn, folder: Path) -> None:
    for sentence in taken.said:
        typer.echo(f"- {sentence}")
    if taken.complete:
        typer.echo(f"{taken.written}: written. Its story is still to be told; `roundtable check {folder}`.")
    else:
        typer.echo(f"{taken.written}: look it through, then run the same command again. Nothing came in yet.")
