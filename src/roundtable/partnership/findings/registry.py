"""Every rule there is, and every finding they make, in one order."""

from __future__ import annotations

from roundtable.partnership.findings import (
    agreements,
    capacity,
    funding,
    leads,
    needs,
    skills,
    succession,
)
from roundtable.partnership.findings.finding import Finding, Rule
from roundtable.partnership.study import Study

ANALYSES = (leads, succession, agreements, needs, capacity, funding, skills)

RULES: tuple[Rule, ...] = tuple(rule for analysis in ANALYSES for rule in analysis.RULES)


def find_all(study: Study) -> tuple[Finding, ...]:
    """What the map implies, worst first, then by rule, then by what it is about.

    Dates are judged by the day that the folder describes (`as_of`), never by the clock, so the same
    folder and facts give the same findings on any day.
    """
    found = (finding for analysis in ANALYSES for finding in analysis.find(study))
    return tuple(sorted(found, key=lambda finding: finding.order))
