"""What a finding is: a fact that the map implies, where it stands, and the least that would clear it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roundtable.errors import Place
from roundtable.partnership.model.strict import Kind


class Severity(StrEnum):
    """How much it matters, worst first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for the worst, so that sorting puts it first."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Evidence:
    """One row of what a finding rests on: where it is written and what it says."""

    place: Place
    text: str


@dataclass(frozen=True)
class Finding:
    """One thing that the partnership should know of itself.

    Attributes:
        rule: the name of the rule that found it, such as `risk-no-lead`.
        severity: the rule's severity.
        title: one sentence in plain words.
        about: the kind and id of the thing it is about.
        agencies: ids of the agencies it concerns, in order.
        evidence: what it rests on, each row with its file and line.
        remedy: the smallest change to the folder that would clear it.
        cleared_by: ids of the agencies that could make that change, in order.
    """

    rule: str
    severity: Severity
    title: str
    about: tuple[Kind, str]
    agencies: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    remedy: str
    cleared_by: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, str, Kind, str, str]:
        """Sorts findings: severity, then rule, then what they are about."""
        return (self.severity.rank, self.rule, *self.about, self.title)


@dataclass(frozen=True)
class Rule:
    """One kind of finding.

    Attributes:
        name: its id, which never changes.
        title: what it says, in a few words.
        severity: how much it matters.
        explanation: what it means and why it matters, for the documentation.
    """

    name: str
    title: str
    severity: Severity
    explanation: str

    def finding(
        self,
        title: str,
        about: tuple[Kind, str],
        *,
        agencies: tuple[str, ...],
        evidence: tuple[Evidence, ...],
        remedy: str,
        cleared_by: tuple[str, ...],
    ) -> Finding:
        """A finding of this kind; agencies are put in order and named once."""
        return Finding(
            rule=self.name,
            severity=self.severity,
            title=title,
            about=about,
            agencies=tuple(sorted(set(agencies))),
            evidence=evidence,
            remedy=remedy,
            cleared_by=tuple(sorted(set(cleared_by))),
        )
