"""What the last run has counted, without loading what a run needs where there has been none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from roundtable.partnership.measured import MeasuredFacts


def measured_so_far(folder: Path) -> MeasuredFacts:
    """The facts of the last run; none where the folder has no ledger yet.

    The pipeline loads the engine and every step, which takes longer than all the findings of a county.
    """
    from roundtable.ledger.database import ledger_exists
    from roundtable.partnership.measured import MeasuredFacts

    if not ledger_exists(folder):
        return MeasuredFacts()
    from roundtable.data.lake import Lake
    from roundtable.data.subjects.made_under import may_be_shown
    from roundtable.pipeline import measured_facts

    found = measured_facts(folder)
    if not may_be_shown(Lake(folder)):
        what = "What the last run counted is left out: deliveries, seals or requests came since."
        typer.echo(f"{what} `roundtable run {folder}` counts anew.", err=True)
    return found
