"""How the commands print: problems, findings and progress, for a person or as JSON for a machine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from roundtable.errors import Place, Problem, UserError
    from roundtable.partnership.findings import Finding
    from roundtable.partnership.joins.pounds import Pounds
    from roundtable.standing import StepStanding
    from roundtable.steps.runner import StepReport

#: More problems than this that are mended in the same way are not all listed.
_MANY_ALIKE, _FEW = 12, 3
#: How wide the names of steps are at least, so that folders that link nobody are told in one way.
_STEP_NAME = 21
_COLOURS = {"high": "red", "medium": "yellow", "low": "cyan"}


def print_json(value: Any) -> None:
    """One JSON document on standard output; dates and paths become text."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def print_progress(told: str) -> None:
    """A line about what is being done, on standard error so that output can be piped."""
    typer.echo(told, err=True)


def print_steps(steps: Sequence[StepReport] | Sequence[StepStanding]) -> None:
    """A line for each step: its name, and in a column as wide as the longest what became of it."""
    wide = max((_STEP_NAME, *(len(step.name) for step in steps)))
    for step in steps:
        typer.echo(f"  {step.name:<{wide}}  {step.told}")


def print_error(error: UserError) -> None:
    """Every problem of a user's mistake, on standard error, with how many there are.

    Of many that are mended in the same way, such as every delivery waiting for the same key, the first few.
    """
    alike = Counter((problem.rule, problem.remedy) for problem in error.problems)
    shown: Counter[tuple[str, str]] = Counter()
    for problem in error.problems:
        kind = (problem.rule, problem.remedy)
        shown[kind] += 1
        if alike[kind] > _MANY_ALIKE and shown[kind] > _FEW:
            continue
        typer.secho(f"{problem.place}: {problem.what}", fg="red", err=True)
        typer.echo(f"    {problem.remedy}", err=True)
        if alike[kind] > _MANY_ALIKE and shown[kind] == _FEW:
            typer.echo(f"    ... and {alike[kind] - _FEW:,} more that are mended in the same way.", err=True)
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
        for line in _stakes_and_acceptance(finding):
            typer.echo(f"    {line}")
        typer.echo(f"    To clear it: {finding.remedy}")
    typer.echo(told_counts(findings))


def _stakes_and_acceptance(finding: Finding) -> Iterator[str]:
    """What rides on it, both figures side by side, how firm its place is, and who has accepted it."""
    if finding.at_stake is not None:
        avertable = str(finding.avertable) if finding.avertable else "not known"
        firm = (
            ""
            if finding.stability is None
            else f" Among the five greatest in {finding.stability:.0%} of draws."
        )
        yield f"At stake: {finding.at_stake}. Avertable: {avertable}.{firm}"
    if finding.accepted is not None:
        from roundtable.partnership.wording import day

        until = f" until {day(finding.accepted.until)}" if finding.accepted.until else ""
        yield f"Accepted by '{finding.accepted.by}'{until}: {finding.accepted.reason}"


def print_title(finding: Finding) -> None:
    """One finding on one line."""
    typer.secho(f"{finding.severity:<6} ", fg=_COLOURS[finding.severity], nl=False)
    accepted = " (accepted)" if finding.accepted else ""
    typer.echo(f"{finding.title} [{finding.rule}]{accepted}")


def told_counts(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity, in a sentence."""
    told = list(findings)
    if not told:
        return "No findings."
    counts = Counter(str(finding.severity) for finding in told)
    accepted = sum(finding.accepted is not None for finding in told)
    which = f" Accepted for now: {accepted}." if accepted else ""
    return (
        "Findings: " + ", ".join(f"{counts[name]} {name}" for name in _COLOURS if counts[name]) + "." + which
    )


def pounds_values(pounds: Pounds | None) -> dict[str, Any] | None:
    """A range of money as JSON writes it, to whole pounds; null where nothing is known."""
    if pounds is None:
        return None
    return {
        "low": round(pounds.low),
        "middle": round(pounds.middle),
        "high": round(pounds.high),
        "unit": "GBP a year",
        "price_base": pounds.price_base,
    }


def problem_values(problem: Problem) -> dict[str, Any]:
    """A problem as JSON writes it."""
    return {
        **place_values(problem.place),
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
        "evidence": [{**place_values(row.place), "text": row.text} for row in finding.evidence],
        "remedy": finding.remedy,
        "cleared_by": finding.cleared_by,
        "at_stake": pounds_values(finding.at_stake),
        "avertable": pounds_values(finding.avertable),
        "stability": finding.stability,
        "accepted": finding.accepted and finding.accepted.model_dump(mode="json"),
    }


def place_values(place: Place) -> dict[str, Any]:
    """A place as JSON writes it."""
    return {"file": place.file, "line": place.line, "column": place.column, "key": place.key}
