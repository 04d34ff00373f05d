"""`roundtable levers`: what the causal map says of where to act, what would follow, and how surely."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from roundtable.cli.lever_questions import Question

_FACTOR = "ID[=AMOUNT]"


def levers(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    outcome: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Which changes would move this outcome the wanted way most."),
    ] = None,
    raised: Annotated[
        list[str] | None,
        typer.Option("--raise", metavar=_FACTOR, help="What if this rises, by 1 (all it can) or =0.3 of it."),
    ] = None,
    lowered: Annotated[
        list[str] | None,
        typer.Option(
            "--lower", metavar=_FACTOR, help="What if this falls; both may be given more than once."
        ),
    ] = None,
    loops: Annotated[
        bool, typer.Option("--loops", help="The loops: where a change comes back upon itself.")
    ] = False,
    measures: Annotated[
        bool, typer.Option("--measures", help="Every measure of every factor, as an appendix.")
    ] = False,
    up_from: Annotated[
        str | None, typer.Option(metavar="ID", help="What leads to this factor or outcome.")
    ] = None,
    down_from: Annotated[
        str | None, typer.Option(metavar="ID", help="What follows from this factor.")
    ] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ID ID", help="The ways from the one to the other.")
    ] = None,
    around: Annotated[
        str | None,
        typer.Option(metavar="ID", help="What stands near this factor, whichever way links point."),
    ] = None,
    common: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="What these scenarios share; give it once for each, twice at least."),
    ] = None,
    all_of: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="What these scenarios hold together; once for each, as --common."),
    ] = None,
    steps: Annotated[
        int | None,
        typer.Option(min=1, help="How many links at most: of a part of the map, of a way, or of a loop."),
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="ID", help="Only the map of this scenario; else all together.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="How many to list at most.")] = 10,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print --measures as CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """Print where one more hour helps most, by the harm that each factor of the causal map moves.

    With --outcome, --raise or --lower, --loops, --measures, --up-from, --down-from, --between,
    --around, --common or --all-of it answers that question and no other.

    Example: `roundtable levers north-yorkshire --lower isolation=0.5`
    """
    from roundtable.cli.lever_questions import Question
    from roundtable.cli.outline import print_outline
    from roundtable.cli.printing import print_json

    question = Question(
        outcome=outcome,
        raised=tuple(raised or ()),
        lowered=tuple(lowered or ()),
        loops=loops,
        measures=measures,
        up_from=up_from,
        down_from=down_from,
        between=between,
        around=around,
        common=tuple(dict.fromkeys(common or ())),
        all_of=tuple(dict.fromkeys(all_of or ())),
        steps=steps,
        scenario=scenario,
        most=most,
        as_csv=as_csv,
        as_json=as_json,
    )
    question.refuse_contradictions()
    answer = _answer(folder, question)
    if as_csv:
        typer.echo(answer, nl=False)
    elif as_json:
        print_json(answer)
    else:
        print_outline(answer)


def _answer(folder: Path, question: Question) -> Any:
    from roundtable.cli.lever_questions import answer
    from roundtable.cli.measured import measured_so_far
    from roundtable.partnership.dynamics.asked import understood
    from roundtable.partnership.loading import load_partnership
    from roundtable.partnership.study import Study

    study = Study(load_partnership(folder), measured_so_far(folder))
    return answer(question, understood(study, question.asked()))
