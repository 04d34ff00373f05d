"""A lake with people in it, written straight into its tables: for tests of what may be seen and what goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from roundtable.data.lake import Lake
from roundtable.data.lake_file import StagedFile
from roundtable.data.tables import LAKE_TABLES
from roundtable.governance.keys import Keyring
from roundtable.governance.pseudonyms import address_id, record_id
from roundtable.ledger import deliveries
from roundtable.ledger.deliveries import DeliveryRecord, Member
from roundtable.ledger.models import DeliveryStatus

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 1)
#: UPRNs that nobody has: they begin with 9990.
HOME, REFUGE, OLD_HOME, OTHER = "999000000001", "999000000002", "999000000003", "999000000004"
#: Valid numbers of the range that is never issued.
NHS_A, NHS_B, NHS_C = "9990000018", "9990000026", "9990000034"


@dataclass
class People:
    """Rows on their way into a lake, a delivery at a time.

    Attributes:
        folder: the partnership folder; its ledger is open and this process may write.
        keyring: its keys.
    """

    folder: Path
    keyring: Keyring
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    delivered: int = 0
    files: dict[str, list[StagedFile]] = field(default_factory=dict)

    @property
    def lake(self) -> Lake:
        """The lake, with the keys."""
        return Lake(self.folder, self.keyring)

    @property
    def delivery(self) -> str:
        """The id of the delivery that is being written."""
        return f"{self.delivered:016x}"

    def record(self, key: str, dataset: str = "police", **said: Any) -> str:
        """A record of a person that stands alone; its id."""
        return self._person(f"m/{key}", key, dataset, said)

    def event(self, key: str, dataset: str = "police", uprn: str | None = None, **said: Any) -> str:
        """An event of a row that has no person; its id."""
        row = f"m/{key}"
        self._event(row, key, dataset, uprn, said)
        return row

    def incident(
        self, key: str, dataset: str = "police", uprn: str | None = None, role: str = "victim", **person: Any
    ) -> str:
        """One row that brought an event, its person and the person's part in it; the record's id."""
        row = f"m/{key}"
        self._event(row, key, dataset, uprn, {})
        record = self._person(row, key, dataset, person)
        self._part(row, dataset, record, role, event_id=row, event_source_id=key)
        return record

    def part(
        self, key: str, event_key: str, dataset: str = "police", role: str = "suspect", **said: Any
    ) -> str:
        """A row that brought somebody's part in an event of another row; the record's id."""
        row = f"m/{key}"
        record = self._person(row, key, dataset, said)
        self._part(row, dataset, record, role, event_id=None, event_source_id=event_key)
        return record

    def contact(self, key: str, dataset: str = "care", uprn: str | None = None, **said: Any) -> str:
        """One row that brought a contact and its person; the record's id."""
        row = f"m/{key}"
        record = self._person(row, key, dataset, said)
        self._add(
            "contact",
            contact_id=row,
            dataset=dataset,
            source_table="rows",
            source_id=key,
            record_id=record,
            address_id=self.address(uprn),
            service="visit",
            scheme="test",
            started=DAY,
            delivery_id=self.delivery,
        )
        return record

    def detail(self, of: str, name: str = "injured", value: str = "yes", dataset: str = "police") -> None:
        """A fact about a row."""
        self._add("detail", of_id=of, name=name, dataset=dataset, value=value, delivery_id=self.delivery)

    def result(self, event_key: str, dataset: str = "police") -> None:
        """What followed an event."""
        self._add(
            "event_result",
            dataset=dataset,
            source_table="results",
            source_id=event_key,
            result="charged",
            occurred_from=DAY,
            event_result_id=f"m/{event_key}",
            delivery_id=self.delivery,
        )

    def place(
        self, uprn: str, address: str, postcode: str, dataset: str = "gazetteer", seal: str | None = None
    ) -> None:
        """A line of the gazetteer."""
        self._add(
            "address_record",
            address_id=self.address(uprn),
            dataset=dataset,
            source_table="rows",
            uprn=uprn,
            address=address,
            postcode=postcode,
            seal=seal,
            row_id=f"m/{uprn}",
            delivery_id=self.delivery,
        )

    def quarantined(self, line: int, row: str) -> None:
        """A row that could not be taken."""
        self._add(
            "quarantine",
            delivery_id=self.delivery,
            file="rows.csv",
            line=line,
            column="born",
            reason="no date",
            rule="not-a-date",
            row=row,
        )

    def said_in_quarantine(self, line: int, row: str) -> None:
        """What such a row said of a person, in the vault."""
        self._add("quarantine_row", delivery_id=self.delivery, file="rows.csv", line=line, row=row)

    def id_of(self, dataset: str, key: str) -> str:
        """The id of a record, by its dataset and its row."""
        return record_id(self.keyring, dataset, "rows", key)

    def address(self, uprn: str | None) -> str | None:
        """The id of an address."""
        return address_id(self.keyring, uprn) if uprn else None

    def deliver(self, dataset: str = "police", agreements: Iterable[str] = ("sharing",)) -> str:
        """Publish what was written as one delivery, with its receipt; the delivery's id."""
        lake, delivery = self.lake, self.delivery
        adds = [self._staged(lake, name, rows, delivery) for name, rows in sorted(self.rows.items()) if rows]
        record = DeliveryRecord(
            delivery_id=delivery,
            dataset=dataset,
            agency=dataset,
            file=f"deliveries/{dataset}/{self.delivered}.csv",
            sha256=f"{self.delivered:064x}",
            bytes=1,
            period="",
            status=DeliveryStatus.ACCEPTED,
            reason="",
            corrects="",
            contract_fingerprint="",
            permit_fingerprint="",
            rows_received=1,
            rows_kept=1,
            rows_quarantined=0,
            agreements=tuple(agreements),
            members=(Member("rows.csv", "rows", "0" * 64, 1, 1, 0),),
        )
        lake.publish(f"delivery {delivery}", adds, (), lambda n: deliveries.record(record, n, (), NOW), NOW)
        self.rows, self.delivered = {}, self.delivered + 1
        return delivery

    def _staged(self, lake: Lake, name: str, rows: list[dict[str, Any]], source: str) -> StagedFile:
        table = LAKE_TABLES[name]
        made = pa.Table.from_pylist(rows, schema=table.schema)
        path = lake.stage()
        lake.write(name, made.sort_by([(one, "ascending") for one in table.sort_key]).to_batches(), path)
        return lake.seal(name, path, source)

    def _person(self, row: str, key: str, dataset: str, said: dict[str, Any]) -> str:
        made = record_id(self.keyring, dataset, "rows", key)
        uprn = said.get("uprn")
        known = {"recorded_at": NOW} | said
        self._add(
            "person_record",
            record_id=made,
            dataset=dataset,
            source_table="rows",
            agency=dataset,
            source_id=key,
            address_id=self.address(uprn),
            row_id=row,
            delivery_id=self.delivery,
            **known,
        )
        return made

    def _event(self, row: str, key: str, dataset: str, uprn: str | None, said: dict[str, Any]) -> None:
        self._add(
            "event",
            event_id=row,
            dataset=dataset,
            source_table="rows",
            source_id=key,
            code="assault",
            scheme="test",
            occurred_from=DAY,
            occurred_to=DAY,
            address_id=self.address(uprn),
            status="fact",
            delivery_id=self.delivery,
            **said,
        )

    def _part(self, row: str, dataset: str, record: str, role: str, **event: Any) -> None:
        self._add(
            "involvement",
            involvement_id=row,
            dataset=dataset,
            source_table="rows",
            record_id=record,
            role=role,
            delivery_id=self.delivery,
            **event,
        )

    def _add(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append(row)
