"""What a finding is: a fact that the map implies, where it stands, and the least that would clear it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roundtable.partnership.evidence import Evidence
from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.model.meeting import Acceptance
from roundtable.partnership.model.strict import Kind

__all__ = ["Evidence", "Finding", "Rule", "Severity"]


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
        at_stake: harm at stake a year; None where nothing is priced.
        avertable: harm that the best running service could avert a year; None where that cannot be said.
        accepted: the acceptance by which a post lives with it for now; None while it is open.
        stability: the share of draws of link strengths in which its harm at stake is among the greatest;
            None where there are no draws or nothing is priced.
    """

    rule: str
    severity: Severity
    title: str
    about: tuple[Kind, str]
    agencies: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    remedy: str
    cleared_by: tuple[str, ...] = ()
    at_stake: Pounds | None = None
    avertable: Pounds | None = None
    accepted: Acceptance | None = None
    stability: float | None = None

    @property
    def order(self) -> tuple[int, bool, bool, float, str, Kind, str, str]:
        """Sorts findings: severity, open before accepted, most harm at stake, then rule and about.

        What is not priced comes after what is: it is not known to be less, and cannot be said to be more.
        """
        stake = -self.at_stake.middle if self.at_stake else 0.0
        unpriced = self.at_stake is None
        accepted = self.accepted is not None
        return (self.severity.rank, accepted, unpriced, stake, self.rule, *self.about, self.title)


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
