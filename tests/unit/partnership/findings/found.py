"""What the tests of findings ask: which findings of a rule there are, and what each is about."""

from roundtable.partnership.findings import Finding, find_all
from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

NOTHING_MEASURED = MeasuredFacts()
#: Enough draws to have a share of them, and no more than a test wants to wait for.
FEW = 10


def found(partnership: Partnership, rule: str, facts: MeasuredFacts = NOTHING_MEASURED) -> list[Finding]:
    """The findings of one rule, in order."""
    study = Study(partnership, facts, samples=FEW)
    return [finding for finding in find_all(study) if finding.rule == rule]


def about(partnership: Partnership, rule: str) -> list[str]:
    """The ids of what a rule found something about."""
    return [finding.about[1] for finding in found(partnership, rule)]


def the_one(partnership: Partnership, rule: str, facts: MeasuredFacts = NOTHING_MEASURED) -> Finding:
    """The only finding of a rule; an error when there are more or none."""
    (finding,) = found(partnership, rule, facts)
    return finding


def evidence_of(finding: Finding) -> str:
    """Its evidence as text, one row a line."""
    return "\n".join(row.text for row in finding.evidence)
