"""A partner's drop-off: contracts, files and notes in a folder, and what `receive` makes of them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from roundtable.data.content_hash import content_hash
from roundtable.data.intake.limits import Limits
from roundtable.data.intake.receipts import Receipt
from roundtable.data.intake.receive import receive
from roundtable.data.lake import Lake
from roundtable.data.tables import LAKE_TABLES
from roundtable.data.vault.lake_files import read_lake_files
from roundtable.governance.keys import Keyring
from roundtable.ledger import audit, deliveries
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.whole import Partnership
from tests.factories import agency, agreement, partnership

TODAY = date(2026, 11, 23)
HEADER = "id,month,east,north,kind,note"
CODES = ["Burglary", "Robbery"]


def column(name: str, canonical: str | None = None, **fields: Any) -> dict[str, Any]:
    """One column of a contract; lists of codes go among Roundtable's own terms."""
    lists = ("codes", "unknownCodes", "withdrawnCodes")
    terms: dict[str, Any] = {"canonical": canonical} | {name: fields.pop(name, []) for name in lists}
    terms["mayBeAbsent"] = fields.pop("mayBeAbsent", False)
    return {"name": name, "customProperties": [{"property": "roundtable", "value": terms}]} | fields


def table(name: str, columns: Sequence[dict[str, Any]], **terms: Any) -> dict[str, Any]:
    """One table of a contract; what is not of the standard goes among Roundtable's own terms."""
    standard = {key: terms.pop(key) for key in ("physicalName",) if key in terms}
    own = [{"property": "roundtable", "value": terms}]
    return {"name": name, "properties": list(columns), "customProperties": own} | standard


def contract(
    id: str, *tables: dict[str, Any], created_by: str | None = "police", subjects: str = "areas"
) -> Dataset:
    """A contract of the tables given."""
    terms = {
        "createdBy": created_by,
        "subjects": subjects,
        "specialCategory": False,
        "criminalOffence": False,
    }
    return Dataset.model_validate(
        {
            "apiVersion": "v3.1.0",
            "kind": "DataContract",
            "id": id,
            "version": "1.0.0",
            "status": "active",
            "name": f"Dataset {id}",
            "schema": list(tables),
            "customProperties": [{"property": "roundtable", "value": terms}],
        }
    )


def crime_columns(**changed: dict[str, Any]) -> list[dict[str, Any]]:
    """The columns of a small table of crimes; the last is never granted."""
    columns = {
        "id": column("id", "source_id"),
        "month": column(
            "month",
            "occurred_from",
            logicalType="date",
            logicalTypeOptions={"format": "yyyy-MM"},
            required=True,
        ),
        "east": column("east", "longitude", logicalType="number"),
        "north": column("north", "latitude", logicalType="number"),
        "kind": column("kind", "code", codes=CODES, required=True),
        "note": column("note"),
    }
    return list((columns | changed).values())


def crimes(id: str = "crimes", **terms: Any) -> Dataset:
    """Crimes by month, as CSV: one table `street`, in files called for their month."""
    base: dict[str, Any] = {
        "canonical": "event",
        "scheme": "test-codes",
        "periodPattern": r"(?P<period>\d{4}-\d{2})",
        "quarantineLimit": 0.5,
    }
    columns = terms.pop("columns", crime_columns())
    return contract(id, table("street", columns, **base | terms))


def places(id: str = "places", **terms: Any) -> Dataset:
    """Areas with their boundaries, as GeoJSON."""
    base = {"canonical": "area", "format": "geojson", "areaKind": "ward", "quarantineLimit": 0.5}
    return contract(id, table("areas", [column("code", "area_id"), column("name", "name")], **base | terms))


def people(id: str = "people", **terms: Any) -> Dataset:
    """People in each area, one row for each, as CSV."""
    base = {
        "canonical": "area_population",
        "areaKind": "ward",
        "asOf": "2020-06-30",
        "quarantineLimit": 0.7,
    }
    columns = [
        column("code", "area_id", primaryKey=True, required=True),
        column("people", "people", logicalType="number"),
    ]
    return contract(id, table("counts", columns, **base | terms))


