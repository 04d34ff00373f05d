"""Points that do not sum to 100: they are shared out anew, and whoever wrote them should know."""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.partnership.disagreement.priorities import Wants, standing
from roundtable.partnership.evidence import Evidence
from roundtable.partnership.findings.finding import Finding, Rule, Severity
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.strict import Kind, Part
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed

NOT_HUNDRED = Rule(
    "points-not-hundred",
    "Points of priority that do not sum to 100",
    Severity.LOW,
    "An agency shares 100 points between outcomes, and what it wrote sums to something else. The points are "
    "shared out anew in the same proportions, so that it may be held to want something that it never said.",
)
RULES = (NOT_HUNDRED,)


def find(study: Study) -> Iterator[Finding]:
    """One finding for the partnership, with what each agency wrote and what that counts as."""
    partnership = study.partnership
    wants = {one.agency: one for one in standing(study).wants}
    living = [one for one in partnership.agencies if one.existed_on(partnership.charter.as_of)]
    astray = [one for one in living if one.priorities and _is_astray(wants.get(one.id))]
    if not astray:
        return
    agencies = tuple(one.id for one in astray)
    has = "agency has" if len(astray) == 1 else "agencies have"
    yield NOT_HUNDRED.finding(
        f"{len(astray):,} {has} given points of priority that do not sum to 100.",
        (Kind.PARTNERSHIP, partnership.charter.id),
        agencies=agencies,
        evidence=tuple(_row(partnership, one, wants.get(one.id)) for one in astray),
        remedy="Have each say what it wants of 100 points, and write that under 'priorities' in agencies/.",
        cleared_by=agencies,
    )


def _is_astray(wants: Wants | None) -> bool:
    """Whether points had to be shared out anew; who gave nothing but noughts has no wants at all."""
    return wants is None or wants.normalised


def _row(partnership: Partnership, agency: Agency, wants: Wants | None) -> Evidence:
    place = partnership.part(Part.PRIORITY, Kind.AGENCY, agency.id, agency.priorities[0].outcome)
    if wants is None:
        return Evidence(place, f"{agency.name} wrote no point; it counts as having given none out.")
    written = {one.outcome: one.points for one in agency.priorities}
    scaled = listed(
        f"{written[outcome]:g} for '{partnership.outcome(outcome).name}' as {share * 100:.1f}"
        for outcome, share in wants.shares.items()
    )
    total = counted(1, "point") if wants.points == 1 else f"{wants.points:g} points"
    return Evidence(place, f"{agency.name} wrote {total}. They count scaled: {scaled}.")
