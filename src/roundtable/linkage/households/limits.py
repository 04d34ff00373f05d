"""The limits that the room goes by, each with its reason and its source in `reference/`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class Limits:
    """Where one household ends and another begins, and what is none.

    Attributes:
        clear_share: the least share of votes by which a written address belongs to a UPRN.
        return_gap: days of absence after which somebody has left and come back.
        hold_same_surname: days that a record speaks for somebody towards newcomers of their surname.
        hold_other_surname: the same towards newcomers of another.
        communal_people: more people than this in one year, and
        communal_surnames: more surnames than this, make an address communal.
        communal_records_undated: the bound for people where no record has a day.
    """

    clear_share: float
    return_gap: int
    hold_same_surname: int
    hold_other_surname: int
    communal_people: int
    communal_surnames: int
    communal_records_undated: int


@cache
def shipped_limits() -> Limits:
    """The limits as the reference table has them."""
    value = {row["limit"]: row["value"] for row in _rows("limits.csv")}
    return Limits(
        clear_share=float(value["clear_share"]),
        return_gap=int(value["return_gap"]),
        hold_same_surname=int(value["hold_same_surname"]),
        hold_other_surname=int(value["hold_other_surname"]),
        communal_people=int(value["communal_people"]),
        communal_surnames=int(value["communal_surnames"]),
        communal_records_undated=int(value["communal_records_undated"]),
    )


@cache
def communal_kinds() -> frozenset[str]:
    """What a gazetteer calls a place where many people live who are no household, in lower case."""
    return frozenset(row["kind"] for row in _rows("communal_kinds.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
