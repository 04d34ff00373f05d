"""What the meetings held leave to the next: decisions still wanted, actions still open, and its day."""

from __future__ import annotations

from datetime import date

from roundtable.partnership.model.meeting import Action, DecisionWanted, Meeting
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.new_meeting import wanted


def held(partnership: Partnership) -> list[Meeting]:
    """The meetings that have been, the earliest first; what is to come has decided nothing yet."""
    past = [one for one in partnership.meetings if one.on <= partnership.charter.as_of]
    return sorted(past, key=lambda one: (one.on, one.id))


def of_the_last_day(partnership: Partnership) -> list[Meeting]:
    """The meetings of the last day on which there was one: two bodies may meet on the same day."""
    past = held(partnership)
    return [one for one in past if one.on == past[-1].on]


def next_meeting(partnership: Partnership) -> date | None:
    """The day that a meeting of the last day set, or that of one that is written down already."""
    today = partnership.charter.as_of
    days = [one.next_on for one in of_the_last_day(partnership) if one.next_on is not None]
    days += [one.on for one in partnership.meetings if one.on > today]
    return min((day for day in days if day >= today), default=None)


def decisions_wanted(partnership: Partnership) -> list[tuple[Meeting, DecisionWanted]]:
    """Decisions that a meeting held asked for and that none has given, the soonest due first."""
    return [pair for pair in wanted(partnership) if pair[0].on <= partnership.charter.as_of]


def actions_open(partnership: Partnership) -> list[tuple[Meeting, Action]]:
    """Actions not done on the day that the folder describes, the soonest due first."""
    today = partnership.charter.as_of
    still = [
        (meeting, one)
        for meeting in held(partnership)
        for one in meeting.actions
        if one.done_on is None or one.done_on > today
    ]
    return sorted(still, key=lambda pair: (pair[1].due, pair[1].id))
