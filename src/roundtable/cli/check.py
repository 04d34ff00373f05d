"""`roundtable check`: whether a partnership folder can be used, and what it implies."""

from __future__ import annotations

import shlex
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from roundtable.cli.printing import finding_values, print_json, print_title, problem_values, told_counts
from roundtable.errors import ExitCode, PartnershipUnusable

if TYPE_CHECKING:
    from roundtable.partnership.findings import Finding
    from roundtable.partnership.model.whole import Partnership


class FailOn(StrEnum):
    """The least severity of a finding that makes `check` end with 1."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NEVER = "never"


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The partnership folder.")],
    fail_on: Annotated[
        FailOn, typer.Option(help="End with 1 when there are findings at or above this severity.")
    ] = FailOn.HIGH,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Read the whole folder, print every problem at once, and say what it implies.

    Ends with 2 when the folder cannot be used, with 1 when it can and there are findings at or above
    --fail-on that no meeting has accepted, and with 0 otherwise. It reads what is agreed and nothing
    that was delivered.

    Example: `roundtable check north-yorkshire --fail-on medium`
    """
    from roundtable.partnership.findings import find_all
    from roundtable.partnership.loading import load_partnership
    from roundtable.partnership.study import Study

    try:
        partnership = load_partnership(folder)
    except PartnershipUnusable as error:
        if not as_json:
            raise
        _print_all(folder, [problem_values(problem) for problem in error.problems], ())
        raise typer.Exit(error.exit_code) from None
    findings = find_all(Study(partnership, samples=0))
    failing = [finding for finding in findings if _fails(finding, fail_on)]
    if as_json:
        _print_all(folder, [], findings)
    else:
        _print_summary(partnership, findings, failing)
    if failing:
        raise typer.Exit(ExitCode.FINDINGS)


def _fails(finding: Finding, fail_on: FailOn) -> bool:
    """Whether a finding is open and severe enough; the options stand in order, as severities do."""
    if fail_on is FailOn.NEVER or finding.accepted is not None:
        return False
    return finding.severity.rank <= list(FailOn).index(fail_on)


def _print_summary(partnership: Partnership, findings: tuple[Finding, ...], failing: list[Finding]) -> None:
    counted = (
        ("agency", "agencies", partnership.agencies),
        ("scenario", "scenarios", partnership.scenarios),
        ("dataset", "datasets", partnership.datasets),
        ("agreement", "agreements", partnership.agreements),
        ("service", "services", partnership.services),
        ("improvement", "improvements", partnership.improvements),
    )
    told = ", ".join(f"{len(things)} {one if len(things) == 1 else many}" for one, many, things in counted)
    typer.echo(f"{partnership.charter.name}: {told}. No problems.")
    for finding in failing:
        print_title(finding)
    typer.echo(told_counts(findings))
    if findings:
        shown = shlex.quote(str(partnership.folder))
        typer.echo(f"`roundtable findings {shown}` shows each with its evidence and its remedy.")


def _print_all(folder: Path, problems: list[dict[str, object]], findings: tuple[Finding, ...]) -> None:
    print_json(
        {
            "folder": str(folder),
            "usable": not problems,
            "problems": problems,
            "findings": [finding_values(finding) for finding in findings],
        }
    )
