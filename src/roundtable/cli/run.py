"""`roundtable run`: the whole loop, as far as it is built."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roundtable.errors import ExitCode

if TYPE_CHECKING:
    from roundtable.pipeline import RunOutcome


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    engine: Annotated[
        str | None, typer.Option(help="duckdb or spark; otherwise the setting ROUNDTABLE_ENGINE.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what happened as JSON.")] = False,
) -> None:
    """Check the folder, take in deliveries, measure harm by place and write the report.

    A step whose inputs have not changed is skipped; the run says why each step ran. A run that was
    stopped anywhere can simply be started again. Ends with 3 when a delivery stands refused.

    Example: `roundtable run north-yorkshire`
    """
    from roundtable.cli.printing import print_json, print_progress
    from roundtable.data.engine import EngineName
    from roundtable.governance.clock import trusted_clock
    from roundtable.pipeline import run as run_pipeline
    from roundtable.settings import engine_setting

    chosen = EngineName(engine_setting(engine))
    outcome = run_pipeline(folder, engine=chosen, clock=trusted_clock, progress=print_progress)
    if as_json:
        print_json(outcome.summary())
    else:
        print_outcome(outcome, folder)
    if outcome.refused:
        raise typer.Exit(ExitCode.DELIVERY_REFUSED)


def print_outcome(outcome: RunOutcome, folder: Path) -> None:
    """Say in plain lines what a run did with a partnership folder and where its report is."""
    from roundtable.cli.printing import print_steps, told_counts
    from roundtable.data.intake.lacking_keys import told_together

    print_steps(outcome.steps)
    for told in outcome.withheld:
        typer.secho(f"  withheld: {told}", fg="yellow")
    for problem in told_together(outcome.refused, folder):
        typer.secho(f"  refused: {problem}", fg="yellow")
    if not outcome.changed:
        typer.echo("Nothing has changed since the last run; nothing was written.")
    typer.echo(f"{told_counts(outcome.findings)}")
    typer.echo(f"Report: {outcome.report}")
