"""Texts by which somebody could be reached: a folder names posts, and nobody's address or number."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.evidence import Evidence
from roundtable.partnership.findings.by_file import by_file
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted

REACHABLE = Rule(
    "looks-like-personal-data",
    "Something that looks like an e-mail address or a telephone number",
    Severity.LOW,
    "The folder is passed round and printed. It names posts, and has no place for anybody's address or "
    "number. What looks like one may be an office's, or no number at all: somebody should look.",
)
RULES = (REACHABLE,)


def find(study: Study) -> Iterator[Finding]:
    """One finding for each kind of file, with each line and never with what stands there."""
    partnership = study.partnership
    said = "Something here looks like an e-mail address or a UK telephone number."
    for these in by_file(partnership, (Evidence(place, said) for place in partnership.contacts)):
        look = "looks" if these.number == 1 else "look"
        yield REACHABLE.finding(
            f"{counted(these.number, 'text')} {look} like an e-mail address or a telephone number.",
            these.about,
            agencies=these.keepers,
            evidence=these.rows,
            remedy=(
                "Look at each line of the evidence: take out what belongs to a person, and name the post "
                "instead; what belongs to nobody can be accepted, under 'accepted' in a meeting."
            ),
            cleared_by=these.keepers,
        )
