"""`roundtable demo`: an illustrative North Yorkshire, run whole, in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    to: Annotated[
        Path | None, typer.Option(help="Where to put it; otherwise the setting ROUNDTABLE_DEMO.")
    ] = None,
) -> None:
    """Copy the illustrative North Yorkshire into a folder of its own, run it and say where the report is.

    Where the real open data stand beside the checkout (see the setting ROUNDTABLE_SHARED_DATA) they
    are delivered and measured; elsewhere the demonstration shows the partnership alone and says so.

    Example: `roundtable demo --to ~/roundtable-demo`
    """
    from roundtable.cli.printing import print_progress
    from roundtable.cli.run import print_outcome
    from roundtable.data.engine import EngineName
    from roundtable.demonstration import prepare
    from roundtable.governance.clock import trusted_clock
    from roundtable.pipeline import run as run_pipeline
    from roundtable.settings import demo_folder, engine_setting, shared_data_folder

    made = prepare((to or demo_folder()).expanduser(), shared_data_folder())
    typer.echo(f"Demonstration folder: {made.folder}")
    typer.echo(made.told)
    outcome = run_pipeline(
        made.folder, engine=EngineName(engine_setting(None)), clock=trusted_clock, progress=print_progress
    )
    print_outcome(outcome)
