"""`roundtable findings`: what the map implies, ranked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def findings(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    agency: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what concerns this agency, or what it could clear.")
    ] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what is about this scenario and what it uses.")
    ] = None,
    joins: Annotated[
        bool, typer.Option("--joins", help="Print the three questions for every need in place of findings.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the same as JSON.")] = False,
) -> None:
    """Print what the map implies, worst first, each with its evidence and its smallest remedy.

    Harm at stake stands beside harm avertable wherever the outcomes are priced.

    Example: `roundtable findings north-yorkshire --agency nyfrs`
    """
    from roundtable.cli.measured import measured_so_far
    from roundtable.cli.printing import print_findings
    from roundtable.cli.verdicts import print_verdicts
    from roundtable.partnership.findings import find_all
    from roundtable.partnership.findings.narrowing import concerning
    from roundtable.partnership.joins.verdict import ranked
    from roundtable.partnership.loading import load_partnership
    from roundtable.partnership.study import Study

    study = Study(load_partnership(folder), measured_so_far(folder))
    if joins:
        concerning(study, (), agency=agency, scenario=scenario)
        asked = [
            one
            for one in ranked(study)
            if agency in (None, one.need.agency) and scenario in (None, one.scenario.id)
        ]
        print_verdicts(asked, as_json=as_json)
    else:
        found = concerning(study, find_all(study), agency=agency, scenario=scenario)
        print_findings(found, as_json=as_json)
