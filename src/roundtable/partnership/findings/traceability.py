"""Will anything change? Findings forward to what answers them, requirements back, purchases to outcomes.

This looks at what every other analysis has found, and so runs after them. A finding is answered when an
improvement says that it closes it (or closes the need, risk or agreement that it is about), when a
requirement derives from it, or when a meeting has accepted it and the acceptance still holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.acceptance import accepting
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.model.improvement import Improvement, Procurement, Requirement
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed, where

UNANSWERED = Rule(
    "findings-unanswered",
    "Serious findings that nothing answers",
    Severity.MEDIUM,
    "A finding of high severity has no improvement or requirement that answers it, and no post has "
    "accepted it "
    "with a reason. Nobody has decided to live with it, and nobody is mending it.",
)
NO_SOURCE = Rule(
    "requirement-no-finding",
    "Requirements that rest on no finding",
    Severity.LOW,
    "A requirement names no finding, or only findings that there are not. It may be done already; or it is "
    "something that somebody would like, for which nobody has shown the want.",
)
NO_OUTCOME = Rule(
    "procurement-no-outcome",
    "Something to be bought for no outcome",
    Severity.MEDIUM,
    "A procurement names no outcome, or no requirement. Money would be spent, and nobody could say "
    "afterwards "
    "whether it did any good.",
)
RULES = (UNANSWERED, NO_SOURCE, NO_OUTCOME)

_Named = tuple[str, str]


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    number: int
    of: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that a hundred means all of them; None where there are none."""
        return self.number * 100 // self.of if self.of else None


@dataclass(frozen=True)
class Coverage:
    """How far the chain from finding to outcome is whole.

    Attributes:
        answered: findings of high severity that something answers.
        traced: requirements that rest on a finding.
        aimed: procurements that name an outcome and a requirement.
        unanswered: the rule and the id of what it is about, of each high finding that nothing answers.
        orphans: the ids of the requirements and procurements that hang on nothing, in order.
    """

    answered: Share
    traced: Share
    aimed: Share
    unanswered: tuple[_Named, ...]
    orphans: tuple[str, ...]


def find_over(study: Study, found: Sequence[Finding]) -> Iterator[Finding]:
    """Breaks in the chain: one finding for all unanswered ones, one for each improvement or procurement."""
    partnership = study.partnership
    unanswered = _unanswered(partnership, found)
    if unanswered:
        yield _not_answered(partnership, unanswered)
    named = _names(found)
    for improvement in partnership.improvements:
        adrift = [one for one in improvement.requirements if not _traced(one, named)]
        if adrift:
            yield _no_source(partnership, improvement, adrift)
        for procurement in improvement.procurements:
            if not _aimed(procurement):
                yield _no_outcome(partnership, improvement, procurement)


def coverage(study: Study, found: Sequence[Finding]) -> Coverage:
    """The table: what share of the chain is whole, and what is left hanging.

    Args:
        study: the partnership under study.
        found: every finding, as `find_all` gives them.
    """
    improvements = study.partnership.improvements
    serious = [one for one in found if one.severity is Severity.HIGH]
    unanswered = _unanswered(study.partnership, found)
    requirements = [one for improvement in improvements for one in improvement.requirements]
    procurements = [one for improvement in improvements for one in improvement.procurements]
    named = _names(found)
    adrift = [one.id for one in requirements if not _traced(one, named)]
    aimless = [one.id for one in procurements if not _aimed(one)]
    return Coverage(
        answered=Share(len(serious) - len(unanswered), len(serious)),
        traced=Share(len(requirements) - len(adrift), len(requirements)),
        aimed=Share(len(procurements) - len(aimless), len(procurements)),
        unanswered=tuple((one.rule, one.about[1]) for one in unanswered),
        orphans=tuple(sorted((*adrift, *aimless))),
    )


def _names(found: Sequence[Finding]) -> frozenset[_Named]:
    return frozenset((one.rule, one.about[1]) for one in found)


