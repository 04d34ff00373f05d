"""Any draft by its kind, and in the forms it can be written in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from enum import StrEnum

from roundtable.partnership.drafts.document import Document, DraftKind
from roundtable.partnership.drafts.equality import draft_equality
from roundtable.partnership.drafts.html import as_html
from roundtable.partnership.drafts.ico_decision import draft_ico_decision
from roundtable.partnership.drafts.impact_assessment import draft_impact_assessment
from roundtable.partnership.drafts.markdown import as_markdown
from roundtable.partnership.drafts.privacy_notice import draft_privacy_notice
from roundtable.partnership.drafts.record_of_processing import draft_record_of_processing
from roundtable.partnership.drafts.share_request import draft_share_request
from roundtable.partnership.drafts.tier_two import draft_tier_two
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

_DRAFTS: Mapping[DraftKind, Callable[[Study, str], Document]] = {
    DraftKind.IMPACT_ASSESSMENT: draft_impact_assessment,
    DraftKind.RECORD_OF_PROCESSING: draft_record_of_processing,
    DraftKind.AGREEMENT: draft_tier_two,
    DraftKind.PRIVACY_NOTICE: draft_privacy_notice,
    DraftKind.EQUALITY: draft_equality,
    DraftKind.SHARE_REQUEST: draft_share_request,
    DraftKind.ICO_DECISION: draft_ico_decision,
}


class Written(StrEnum):
    """What a draft can be written as, by the ending of its file."""

    MARKDOWN = ".md"
    HTML = ".html"
    JSON = ".json"


def draft(partnership: Partnership, kind: DraftKind, identifier: str) -> Document:
    """The draft of one document.

    Args:
        partnership: what is agreed.
        kind: which document.
        identifier: what it is about: an agreement for an impact assessment, an agreement or a privacy
            notice; an agency for a record of processing; a scenario for an equality assessment; a need
            for a request or a decision form.

    Raises:
        SettingUnusable: there is no such thing.
    """
    # Nothing that is said of an agreement or a need rests on sampling.
    return _DRAFTS[kind](Study(partnership, samples=0), identifier)


def written(document: Document, partnership: Partnership, form: Written) -> str:
    """The text of the file."""
    if form is Written.MARKDOWN:
        return as_markdown(document)
    return as_html(document, partnership.charter) if form is Written.HTML else _as_json(document)


def _as_json(document: Document) -> str:
    sections = [
        {
            "heading": section.heading,
            "answers": [
                {
                    "question": answer.question,
                    "answer": list(answer.lines),
                    "sources": list(answer.sources),
                    "unverified": answer.unverified,
                    "by_hand": answer.hand,
                }
                for answer in section.answers
            ],
        }
        for section in document.sections
    ]
    value = {
        "draft": True,
        "title": document.title,
        "about": document.about,
        "rests_on": document.rests_on,
        "as_of": document.as_of.isoformat(),
        "first": list(document.first),
        "wrong": [vars(one) for one in document.wrong],
        "blank": [f"{section.heading}: {answer.question}" for section, answer in document.blanks()],
        "sections": sections,
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
