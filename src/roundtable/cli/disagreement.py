"""`roundtable disagreement`: what the table does not agree on, who says what, and two maps made one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.cli.disagreement_questions import Question


def disagreement(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    between: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="ID ID", help="Two agencies, link by link and point by point."),
    ] = None,
    history: Annotated[bool, typer.Option("--history", help="Who said what of the maps, and when.")] = False,
    agency: Annotated[
        str | None, typer.Option(metavar="ID", help="With --history: only what this agency said.")
    ] = None,
    merge: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="ID ID",
            help="Add the map of the second scenario to that of the first; prints a matching file to be "
            "filled in, unless --matches gives one.",
        ),
    ] = None,
    matches: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --merge: the matching file, filled in.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With --matches: where to write the merged map; the ending says the format, as with `map`.",
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="With --to: write over a file that stands there already.")
    ] = False,
    most: Annotated[int, typer.Option(min=1, help="How many to list at most.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """Print how alike the agencies' maps are, which links are contested, and how far priorities are apart.

    With --between, --history or --merge it answers that question and no other.

    Example: `roundtable disagreement north-yorkshire --between nyp nyc`
    """
    from roundtable.cli.disagreement_questions import Question

    question = Question(between, history, agency, merge, matches, to, replace, most, as_json)
    question.refuse_contradictions()
    _answer(folder, question)


def _answer(folder: Path, question: Question) -> None:
    from roundtable.cli.disagreement_questions import answer
    from roundtable.cli.measured import measured_so_far
    from roundtable.cli.outline import print_outline
    from roundtable.cli.printing import print_json
    from roundtable.partnership.loading import load_partnership
    from roundtable.partnership.study import Study

    partnership = load_partnership(folder)
    question.refuse_unknown(partnership)
    # Without draws: nothing that is told here is drawn.
    study = Study(partnership, measured_so_far(folder), samples=0)
    said = answer(question, study)
    if isinstance(said, str):
        typer.echo(said, nl=False)
    elif question.as_json:
        print_json(said)
    else:
        print_outline(said)
