"""What a file covers: its note says so, or its name by the contract's pattern; and how its rows are called.

Two standing deliveries never cover the same period of a table, so that a row's id, which begins with the
file's stem, is never given twice. Where the stem does not hold the period, the id holds it too. Increments
cover no period of their own, and all of them stand: their ids hold something of the delivery's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from roundtable.data.intake.rules import problem
from roundtable.data.intake.unpacking import SourceFile
from roundtable.errors import DeliveryRefused, Problem
from roundtable.partnership.model.contract import Table
from roundtable.partnership.model.contract_terms import Arrival

#: A table and a period of it; the period is empty where nobody divides the table into periods.
Covered = frozenset[tuple[str, str]]
_BETWEEN = ", "


@dataclass(frozen=True)
class Periods:
    """The period of each file of a delivery, by the file's name."""

    by_file: dict[str, str]
    covered: Covered

    @property
    def said(self) -> str:
        """All of them, for the receipt."""
        return _BETWEEN.join(sorted(set(self.by_file.values()) - {""}))


def periods_of(files: Sequence[SourceFile], note: str | None, delivery_name: str) -> Periods:
    """Work out what each file covers.

    Args:
        files: the files that will be read.
        note: the period that the note gives, if it gives one.
        delivery_name: the delivery's own name, for a file whose own says nothing.

    Raises:
        DeliveryRefused: the contract has a pattern that cannot be used, or that a name does not fit.
    """
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for file in files:
        period, wrong = (note, None) if note is not None else _from_names(file, delivery_name)
        found[file.name] = period or ""
        if wrong is not None and wrong not in problems:
            problems.append(wrong)
    if problems:
        raise DeliveryRefused(problems)
    return Periods(found, frozenset(_covered(file, found[file.name]) for file in files if _is_whole_of(file)))


def _is_whole_of(file: SourceFile) -> bool:
    """Whether a file is the whole of anything: an increment is not."""
    return file.table.terms.arrives is not Arrival.INCREMENTS


def _covered(file: SourceFile, period: str) -> tuple[str, str]:
    """A register that comes whole each time has one period: all of it."""
    return file.table.name, "" if file.table.terms.arrives is Arrival.WHOLE else period


def _from_names(file: SourceFile, delivery_name: str) -> tuple[str | None, Problem | None]:
    try:
        period = named_period(file.table, file.name) or named_period(file.table, delivery_name)
    except (re.error, IndexError) as error:
        what = f"'periodPattern' of table '{file.table.name}' cannot be used: {error}"
        remedy = "Write a regular expression with a group named 'period', such as (?P<period>\\d{4}-\\d{2})."
        return None, problem("contract", file.shown, what, remedy)
    if period is None and file.table.terms.period_pattern is not None:
        what = "its name does not say which period it covers, as the contract's 'periodPattern' wants"
        return None, problem(
            "period-missing", file.shown, what, "Rename it, or write 'period: ...' in its note."
        )
    return period, None


def named_period(table: Table, name: str) -> str | None:
    """The period in a file's own name or, failing that, in its folders."""
    if table.terms.period_pattern is None:
        return None
    pattern = re.compile(table.terms.period_pattern)
    found = pattern.search(PurePosixPath(name).name) or pattern.search(name)
    return None if found is None else found.group("period")


def id_prefixes(files: Sequence[SourceFile], periods: Periods, delivery_id: str) -> dict[str, str]:
    """What the ids of each file's rows begin with: `<stem>/`, with what tells equal stems apart before it.

    Args:
        files: the files of a delivery.
        periods: what each covers.
        delivery_id: its id; the ids of increments hold it, since an increment's name may be used again.
    """
    stems = {file.name: _dated(file.stem, periods.by_file[file.name]) for file in files}
    times = Counter(stems.values())
    for file in files:
        if times[stems[file.name]] > 1:
            parent = PurePosixPath(file.name).parent.name
            stems[file.name] = f"{parent}/{stems[file.name]}" if parent else stems[file.name]
    for file in files:
        if not _is_whole_of(file):
            stems[file.name] += f"@{delivery_id}"
    again = Counter(stems.values())
    return {
        name: f"{stem}/" if again[stem] == 1 else f"{PurePosixPath(name).with_suffix('')}/"
        for name, stem in stems.items()
    }


def _dated(stem: str, period: str) -> str:
    return stem if period in stem else f"{period}/{stem}"
