"""Which papers can be drafted, and the drafts."""

from __future__ import annotations

from enum import StrEnum

from roundtable.partnership.papers.decision_notice import decision_notices
from roundtable.partnership.papers.paper import Paper
from roundtable.partnership.papers.serious_violence import serious_violence
from roundtable.partnership.papers.strategic_assessment import strategic_assessment
from roundtable.partnership.study import Study


class Owed(StrEnum):
    """The papers, by whom they are for."""

    COMMUNITY_SAFETY = "community-safety"
    SERIOUS_VIOLENCE = "serious-violence"
    COMMISSIONER = "commissioner"


def papers_for(study: Study, owed: Owed) -> tuple[Paper, ...]:
    """The drafts of one kind; several where there is one for each decision."""
    match owed:
        case Owed.COMMUNITY_SAFETY:
            return (strategic_assessment(study),)
        case Owed.SERIOUS_VIOLENCE:
            return (serious_violence(study),)
        case Owed.COMMISSIONER:
            return decision_notices(study)
