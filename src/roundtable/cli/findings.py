"""`roundtable findings`: what the map implies, ranked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def findings(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Print what the map implies, worst first, each with its evidence and its smallest remedy.

    Example: `roundtable findings north-yorkshire`
    """
    from roundtable.cli.printing import print_findings
    from roundtable.partnership.findings import find_all
    from roundtable.partnership.loading import load_partnership
    from roundtable.partnership.study import Study
    from roundtable.pipeline import measured_facts

    partnership = load_partnership(folder)
    print_findings(find_all(Study(partnership, measured_facts(folder))), as_json=as_json)
