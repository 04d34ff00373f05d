"""A brief put together: from the meetings, the findings and what a run has seen, for one post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from roundtable.partnership.brief import agenda
from roundtable.partnership.brief.contents import Brief, Item, LateData, Section, Urgency
from roundtable.partnership.brief.mine import Mine, mine
from roundtable.partnership.findings import Finding, Severity
from roundtable.partnership.model.meeting import Action, Decision, DecisionWanted, Meeting
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import day, where

#: As many items as leave the whole on two sheets of A4.
MOST = 5
#: What is said of late data before anything has come: to say that nothing is late would be a guess.
_NOTHING_RECEIVED = "Nothing has been received yet, so nobody knows what is late."
#: What counts as soon where no next meeting is set.
SOON = timedelta(days=28)


def brief_for(
    partnership: Partnership,
    post: str,
    *,
    findings: Iterable[Finding],
    changes: Sequence[Item] = (),
    late: Iterable[LateData] | None = (),
) -> Brief:
    """The brief of a post that exists.

    Args:
        partnership: what is agreed.
        post: the id of the post.
        findings: what the map implies, worst first.
        changes: what changed since an earlier folder, for the post's agency.
        late: what a run has seen come late; None where nothing has been received yet.
    """
    own = mine(partnership, post)
    agency, role = partnership.role(post)
    table = _Table(partnership, own)
    return Brief(
        post=post,
        title=role.title,
        agency=agency.name,
        partnership=partnership.charter.name,
        as_of=partnership.charter.as_of,
        next_meeting=table.next_meeting,
        illustrative=partnership.charter.illustrative,
        sections=(
            _section("Decisions wanted of you", table.wanted(), "Nobody has asked you for a decision."),
            _section("Your actions", table.actions(), "You have no action open."),
            _section(
                "Findings that wait for you",
                _to_clear(partnership, own, findings),
                "Nothing that you answer for.",
            ),
            _section(
                "Late data",
                _late(partnership, own, late or ()),
                _NOTHING_RECEIVED if late is None else "Nothing that your agency sends or uses.",
            ),
            _section(
                "What changed",
                (*table.decided(), *changes),
                "Nothing since the last meeting that concerns your agency.",
            ),
        ),
    )


class _Table:
    """The meetings held, as one post sees them."""

    def __init__(self, partnership: Partnership, own: Mine) -> None:
        self.partnership = partnership
        self.own = own
        self.today = partnership.charter.as_of
        self.next_meeting = agenda.next_meeting(partnership)

    def wanted(self) -> list[Item]:
        """Decisions that are asked of the post and that no later meeting has given."""
        asked = (pair for pair in agenda.decisions_wanted(self.partnership) if pair[1].of in self.own.posts)
        return sorted((self._asked(meeting, one) for meeting, one in asked), key=_soonest)

    def actions(self) -> list[Item]:
        """Actions that are the post's and not done."""
        still = (pair for pair in agenda.actions_open(self.partnership) if pair[1].owner in self.own.posts)
        return sorted((self._action(meeting, one) for meeting, one in still), key=_soonest)

    def decided(self) -> list[Item]:
        """What the meetings of the last day decided that concerns the post's agency."""
        return [
            self._decision(meeting, one)
            for meeting in agenda.of_the_last_day(self.partnership)
            for one in meeting.decisions
            if self._ours(one)
        ]

    def _asked(self, meeting: Meeting, one: DecisionWanted) -> Item:
        overdue = one.by < self.today
        due = f"It was due on {day(one.by)}: answer it now" if overdue else f"Answer it by {day(one.by)}"
        return Item(
            what=one.question,
            next_step=f"{due}, with your reason, for the next meeting to record.",
            why=f"Asked on {day(meeting.on)}.",
            by=one.by,
            urgency=self._urgency(one.by),
            # Only the file: a question that waits is known by no kind, so its own line is not known.
            written=self.partnership.inside(self.partnership.place(Kind.MEETING, meeting.id)),
        )

    def _action(self, meeting: Meeting, one: Action) -> Item:
        late = one.due < self.today
        step = (
            f"Finish it, or agree a new day at the table; it was due on {day(one.due)}."
            if late
            else f"Due on {day(one.due)}; when it is done, write the day as 'done_on'."
        )
        return Item(
            what=f"{one.what}.",
            next_step=step,
            why=f"Agreed on {day(meeting.on)}.",
            by=one.due,
            urgency=self._urgency(one.due),
            written=where(self.partnership, Kind.ACTION, one.id),
        )

    def _decision(self, meeting: Meeting, one: Decision) -> Item:
        return Item(
            what=f"{one.question} {one.verdict.capitalize()}: {one.reason}",
            why=f"Decided on {day(meeting.on)} by the {self.partnership.role(one.by)[1].title}.",
            written=where(self.partnership, Kind.DECISION, one.id),
        )

    def _ours(self, decision: Decision) -> bool:
        """Whether a decision was made by, or is about something that names, the post's agency."""
        if self.partnership.role(decision.by)[0].id == self.own.agency:
            return True
        about = decision.concerning
        needs = {need.id for _, need in self.partnership.needs() if need.agency == self.own.agency}
        parties = {
            agreement
            for agreement in about.agreements
            if self.own.agency in {party.agency for party in self.partnership.agreement(agreement).parties}
        }
        leads = {one for one in about.scenarios if self.partnership.scenario(one).lead == self.own.agency}
        return bool(needs & set(about.needs) or parties or leads)

    def _urgency(self, by: date) -> Urgency:
        if by < self.today:
            return Urgency.OVERDUE
        horizon = self.next_meeting or self.today + SOON
        return Urgency.SOON if by <= horizon else Urgency.LATER


def _to_clear(partnership: Partnership, own: Mine, findings: Iterable[Finding]) -> list[Item]:
    """Open findings about what names the post; then the worst that its agency could clear."""
    still_open = [one for one in findings if one.accepted is None]
    about_mine = [one for one in still_open if one.about in own.things]
    agencys = [
        one
        for one in still_open
        if one not in about_mine and own.agency in one.cleared_by and one.severity is Severity.HIGH
    ]
    return [_finding(partnership, one) for one in (*about_mine, *agencys)]


def _finding(partnership: Partnership, one: Finding) -> Item:
    return Item(what=one.title, next_step=first_step(one), written=where(partnership, *one.about))


def first_step(finding: Finding) -> str:
    """The first sentence of a remedy: a brief asks for one thing at a time."""
    first, stop, _ = finding.remedy.partition(". ")
    return f"{first}." if stop else first


def _late(partnership: Partnership, own: Mine, late: Iterable[LateData]) -> list[Item]:
    found = []
    for one in sorted(late, key=lambda each: each.dataset):
        dataset = partnership.dataset(one.dataset)
        users = {use.agency for use in dataset.terms.consumed_by}
        users |= {need.agency for _, need in partnership.needs() if one.dataset in need.datasets}
        maker = dataset.terms.created_by
        if own.agency not in {maker, *users}:
            continue
        sends = maker == own.agency
        whom = partnership.agency(maker).name if maker else "whoever creates it"
        step = "Send it, or say when it will come." if sends else f"Ask {whom} when it will come."
        found.append(Item(what=f"{dataset.name}: {one.what}.", next_step=step))
    return found


def _section(heading: str, items: Sequence[Item], none: str) -> Section:
    shown = tuple(items[:MOST])
    return Section(heading, shown, len(items) - len(shown), none)


def _soonest(item: Item) -> tuple[date, str]:
    return item.by or date.max, item.what
