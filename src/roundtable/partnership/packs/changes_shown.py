"""What changed since the last round table, for one agency or for one scenario."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roundtable.pages.numbers import day
from roundtable.partnership.changes.comparing import Change, Changes, How, for_agency
from roundtable.partnership.changes.results import VerdictChange
from roundtable.partnership.changes.telling import in_short
from roundtable.partnership.findings import Finding

#: A page is read in minutes: beyond this many things of one kind it says how many more there are.
_MOST = 15
_BECAME = {
    (False, True): "is live now",
    (True, False): "is not live any more",
    (False, False): "is still not live",
    (True, True): "is still live",
}


@dataclass(frozen=True)
class ChangeList:
    """Changes of one kind, and how many more there are than are shown."""

    heading: str
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True)
class ChangesShown:
    """The section."""

    since: str
    told: str
    lists: tuple[ChangeList, ...]


def of_agency(changes: Changes | None, agency_id: str) -> ChangesShown | None:
    """What changed for an agency; None where nothing older was given to compare with."""
    if changes is None:
        return None
    if agency_id not in changes.agencies:
        return ChangesShown(day(changes.old_day), "", ())
    return _shown(for_agency(changes, agency_id))


def of_table(changes: Changes | None) -> ChangesShown | None:
    """What changed for the whole table."""
    return None if changes is None else _shown(changes)


def _shown(changes: Changes) -> ChangesShown:
    found = changes.findings
    lists = (
        _list("Needs whose answers changed", map(_verdict, changes.verdicts)),
        _list("Findings that appeared", map(_finding, found.appeared)),
        _list("Findings that cleared", map(_finding, found.cleared)),
        _list("Findings that read otherwise", (_finding(now) for _, now in found.changed)),
        _list("Changed in the folder", (line for one in _whole(changes) if (line := _change(one)))),
    )
    told = "" if changes.nothing else in_short(changes)
    return ChangesShown(day(changes.old_day), told, tuple(one for one in lists if one.lines))


def _list(heading: str, lines: Iterable[str]) -> ChangeList:
    every = tuple(lines)
    return ChangeList(heading, every[:_MOST], max(0, len(every) - _MOST))


def _finding(finding: Finding) -> str:
    return f"{finding.title} ({finding.severity.value})"


def _verdict(one: VerdictChange) -> str:
    became = _BECAME[one.was_live, one.is_live]
    answers = " ".join(f"{question.capitalize()} {now} It was: {was}" for question, was, now in one.answers)
    return f"“{one.decision.rstrip('.')}” {became}. {answers}"


def _whole(changes: Changes) -> list[Change]:
    """The changes, less what came or went as part of something else that came or went."""
    gone = {(one.sort, one.key, one.how) for one in changes.things if one.how is not How.CHANGED}
    return [one for one in changes.things if one.inside is None or (*one.inside, one.how) not in gone]


def _change(one: Change) -> str:
    told = f"{one.sort.value.capitalize()} {one.how.value}: {one.name}"
    fields = "; ".join(str(field) for field in one.fields[:3])
    return f"{told} ({fields})" if fields else told
