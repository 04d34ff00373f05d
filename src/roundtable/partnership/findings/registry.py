"""Every rule there is, and every finding they make, in one order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from roundtable.partnership.findings import (
    acceptance,
    accountability,
    agreements,
    capacity,
    data_use,
    dates,
    funding,
    insight_without_action,
    interoperability,
    journeys,
    lawfulness,
    leads,
    levers,
    needs,
    points,
    priorities,
    ranked_needs,
    reachable,
    single_points,
    skills,
    succession,
    traceability,
    unlinked,
)
from roundtable.partnership.findings.finding import Finding, Rule
from roundtable.partnership.garbage import no_garbage
from roundtable.partnership.joins.verdict import verdict_of
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study

ANALYSES = (
    leads,
    accountability,
    succession,
    agreements,
    lawfulness,
    interoperability,
    needs,
    insight_without_action,
    ranked_needs,
    data_use,
    journeys,
    capacity,
    funding,
    skills,
    single_points,
    levers,
    unlinked,
    priorities,
    points,
    dates,
    reachable,
)
#: These look at what the others have found: `find_over(study, found)`, in this order.
OVER_FINDINGS = (traceability, acceptance)

RULES: tuple[Rule, ...] = tuple(rule for one in (*ANALYSES, *OVER_FINDINGS) for rule in one.RULES)


def find_all(study: Study) -> tuple[Finding, ...]:
    """What the map implies: the worst first, open before accepted, most harm at stake first, then by rule.

    Dates are judged by the day that the folder describes (`as_of`), never by the clock, so the same
    folder and facts give the same findings on any day.
    """
    with no_garbage():
        return study.shared(_find_all)


def _find_all(study: Study) -> tuple[Finding, ...]:
    found = [finding for analysis in ANALYSES for finding in analysis.find(study)]
    for analysis in OVER_FINDINGS:
        found += list(analysis.find_over(study, tuple(found)))
    priced = _with_stakes(study, acceptance.marked(study, found))
    return tuple(sorted(priced, key=lambda finding: finding.order))


def _with_stakes(study: Study, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each about a need with what rides on that need."""
    for finding in found:
        kind, thing = finding.about
        if kind is not Kind.NEED:
            yield finding
            continue
        verdict = verdict_of(study, thing)
        yield replace(
            finding,
            at_stake=verdict.at_stake,
            avertable=verdict.avertable,
            stability=verdict.top_share,
        )
