"""Drafts: what the folder says with its source, what is blank listed first, and nothing made up."""

from __future__ import annotations

import json

import pytest

from roundtable.errors import SettingUnusable
from roundtable.pages.rendering import MISSING
from roundtable.partnership.drafts.document import Answer, Document, DraftKind, said
from roundtable.partnership.drafts.drafting import Written, draft, written
from roundtable.partnership.drafts.share_request import QUESTIONS
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.whole import Partnership
from tests.conftest import ROOT
from tests.town import Town

ABOUT = {
    DraftKind.IMPACT_ASSESSMENT: "falls-and-fire-2023",
    DraftKind.AGREEMENT: "falls-and-fire-2023",
    DraftKind.PRIVACY_NOTICE: "falls-and-fire-2023",
    DraftKind.RECORD_OF_PROCESSING: "nyfrs",
    DraftKind.EQUALITY: "older-resident-alone",
    DraftKind.SHARE_REQUEST: "alone-need-falls",
    DraftKind.ICO_DECISION: "alone-need-falls",
}


@pytest.fixture(scope="module")
def partnership() -> Partnership:
    return load_partnership(ROOT / "examples" / "north-yorkshire")


def _about(partnership: Partnership, kind: DraftKind) -> str:
    if kind in (DraftKind.SHARE_REQUEST, DraftKind.ICO_DECISION):
        return next(need.id for _, need in partnership.needs() if "falls-admissions" in need.datasets)
    return ABOUT[kind]


def _answer(document: Document, question: str) -> Answer:
    return next(one for section in document.sections for one in section.answers if one.question == question)


@pytest.mark.parametrize("kind", DraftKind)
def test_every_answer_says_where_it_comes_from(partnership: Partnership, kind: DraftKind) -> None:
    document = draft(partnership, kind, _about(partnership, kind))
    answers = [one for section in document.sections for one in section.answers]
    assert answers
    for one in answers:
        assert one.blank or one.sources, one.question
    assert "draft" not in document.title.lower()


@pytest.mark.parametrize("kind", DraftKind)
@pytest.mark.parametrize("form", Written)
def test_what_is_blank_stands_first_in_every_form(
    partnership: Partnership, kind: DraftKind, form: Written
) -> None:
    document = draft(partnership, kind, _about(partnership, kind))
    text = written(document, partnership, form)
    assert text == written(document, partnership, form)
    assert MISSING.split("%")[0] not in text
    assert "raft" in text
    blanks = list(document.blanks())
    assert blanks
    if form is Written.JSON:
        assert len(json.loads(text)["blank"]) == len(blanks)
    else:
        assert text.index("Still to be written") < text.index(document.sections[-1].answers[0].question[:20])


def test_a_draft_says_what_the_agreement_says(partnership: Partnership) -> None:
    document = draft(partnership, DraftKind.IMPACT_ASSESSMENT, "falls-and-fire-2023")
    article = _answer(document, "Lawful basis (Article 6)")
    assert article.lines == ("6(1)(e) public task",)
    assert article.sources == ("agreements/falls-and-fire-2023.yaml, basis.article_6",)
    assert article.unverified
    assert _answer(document, "Scope: how long it is kept").lines == ("365 days",)
    assert [section.heading[0] for section in document.sections] == list("1234567")


def test_law_is_marked_until_a_post_has_verified_the_footing_and_its_provisions(town: Town) -> None:
    path = "agreements/open-street-crime.yaml"

    def marked() -> bool:
        return _answer(draft(town.load(), DraftKind.AGREEMENT, "open-street-crime"), "Regime").unverified

    assert marked()
    town.change(path, "basis:\n", "basis:\n  verified_by: council-analyst\n  verified_on: 2026-11-01\n")
    assert marked()  # A provision that it names is not verified.
    town.change(path, "  gateways: [ogl.v3]\n", "")
    assert not marked()


def test_the_signature_of_a_post_that_has_not_signed_is_blank(partnership: Partnership) -> None:
    document = draft(partnership, DraftKind.IMPACT_ASSESSMENT, "falls-and-fire-2023")
    sign_off = document.sections[-1]
    assert [one.blank for one in sign_off.answers if "approved by" in one.question] == [True, True]


def test_the_request_asks_all_questions_once(partnership: Partnership) -> None:
    kind = DraftKind.SHARE_REQUEST
    document = draft(partnership, kind, _about(partnership, kind))
    numbers = sorted(
        int(one.question.split(".")[0]) for section in document.sections for one in section.answers
    )
    assert numbers == list(range(1, QUESTIONS + 1))


def test_a_need_without_an_agreement_is_a_request_whose_law_is_blank(partnership: Partnership) -> None:
    name = next(need.id for _, need in partnership.needs() if not need.datasets)
    for kind in (DraftKind.SHARE_REQUEST, DraftKind.ICO_DECISION):
        document = draft(partnership, kind, name)
        law = next(section for section in document.sections if section.heading == "The law")
        assert all(one.blank for one in law.answers)


def test_a_decision_of_a_meeting_stands_in_the_form_with_its_reason(partnership: Partnership) -> None:
    decided = [
        (decision, need)
        for meeting in partnership.meetings
        for decision in meeting.decisions
        for need in decision.concerning.needs
    ]
    assert decided, "the example has no decision about a need"
    for decision, need in decided[:1]:
        document = draft(partnership, DraftKind.ICO_DECISION, need)
        assert _answer(document, "Reasons for sharing or not sharing").lines == (decision.reason,)
        assert _answer(document, "Signed").blank


@pytest.mark.parametrize("kind", DraftKind)
def test_something_that_does_not_exist_is_told_with_the_nearest(
    partnership: Partnership, kind: DraftKind
) -> None:
    name = _about(partnership, kind)
    with pytest.raises(SettingUnusable) as error:
        draft(partnership, kind, f"{name}x")
    assert f"Did you mean '{name}'?" in error.value.problems[0].remedy


def test_text_of_the_folder_is_text_in_the_page_and_in_markdown(town: Town) -> None:
    town.change("agencies/council.yaml", "name: ", "name: '<b>*Bold*</b> ' # ")
    document = draft(town.load(), DraftKind.RECORD_OF_PROCESSING, "council")
    assert "&lt;b&gt;*Bold*" in written(document, town.load(), Written.HTML)
    assert r"\<b\>\*Bold\*" in written(document, town.load(), Written.MARKDOWN)


def test_unknown_is_blank_and_false_is_not() -> None:
    assert said("q", "unknown", "f").blank and said("q", [], "f").blank
    assert said("q", False, "f").lines == ("False",)
