"""What the map implies: one analysis a file."""

from roundtable.partnership.findings.finding import (
    Evidence,
    Finding,
    Rule,
    Severity,
)
from roundtable.partnership.findings.registry import RULES, find_all

__all__ = [
    "RULES",
    "Evidence",
    "Finding",
    "Rule",
    "Severity",
    "find_all",
]
