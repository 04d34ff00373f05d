"""What came in, what was set aside row by row, and what was refused whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from roundtable.pages.numbers import ABSENT, fixed, listed, plural
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.report.contents import DeliveryShown, DeliveryStatus, QuarantineShown, ReportContents
from roundtable.report.names import Names
from roundtable.report.row_counts import ROUNDED, RowCounts, any_rounded, rows_of, rows_taken, rule_of
from roundtable.report.sections.received_datasets import datasets

FILE_COLUMNS = (
    Column("File", header=True),
    Column("Taken"),
    Column("Received", numeric=True),
    Column("Kept", numeric=True),
    Column("Set aside", numeric=True),
)
REASON_COLUMNS = (
    Column("Why", header=True),
    Column("Dataset"),
    Column("Rule", css="code"),
    Column("Rows", numeric=True),
)
#: What each status means for the rows, and the colour of its label.
STATUSES = {
    DeliveryStatus.ACCEPTED: ("", "good"),
    DeliveryStatus.REFUSED: ("Nothing of it was taken", "bad"),
    DeliveryStatus.REPEATED: ("The same file as before; nothing was taken twice", "quiet"),
    DeliveryStatus.SUPERSEDED: ("A newer or corrected delivery stands in its place", "quiet"),
    DeliveryStatus.WAITING: ("It waits for a person; nothing of it is used", "bad"),
    DeliveryStatus.WITHDRAWN: ("Its sender took it back", "quiet"),
    DeliveryStatus.EXPIRED: ("Its time to be kept has passed", "quiet"),
}


@dataclass(frozen=True)
class Refused:
    """One refused file, and why."""

    file: str
    dataset: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ReceivedView:
    """The section."""

    summary: str
    files: Table
    datasets: Table | None
    refused: tuple[Refused, ...]
    reasons: Table
    withheld: tuple[str, ...]


def view(contents: ReportContents, names: Names) -> ReceivedView:
    """The section as its template prints it."""
    refused = tuple(
        Refused(PurePosixPath(one.file).name, names.dataset(one.dataset), one.reasons)
        for one in _ordered(contents)
        if one.status is DeliveryStatus.REFUSED
    )
    reasons = _reasons(contents, names)
    return ReceivedView(
        _summary(contents),
        _files(contents, names),
        datasets(contents, names),
        refused,
        reasons,
        contents.withheld,
    )


def outcome_of(contents: ReportContents) -> str:
    """How many deliveries came in and what became of them, as the start of a sentence."""
    counted = [(status, sum(one.status is status for one in contents.deliveries)) for status in STATUSES]
    told = tuple(f"{fixed(number)} {status}" for status, number in counted if number)
    came = plural(len(contents.deliveries), "delivery", "deliveries")
    if len(told) == 1:
        return f"{came} came in, {'all ' if len(contents.deliveries) > 1 else ''}{told[0].split()[1]}"
    return f"{came} came in: {listed(told)}"


def _summary(contents: ReportContents) -> str:
    if not contents.deliveries:
        return ""
    sums = rows_taken(contents)
    if not sums.received:
        return f"{outcome_of(contents)}. No row was taken in."
    if not sums.quarantined:
        kept = sums.rule.told(sums.received, "row")
        return f"{outcome_of(contents)}. The accepted files hold {kept}, and all were kept."
    return (
        f"{outcome_of(contents)}. The accepted files hold {sums.rule.told(sums.received, 'row')}: "
        f"{sums.told.kept} kept and {sums.told.quarantined} set aside, each with its reason and its place in "
        "the file. None is lost, and a row set aside counts in no figure on this page."
    )


def _files(contents: ReportContents, names: Names) -> Table:
    sums = rows_taken(contents)
    total = ("All accepted files", "", sums.told.received, sums.told.kept, sums.told.quarantined)
    return table(
        "files",
        f"Rows by file. {ROUNDED}"
        if any_rounded(contents)
        else "Rows by file. In every file taken, kept and set aside add up to received.",
        FILE_COLUMNS,
        [row for one in _ordered(contents) for row in _delivery(contents, one, names)],
        total=total if sums.received else (),
        css="files",
    )


def _ordered(contents: ReportContents) -> list[DeliveryShown]:
    return sorted(contents.deliveries, key=lambda one: (one.dataset, one.file, one.status))


def _delivery(contents: ReportContents, one: DeliveryShown, names: Names) -> Iterator[tuple[str | Cell, ...]]:
    """The delivered file with all its rows, then the files inside it where there are several."""
    note, tag = STATUSES[one.status]
    source = ", ".join(word for word in (names.dataset(one.dataset), one.publisher) if word)
    told = ". ".join(word for word in (source, note) if word)
    name = PurePosixPath(one.file).name
    whole = _rows(rows_of(contents, one.dataset, one.members), one)
    yield (Cell(name, css="delivery", note=told), Cell(one.status.value, tag=tag), *whole)
    if len(one.members) > 1:
        for member in one.members:
            rows = _rows(rows_of(contents, one.dataset, [member]), one)
            yield (Cell(member.name, css="member"), "", *rows)


def _rows(counts: RowCounts, delivery: DeliveryShown) -> tuple[str | Cell, ...]:
    if delivery.status is not DeliveryStatus.ACCEPTED:
        return (counts.told.received if counts.received else ABSENT, ABSENT, ABSENT)
    aside = Cell(counts.told.quarantined, css="noted" if counts.quarantined else "nought")
    return (counts.told.received, counts.told.kept, aside)


def _reasons(contents: ReportContents, names: Names) -> Table:

    def shown(one: QuarantineShown) -> int:
        """What is hidden is not told by its place in the table either."""
        return rule_of(contents, one.dataset).published(one.rows) or 0

    ordered = sorted(contents.quarantine, key=lambda one: (-shown(one), one.dataset, one.rule, one.reason))
    rows = [
        (one.reason, names.dataset(one.dataset), one.rule, rule_of(contents, one.dataset).count(one.rows))
        for one in ordered
    ]
    caption = "Rows set aside, by reason. Each is kept in the quarantine with its file and line."
    return table("reasons", caption, REASON_COLUMNS, rows)
