"""`roundtable diff`: what changed between two partnership folders, for a meeting to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from roundtable.partnership.changes.comparing import Change, Changes


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The older partnership folder.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer partnership folder.")],
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="ID", help="Only what changed for this agency.")
    ] = None,
    renamed: Annotated[
        list[str] | None,
        typer.Option(
            "--renamed",
            metavar="KIND:OLD=NEW",
            help="An id that changed, such as agency:a=b; may be given more than once. Nothing is guessed.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
) -> None:
    """Print what changed between two partnership folders, in words that a meeting can read.

    Example: `roundtable diff minutes/2026-09/north-yorkshire north-yorkshire`
    """
    from roundtable.cli.measured import measured_so_far
    from roundtable.cli.printing import print_json
    from roundtable.partnership.changes.comparing import compare, for_agency
    from roundtable.partnership.changes.renames import read_renames
    from roundtable.partnership.changes.telling import told
    from roundtable.partnership.changes.two_folders import load_both
    from roundtable.partnership.study import Study

    renames = read_renames(renamed or [])
    before, after = load_both(old, new)
    # Without draws: a ranking that differs by chance from one draw to the next is no change.
    changes = compare(
        Study(before, measured_so_far(old), samples=0), Study(after, measured_so_far(new), samples=0), renames
    )
    if agency is not None:
        _must_be_known(changes, agency)
        changes = for_agency(changes, agency)
    if as_json:
        print_json(changes_values(changes))
        return
    for line in told(changes, agency):
        typer.echo(line)


def changes_values(changes: Changes) -> dict[str, Any]:
    """The changes as JSON writes them."""
    from roundtable.cli.printing import finding_values

    found = changes.findings
    return {
        "old": {"name": changes.old_name, "as_of": changes.old_day},
        "new": {"name": changes.new_name, "as_of": changes.new_day},
        "things": [_thing_values(change) for change in changes.things],
        "findings": {
            "appeared": [finding_values(one) for one in found.appeared],
            "cleared": [finding_values(one) for one in found.cleared],
            "changed": [{"was": finding_values(a), "now": finding_values(b)} for a, b in found.changed],
        },
        "needs": [
            {
                "scenario": one.scenario,
                "need": one.need,
                "agency": one.agency,
                "was_live": one.was_live,
                "is_live": one.is_live,
                "answers": [
                    {"question": question, "was": was, "now": now} for question, was, now in one.answers
                ],
            }
            for one in changes.verdicts
        ],
    }


def _thing_values(change: Change) -> dict[str, Any]:
    inside = None if change.inside is None else {"kind": change.inside[0], "id": change.inside[1]}
    return {
        "how": change.how,
        "kind": change.sort,
        "id": change.key,
        "name": change.name,
        "inside": inside,
        "fields": [
            {"field": one.field, "was": one.was, "now": one.now, "some": one.some} for one in change.fields
        ],
        "agencies": change.agencies,
    }


def _must_be_known(changes: Changes, agency: str) -> None:
    from roundtable.errors import Place, Problem, SettingUnusable
    from roundtable.partnership.nearest import nearest

    if agency in changes.agencies:
        return
    near = nearest(agency, changes.agencies)
    remedy = (
        f"Did you mean '{near}'?" if near else "Name the agency by its id, as its file in agencies/ does."
    )
    what = f"neither folder has an agency '{agency}'"
    raise SettingUnusable(Problem(Place("--agency"), "no-such-agency", what, remedy))
