"""How a delivery has drifted from its contract, as changes that would let it fit: proposed, never made.

Nothing of a person is in a change. Names of columns are the sender's own; of values only such are told as
stand in a column of codes, many times over, and are few: what is rare or long may be anything.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import product

from roundtable.data.intake.becoming import Becoming, Taken
from roundtable.data.intake.header import HeaderDifference
from roundtable.data.intake.quarantine import Quarantine
from roundtable.data.intake.rules import printable
from roundtable.errors import DeliveryRefused, Problem
from roundtable.ledger.impersonal import looks_like

#: A value is told as a new code when so many rows have it, it is no longer, and so few are new.
ROWS_WITH_A_CODE, LETTERS_OF_A_CODE, NEW_CODES = 10, 40, 10
#: Values of a column that are looked at, and rows that they are taken from.
_LOOKED_AT, _ROWS_LOOKED_AT = 1_000, 50_000
_DAYS = {
    "yyyy-MM-dd": "%Y-%m-%d",
    "dd/MM/yyyy": "%d/%m/%Y",
    "MM/dd/yyyy": "%m/%d/%Y",
    "yyyyMMdd": "%Y%m%d",
    "dd-MM-yyyy": "%d-%m-%Y",
    "dd.MM.yyyy": "%d.%m.%Y",
    "yyyy-MM": "%Y-%m",
}
_TIMES = {"": "", " HH:mm": " %H:%M", " HH:mm:ss": " %H:%M:%S"}
FORMATS: Mapping[str, str] = {
    **{day + time: days + times for (day, days), (time, times) in product(_DAYS.items(), _TIMES.items())},
    "yyyy-MM-dd'T'HH:mm:ss": "%Y-%m-%dT%H:%M:%S",
}


class Kind(StrEnum):
    """What of a contract would change."""

    RENAME = "rename-header"
    ADD = "add-column"
    REMOVE = "remove-column"
    CODES = "add-codes"
    FORMAT = "set-format"
    TYPE = "set-type"


@dataclass(frozen=True, order=True)
class Change:
    """One change to a contract that would let a delivery fit.

    Attributes:
        table: the table of the contract.
        column: its column; of one to be added, its header.
        kind: what would change.
        to: the new header, codes, format or type.
        why: what was seen, in words, with nothing of a person.
    """

    table: str
    column: str
    kind: Kind
    to: tuple[str, ...]
    why: str


class Drifted(DeliveryRefused):
    """A delivery that does not fit its contract, with the changes by which it would."""

    def __init__(self, problems: Problem | Sequence[Problem], changes: Iterable[Change]) -> None:
        super().__init__(problems)
        self.changes = tuple(sorted(set(changes)))


def words_of(changes: Iterable[Change]) -> tuple[str, ...]:
    """The changes in words, each once."""
    return tuple(dict.fromkeys(change.why for change in sorted(set(changes))))


def of_header(difference: HeaderDifference, made: Becoming) -> Iterator[Change]:
    """The changes by which a header would be the contract's; none where it is most likely no header."""
    if difference.strange:
        return
    table = made.table
    names = {column.header: column.name for column in table.properties}
    for old, new in difference.renamed:
        why = f"the column '{_safe(old)}' is not there, and one like it is: '{_safe(new)}'"
        yield Change(table.name, names[old], Kind.RENAME, (_safe(new),), why)
    for new in difference.extra:
        yield Change(table.name, _safe(new), Kind.ADD, (), f"the column '{_safe(new)}' is new")
    for old in difference.missing:
        yield Change(table.name, names[old], Kind.REMOVE, (), f"the column '{_safe(old)}' is not there")


def of_values(quarantine: Quarantine, made: Becoming, rows: int) -> Iterator[Change]:
    """The changes by which rows that are in quarantine would be taken.

    Args:
        quarantine: the rows that could not be taken.
        made: how the table was read.
        rows: how many rows came.
    """
    by_name = {one.name: one for one in made.taken}
    for (name, rule), values in sorted(_values(quarantine).items()):
        one = by_name.get(name)
        if one is None:
            continue
        if rule == "code":
            yield from _codes(one, values, made.table.name)
        elif rule == "date-format":
            yield from _formats(one, values, made.table.name)
        elif rule in ("number", "whole-number", "boolean") and 2 * values.total() > rows:
            why = f"{values.total():,} of {rows:,} values of '{name}' are no longer {one.column.logical_type}"
            yield Change(made.table.name, name, Kind.TYPE, ("string",), why)


def _values(quarantine: Quarantine) -> Mapping[tuple[str, str], Counter[str]]:
    """What stands in each column that could not be taken, by the column and the rule."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    left = _ROWS_LOOKED_AT
    for whole in quarantine.parts:
        part = whole.slice(0, left)
        left -= part.num_rows
        columns = (part.column(name).to_pylist() for name in ("column", "rule", "row", "private"))
        for names, rules, told, private in zip(*columns, strict=True):
            said = json.loads(private or told or "{}")
            for name, rule in zip(names.split(", "), rules.split(", "), strict=False):
                if said.get(name) is not None:
                    found[name, rule][said[name]] += 1
    return found


def _codes(one: Taken, values: Counter[str], table: str) -> Iterator[Change]:
    if _is_personal(one):
        return
    often = [
        value for value, times in sorted(values.items()) if times >= ROWS_WITH_A_CODE and _is_short(value)
    ]
    # Where many values are new and few of them often, the columns have been shifted: those may be names.
    mostly = 2 * sum(values[value] for value in often) >= values.total()
    if often and len(often) <= NEW_CODES and mostly:
        told = ", ".join(f"'{value}' ({values[value]:,} rows)" for value in often)
        yield Change(table, one.name, Kind.CODES, tuple(often), f"'{one.name}' has new codes: {told}")


def _formats(one: Taken, values: Counter[str], table: str) -> Iterator[Change]:
    """The format that all of them have; where two would do, as with days before the 13th, none is told."""
    looked_at = [value for value, _ in values.most_common(_LOOKED_AT)]
    fit = [name for name, pattern in FORMATS.items() if all(_fits(value, pattern) for value in looked_at)]
    if len(fit) == 1:
        why = f"{values.total():,} values of '{one.name}' are written as {fit[0]}"
        yield Change(table, one.name, Kind.FORMAT, (fit[0],), why)


def _fits(value: str, pattern: str) -> bool:
    try:
        return datetime.strptime(value, pattern).strftime(pattern) == value
    except ValueError:
        return False


def _is_personal(one: Taken) -> bool:
    name = one.column.terms.canonical or ""
    return name.startswith("person.") or name in ("uprn", "source_id", "event_source_id")


def _is_short(value: str) -> bool:
    return len(value) <= LETTERS_OF_A_CODE and value.isprintable() and looks_like(value) is None


def _safe(name: str) -> str:
    """A header as it may be written down: the sender's word for a column, unless it holds a person."""
    shown = printable(name)[:60]
    return "(not shown)" if looks_like(shown) else shown
