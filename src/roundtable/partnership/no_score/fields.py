"""Which columns fall in a no-score zone: those whose contract says so, and those whose name does.

The names stand in `fields.csv` with their source, date and status. The table ships with the product and a
partnership cannot take a row out of it: what it can do is to say in a contract that a column with such a
name holds something else (`zone: none`), which stands in the contract for everybody to see.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from roundtable.partnership.model.contract import Column
from roundtable.partnership.model.zone import Zone

_A_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
#: What stands before the name of a coded or numeric fact.
_DETAIL = "detail:"


@dataclass(frozen=True)
class BannedName:
    """One row of the table: words that, together in a name, say which zone a column falls in."""

    words: str
    zone: Zone
    what_it_holds: str


@cache
def banned_names() -> tuple[BannedName, ...]:
    """Every row, in the order of the table."""
    text = resources.files(__package__).joinpath("fields.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(BannedName(row["words"], Zone(row["zone"]), row["what_it_holds"]) for row in rows)


def zone_of(column: Column) -> Zone | None:
    """The no-score zone that a column falls in; None where it falls in none or its contract says so."""
    said = column.terms.zone
    if said is not None:
        return None if said == "none" else said
    canonical = column.terms.canonical or ""
    fact = canonical.removeprefix(_DETAIL) if canonical.startswith(_DETAIL) else ""
    found = zone_of_names((column.name, column.header, column.business_name or "", fact))
    return found.zone if found else None


def zone_of_names(names: Iterable[str]) -> BannedName | None:
    """The first row whose words stand together in one of these names."""
    return next((found for name in names if name and (found := _row_for(name)) is not None), None)


@lru_cache(maxsize=4096)
def _row_for(name: str) -> BannedName | None:
    spoken = f" {_words(name)} "
    return next((row for row in banned_names() if f" {row.words} " in spoken), None)


def _words(name: str) -> str:
    """A name taken apart: `CustodyDecision` and `custody-decision` are both `custody decision`."""
    return _NO_LETTER.sub(" ", _A_HUMP.sub(" ", name).lower()).strip()
