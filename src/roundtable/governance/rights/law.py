"""What the law says about people's rights, as dated tables: time limits, exemptions, which right where.

A row is `read` where its text, or a public account of it, was read on the day it bears, at the address it
gives; `recalled` where no text was found. No named post has verified one: a governance lead checks what a
decision rests on against the law as it stands.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from roundtable.ledger.models import Right
from roundtable.partnership.model.agreement import Regime

_FOLDER = Path(__file__).parent / "reference"
ANY = "any"
#: How sure a row is, for whoever decides by it.
_SURENESS = {
    "read": "read, and not verified by a post",
    "recalled": "recalled, and verified by nobody: look it up",
}


def sureness(status: str) -> str:
    """How sure a row of law is, in words."""
    return _SURENESS.get(status, status)


@dataclass(frozen=True)
class TimeLimit:
    """How long there is to answer.

    Attributes:
        right: what is asked for.
        regime: the regime it holds under, or `any`.
        what: `answer` or `acknowledge`.
        months: calendar months; 0 where the law counts in days.
        days: days; 0 where the law counts in months.
        extension_months: how many more there may be when it is complex.
        in_force_from: the first day on which it holds.
        provision: where the law says so.
        status: how sure the row is: measured, read, derived, assumed or recalled.
    """

    right: Right
    regime: str
    what: str
    months: int
    days: int
    extension_months: int
    in_force_from: date
    provision: str
    status: str


@dataclass(frozen=True)
class Exemption:
    """Why a right may be refused.

    Attributes:
        id: how a decision names it.
        title: what people call it.
        rights: the rights that it can limit.
        regime: the regime it belongs to.
        summary: what it says, in our own words.
        provision: where the law says so.
        status: how sure the row is.
    """

    id: str
    title: str
    rights: frozenset[Right]
    regime: Regime
    summary: str
    provision: str
    status: str


@dataclass(frozen=True)
class Reach:
    """Whether a right reaches what is processed on a lawful basis: yes, no or perhaps."""

    right: Right
    basis: str
    applies: str
    provision: str
    status: str


@cache
def time_limits() -> tuple[TimeLimit, ...]:
    """Every time limit, in the table's order."""
    return tuple(
        TimeLimit(
            Right(row["right"]),
            row["regime"],
            row["what"],
            int(row["months"] or 0),
            int(row["days"] or 0),
            int(row["extension_months"] or 0),
            date.fromisoformat(row["in_force_from"]),
            row["provision"],
            row["status"],
        )
        for row in _rows("time_limits.csv")
    )


@cache
def exemptions() -> dict[str, Exemption]:
    """Every exemption by its id, in the table's order."""
    return {
        row["id"]: Exemption(
            row["id"],
            row["title"],
            frozenset(Right(name) for name in row["rights"].split(";")),
            Regime(row["regime"]),
            row["summary"],
            row["provision"],
            row["status"],
        )
        for row in _rows("exemptions.csv")
    }


@dataclass(frozen=True)
class Ground:
    """Why data may be erased where the person has no right to it: what such a decision names.

    Attributes:
        id: how a decision names it.
        title: what people call it.
        summary: what it says, in our own words.
        provision: where the law says so.
        status: how sure the row is.
    """

    id: str
    title: str
    summary: str
    provision: str
    status: str


@cache
def erasure_grounds() -> dict[str, Ground]:
    """Every ground of an erasure that no right asks for, by its id, in the table's order."""
    return {
        row["id"]: Ground(row["id"], row["title"], row["summary"], row["provision"], row["status"])
        for row in _rows("erasure_grounds.csv")
    }


def reach_of(right: Right, basis: str) -> Reach | None:
    """Whether a right reaches a lawful basis; None where the table does not know the basis."""
    return next((row for row in _reaches() if row.right is right and row.basis in (ANY, basis)), None)


@cache
def _reaches() -> tuple[Reach, ...]:
    return tuple(
        Reach(Right(row["right"]), row["basis"], row["applies"], row["provision"], row["status"])
        for row in _rows("rights_by_basis.csv")
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
