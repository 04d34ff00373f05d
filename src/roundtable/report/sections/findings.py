"""Findings: what the map implies, worst first, each with where it stands and what would clear it."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.pages.numbers import fixed, listed, plural
from roundtable.partnership.findings import Finding, Severity
from roundtable.report.contents import ReportContents
from roundtable.report.names import Names
from roundtable.report.vocabulary import SEVERITIES


@dataclass(frozen=True)
class EvidenceLine:
    """What a file says, and which line of it."""

    text: str
    place: str


@dataclass(frozen=True)
class FindingCard:
    """One finding; numbered through all severities, so that the headline can point to it."""

    number: int
    title: str
    rule: str
    agencies: str
    cleared_by: str
    evidence: tuple[EvidenceLine, ...]
    remedy: str


@dataclass(frozen=True)
class SeverityGroup:
    """The findings of one severity."""

    severity: str
    heading: str
    cards: tuple[FindingCard, ...]


@dataclass(frozen=True)
class FindingsView:
    """The section."""

    summary: str
    groups: tuple[SeverityGroup, ...]


def view(contents: ReportContents, names: Names) -> FindingsView:
    """The section as its template prints it."""
    ordered = sorted(contents.findings, key=lambda one: one.severity.rank)
    cards = [(one.severity, _card(number, one, names)) for number, one in enumerate(ordered, start=1)]
    groups = tuple(
        SeverityGroup(severity.value, f"{SEVERITIES[severity]} ({len(found)})", found)
        for severity in Severity
        if (found := tuple(card for of, card in cards if of is severity))
    )
    return FindingsView(_summary(contents.findings), groups)


def _card(number: int, finding: Finding, names: Names) -> FindingCard:
    evidence = tuple(
        EvidenceLine(row.text, f"{row.place.file}:{row.place.line}" if row.place.line else row.place.file)
        for row in finding.evidence
    )
    return FindingCard(
        number,
        finding.title,
        finding.rule,
        listed(tuple(map(names.agency, finding.agencies))),
        listed(tuple(map(names.agency, finding.cleared_by)), last="or"),
        evidence,
        finding.remedy,
    )


def _summary(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return ""
    counts = ((severity, sum(one.severity is severity for one in findings)) for severity in Severity)
    told = tuple(f"{fixed(number)} {severity.value}" for severity, number in counts if number)
    return f"{plural(len(findings), 'finding')}: {listed(told)}."