def licence(
    *datasets: Dataset, columns: Mapping[str, Sequence[str]] | None = None, **fields: Any
) -> Agreement:
    """An open licence for every column of the datasets but those called `note`."""
    granted = columns or {}
    grants = [
        {
            "dataset": dataset.id,
            "table": one.name,
            "columns": granted.get(one.name, [c.name for c in one.properties if c.name != "note"]),
        }
        for dataset in datasets
        for one in dataset.schema_
    ]
    base = {
        "tier": "open_licence",
        "purposes": ["harm_by_place"],
        "rung": 1,
        "parties": [{"agency": "police", "role": "publisher", "gives": True}],
        "grants": grants,
        "basis": {"regime": "not_personal"},
        "starts": "2026-01-01",
        "ends": None,
    }
    return agreement(fields.pop("id", "licence"), **base | fields)


def csv_rows(*rows: str, header: str = HEADER) -> bytes:
    """A CSV file in plain UTF-8."""
    return "".join(f"{line}\n" for line in (header, *rows)).encode()


def good_rows(number: int, month: str = "2024-01") -> bytes:
    """So many good rows of crimes."""
    return csv_rows(
        *(f"c{n},{month},-1.{n:03d},54.{n:03d},{CODES[n % 2]},free text {n}" for n in range(number))
    )


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """A ZIP of files by name; equal contents give equal bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


@dataclass
class DropOff:
    """A partnership folder that takes deliveries in. Its ledger must be open and locked for writing.

    Attributes:
        folder: the partnership folder.
        parts: datasets, agreements and agencies; `police`, who sends everything, is there already.
        today: the trusted clock's day.
        limits: how much a delivery may ask for.
        keyring: the keys of the vault; None for a process that has none.
    """

    folder: Path
    parts: list[object] = field(default_factory=list)
    today: date = TODAY
    limits: Limits = field(default_factory=Limits)
    keyring: Keyring | None = None

    @property
    def partnership(self) -> Partnership:
        """What is agreed."""
        named = any(isinstance(part, Agency) and part.id == "police" for part in self.parts)
        made = partnership(*([] if named else [agency("police", kind="police")]), *self.parts)
        return replace(made, folder=self.folder)

    @property
    def lake(self) -> Lake:
        """The folder's lake."""
        return Lake(self.folder, self.keyring)

    def agree(self, *datasets: Dataset, **fields: Any) -> None:
        """Put contracts and an open licence for all of them in the place of what was agreed."""
        self.parts = [*datasets, licence(*datasets, **fields)]

    def deliver(self, dataset: str, name: str, content: bytes, note: str | None = None) -> Path:
        """Put a file, and perhaps its note, where a partner would."""
        path = self.folder / "deliveries" / dataset / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        if note is not None:
            path.with_name(f"{path.name}.note.yaml").write_text(note, encoding="utf-8")
        return path

    def receive(self) -> dict[str, Receipt]:
        """Take everything in; the receipts by place inside `deliveries/`."""
        now = datetime(self.today.year, self.today.month, self.today.day, 12, tzinfo=UTC)
        receipts = receive(self.partnership, self.lake, lambda: now, limits=self.limits)
        return {receipt.file.removeprefix("deliveries/"): receipt for receipt in receipts}

    def receive_one(self) -> Receipt:
        """Take everything in where one file stands."""
        (receipt,) = self.receive().values()
        return receipt

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A lake table as it is now."""
        rows: list[dict[str, Any]] = self.table(name).to_pylist()
        return rows

    def table(self, name: str) -> pa.Table:
        """A lake table as it is now, in the order of its files."""
        paths = [file.path for file in self.lake.files(name)]
        return read_lake_files(paths, LAKE_TABLES[name], self.keyring)

    def hashes(self) -> dict[str, str]:
        """What each canonical table comes to."""
        names = ("event", "event_result", "area", "area_population", "area_deprivation", "quarantine")
        about_people = ("person_record", "involvement", "contact", "detail", "row_version", "quarantine_row")
        wanted = (*names, *about_people) if self.keyring is not None else names
        return {name: content_hash(self.table(name)) for name in wanted}

    def state(self) -> tuple[Any, ...]:
        """Everything that a refusal or an unchanged second call must leave as it is."""
        records = tuple(sorted(deliveries.every_delivery(), key=lambda record: record.delivery_id))
        kept = self.folder / ".roundtable"
        files = sorted(path.relative_to(kept).as_posix() for path in kept.glob("lake/*/*"))
        scratch = sorted(path.name for path in kept.glob("scratch/*"))
        return self.lake.current_snapshot(), records, tuple(files), tuple(scratch), audit.head()

    def without_refusals(self) -> tuple[Any, ...]:
        """The state but for what a refusal writes: its record and its audit event."""
        snapshot, records, files, scratch, _ = self.state()
        return snapshot, [one for one in records if one.status.value != "refused"], files, scratch


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
