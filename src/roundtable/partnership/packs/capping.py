"""How long an agency's page may grow: so many rows or findings, and how many more there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from roundtable.pages.tables import Group, Table
from roundtable.partnership.joins.verdict import NeedVerdict, ranked
from roundtable.partnership.packs.material import Material
from roundtable.partnership.packs.shown_findings import ShownGroup

#: Nobody goes through more rows than this before a meeting, nor more findings of one severity.
MOST = 40


@dataclass(frozen=True)
class CutTable(Table):
    """The first rows of a table, which still counts them all: that is what its summary tells."""

    whole: int = 0

    @property
    def count(self) -> int:
        """How many rows there are, shown or not."""
        return self.whole


def capped(values: Mapping[str, object]) -> Mapping[str, object]:
    """What a template prints, with each table and each group of findings cut to its first `MOST`."""
    return {name: _capped(value) for name, value in values.items()}


def foremost(material: Material, found: Sequence[NeedVerdict]) -> Sequence[NeedVerdict]:
    """Verdicts in the order in which they may be cut: as they are where all fit, else most at stake first."""
    if len(found) <= MOST:
        return found
    place = {one.need.id: number for number, one in enumerate(ranked(material.study))}
    return sorted(found, key=lambda one: place[one.need.id])


def _capped(value: object) -> object:
    if isinstance(value, Table):
        return _table(value)
    if isinstance(value, tuple) and value and all(isinstance(one, ShownGroup) for one in value):
        return tuple(_findings(one) for one in value)
    return value


def _table(whole: Table) -> Table:
    over = whole.count - MOST
    if over <= 0:
        return whole
    room, groups = MOST, list[Group]()
    for group in whole.groups:
        kept = group.rows if group.element != "tbody" else group.rows[:room]
        room -= len(kept) if group.element == "tbody" else 0
        if kept:
            groups.append(replace(group, rows=kept))
    caption = f"{whole.caption}: the first {MOST}; {over:,} more stand in the folder"
    return CutTable(whole.id, caption, whole.columns, tuple(groups), whole.css, whole.count)


def _findings(group: ShownGroup) -> ShownGroup:
    over = len(group.cards) - MOST
    if over <= 0:
        return group
    heading = f"{group.heading}: the first {MOST}; {over:,} more stand in the list of all findings"
    return replace(group, heading=heading, cards=group.cards[:MOST])
