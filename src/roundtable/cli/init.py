"""`roundtable init`: a new partnership folder to begin with, or a new scenario in one."""

from __future__ import annotations

import shlex
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.partnership.new_folder import Starter


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the new folder is to be.")],
    name: Annotated[str, typer.Option(help="The partnership's name.")] = "Our partnership",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day the folder describes; today if left out."),
    ] = None,
    starter: Annotated[
        str, typer.Option(help="What it begins with: open-data, or property-flags.", metavar="STARTER")
    ] = "open-data",
    scenario: Annotated[
        str | None, typer.Option(help="The id of a new scenario, to be added to a folder that stands.")
    ] = None,
    title: Annotated[str, typer.Option(help="With --scenario: what it is called.")] = "A new scenario",
    lead: Annotated[str, typer.Option(help="With --scenario: the agency that looks after it.")] = "",
    outcome: Annotated[str, typer.Option(help="With --scenario: the outcome that it is about.")] = "",
    meeting: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of a meeting, to be added to a folder that stands."),
    ] = None,
) -> None:
    """Make a small partnership folder that is whole and without a fault, to be changed into your own.

    DIR must not exist yet, or be empty: nothing that stands there is ever written over. With --starter
    property-flags it begins with fire, adult social care and one hospital trust, who share flags on
    properties under one agreement, and no names. With --scenario,
    DIR is a partnership that stands, and a scenario to fill in is added to it, with a sheet for the day;
    with --meeting, a file for a meeting, with the decisions wanted and the actions still open.

    Example: `roundtable init our-town --name "Our Town Safety Partnership"`

    Example: `roundtable init our-flags --starter property-flags`

    Example: `roundtable init our-town --scenario winter-deaths --lead council --outcome fire-injuries`
    """
    if meeting is not None:
        _add_meeting(folder, meeting.date())
        return
    if scenario is not None:
        _add_scenario(folder, scenario, title, lead, outcome)
        return
    from roundtable.partnership.new_folder import area_written, new_folder

    described = as_of.date() if as_of else date.today()
    files = new_folder(folder, name, described, _starter(starter))
    typer.echo(f"{folder}: {len(files)} files written.")
    area = area_written(folder)
    typer.echo(
        f"Its area is {area.name} ({area.code}), to show how one is written: put your own under 'area' in "
        "partnership.yaml."
    )
    shown = shlex.quote(str(folder))
    typer.echo(f"Look at README.md in it first. `roundtable check {shown}` says how it stands.")


def _starter(name: str) -> Starter:
    from roundtable.errors import Place, Problem, SettingUnusable
    from roundtable.partnership.new_folder import Starter

    if name in list(Starter):
        return Starter(name)
    what = f"there is no starter '{name}'"
    remedy = f"Write one of {', '.join(Starter)}."
    raise SettingUnusable(Problem(Place("--starter"), "starter", what, remedy))


def _add_meeting(folder: Path, on: date) -> None:
    from roundtable.partnership.new_meeting import new_meeting

    typer.echo(f"{new_meeting(folder, on)}: written.")
    typer.echo("What is wanted and what is open stands in it as comments; answer it at the table.")


def _add_scenario(folder: Path, scenario: str, title: str, lead: str, outcome: str) -> None:
    from roundtable.partnership.new_scenario import new_scenario

    for path in new_scenario(folder, scenario, title=title, lead=lead, outcome=outcome):
        typer.echo(f"{path}: written.")
    typer.echo("The second is the sheet for the day; what the table says goes into the first.")
