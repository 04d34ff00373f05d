"""What changed between two partnerships: things, findings, verdicts and links, for all or for one agency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from roundtable.partnership.changes.renames import Renames
from roundtable.partnership.changes.results import (
    FindingChanges,
    VerdictChange,
    finding_changes,
    verdict_changes,
)
from roundtable.partnership.changes.things import Sort, Thing, things_of
from roundtable.partnership.changes.written import FieldChange, fields_changed
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.study import Study


class How(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """One thing that was added, removed or changed.

    Attributes:
        how: which of the three.
        sort: what kind of thing it is.
        key: its id, or for a link the scenario and its two ends.
        name: what it is called now, or was called before it was removed.
        inside: the sort and key of the thing that it is part of.
        fields: what changed in it; empty for a thing that was added or removed.
        agencies: the ids of the agencies that it names or named, in order.
    """

    how: How
    sort: Sort
    key: str
    name: str
    inside: tuple[Sort, str] | None
    fields: tuple[FieldChange, ...]
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that changed from an older folder to a newer.

    Attributes:
        old_name: what the older calls itself.
        new_name: what the newer calls itself.
        old_day: the day that the older describes.
        new_day: the day that the newer describes.
        things: what was added, removed or changed, in order of sort and key.
        findings: what became of the findings.
        verdicts: the needs whose answers changed.
        agencies: the names of all agencies of both folders, by id; of the newer where both have it.
    """

    old_name: str
    new_name: str
    old_day: date
    new_day: date
    things: tuple[Change, ...]
    findings: FindingChanges
    verdicts: tuple[VerdictChange, ...]
    agencies: Mapping[str, str]

    @property
    def links(self) -> tuple[Change, ...]:
        """The links whose sign, strength or delay is not what it was."""
        return tuple(
            change
            for change in self.things
            if change.sort is Sort.LINK
            and any(one.field.split(", ")[0] in ("sign", "strength", "delay") for one in change.fields)
        )

    @property
    def nothing(self) -> bool:
        """Whether nothing at all changed."""
        found = self.findings
        return not (self.things or found.appeared or found.cleared or found.changed or self.verdicts)


def compare(old: Study, new: Study, renames: Renames | None = None) -> Changes:
    """Everything that changed.

    Args:
        old: the older partnership under study.
        new: the newer, with as many samples as the older, or their findings differ for that alone.
        renames: ids of the older that people say are others in the newer; nothing else is taken for
            renamed, so that what has another id was removed and added.
    """
    said = renames or {}
    before, after = things_of(old.partnership, said), things_of(new.partnership, {})
    names = {(Kind.AGENCY, one.id): one.name for one in old.partnership.agencies}
    called = {said.get(key, key[1]): name for key, name in names.items()}
    return Changes(
        old_name=old.partnership.charter.name,
        new_name=new.partnership.charter.name,
        old_day=old.partnership.charter.as_of,
        new_day=new.partnership.charter.as_of,
        things=tuple(_changes(before, after)),
        findings=finding_changes(old, new, said),
        verdicts=verdict_changes(old, new, said),
        agencies=dict(sorted((called | {one.id: one.name for one in new.partnership.agencies}).items())),
    )


def for_agency(changes: Changes, agency: str) -> Changes:
    """What changed for one agency: the things that name it, its findings and its needs."""
    found = changes.findings
    return replace(
        changes,
        things=tuple(one for one in changes.things if agency in one.agencies),
        findings=FindingChanges(
            tuple(one for one in found.appeared if agency in one.agencies),
            tuple(one for one in found.cleared if agency in one.agencies),
            tuple(pair for pair in found.changed if any(agency in one.agencies for one in pair)),
        ),
        verdicts=tuple(one for one in changes.verdicts if one.agency == agency),
    )


def _changes(
    before: Mapping[tuple[Sort, str], Thing], after: Mapping[tuple[Sort, str], Thing]
) -> Iterator[Change]:
    order = {sort: place for place, sort in enumerate(Sort)}
    for sort, key in sorted({*before, *after}, key=lambda one: (order[one[0]], one[1])):
        was, now = before.get((sort, key)), after.get((sort, key))
        if was is None and now is not None:
            yield _change(How.ADDED, now, (), now.agencies)
        elif was is not None and now is None:
            yield _change(How.REMOVED, was, (), was.agencies)
        elif was is not None and now is not None and (fields := _fields(was, now)):
            yield _change(How.CHANGED, now, fields, was.agencies | now.agencies)


def _fields(was: Thing, now: Thing) -> tuple[FieldChange, ...]:
    if was.same_as(now):
        return ()
    renamed = (FieldChange("id", was.written, now.written),) if was.written != now.written else ()
    moved: tuple[FieldChange, ...] = ()
    if was.inside != now.inside:
        places = [one.inside[1] if one.inside is not None else None for one in (was, now)]
        moved = (FieldChange("part of", places[0], places[1]),)
    return (*renamed, *moved, *fields_changed(was.says, now.says))


def _change(how: How, thing: Thing, fields: tuple[FieldChange, ...], agencies: frozenset[str]) -> Change:
    return Change(how, thing.sort, thing.key, thing.name, thing.inside, fields, tuple(sorted(agencies)))
