"""What came in, what was set aside row by row, and what was refused whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from roundtable.pages.numbers import ABSENT, fixed, listed, plural
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.report.contents import DeliveryShown, DeliveryStatus, MemberShown, ReportContents
from roundtable.report.names import Names
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
class Totals:
    """Rows over the accepted deliveries; received = kept + quarantined."""

    received: int
    kept: int
    quarantined: int


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


def totals(contents: ReportContents) -> Totals:
    """The rows of every accepted delivery, added up."""
    members = [
        member
        for delivery in contents.deliveries
        if delivery.status is DeliveryStatus.ACCEPTED
        for member in delivery.members
    ]
    return Totals(
        sum(member.received for member in members),
        sum(member.kept for member in members),
        sum(member.quarantined for member in members),
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
    sums = totals(contents)
    if not sums.received:
        return f"{outcome_of(contents)}. No row was taken in."
    if not sums.quarantined:
        return f"{outcome_of(contents)}. All {fixed(sums.received)} rows of the accepted files were kept."
    return (
        f"{outcome_of(contents)}. The accepted files hold {plural(sums.received, 'row')}: {fixed(sums.kept)} "
        f"kept and {fixed(sums.quarantined)} set aside, each with its reason and its place in the file. "
        "None is lost, and a row set aside counts in no figure on this page."
    )


def _files(contents: ReportContents, names: Names) -> Table:
    sums = totals(contents)
    total = ("All accepted files", "", fixed(sums.received), fixed(sums.kept), fixed(sums.quarantined))
    return table(
        "files",
        "Rows by file. In every file taken, kept and set aside add up to received.",
        FILE_COLUMNS,
        [row for one in _ordered(contents) for row in _delivery(one, names)],
        total=total if sums.received else (),
        css="files",
    )


def _ordered(contents: ReportContents) -> list[DeliveryShown]:
    return sorted(contents.deliveries, key=lambda one: (one.dataset, one.file, one.status))


def _delivery(one: DeliveryShown, names: Names) -> Iterator[tuple[str | Cell, ...]]:
    """The delivered file with all its rows, then the files inside it where there are several."""
    note, tag = STATUSES[one.status]
    source = ", ".join(word for word in (names.dataset(one.dataset), one.publisher) if word)
    told = ". ".join(word for word in (source, note) if word)
    whole = MemberShown(
        PurePosixPath(one.file).name,
        sum(member.received for member in one.members),
        sum(member.kept for member in one.members),
        sum(member.quarantined for member in one.members),
    )
    yield (Cell(whole.name, css="delivery", note=told), Cell(one.status.value, tag=tag), *_rows(whole, one))
    if len(one.members) > 1:
        for member in one.members:
            yield (Cell(member.name, css="member"), "", *_rows(member, one))


def _rows(member: MemberShown, delivery: DeliveryShown) -> tuple[str | Cell, ...]:
    if delivery.status is not DeliveryStatus.ACCEPTED:
        return (fixed(member.received) if member.received else ABSENT, ABSENT, ABSENT)
    aside = Cell(fixed(member.quarantined), css="noted" if member.quarantined else "nought")
    return (fixed(member.received), fixed(member.kept), aside)


def _reasons(contents: ReportContents, names: Names) -> Table:
    ordered = sorted(contents.quarantine, key=lambda one: (-one.rows, one.dataset, one.rule, one.reason))
    rows = [(one.reason, names.dataset(one.dataset), one.rule, fixed(one.rows)) for one in ordered]
    caption = "Rows set aside, by reason. Each is kept in the quarantine with its file and line."
    return table("reasons", caption, REASON_COLUMNS, rows)
