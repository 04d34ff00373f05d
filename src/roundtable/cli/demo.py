"""`roundtable demo`: an illustrative North Yorkshire, run whole, in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    to: Annotated[
        Path | None, typer.Option(help="Where to put it; otherwise the setting ROUNDTABLE_DEMO.")
    ] = None,
    county: Annotated[
        bool, typer.Option("--county", help="Make a synthetic county although real open data are at hand.")
    ] = False,
    people: Annotated[int, typer.Option(min=1, help="How many people the synthetic county has.")] = 30_000,
) -> None:
    """Copy the illustrative North Yorkshire into a folder of its own, run it and say where the report is.

    Where the real open data stand beside the checkout (see the setting ROUNDTABLE_SHARED_DATA) they
    are delivered and measured. Elsewhere, or with --county, a county of people who do not exist is made
    and sends what the example's contracts ask for; what is true of it stands in a folder beside.

    Example: `roundtable demo --to ~/roundtable-demo`

    Example: `roundtable demo --county --people 30000 --to ~/roundtable-county`
    """
    import os

    from roundtable.cli.printing import print_progress
    from roundtable.cli.run import print_outcome
    from roundtable.data.engine import EngineName
    from roundtable.demonstration import CountyWished, prepare
    from roundtable.governance.clock import trusted_clock
    from roundtable.pipeline import run as run_pipeline
    from roundtable.settings import demo_folder, engine_setting, shared_data_folder, threads_setting

    wished = CountyWished(people, county, threads_setting() or os.cpu_count() or 1, print_progress)
    made = prepare((to or demo_folder()).expanduser(), shared_data_folder(), trusted_clock, wished)
    typer.echo(f"Demonstration folder: {made.folder}")
    typer.echo(made.told)
    outcome = run_pipeline(
        made.folder, engine=EngineName(engine_setting(None)), clock=trusted_clock, progress=print_progress
    )
    print_outcome(outcome, made.folder)
