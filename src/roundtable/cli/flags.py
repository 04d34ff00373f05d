"""`roundtable flags`: what sharing flags on properties has found, and the list for the visiting teams."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from roundtable.report.flag_contents import FlagsShown


def flags(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    list_to: Annotated[
        Path | None, typer.Option("--list", help="Write the homes to visit to this CSV file; needs --post.")
    ] = None,
    post: Annotated[str, typer.Option(help="The id of the post that asks for the list.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
) -> None:
    """Say how many homes several services have flagged and nobody has visited, and what sharing adds.

    Counts from 1 to 7 are hidden and the others rounded to 5. With --list, the homes themselves are
    written for the visiting teams, where the agreements give them to the post that asks; what leaves is
    noted. Ends with 4 where they do not.

    Example: `roundtable flags our-flags`

    Example: `roundtable flags our-flags --list ~/visits.csv --post fire-visits-lead`
    """
    from roundtable.cli.printing import print_json
    from roundtable.data.engine import EngineName
    from roundtable.governance.clock import trusted_clock
    from roundtable.partnership.loading import load_partnership
    from roundtable.settings import engine_setting
    from roundtable.visiting import flags_today, give_list

    today = flags_today(load_partnership(folder), EngineName(engine_setting(None)), trusted_clock)
    if list_to is None:
        shown = today.shown()
        print_json(_as_json(shown)) if as_json else _print(shown)
        return
    found = give_list(today, post, list_to.expanduser(), trusted_clock)
    typer.echo(f"{list_to}: {len(found.homes):,} homes, the ones that most services have flagged first.")
    if found.not_in_gazetteer:
        typer.echo(f"{found.not_in_gazetteer:,} more could not be listed: no gazetteer has their address.")
    typer.echo("It is personal data. Delete it when it has been worked through.")


def _print(shown: FlagsShown | None) -> None:
    from roundtable.report.sections.flags import flags_view

    if shown is None:
        typer.echo("No contract says what flags a property: write 'flagCodes' and 'holdsDays' in one.")
        return
    view = flags_view(shown)
    for sentence in view.sentences:
        typer.echo(sentence)
    for table in (view.overlap, view.not_shared):
        typer.secho(f"\n{table.caption}", bold=True)
        for row in (row for group in table.groups for row in group.rows):
            typer.echo(f"  {row[0].text}: {', '.join(cell.text for cell in row[1:])}")
    typer.echo(f"\n{view.rule}")


def _as_json(shown: FlagsShown | None) -> dict[str, Any]:
    """The same for a machine, under the same rule; None stands for a count that is hidden."""
    from roundtable.report.disclosure import PEOPLE

    if shown is None:
        return {"agreed": False}
    value = shown.value
    return {
        "agreed": True,
        "visitors": list(shown.visitors),
        "visit_days": shown.visit_days,
        "together": PEOPLE.published(value.together),
        "alone": PEOPLE.published(value.alone),
        "unknown_to_visitor": PEOPLE.published(value.unknown_to_visitor),
        "visited": PEOPLE.published(value.visited),
        "overlap": [
            {
                "agencies": list(one.agencies),
                "homes": PEOPLE.published(one.homes),
                "unvisited": PEOPLE.published(one.unvisited),
            }
            for one in shown.overlap
        ],
        "not_shared": {one.dataset: list(one.columns) for one in shown.not_shared},
        "rule": PEOPLE.rule,
    }
