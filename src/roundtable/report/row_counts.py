"""How many rows came in, told by the rule for people where the rows are about people.

A register of seven people is a small count as much as seven homes on a map are. So the rows of such a dataset
are hidden below a limit and rounded, each number by itself, and so is every sum that holds them: otherwise
the sum less the others would give them away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from roundtable.report.contents import DeliveryShown, DeliveryStatus, MemberShown, ReportContents
from roundtable.report.disclosure import PEOPLE, Disclosure

_AS_THEY_ARE = Disclosure()
#: Stands beneath a table that holds any such number.
ROUNDED = (
    f"Rows about people: from 1 to {(PEOPLE.suppress_below or 1) - 1} are not shown; the others, and sums "
    f"that hold them, are rounded to the nearest {PEOPLE.round_to}, each by itself."
)


@dataclass(frozen=True)
class Told:
    """Numbers of rows as they are shown."""

    received: str
    kept: str
    quarantined: str


@dataclass(frozen=True)
class RowCounts:
    """The rows of deliveries, added up, and the rule they are told by."""

    received: int
    kept: int
    quarantined: int
    rule: Disclosure

    @property
    def told(self) -> Told:
        """The three as they are shown."""
        count = self.rule.count
        return Told(count(self.received), count(self.kept), count(self.quarantined))


def rule_of(contents: ReportContents, dataset: str) -> Disclosure:
    """The rule for numbers of rows of a dataset."""
    return PEOPLE if any(one.id == dataset and one.personal for one in contents.datasets) else _AS_THEY_ARE


def any_rounded(contents: ReportContents) -> bool:
    """Whether any delivery is told by the rule for people."""
    return any(rule_of(contents, one.dataset) is PEOPLE for one in contents.deliveries)


def rows_of(contents: ReportContents, dataset: str, members: Iterable[MemberShown]) -> RowCounts:
    """The rows of files of one dataset."""
    return _summed(members, rule_of(contents, dataset))


def rows_taken(contents: ReportContents, of: Iterable[DeliveryShown] | None = None) -> RowCounts:
    """The rows of accepted deliveries: of all, unless some are named."""
    accepted = [
        one for one in (contents.deliveries if of is None else of) if one.status is DeliveryStatus.ACCEPTED
    ]
    about_people = any(rule_of(contents, one.dataset) is PEOPLE for one in accepted)
    members = (member for one in accepted for member in one.members)
    return _summed(members, PEOPLE if about_people else _AS_THEY_ARE)


def _summed(members: Iterable[MemberShown], rule: Disclosure) -> RowCounts:
    each = tuple(members)
    return RowCounts(
        sum(member.received for member in each),
        sum(member.kept for member in each),
        sum(member.quarantined for member in each),
        rule,
    )
