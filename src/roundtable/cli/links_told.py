"""What is said of links, as it is printed: for a reader of a hundred columns, or for a machine."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from roundtable.pages.numbers import percent, plural
from roundtable.report.disclosure import PEOPLE

if TYPE_CHECKING:
    from roundtable.linkage.people.link_tables import Kind
    from roundtable.reviewing.about_links import AboutLinks, Told
    from roundtable.reviewing.moves import Move, Moves
    from roundtable.reviewing.undoing import TakenBack

#: How wide a terminal is taken to be.
_WIDE = 100
#: What is told, by its kind, under headings. A kind that is not named stands under the last.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "Why it stops joining where it does": ("stop",),
    "Warnings": ("warning", "drift", "contradiction"),
    "Left out": ("left_out", "unlinkable", "placeholder", "crowd"),
    "Besides": (),
}
_MANY = {"merge": "merges", "split": "splits", "move": "moves", "new": "new", "gone": "gone"}


def print_about(told: AboutLinks, purpose: str, folder: Path) -> None:
    """What has to be known of the links of a purpose."""
    linked = "" if told.began is None else f", linked by run {told.run} of {told.began.date()}"
    typer.secho(f"Links for {purpose}{linked}.", bold=True)
    typer.echo(
        f"{plural(told.records, 'record')} of {plural(told.people, 'person', 'people')} in "
        f"{plural(told.households, 'household')}."
    )
    if told.curve is not None:
        _print(_expected(told.curve))
    if told.undone:
        _print(f"{plural(told.undone, 'move')} undone: `roundtable links moves` says which.")
    if told.waiting:
        _print(f"Of what was undone, {told.waiting:,} waits for the next `roundtable run {folder}`.")
    for heading, kinds in _HEADINGS.items():
        named = {kind for those in _HEADINGS.values() for kind in those}
        said = [one for kind in kinds or sorted(told.told.keys() - named) for one in told.told.get(kind, ())]
        if said:
            typer.secho(f"\n{heading}", bold=True)
            for one in said:
                _print(_counted(one), "  ", "    ")


def about_values(told: AboutLinks) -> dict[str, Any]:
    """The same for a machine."""
    return {
        "run": told.run,
        "began": told.began and told.began.isoformat(),
        "records": told.records,
        "people": told.people,
        "households": told.households,
        "expected": told.curve and {name: value for name, value in told.curve.items() if name != "purpose"},
        "told": {
            kind: [
                {"says": one.says, "number": None if one.number is None else PEOPLE.published(one.number)}
                for one in said
            ]
            for kind, said in told.told.items()
        },
        "undone": told.undone,
        "waiting": told.waiting,
    }


def print_moves(told: Moves, post: str) -> None:
    """Moves by run; what each run did is counted first."""
    shown = {one.run for one in told.moves}
    runs = [run for run in told.counted if run in shown] or list(told.counted)
    for place, run in enumerate(runs):
        began = f", {told.began[run].date()}" if run in told.began else ""
        if place:
            typer.echo()
        typer.secho(f"Run {run}{began}: {_in_words(told.counted[run])}.", bold=True)
        for one in told.moves:
            if one.run == run:
                _print_move(one)
    if not told.moves:
        typer.echo("Nothing of the kinds that were asked for was done; --kind asks for others.")
    if told.older:
        typer.echo(f"\n{told.older:,} more are older; --number says how many are listed.")
    if told.not_shown:
        _print(f"{told.not_shown:,} more are of people whose records '{post}' may not be given all of.")


def moves_values(told: Moves) -> dict[str, Any]:
    """The same for a machine."""
    return {
        "moves": [
            {
                "run": one.run,
                "number": one.number,
                "kind": one.kind.value,
                "person_from": one.person_from,
                "person_to": one.person_to,
                "records": one.records,
                "evidence": one.evidence,
                "undone_by": one.undone_by,
                "waits_for_run": one.waits,
            }
            for one in told.moves
        ],
        "older": told.older,
        "not_shown": told.not_shown,
        "runs": [
            {
                "run": run,
                "began": told.began[run].isoformat() if run in told.began else None,
                **{kind.value: count for kind, count in counts.items()},
            }
            for run, counts in told.counted.items()
        ],
    }


def print_undone(made: TakenBack, post: str, folder: Path) -> None:
    """What was written down, and what the next run will do."""
    _print(made.says)
    last = made.first + made.decisions - 1
    which = (
        f"Decision {made.first:,} says"
        if made.decisions == 1
        else f"Decisions {made.first:,} to {last:,} say"
    )
    _print(f"{which} so, by '{post}', over what reviewers answered.")
    if made.withdrawn:
        _print(f"What was decided to the contrary on {plural(made.withdrawn, 'pair')} is withdrawn.")
    _print(
        f"The links stay as they are until the next `roundtable run {folder}`. It brings the people of "
        "before back, keeps them from then on, and adds that to the moves."
    )


def _print_move(one: Move) -> None:
    typer.echo(f"  {one.run}/{one.number}  {one.kind}, {plural(one.records, 'record')}")
    for word, person in (("from", one.person_from), ("to", one.person_to)):
        if person is not None:
            typer.echo(f"      {word:<4} {person}")
    if one.evidence:
        _print(f"{one.evidence[:1].upper()}{one.evidence[1:]}.", "      ", "      ")
    if one.undone_by is not None:
        waits = "; the next run goes by it" if one.waits else ""
        typer.echo(f"      Undone by decision {one.undone_by:,}{waits}.")
    elif one.waits:
        typer.echo("      It was undone, and stands again from the next run on.")


def _in_words(counts: Mapping[Kind, int]) -> str:
    said = [
        f"{count:,} {kind.value if count == 1 else _MANY[kind.value]}"
        for kind, count in counts.items()
        if count
    ]
    return ", ".join(said) or "nothing"


def _expected(curve: Mapping[str, Any]) -> str:
    stop, precision, recall = (percent(curve[f"{name}_ppm"]) for name in ("stop", "precision", "recall"))
    return (
        f"Groups of records join while it is at least {stop} likely that they are one person. Expected by "
        f"that: of the pairs that are joined {precision} are of one person (precision), and of the pairs of "
        f"one person {recall} are joined (recall)."
    )


def _counted(one: Told) -> str:
    return one.says if one.number is None else f"{PEOPLE.count(one.number)}: {one.says}"


def _print(said: str, first: str = "", others: str = "") -> None:
    typer.echo(
        textwrap.fill(
            said,
            _WIDE,
            initial_indent=first,
            subsequent_indent=others,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
