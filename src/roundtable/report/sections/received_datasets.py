"""What came in, dataset by dataset: what people read when files are too many to read one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from roundtable.pages.numbers import fixed
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.report.contents import DeliveryShown, DeliveryStatus, ReportContents
from roundtable.report.names import Names
from roundtable.report.row_counts import ROUNDED, any_rounded, rows_taken

#: More files than this are listed behind a table of datasets.
FEW_FILES = 40
COLUMNS = (
    Column("Dataset", header=True),
    Column("Files"),
    Column("Received", numeric=True),
    Column("Kept", numeric=True),
    Column("Set aside", numeric=True),
)


def datasets(contents: ReportContents, names: Names) -> Table | None:
    """A row a dataset; None where the files are few enough to be read themselves."""
    if len(contents.deliveries) <= FEW_FILES:
        return None
    adding = ROUNDED if any_rounded(contents) else "Kept and set aside add up to received."
    caption = f"Rows by dataset, of the files that were accepted and stand. {adding}"
    return table("datasets", caption, COLUMNS, list(_rows(contents, names)), css="files")


def _rows(contents: ReportContents, names: Names) -> Iterator[tuple[str | Cell, ...]]:
    by: dict[str, list[DeliveryShown]] = {}
    for one in contents.deliveries:
        by.setdefault(one.dataset, []).append(one)
    for dataset, those in sorted(by.items(), key=lambda item: names.dataset(item[0])):
        standing = rows_taken(contents, those)
        yield (
            Cell(names.dataset(dataset), css="delivery", note=those[0].publisher),
            _told(those),
            standing.told.received,
            standing.told.kept,
            Cell(standing.told.quarantined, css="noted" if standing.quarantined else "nought"),
        )


def _told(those: list[DeliveryShown]) -> str:
    counted = Counter(one.status for one in those)
    return ", ".join(f"{fixed(counted[status])} {status}" for status in DeliveryStatus if counted[status])
