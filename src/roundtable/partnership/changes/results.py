"""What the changes came to: findings that appeared, cleared or changed, and needs with another verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from roundtable.partnership.changes.renames import Renames
from roundtable.partnership.findings import Finding, find_all
from roundtable.partnership.joins.verdict import NeedVerdict, verdicts
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study

_Name = tuple[str, Kind, str]


@dataclass(frozen=True)
class FindingChanges:
    """What became of the findings, each list in the findings' own order.

    Attributes:
        appeared: those of the newer folder alone.
        cleared: those of the older alone.
        changed: those of both whose title, severity or acceptance differs: the older, then the newer.
    """

    appeared: tuple[Finding, ...]
    cleared: tuple[Finding, ...]
    changed: tuple[tuple[Finding, Finding], ...]


@dataclass(frozen=True)
class VerdictChange:
    """A need whose three answers are not what they were.

    Attributes:
        scenario: the id of its scenario, as the newer folder has it.
        need: the need's id, likewise.
        agency: the id of the agency that needs it, likewise.
        decision: what somebody would do on knowing it.
        was_live: whether all three answers were yes.
        is_live: whether they are.
        answers: each question whose answer changed, with the old answer's reason and the new one's.
    """

    scenario: str
    need: str
    agency: str
    decision: str
    was_live: bool
    is_live: bool
    answers: tuple[tuple[str, str, str], ...]


def finding_changes(old: Study, new: Study, renames: Renames) -> FindingChanges:
    """What became of the findings; one is the same when its rule and what it is about are the same."""
    before = _by_name(find_all(old), renames)
    after = _by_name(find_all(new), {})
    appeared: list[Finding] = []
    cleared: list[Finding] = []
    changed: list[tuple[Finding, Finding]] = []
    for name in {**before, **after}:
        was, now = _without_the_same(before.get(name, []), after.get(name, []))
        paired = min(len(was), len(now))
        changed += zip(was[:paired], now[:paired], strict=True)
        cleared += was[paired:]
        appeared += now[paired:]
    return FindingChanges(
        tuple(sorted(appeared, key=lambda one: one.order)),
        tuple(sorted(cleared, key=lambda one: one.order)),
        tuple(sorted(changed, key=lambda pair: pair[1].order)),
    )


def verdict_changes(old: Study, new: Study, renames: Renames) -> tuple[VerdictChange, ...]:
    """The needs of both folders whose answers changed, in order of scenario and need.

    Needs that came or went are changes of the folder and stand there.
    """
    before = {_read(renames, Kind.NEED, one.need.id): one for one in verdicts(old)}
    pairs = ((before[one.need.id], one) for one in verdicts(new) if one.need.id in before)
    found = (_verdict_change(was, now) for was, now in pairs)
    return tuple(sorted((one for one in found if one.answers), key=lambda one: (one.scenario, one.need)))


def _verdict_change(was: NeedVerdict, now: NeedVerdict) -> VerdictChange:
    return VerdictChange(
        scenario=now.scenario.id,
        need=now.need.id,
        agency=now.need.agency,
        decision=now.need.decision,
        was_live=was.live,
        is_live=now.live,
        answers=tuple(_answers(was, now)),
    )


def _answers(was: NeedVerdict, now: NeedVerdict) -> Iterator[tuple[str, str, str]]:
    for before, after in zip(was.joins, now.joins, strict=True):
        if before.holds != after.holds:
            yield str(after.question), before.why, after.why


def _by_name(findings: tuple[Finding, ...], renames: Renames) -> dict[_Name, list[Finding]]:
    found: dict[_Name, list[Finding]] = {}
    for finding in findings:
        kind, thing = finding.about
        agencies = tuple(sorted(_read(renames, Kind.AGENCY, one) for one in finding.agencies))
        name = (finding.rule, kind, _read(renames, kind, thing))
        found.setdefault(name, []).append(replace(finding, agencies=agencies))
    return found


def _without_the_same(was: list[Finding], now: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings of one name on either side, less those that the other side has word for word."""
    return _less(was, now), _less(now, was)


def _less(findings: list[Finding], others: list[Finding]) -> list[Finding]:
    away = Counter(_told(one) for one in others)
    left = []
    for finding in findings:
        if away[_told(finding)]:
            away[_told(finding)] -= 1
        else:
            left.append(finding)
    return left


def _told(finding: Finding) -> tuple[str, str, bool]:
    """What a reader sees of it; where its lines stand makes no difference."""
    return finding.title, finding.severity.value, finding.accepted is not None


def _read(renames: Mapping[tuple[Kind, str], str], kind: Kind, thing: str) -> str:
    return renames.get((kind, thing), thing)
