"""How many cases a year stand behind a finding: measured where the data say, estimated where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence
from roundtable.partnership.measured import MeasuredCases, MeasuredFacts
from roundtable.partnership.model.outcome import Outcome
from roundtable.partnership.model.strict import Estimate, Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import figure


def cases_at_stake(
    partnership: Partnership, facts: MeasuredFacts, outcome_ids: Iterable[str]
) -> Iterator[Evidence]:
    """One row for each outcome: its cases a year, and whether they were measured or estimated."""
    for outcome_id in sorted(set(outcome_ids)):
        outcome = partnership.outcome(outcome_id)
        yield evidence(partnership, Kind.OUTCOME, outcome_id, _said(outcome, facts))


def measured_at_stake(
    partnership: Partnership, facts: MeasuredFacts, outcome_ids: Iterable[str]
) -> Iterator[Evidence]:
    """The same, for the outcomes that have been measured and no others."""
    measured = (outcome_id for outcome_id in outcome_ids if outcome_id in facts.annual_cases)
    return cases_at_stake(partnership, facts, measured)


def _said(outcome: Outcome, facts: MeasuredFacts) -> str:
    if outcome.id in facts.annual_cases:
        return _measured(outcome, facts.annual_cases[outcome.id])
    if outcome.annual_cases is not None:
        return _estimated(outcome, outcome.annual_cases)
    return f"'{outcome.name}' is counted from data, and no run has counted it yet."


def _measured(outcome: Outcome, cases: MeasuredCases) -> str:
    return (
        f"'{outcome.name}': about {cases.annual_cases:,} cases a year, measured: {cases.records:,} records "
        f"in {cases.months} months between {cases.first_month:%B %Y} and {cases.last_month:%B %Y}."
    )


def _estimated(outcome: Outcome, estimate: Estimate) -> str:
    if estimate.value == "unknown":
        return f"'{outcome.name}': nobody knows how many {estimate.unit}. Source: {estimate.source}."
    spread = ""
    if estimate.low is not None and estimate.high is not None:
        spread = f" ({figure(estimate.low)} to {figure(estimate.high)})"
    return (
        f"'{outcome.name}': about {figure(float(estimate.value))}{spread} {estimate.unit}, estimated. "
        f"Source: {estimate.source}."
    )
