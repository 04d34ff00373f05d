"""Which table of the contract a file is for: its name decides, by the contract's `physicalName`."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from roundtable.data.intake.rules import refused
from roundtable.partnership.model.contract import Dataset, Table


def table_of(dataset: Dataset, name: str, shown: str) -> Table:
    """The one table whose pattern fits a file's name, its folders apart.

    A table without `physicalName` takes files called after it, or any file when it is the only table.

    Raises:
        DeliveryRefused: no pattern fits, or several do.
    """
    base = PurePosixPath(name).name
    names = {base, base.removesuffix(".gz")}
    patterns = {table.name: _pattern(table, len(dataset.schema_)) for table in dataset.schema_}
    fitting = [
        table for table in dataset.schema_ if any(fnmatchcase(one, patterns[table.name]) for one in names)
    ]
    if len(fitting) == 1:
        return fitting[0]
    said = ", ".join(f"'{pattern}' ({table})" for table, pattern in patterns.items()) or "none"
    if fitting:
        both = " and ".join(f"'{table.name}'" for table in fitting)
        what, remedy = f"its name fits tables {both}", "Make the patterns of the contract exclude each other."
    else:
        what = f"its name fits no table of the contract; the patterns are: {said}"
        remedy = (
            "Give the file the agreed name, or add a table with this physicalName to the contract; "
            "a table without 'canonical' is known and never taken in."
        )
    raise refused("no-such-table", shown, what, remedy)


def _pattern(table: Table, tables: int) -> str:
    return table.physical_name or ("*" if tables == 1 else f"{table.name}.*")
