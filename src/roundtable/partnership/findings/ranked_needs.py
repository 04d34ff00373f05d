"""Unmet needs by harm at stake, with harm avertable beside; and what the sums leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from roundtable.partnership.evidence import evidence
from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.joins.prices import Unpriced, prices
from roundtable.partnership.joins.stakes import reached
from roundtable.partnership.joins.verdict import NeedVerdict, ranked
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed, where

UNPRICED = Rule(
    "outcome-unpriced",
    "Outcomes that no sum counts",
    Severity.LOW,
    "Needs reach these outcomes, and nobody knows how many cases there are or what one costs. Harm at "
    "stake "
    "leaves them out: a need that bears on them is worth more than its figure says.",
)
RULES = (UNPRICED,)


@dataclass(frozen=True)
class RankedNeed:
    """One line of the table.

    Attributes:
        place: its place by harm at stake, from 1; None where nothing is priced.
        verdict: the need, the three answers, and what is at stake and avertable.
    """

    place: int | None
    verdict: NeedVerdict


def ranked_needs(study: Study) -> tuple[RankedNeed, ...]:
    """Every need that is not live, most at stake first; the unpriced last, without a place."""
    unmet = [verdict for verdict in ranked(study) if not verdict.live]
    return tuple(
        RankedNeed(place if verdict.at_stake is not None else None, verdict)
        for place, verdict in enumerate(unmet, start=1)
    )


def find(study: Study) -> Iterator[Finding]:
    """One finding for all the outcomes that the sums leave out."""
    factors = {need.factor for _, need in study.partnership.needs()}
    bearing = {outcome for factor in factors for outcome in reached(study, factor)}
    missing = [
        price
        for outcome, price in sorted(prices(study).items())
        if outcome in bearing and isinstance(price, Unpriced)
    ]
    if missing:
        yield _unpriced(study, missing)


def _unpriced(study: Study, missing: list[Unpriced]) -> Finding:
    partnership = study.partnership
    holders = tuple(
        agency.id
        for agency in partnership.agencies
        if any(one.outcome in {m.outcome for m in missing} and one.points > 0 for one in agency.priorities)
    )
    names = listed(f"'{partnership.outcome(one.outcome).name}'" for one in missing)
    charter = (Kind.PARTNERSHIP, partnership.charter.id)
    return UNPRICED.finding(
        f"Harm at stake leaves out {counted(len(missing), 'outcome')} that nobody has counted or priced: "
        f"{names}.",
        charter,
        agencies=holders,
        evidence=tuple(_row(study, one) for one in missing),
        remedy=(
            f"Under 'outcomes' in {where(partnership, *charter)}, write 'annual_cases' (or 'measured_by', "
            f"and run) and a sourced 'unit_cost' for each."
        ),
        cleared_by=holders or tuple(sorted({one.lead for one in partnership.scenarios})),
    )


def _row(study: Study, one: Unpriced) -> Evidence:
    name = study.partnership.outcome(one.outcome).name
    return evidence(study.partnership, Kind.OUTCOME, one.outcome, f"'{name}': {one.why}.")
