"""Drafts: what the folder says with its source, what is blank listed first, and nothing made up."""

from __future__ import annotations

import json

import pytest

from roundtable.errors import SettingUnusable
from roundtable.pages.rendering import MISSING
from roundtable.partnership.drafts.document import Answer, Document, DraftKind, said
from roundtable.partnership.drafts.drafting import Written, draft, written
from roundtable.partnership.drafts.plain_words import plain_time
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


def test_an_agreement_that_has_ended_serves_no_need_and_its_law_is_blank(partnership: Partnership) -> None:
    document = draft(partnership, DraftKind.ICO_DECISION, "older-need-falls")
    no, nearest, *faults = _answer(document, "Whether an agreement is in place").lines
    assert no == "No"
    assert nearest == (
        "The nearest is 'Falls admissions for home safety visits', which does not serve this need:"
    )
    assert "ended on 31 March 2026" in faults[0]
    assert "does not reach from an NHS provider to a fire and rescue service" in faults[1]
    law = next(section for section in document.sections if section.heading == "The law")
    assert all(one.blank for one in law.answers)
    assert {("The law", one.question) for one in law.answers} <= {
        (section.heading, one.question) for section, one in document.blanks()
    }
    assert law.note.startswith("Left blank, because no agreement serves this need.")


@pytest.mark.parametrize("kind", [DraftKind.ICO_DECISION, DraftKind.SHARE_REQUEST])
def test_an_agreement_for_other_scenarios_serves_no_need(partnership: Partnership, kind: DraftKind) -> None:
    document = draft(partnership, kind, "older-need-care-level")
    law = next(section for section in document.sections if section.heading == "The law")
    assert all(one.blank for one in law.answers)
    told = [one.what for one in document.wrong]
    assert any("for other scenarios" in what for what in told)
    assert any("does not let 'lives_alone'" in what for what in told)


def test_an_agreement_that_serves_the_need_gives_the_law(partnership: Partnership) -> None:
    document = draft(partnership, DraftKind.ICO_DECISION, "coast-need-injuries")
    told = _answer(document, "Whether an agreement is in place")
    assert told.lines == ("Yes: 'Serious Violence Duty: counts by place and hour'",)
    assert told.sources == ("agreements/serious-violence-2025.yaml",)
    assert not _answer(document, "Legal power").blank
    assert document.wrong == ()


@pytest.mark.parametrize("form", [Written.MARKDOWN, Written.HTML])
def test_what_is_wrong_stands_in_a_box_before_what_is_blank(partnership: Partnership, form: Written) -> None:
    document = draft(partnership, DraftKind.IMPACT_ASSESSMENT, "seafront-safety-2021")
    assert any("Scarborough Borough Council (former) does not exist" in one.what for one in document.wrong)
    text = written(document, partnership, form)
    box, blanks = text.index("What the checker says is wrong"), text.index("Still to be written")
    assert box < text.index("Scarborough Borough Council (former) does not exist") < blanks


def test_the_box_tells_a_review_that_is_past_and_no_power(partnership: Partnership) -> None:
    review = draft(partnership, DraftKind.AGREEMENT, "crisis-care-2024").wrong
    assert any("was to be reviewed by 30 June 2026" in one.what for one in review)
    power = draft(partnership, DraftKind.PRIVACY_NOTICE, "victim-services-2023").wrong
    assert any("no power to share personal data" in one.what for one in power)
    assert len(power) == len(set(power))


def test_where_nothing_is_wrong_the_box_says_so(town: Town) -> None:
    document = draft(town.load(), DraftKind.AGREEMENT, "open-street-crime")
    assert document.wrong == ()
    assert "It finds nothing. That is what the files say" in written(document, town.load(), Written.MARKDOWN)


def test_the_record_of_a_body_that_has_ended_says_so_first(partnership: Partnership) -> None:
    (first,) = draft(partnership, DraftKind.RECORD_OF_PROCESSING, "pfcc").first
    assert "ended on 6 May 2024 and is controller of nothing any more" in first
    assert "passed to York and North Yorkshire Combined Authority" in first
    assert draft(partnership, DraftKind.RECORD_OF_PROCESSING, "nyfrs").first == ()


def test_an_agreement_without_personal_data_may_need_no_assessment(partnership: Partnership) -> None:
    first, _ = draft(partnership, DraftKind.IMPACT_ASSESSMENT, "serious-violence-2025").first
    assert first.startswith("None may be needed: nothing that it lets through is treated as personal data")
    assert "'Injury attendances, counts by place and hour': areas, not people." in first
    assert draft(partnership, DraftKind.IMPACT_ASSESSMENT, "falls-and-fire-2023").first == ()
    (protocol,) = draft(partnership, DraftKind.IMPACT_ASSESSMENT, "overarching-protocol").first
    assert protocol.startswith("None may be needed: it lets no data through by itself.")


def test_no_safeguard_is_promised_that_nobody_has(partnership: Partnership) -> None:
    document = draft(partnership, DraftKind.IMPACT_ASSESSMENT, "falls-and-fire-2023")
    told = _answer(document, "How purpose is kept from creeping").lines
    assert told == (
        "The agreement is for prevention of fire and falls.",
        "It serves 'Older resident alone: fire, fall and self-neglect'.",
        "It stands on rung 3 of the sharing ladder: Flags on a property, no names.",
        "Columns that it names of Emergency admissions after a fall: discharged_on, falls_12m and uprn.",
        "That is what the agreement says. Nothing of it is enforced unless the data pass through Roundtable, "
        "and then only the columns and the purposes are looked at, when a file is taken in.",
    )
    assert _answer(document, "What holds each receiver to this in practice, and who looks").blank


def test_a_privacy_notice_is_in_plain_words(partnership: Partnership) -> None:
    document = draft(partnership, DraftKind.PRIVACY_NOTICE, "home-safety-flags-2025")
    shared = _answer(document, "What we share").lines
    assert any("Calls from the address in the ninety days before" in line for line in shared)
    headers = {column for one in partnership.agreements for grant in one.grants for column in grant.columns}
    words = {word.strip(".,;:") for line in shared for word in line.split()}
    assert not {one for one in headers if "_" in one} & words
    assert _answer(document, "How long we keep it").lines == ("Two years",)


def test_a_column_that_nobody_has_described_is_to_be_put_in_plain_words(town: Town) -> None:
    path = town.folder / "datasets" / "street-crime.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text("".join(line for line in text.splitlines(True) if "description: " not in line), "utf-8")
    document = draft(town.load(), DraftKind.PRIVACY_NOTICE, "open-street-crime")
    assert _answer(document, "What we share").blank
    questions = [answer.question for _, answer in document.blanks()]
    assert any(one.startswith("To be put in plain words: ") for one in questions)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        *((1, "one day"), (10, "ten days"), (14, "two weeks"), (30, "about one month")),
        *((90, "about three months"), (183, "about six months"), (365, "one year"), (366, "one year")),
        *((730, "two years"), (2190, "six years"), (2557, "seven years"), (45, "45 days")),
    ],
)
def test_days_are_told_as_people_count_them(days: int, told: str) -> None:
    assert plain_time(days) == told


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
