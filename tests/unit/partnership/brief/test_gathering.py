"""A brief: what is asked of a post, what it promised, what waits for it, and nothing that is another's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from roundtable.errors import Place
from roundtable.partnership.brief.contents import Brief, Item, LateData, Section, Urgency
from roundtable.partnership.brief.gathering import MOST, brief_for
from roundtable.partnership.brief.page import lead
from roundtable.partnership.findings import Finding, Severity
from roundtable.partnership.model.meeting import Acceptance, Meeting
from roundtable.partnership.model.strict import Kind
from tests.factories import agency, dataset, need, partnership, risk, role, scenario

LEAD, DEPUTY, OTHER = "adults-lead", "adults-deputy", "fire-lead"
COUNCIL = agency("council", roles=[role(LEAD, vacant_since="2026-10-01", deputy=DEPUTY), role(DEPUTY)])
FIRE = agency("fire", kind="fire_rescue", roles=[role(OTHER)])


def _meeting(on: str = "2026-11-02", **fields: Any) -> Meeting:
    return Meeting.model_validate({"id": f"meeting-{on}", "title": "A meeting", "on": on} | fields)


def _action(id: str, owner: str, due: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "what": f"Do {id}", "owner": owner, "due": due} | fields


def _wanted(id: str, of: str, by: str) -> dict[str, Any]:
    return {"id": id, "question": f"May {id} be?", "of": of, "by": by}


def _decision(id: str, by: str, **fields: Any) -> dict[str, Any]:
    base = {"id": id, "question": "May it?", "verdict": "agreed", "reason": "It helps.", "by": by}
    return base | fields


def _finding(about: tuple[Kind, str], **fields: Any) -> Finding:
    base: dict[str, Any] = {
        "rule": "risk-no-lead",
        "severity": Severity.HIGH,
        "title": f"Something is wrong with {about[1]}.",
        "about": about,
        "agencies": ("council",),
        "evidence": (),
        "remedy": "Do this first. Then do that.",
        "cleared_by": ("council",),
    }
    return Finding(**(base | fields))


def _brief(post: str, *meetings: Meeting, **given: Any) -> Brief:
    whole = partnership(
        COUNCIL,
        FIRE,
        scenario(risks=[risk("fall", LEAD), risk("fire", OTHER)], needs=[need("who", "calls")]),
        dataset("calls", created_by="fire"),
        *meetings,
    )
    return brief_for(whole, post, findings=given.pop("findings", ()), **given)


def _section(brief: Brief, heading: str) -> Section:
    return next(section for section in brief.sections if section.heading == heading)


def _told(brief: Brief, heading: str) -> list[str]:
    return [item.what for item in _section(brief, heading).items]


def test_what_is_overdue_comes_first_and_what_is_done_or_anothers_does_not_come() -> None:
    meeting = _meeting(
        next_on="2026-12-07",
        actions=[
            _action("later", DEPUTY, "2027-02-01"),
            _action("soon", DEPUTY, "2026-12-07"),
            _action("late", DEPUTY, "2026-11-22"),
            _action("done", DEPUTY, "2026-11-01", done_on="2026-11-01"),
            _action("anothers", OTHER, "2026-11-01"),
        ],
    )

    items = _section(_brief(DEPUTY, meeting), "Your actions").items

    assert [(item.what, item.urgency) for item in items] == [
        ("Do late.", Urgency.OVERDUE),
        ("Do soon.", Urgency.SOON),
        ("Do later.", Urgency.LATER),
    ]
    assert items[0].next_step == (
        "Finish it, or agree a new day at the table; it was due on 22 November 2026."
    )


def test_a_deputy_reads_what_waits_for_the_vacant_post() -> None:
    meeting = _meeting(wanted=[_wanted("sharing", LEAD, "2026-12-01")])

    assert _told(_brief(DEPUTY, meeting), "Decisions wanted of you") == ["May sharing be?"]
    assert _told(_brief(OTHER, meeting), "Decisions wanted of you") == []


def test_a_decision_that_was_given_is_wanted_no_longer() -> None:
    asked = _meeting("2026-10-05", wanted=[_wanted("sharing", DEPUTY, "2026-12-01")])
    given = _meeting("2026-11-02", decisions=[_decision("sharing", DEPUTY)])

    assert _told(_brief(DEPUTY, asked, given), "Decisions wanted of you") == []


def test_a_meeting_that_is_to_come_asks_nothing_yet_and_is_the_next() -> None:
    brief = _brief(DEPUTY, _meeting("2026-12-14", wanted=[_wanted("sharing", DEPUTY, "2026-12-20")]))

    assert _told(brief, "Decisions wanted of you") == []
    assert brief.next_meeting == date(2026, 12, 14)


def test_findings_about_what_the_post_leads_come_before_its_agencys() -> None:
    findings = (
        _finding((Kind.AGREEMENT, "agencys")),
        _finding((Kind.AGREEMENT, "lesser"), severity=Severity.MEDIUM),
        _finding((Kind.RISK, "fall"), severity=Severity.LOW),
        _finding((Kind.RISK, "fire"), cleared_by=("fire",)),
        _finding(
            (Kind.RISK, "accepted"),
            accepted=Acceptance(rule="risk-no-lead", about="accepted", by=LEAD, reason="For now."),
        ),
    )

    items = _section(_brief(DEPUTY, findings=findings), "Findings that wait for you").items

    assert [item.what for item in items] == [
        "Something is wrong with fall.",
        "Something is wrong with agencys.",
    ]
    assert {item.next_step for item in items} == {"Do this first."}


def test_what_does_not_fit_is_counted() -> None:
    findings = tuple(_finding((Kind.AGREEMENT, f"a-{i}")) for i in range(MOST + 3))

    section = _section(_brief(DEPUTY, findings=findings), "Findings that wait for you")

    assert (len(section.items), section.more) == (MOST, 3)


def test_late_data_reach_whoever_sends_them_and_whoever_waits() -> None:
    late = (LateData("calls", "promised every 7 days, last received 30 days ago"),)

    waits = _section(_brief(DEPUTY, late=late), "Late data").items
    sends = _section(_brief(OTHER, late=late), "Late data").items

    assert [item.next_step for item in waits] == ["Ask Fire when it will come."]
    assert [item.next_step for item in sends] == ["Send it, or say when it will come."]


def test_only_decisions_that_touch_the_agency_are_told() -> None:
    meeting = _meeting(
        decisions=[
            _decision("ours", LEAD),
            _decision("about-our-need", OTHER, concerning={"needs": ["who"]}, verdict="refused"),
            _decision("theirs", OTHER),
        ]
    )

    assert _told(_brief(DEPUTY, meeting), "What changed") == [
        "May it? Agreed: It helps.",
        "May it? Refused: It helps.",
    ]
    assert len(_told(_brief(OTHER, meeting), "What changed")) == 2


def test_all_the_meetings_of_the_last_day_are_told() -> None:
    earlier = _meeting("2026-10-05", decisions=[_decision("old", LEAD, question="Old?")])
    council = _meeting(decisions=[_decision("one", LEAD, question="One?")], next_on="2026-12-14")
    board = _meeting(
        id="the-board", decisions=[_decision("two", LEAD, question="Two?")], next_on="2026-12-07"
    )

    brief = _brief(DEPUTY, earlier, council, board)

    assert _told(brief, "What changed") == ["One? Agreed: It helps.", "Two? Agreed: It helps."]
    assert brief.next_meeting == date(2026, 12, 7)


def test_a_decision_that_is_overdue_is_asked_for_now_and_one_to_come_by_its_day() -> None:
    meeting = _meeting(wanted=[_wanted("late", DEPUTY, "2026-11-20"), _wanted("soon", DEPUTY, "2026-12-01")])

    late, soon = _section(_brief(DEPUTY, meeting), "Decisions wanted of you").items

    assert late.next_step.startswith("It was due on 20 November 2026: answer it now,")
    assert soon.next_step.startswith("Answer it by 1 December 2026,")


def test_before_anything_is_received_nothing_is_said_not_to_be_late() -> None:
    unknown = _section(_brief(DEPUTY, late=None), "Late data")
    known = _section(_brief(DEPUTY, late=()), "Late data")

    assert unknown.none == "Nothing has been received yet, so nobody knows what is late."
    assert known.none == "Nothing that your agency sends or uses."


@pytest.mark.parametrize(
    ("asked", "open_", "told"),
    [
        (0, 0, "no decision is wanted of you and no action of yours is open."),
        (1, 2, "1 decision is wanted of you and 2 actions of yours are open."),
    ],
)
def test_the_lead_counts_what_waits_in_whole_sentences(asked: int, open_: int, told: str) -> None:
    meeting = _meeting(
        wanted=[_wanted(f"w{i}", DEPUTY, "2026-12-01") for i in range(asked)],
        actions=[_action(f"a{i}", DEPUTY, "2026-12-01") for i in range(open_)],
    )

    assert lead(_brief(DEPUTY, meeting)).endswith(told)


def test_changes_since_an_earlier_folder_come_after_the_decisions() -> None:
    meeting = _meeting(decisions=[_decision("ours", LEAD)])

    told = _told(_brief(DEPUTY, meeting, changes=(Item("New: a risk."),)), "What changed")

    assert told == ["May it? Agreed: It helps.", "New: a risk."]


def test_where_it_is_written_is_told() -> None:
    meeting = _meeting(actions=[_action("late", DEPUTY, "2026-11-22")])

    (item,) = _section(_brief(DEPUTY, meeting), "Your actions").items

    assert item.written
    assert Place(item.written).file == item.written
