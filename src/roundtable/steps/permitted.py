"""What a run may use today, for each purpose: what agreements in force still let through of the lake.

Permission is asked again for everything that was ever taken in, by the trusted clock, and for the purpose of
the step that would read it: a column that was taken in for one purpose is not there for another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from roundtable.data.lake import Lake
from roundtable.data.lake_file import LakeFile
from roundtable.data.permitted_rows import Limit
from roundtable.data.shown_columns import Shown, shown_of
from roundtable.governance.permission import (
    Permission,
    meant_for,
    permitted_columns,
    permitted_for_any_purpose,
)
from roundtable.governance.policy.actions import Action
from roundtable.ledger import deliveries
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership

#: Rows that could not be taken. The page counts them by reason; no step reads them.
_QUARANTINE = "quarantine"


@dataclass(frozen=True)
class Permitted:
    """The answer for one day and one purpose.

    Attributes:
        purpose: what the data are wanted for.
        withheld: for each delivery of which something meant for this purpose may not be used today, why
            not, in words.
        agreements: the agreements that let each of the others be used, by delivery.
        shown: what may be seen of each lake table that a delivery brought, by delivery and lake table, one
            for each table of its contract. What is not here may not be seen.
        made_for: the purpose of each step, by name: what a step made serves no other purpose.
    """

    purpose: Purpose
    withheld: Mapping[str, str]
    agreements: Mapping[str, tuple[str, ...]]
    shown: Mapping[tuple[str, str], tuple[tuple[str, str, Shown], ...]] = field(default_factory=dict)
    made_for: Mapping[str, Purpose] = field(default_factory=dict)

    def files(self, lake: Lake, table: str) -> tuple[LakeFile, ...]:
        """The files of a table of which anything may be used; what a step made was made of such alone."""
        return tuple(file for file in lake.listed(table) if self._may(file))

    def of(self, files: Sequence[LakeFile]) -> list[Any]:
        """What these files rest on, for the key of a step: purpose, agreements, and what is not shown."""
        resting = sorted({self.agreements[file.source] for file in files if file.source in self.agreements})
        hidden = [[one.dataset, one.source_table, _spoken(one.shown)] for one in self.limits_among(files)]
        return [self.purpose.value, resting, hidden]

    def limits(self, lake: Lake, table: str) -> tuple[Limit, ...]:
        """What of a table's files may not be seen whole, in order; nothing where all of it may."""
        return self.limits_among(self.files(lake, table))

    def limits_among(self, files: Sequence[LakeFile]) -> tuple[Limit, ...]:
        """The same of these files."""
        found: dict[tuple[str, str], tuple[Shown, list[str]]] = {}
        for file in files:
            for dataset, source_table, shown in self.shown.get((file.source, file.table), ()):
                if not shown.whole:
                    found.setdefault((dataset, source_table), (shown, []))[1].append(file.source)
        return tuple(
            Limit(dataset, source_table, tuple(sorted(set(sources))), shown)
            for (dataset, source_table), (shown, sources) in sorted(found.items(), key=lambda one: one[0])
        )

    def _may(self, file: LakeFile) -> bool:
        if file.source in self.made_for:
            return self.made_for[file.source] is self.purpose
        if file.table == _QUARANTINE:
            return file.source not in self.withheld
        return any(shown.rows for _, _, shown in self.shown.get((file.source, file.table), ()))


def permitted(
    partnership: Partnership,
    purpose: Purpose,
    on: date,
    made_for: Mapping[str, Purpose] | None = None,
    action: Action = Action.READ,
) -> Permitted:
    """Ask again, for everything that was ever taken in and stands.

    Args:
        partnership: what is agreed.
        purpose: what the data are wanted for.
        on: the trusted clock's day; never the folder's `as_of`.
        made_for: the purpose of each step, by name.
        action: what is done with them; to link records of people asks for more than to read them.
    """
    asking = _Asking(partnership, purpose, on, action)
    withheld: dict[str, str] = {}
    agreements: dict[str, tuple[str, ...]] = {}
    shown: dict[tuple[str, str], list[tuple[str, str, Shown]]] = {}
    for one in deliveries.standing():
        tables = sorted({member.table for member in one.members})
        refusals = [said for table in tables if (said := asking.refusal(one.dataset, table)) is not None]
        if refusals:
            withheld[one.delivery_id] = f"{one.file}: {' '.join(dict.fromkeys(refusals))}"
        by = {name for table in tables for name in asking.of(one.dataset, table).agreements}
        if by:
            agreements[one.delivery_id] = tuple(sorted(by))
        for lake_table, seen in asking.seen(one, tables):
            shown.setdefault((one.delivery_id, lake_table), []).append(seen)
    settled = {key: tuple(found) for key, found in shown.items()}
    return Permitted(purpose, withheld, agreements, settled, dict(made_for or {}))


@dataclass
class _Asking:
    """One round of questions: each is asked once, however many deliveries it is about."""

    partnership: Partnership
    purpose: Purpose
    on: date
    action: Action
    _answers: dict[tuple[str, str], Permission] = field(default_factory=dict)
    _refusals: dict[tuple[str, str], str | None] = field(default_factory=dict)
    _seen: dict[tuple[str, str], Mapping[str, Shown]] = field(default_factory=dict)

    def of(self, dataset: str, table: str) -> Permission:
        """What may be read of a table for the purpose."""
        key = (dataset, table)
        if key not in self._answers:
            self._answers[key] = permitted_columns(
                self.partnership, dataset, table, self.purpose, self.on, self.action
            )
        return self._answers[key]

    def refusal(self, dataset: str, table: str) -> str | None:
        """Why a table is withheld; None where it is not, or where it was never meant for this purpose."""
        key = (dataset, table)
        if key not in self._refusals:
            self._refusals[key] = self._refused(dataset, table)
        return self._refusals[key]

    def seen(self, one: DeliveryRecord, tables: Sequence[str]) -> list[tuple[str, tuple[str, str, Shown]]]:
        """For each lake table that a delivery brought, what may be seen of it."""
        return [
            (lake_table, (one.dataset, table, shown))
            for table in tables
            for lake_table, shown in self._shown(one.dataset, table).items()
        ]

    def _refused(self, dataset: str, table: str) -> str | None:
        answer = self.of(dataset, table)
        if answer.granted:
            return None
        meant = meant_for(self.partnership, dataset, table)
        if self.purpose in meant:
            return answer.refusal
        return permitted_for_any_purpose(self.partnership, dataset, table, self.on).refusal

    def _shown(self, dataset: str, table: str) -> Mapping[str, Shown]:
        key = (dataset, table)
        if key not in self._seen:
            contract = next((d.table(table) for d in self.partnership.datasets if d.id == dataset), None)
            granted = self.of(dataset, table).columns
            self._seen[key] = shown_of(contract, granted) if contract is not None else {}
        return self._seen[key]


def _spoken(shown: Shown) -> list[Any]:
    return [shown.rows, [[one.column, one.instead, one.value] for one in shown.hidden], list(shown.without)]
