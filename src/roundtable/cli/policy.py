"""`roundtable policy`: what the agreements come to, as rules, and the answer to one question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from roundtable.governance.policy.deciding import Decision
    from roundtable.governance.policy.question import Question
    from roundtable.partnership.model.whole import Partnership

_ASKING = "Asking"


def policy(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    dataset: Annotated[
        str | None, typer.Option(metavar="ID", help="Print only what can matter to this dataset.")
    ] = None,
    agreement: Annotated[
        str | None, typer.Option(metavar="ID", help="Print only what this agreement permits.")
    ] = None,
    cedar: Annotated[
        bool, typer.Option("--cedar", help="Print it as Cedar, as the engine reads it.")
    ] = False,
    ask: Annotated[
        str | None,
        typer.Option(
            metavar="ACTION", help="Ask instead: read, link, look_up, export ...", rich_help_panel=_ASKING
        ),
    ] = None,
    by: Annotated[
        str, typer.Option(metavar="WHO", help="An agency, a post, or 'system'.", rich_help_panel=_ASKING)
    ] = "system",
    of: Annotated[
        str | None,
        typer.Option(
            metavar="DATASET[/TABLE]",
            help="The dataset, and its table where it has several.",
            rich_help_panel=_ASKING,
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="Columns by the contract's names; without it, every column.",
            rich_help_panel=_ASKING,
        ),
    ] = None,
    purpose: Annotated[
        str | None, typer.Option("--for", metavar="PURPOSE", help="What for.", rich_help_panel=_ASKING)
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="On this day, such as 2026-06-01; without it, today.", rich_help_panel=_ASKING
        ),
    ] = None,
    under: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="To erase: an agreement that the data came under; again for more.",
            rich_help_panel=_ASKING,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """Print what agreements permit and what nothing permits, or ask whether one thing is permitted.

    With --ask it ends with 4 where the answer is no.

    Example: `roundtable policy north-yorkshire --ask read --by nyc --of home-fire-safety-visits
    --columns uprn,risk_band --for prevention_of_fire_and_falls --at 2026-06-01`
    """
    from roundtable.partnership.loading import load_partnership

    partnership = load_partnership(folder)
    if ask is None:
        _print_policy(partnership, dataset, agreement, cedar=cedar, as_json=as_json)
        return
    from dataclasses import replace

    from roundtable.cli.policy_question import known_agreement, question_from
    from roundtable.governance.policy.question import Circumstances

    for name in under or ():
        known_agreement(partnership, name)
    question = question_from(partnership, ask, by, of, columns, purpose, at)
    question = replace(question, circumstances=Circumstances(under=frozenset(under or ())))
    _answer(partnership, question, as_json=as_json)


def _print_policy(
    partnership: Partnership, dataset: str | None, agreement: str | None, *, cedar: bool, as_json: bool
) -> None:
    from roundtable.cli.policy_question import known_agreement, known_dataset
    from roundtable.cli.printing import print_json
    from roundtable.governance.policy.cedar_text import cedar_text
    from roundtable.governance.policy.printing import as_json as rules_as_json
    from roundtable.governance.policy.printing import every_rule, told

    if dataset is not None:
        known_dataset(partnership, dataset)
    if agreement is not None:
        known_agreement(partnership, agreement)
    rules = every_rule(partnership, dataset, agreement)
    if as_json:
        print_json(rules_as_json(rules))
    elif cedar:
        typer.echo(cedar_text(rules))
    else:
        for line in told(partnership, rules):
            typer.echo(line)


def _answer(partnership: Partnership, question: Question, *, as_json: bool) -> None:
    from roundtable.cli.printing import print_json
    from roundtable.errors import ExitCode
    from roundtable.governance.policy.deciding import decide
    from roundtable.governance.policy.printing import sentence

    decision: Decision = decide(partnership, question)
    said = sentence(partnership, decision)
    if as_json:
        print_json({**decision.as_audit(), "refusal": decision.refusal, "said": said})
    else:
        typer.secho("Permitted. " if decision.permitted else "Refused. ", bold=True, nl=False)
        typer.echo(said)
    if not decision.permitted:
        raise typer.Exit(ExitCode.NOT_PERMITTED)
