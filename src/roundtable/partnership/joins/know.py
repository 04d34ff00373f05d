"""Can we know? scenario, factor, need, dataset, flow, agreement and gateway, as the need's class tells it.

The answer is verified when a post has checked the legal footing on which the data move.
"""

from __future__ import annotations

from roundtable.partnership.evidence import Evidence, evidence
from roundtable.partnership.joins.join import Join, Question
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.sharing.classes import ClassedNeed, NeedClass, need_class
from roundtable.partnership.study import Study


def can_know(study: Study, scenario: Scenario, need: DataNeed) -> Join:
    """Whether the agency that needs it may have it today, and how far it has got where it may not."""
    classed = need_class(study, scenario, need)
    holds = classed.kind is NeedClass.AVAILABLE
    return Join(Question.KNOW, holds, classed.verified, classed.why, tuple(_rows(study, need, classed)))


def _rows(study: Study, need: DataNeed, classed: ClassedNeed) -> list[Evidence]:
    partnership = study.partnership
    rows = [
        evidence(partnership, Kind.NEED, need.id, f"{need.decision} It asks for {', '.join(need.fields)}.")
    ]
    if classed.dataset is not None:
        name = partnership.dataset(classed.dataset).name
        rows.append(evidence(partnership, Kind.DATASET, classed.dataset, f"The dataset: '{name}'."))
    if classed.agreement is not None:
        title = partnership.agreement(classed.agreement).title
        rows.append(evidence(partnership, Kind.AGREEMENT, classed.agreement, f"The agreement: '{title}'."))
    return rows
