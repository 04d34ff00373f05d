"""How the commands print: problems, findings and progress, for a person or as JSON for a machine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from roundtable.errors import Place, Problem, UserError
    from roundtable.partnership.findings import Finding

_COLOURS = {"high": "red", "medium": "yellow", "low": "cyan"}


def print_json(value: Any) -> None:
    """One JSON document on standard output; dates and paths become text."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def print_progress(told: str) -> None:
    """A line about what is being done, on standard error so that output can be piped."""
    typer.echo(told, err=True)


def print_error(error: UserError) -> None:
    """Every problem of a user's mistake, on standard error, with how many there are."""
    for problem in error.problems:
        typer.secho(f"{problem.place}: {problem.what}", fg="red", err=True)
        typer.echo(f"    {problem.remedy}", err=True)
    if len(error.problems) > 1:
        typer.echo(f"{len(error.problems)} problems.", err=True)


def print_findings(findings: Sequence[Finding], *, as_json: bool = False) -> None:
    """Every finding with what it rests on and its remedy, in the order given."""
    if as_json:
        print_json([finding_values(finding) for finding in findings])
        return
    for finding in findings:
        print_title(finding)
        for row in finding.evidence:
            typer.echo(f"    {row.place}: {row.text}")
        typer.echo(f"    To clear it: {finding.remedy}")
    typer.echo(told_counts(findings))


def print_title(finding: Finding) -> None:
    """One finding on one line."""
    typer.secho(f"{finding.severity:<6} ", fg=_COLOURS[finding.severity], nl=False)
    typer.echo(f"{finding.title} [{finding.rule}]")


def told_counts(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity, in a sentence."""
    counts = Counter(str(finding.severity) for finding in findings)
    if not counts:
        return "No findings."
    return "Findings: " + ", ".join(f"{counts[name]} {name}" for name in _COLOURS if counts[name]) + "."


def problem_values(problem: Problem) -> dict[str, Any]:
    """A problem as JSON writes it."""
    return {
        **_place_values(problem.place),
        "rule": problem.rule,
        "what": problem.what,
        "remedy": problem.remedy,
    }


def finding_values(finding: Finding) -> dict[str, Any]:
    """A finding as JSON writes it."""
    kind, thing = finding.about
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "title": finding.title,
        "about": {"kind": kind, "id": thing},
        "agencies": finding.agencies,
        "evidence": [{**_place_values(row.place), "text": row.text} for row in finding.evidence],
        "remedy": finding.remedy,
        "cleared_by": finding.cleared_by,
    }


def _place_values(place: Place) -> dict[str, Any]:
    return {"file": place.file, "line": place.line, "column": place.column, "key": place.key}
