"""What is in quarantine: how many rows of which delivery, by which rule, for how long; and what they say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from roundtable.data.lake import Lake
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import read_lake_files
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.ledger import deliveries
from roundtable.ledger.deliveries import DeliveryRecord

TOLD, SAID = "quarantine", "quarantine_row"


@dataclass(frozen=True, order=True)
class Held:
    """Rows of one delivery that break the same rules.

    Attributes:
        dataset: the id of the dataset.
        rule: the rules.
        delivery_id: the delivery.
        delivery: where its file stood, from the partnership folder.
        agency: who sent it.
        rows: how many.
        days: for how many days they have been held.
    """

    dataset: str
    rule: str
    delivery_id: str
    delivery: str
    agency: str
    rows: int
    days: int


@dataclass(frozen=True, order=True)
class HeldRow:
    """One row in quarantine.

    Attributes:
        file: the delivered file, or the file inside the ZIP.
        line: where it began in it.
        rule: the rules that it breaks.
        column: the columns that could not be taken.
        reason: why, in words.
        table: the table of the contract that it is for.
        said: what it says, by column; None where that is not to be had.
    """

    file: str
    line: int
    rule: str
    column: str
    reason: str
    table: str
    said: Mapping[str, str | None] | None = None


def held(lake: Lake, now: datetime) -> tuple[Held, ...]:
    """Everything in quarantine, by dataset, rule and delivery.

    Args:
        lake: the lake; its ledger is open.
        now: by the trusted clock.
    """
    records = {record.delivery_id: record for record in deliveries.standing()}
    received = deliveries.received_at()
    found: list[Held] = []
    for delivery, rows in _by_delivery(lake).items():
        record = records[delivery]
        days = (now.date() - received[delivery].date()).days
        for rule, number in Counter(row.rule for row in rows).items():
            found.append(Held(record.dataset, rule, delivery, record.file, record.agency, number, days))
    return tuple(sorted(found))


def held_rows(lake: Lake, delivery_id: str) -> tuple[HeldRow, ...]:
    """The rows of one delivery that are in quarantine, without what they say.

    Raises:
        SettingUnusable: none of its rows is.
    """
    known_delivery(delivery_id)
    found = _by_delivery(lake, delivery_id).get(delivery_id)
    if not found:
        what = f"no row of delivery {delivery_id} is in quarantine"
        raise unusable("DELIVERY", "quarantine-empty", what, "`roundtable quarantine list DIR` says what is")
    return tuple(found)


def said_by(lake: Lake, delivery_id: str) -> Mapping[tuple[str, int], Mapping[str, str | None]]:
    """What the rows of a delivery that are in quarantine say, by file and line.

    Raises:
        StoreUnusable: it stands in the vault, and this process has no key.
    """
    found: dict[tuple[str, int], Mapping[str, str | None]] = {}
    for name in (TOLD, SAID):
        files = [file.path for file in lake.files(name) if file.source == delivery_id]
        table = read_lake_files(files, LAKE_TABLES[name], lake.keyring) if files else None
        for row in [] if table is None else table.select(["file", "line", "row"]).to_pylist():
            if row["row"] is not None:
                found[row["file"], row["line"]] = json.loads(row["row"])
    return found


def known_delivery(delivery_id: str) -> DeliveryRecord:
    """A delivery that the ledger knows.

    Raises:
        SettingUnusable: it knows none of that id.
    """
    record = deliveries.known(delivery_id)
    if record is None:
        what = f"no delivery has the id '{delivery_id}'"
        raise unusable("DELIVERY", "delivery-unknown", what, "`roundtable deliveries list DIR` lists them")
    return record


def unusable(key: str, rule: str, what: str, remedy: str) -> SettingUnusable:
    """The error of a command that asks for what is not there."""
    return SettingUnusable(Problem(Place("command line", key=key), rule, what, remedy))


def _by_delivery(lake: Lake, only: str | None = None) -> dict[str, list[HeldRow]]:
    tables = {
        (record.delivery_id, member.member): member.table
        for record in deliveries.standing()
        for member in record.members
    }
    found: dict[str, list[HeldRow]] = {}
    for file in lake.files(TOLD):
        if only is None or file.source == only:
            rows = read_lake_files([file.path], LAKE_TABLES[TOLD], None)
            found.setdefault(file.source, []).extend(_rows(rows, tables))
    return {delivery: sorted(rows) for delivery, rows in sorted(found.items())}


def _rows(table: pa.Table, tables: Mapping[tuple[str, str], str]) -> Sequence[HeldRow]:
    columns = ("delivery_id", "file", "line", "rule", "column", "reason")
    values = (table.column(name).to_pylist() for name in columns)
    return [
        HeldRow(file, line, rule, column, reason, tables.get((delivery, file), ""))
        for delivery, file, line, rule, column, reason in zip(*values, strict=True)
    ]
