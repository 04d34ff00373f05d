"""The receipt of a delivery: what became of it, in numbers and in words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from roundtable.errors import DeliveryRefused, Place, Problem
from roundtable.ledger.deliveries import DeliveryRecord
from roundtable.ledger.models import DeliveryStatus

#: What a delivery may be that was never read, because another took its place or its sender withdrew it.
_SET_ASIDE = (DeliveryStatus.SUPERSEDED, DeliveryStatus.WITHDRAWN)
_RULE = re.compile(r" \[([a-z0-9-]+)\]$")


@dataclass(frozen=True)
class Receipt:
    """What became of one delivery.

    Attributes:
        dataset: the id of the dataset whose folder it stood in; empty where there is none.
        file: where it stands, from the partnership folder.
        delivery_id: its id; empty where it could not even be read.
        status: accepted, refused, repeated, superseded, waiting or withdrawn.
        fresh: whether this was decided now; False when nothing has changed since it was.
        period: what it covers, where its name or its note says so.
        rows_received: rows that came; kept, quarantined and dismissed together, unless it does not stand.
        rows_kept: rows that are in the lake; all those received, but for the next two.
        rows_quarantined: rows that are in quarantine, each with its reason.
        rows_dismissed: rows that a post has set aside for good, with a reason.
        read: whether it was ever read; where it was not, nobody knows how many rows came.
        agreements: the agreements that let it through.
        snapshot: the snapshot that brought it; None when none did now.
        problems: why it was refused.
        told: what else the sender or the receiver should know, in sentences.
    """

    dataset: str
    file: str
    delivery_id: str
    status: DeliveryStatus
    fresh: bool
    period: str = ""
    rows_received: int = 0
    rows_kept: int = 0
    rows_quarantined: int = 0
    agreements: tuple[str, ...] = ()
    snapshot: int | None = None
    problems: tuple[Problem, ...] = ()
    told: tuple[str, ...] = ()
    rows_dismissed: int = 0
    read: bool = True

    @property
    def refused(self) -> bool:
        """Whether none of it was taken because something is wrong."""
        return self.status is DeliveryStatus.REFUSED

    def __str__(self) -> str:
        if self.problems:
            return "\n".join(str(problem) for problem in self.problems)
        if not self.read:
            return " ".join((f"{self.file}: {self.status}.", *self.told))
        numbers = f"{self.rows_received:,} received, {self.rows_kept:,} kept"
        if self.rows_quarantined:
            numbers += f", {self.rows_quarantined:,} in quarantine"
        if self.rows_dismissed:
            numbers += f", {self.rows_dismissed:,} dismissed"
        return " ".join((f"{self.file}: {self.status}, {numbers}.", *self.told))

    def as_json(self) -> dict[str, Any]:
        """The receipt for a machine."""
        return {
            "dataset": self.dataset,
            "file": self.file,
            "delivery_id": self.delivery_id,
            "status": self.status.value,
            "fresh": self.fresh,
            "period": self.period,
            "rows": {
                "received": self.rows_received if self.read else None,
                "kept": self.rows_kept,
                "quarantined": self.rows_quarantined,
                **({"dismissed": self.rows_dismissed} if self.rows_dismissed else {}),
            },
            "agreements": list(self.agreements),
            "snapshot": self.snapshot,
            "problems": [_problem_as_json(one) for one in self.problems],
            "told": list(self.told),
        }


def _problem_as_json(one: Problem) -> dict[str, Any]:
    place = {"file": one.place.file, "line": one.place.line, "column": one.place.column, "key": one.place.key}
    return {**place, "rule": one.rule, "what": one.what, "remedy": one.remedy}


def delivery_id(dataset: str, sha256: str, quiet: str = "") -> str:
    """The id of a delivery: the same bytes for the same dataset are the same delivery.

    Args:
        dataset: its id.
        sha256: of the bytes.
        quiet: the period of a file without rows, which says something else of each.
    """
    return hashlib.sha256(f"{dataset}{sha256}{quiet}".encode()).hexdigest()[:16]


def still_arriving(dataset: str, shown: str, error: DeliveryRefused) -> Receipt:
    """The receipt of a file that is not whole yet: there is nothing of it to remember."""
    return Receipt(dataset, shown, "", DeliveryStatus.REFUSED, fresh=True, problems=error.problems)


def receipt_of(record: DeliveryRecord, file: str, told: Sequence[str] = ()) -> Receipt:
    """The receipt of what was decided before and still holds."""
    refused = record.status is DeliveryStatus.REFUSED
    stands = record.status is DeliveryStatus.ACCEPTED
    return Receipt(
        record.dataset,
        file,
        record.delivery_id,
        record.status,
        fresh=False,
        period=record.period,
        rows_received=record.rows_received,
        rows_kept=record.rows_kept if stands else 0,
        rows_quarantined=record.rows_quarantined if stands else 0,
        rows_dismissed=record.rows_dismissed if stands else 0,
        agreements=record.agreements,
        problems=problems_from(record.reason, file) if refused else (),
        told=(*_why(record), *told),
        read=not _is_unread(record),
    )


def _is_unread(record: DeliveryRecord) -> bool:
    """Whether a delivery was set aside before one of its rows was read; what was read has files."""
    return record.status in _SET_ASIDE and not record.members


def _why(record: DeliveryRecord) -> tuple[str, ...]:
    """Why a delivery that is not refused does not stand."""
    if record.status is DeliveryStatus.WAITING:
        return (
            f"It waits for a person: {record.reason}. If that is right, a post releases it: "
            f"`roundtable deliveries release DIR {record.delivery_id} --post POST --reason WHY`.",
        )
    if _is_unread(record):
        return (f"It was not read: {record.reason}.",)
    if record.status in (*_SET_ASIDE, DeliveryStatus.EXPIRED):
        return (f"It was {record.reason}.",)
    return ()


def reason_from(problems: Sequence[Problem], file: str) -> str:
    """Why a delivery was refused, as the ledger keeps it: a line for each problem, its rule at the end."""
    return "\n".join(
        f"{one.place}: {one.what}. {one.remedy} [{one.rule}]"
        if str(one.place) != file
        else f"{one.what}. {one.remedy} [{one.rule}]"
        for one in problems
    )


def problems_from(reason: str, file: str) -> tuple[Problem, ...]:
    """The problems that the ledger keeps, to be told again."""
    remedy = "It was refused before, and nothing has changed."
    return tuple(
        Problem(Place(file), rule_of(line), _RULE.sub("", line), remedy) for line in reason.splitlines()
    )


def reasons_told(reason: str, file: str) -> tuple[str, ...]:
    """A kept reason for people who have the file's name before them: the line, what is wrong, no rule."""
    found = []
    for line in filter(None, reason.splitlines()):
        said, place = _RULE.sub("", line), re.match(rf"{re.escape(file)}(?::(\d+))?: ", line)
        if place is not None:
            rest = said[place.end() :]
            said = f"line {place[1]}: {rest}" if place[1] else rest
        found.append(said[:1].upper() + said[1:])
    return tuple(found)


def rules_of(reason: str) -> frozenset[str]:
    """The rules that a kept reason names."""
    return frozenset(rule_of(line) for line in reason.splitlines())


def rule_of(line: str) -> str:
    """The rule at the end of one line of a kept reason."""
    found = _RULE.search(line)
    return found.group(1) if found else ""
