"""What a meeting has accepted for now: it is shown as accepted, and the acceptance is itself looked at.

An acceptance names a finding by its rule and by what it is about. It holds from the day of the meeting
until its own day has passed, judged by the day that the folder describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from roundtable.partnership.findings.finding import Evidence, Finding, Rule, Severity
from roundtable.partnership.model.meeting import Acceptance, Meeting
from roundtable.partnership.model.strict import Kind, Part
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, day, where

STALE = Rule(
    "acceptance-stale",
    "An acceptance that accepts nothing",
    Severity.LOW,
    "A meeting accepted a finding that there is not, or no longer is; or the day has passed until which "
    "it was "
    "accepted. Either the matter is settled and the acceptance can go, or somebody should look again.",
)
RULES = (STALE,)

_Named = tuple[str, str]


def find_over(study: Study, found: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for each meeting with acceptances that accept nothing."""
    there = {(finding.rule, finding.about[1]) for finding in found}
    for meeting in _held(study.partnership):
        stale = [one for one in meeting.accepted if _stale(study.partnership, one, there)]
        if stale:
            yield _finding(study.partnership, meeting, stale, there)


def accepting(partnership: Partnership) -> Mapping[_Named, Acceptance]:
    """What is accepted on the day that the folder describes; the latest meeting decides."""
    return {
        (one.rule, one.about): one
        for meeting in _held(partnership)
        for one in meeting.accepted
        if not _lapsed(partnership, one)
    }


def marked(study: Study, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each with the acceptance that stands for it, if one does."""
    accepted = accepting(study.partnership)
    for finding in found:
        one = accepted.get((finding.rule, finding.about[1]))
        yield replace(finding, accepted=one) if one is not None else finding


def _held(partnership: Partnership) -> list[Meeting]:
    """Meetings up to the day that the folder describes, the earliest first."""
    held = (meeting for meeting in partnership.meetings if meeting.on <= partnership.charter.as_of)
    return sorted(held, key=lambda meeting: (meeting.on, meeting.id))


def _lapsed(partnership: Partnership, one: Acceptance) -> bool:
    return one.until is not None and one.until < partnership.charter.as_of


def _stale(partnership: Partnership, one: Acceptance, there: set[_Named]) -> bool:
    """Whether it accepts nothing; to accept a stale acceptance is left to the reader."""
    if one.rule == STALE.name:
        return False
    return _lapsed(partnership, one) or (one.rule, one.about) not in there


def _finding(
    partnership: Partnership, meeting: Meeting, stale: list[Acceptance], there: set[_Named]
) -> Finding:
    posts = tuple(partnership.role(one.by)[0].id for one in stale)
    many = f"{counted(len(stale), 'finding')} that {'is' if len(stale) == 1 else 'are'}"
    return STALE.finding(
        f"'{meeting.title}' of {day(meeting.on)} accepted {many} not there, or not accepted any longer.",
        (Kind.MEETING, meeting.id),
        agencies=posts,
        evidence=tuple(_row(partnership, meeting, one, there) for one in stale),
        remedy=(
            f"In {where(partnership, Kind.MEETING, meeting.id)}, under 'accepted', correct the 'rule' and "
            f"'about', or take it out if the matter is settled; to go on accepting it, accept it anew in a "
            f"later meeting."
        ),
        cleared_by=posts,
    )


def _row(partnership: Partnership, meeting: Meeting, one: Acceptance, there: set[_Named]) -> Evidence:
    name = f"'{one.rule}' about '{one.about}'"
    if (one.rule, one.about) not in there:
        said = f"{name}: there is no such finding."
    elif one.until is not None:
        said = f"{name}: accepted until {day(one.until)}, and it is still there."
    else:
        said = f"{name}: no longer accepted."
    place = partnership.part(Part.ACCEPTANCE, Kind.MEETING, meeting.id, one.rule, one.about)
    return Evidence(place, said)