def _unanswered(partnership: Partnership, found: Sequence[Finding]) -> list[Finding]:
    answered, things = _answered(partnership)
    unanswered = (
        one
        for one in found
        if one.severity is Severity.HIGH
        and (one.rule, one.about[1]) not in answered
        and one.about not in things
    )
    return sorted(unanswered, key=lambda one: one.order)


def _answered(partnership: Partnership) -> tuple[set[_Named], set[tuple[Kind, str]]]:
    """Findings that are answered by name, and things of which any finding is answered."""
    names = set(accepting(partnership))
    things: set[tuple[Kind, str]] = set()
    for improvement in partnership.improvements:
        closes = improvement.closes
        derived = (name for one in improvement.requirements for name in one.derives_from)
        names |= {(one.rule, one.about) for one in (*closes.findings, *derived)}
        things |= {(Kind.NEED, need) for need in closes.needs}
        things |= {(Kind.RISK, risk) for risk in closes.risks}
        things |= {(Kind.AGREEMENT, agreement) for agreement in closes.agreements}
    return names, things


def _traced(requirement: Requirement, named: frozenset[_Named]) -> bool:
    return any((one.rule, one.about) in named for one in requirement.derives_from)


def _aimed(procurement: Procurement) -> bool:
    return bool(procurement.outcomes and procurement.requirements)


def _not_answered(partnership: Partnership, unanswered: list[Finding]) -> Finding:
    clearing = tuple(agency for one in unanswered for agency in one.cleared_by)
    verb = "has" if len(unanswered) == 1 else "have"
    return UNANSWERED.finding(
        f"{counted(len(unanswered), 'serious finding')} {verb} no improvement, and nobody has accepted "
        f"{'it' if len(unanswered) == 1 else 'them'}.",
        (Kind.PARTNERSHIP, partnership.charter.id),
        agencies=clearing,
        evidence=tuple(
            evidence(partnership, *one.about, f"{one.title} ({one.rule}, '{one.about[1]}')")
            for one in unanswered
        ),
        remedy=(
            "For each, write its 'rule' and 'about' under 'findings' in the 'closes' of an improvement; "
            "or have "
            "a post accept it for now, with its reason, under 'accepted' in a meeting."
        ),
        cleared_by=clearing,
    )


def _no_source(partnership: Partnership, improvement: Improvement, adrift: list[Requirement]) -> Finding:
    owner = partnership.role(improvement.owner)[0].id
    verb = "rests" if len(adrift) == 1 else "rest"
    return NO_SOURCE.finding(
        f"{counted(len(adrift), 'requirement')} of '{improvement.title}' {verb} on no finding that there is.",
        (Kind.IMPROVEMENT, improvement.id),
        agencies=(owner,),
        evidence=tuple(evidence(partnership, Kind.REQUIREMENT, one.id, one.text) for one in adrift),
        remedy=(
            f"In {where(partnership, Kind.IMPROVEMENT, improvement.id)}, write the finding behind each "
            f"under "
            f"'derives_from'; take out what is done, or what nobody needs."
        ),
        cleared_by=(owner,),
    )


def _no_outcome(partnership: Partnership, improvement: Improvement, procurement: Procurement) -> Finding:
    missing = [
        key
        for key, there in (("outcomes", procurement.outcomes), ("requirements", procurement.requirements))
        if not there
    ]
    owner = partnership.role(improvement.owner)[0].id
    keys = listed(f"'{key}'" for key in missing)
    return NO_OUTCOME.finding(
        f"'{procurement.title}' is to be bought, and names no {' and no '.join(missing)}.",
        (Kind.PROCUREMENT, procurement.id),
        agencies=(procurement.lead, owner),
        evidence=(
            evidence(
                partnership, Kind.PROCUREMENT, procurement.id, f"It is bought for '{improvement.title}'."
            ),
        ),
        remedy=f"Write {keys} in {where(partnership, Kind.PROCUREMENT, procurement.id)}.",
        cleared_by=(procurement.lead, owner),
    )
