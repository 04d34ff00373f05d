"""Deliveries about people: contracts of person-level tables, keys, and rows of nobody real."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from roundtable.governance.keys import Keyring, KeyVersion
from roundtable.partnership.model.contract import Dataset
from tests.factories_intake import column, contract, csv_rows, table

KEYRING = Keyring("test-ledger", (KeyVersion(1, date(2026, 11, 23), b"first root key of the tests, 32b"),))
ROTATED = Keyring(
    "test-ledger",
    (*KEYRING.versions, KeyVersion(2, date(2026, 12, 1), b"second root key of the tests 32b")),
)
DAY = {"logicalType": "date", "logicalTypeOptions": {"format": "dd/MM/yyyy"}}
STAMP = {"logicalType": "timestamp", "logicalTypeOptions": {"format": "yyyy-MM-dd HH:mm:ss"}}
CRIME_CODES = ["VIO", "THE", "DAM"]


def incident_columns(**changed: dict[str, Any]) -> list[dict[str, Any]]:
    """The columns of a table of incidents with the person each is about; `notes` is never granted."""
    columns = {
        "ref": column("ref", "source_id", primaryKey=True, required=True),
        "code": column("code", "code", codes=CRIME_CODES, required=True),
        "on": column("on", "occurred_from", required=True, **DAY),
        "made": column("made", "recorded_at", **STAMP),
        "where": column("where", "uprn"),
        "part": column("part", "role"),
        "given": column("given", "person.given_name"),
        "family": column("family", "person.surname"),
        "born": column("born", "person.date_of_birth", unknownCodes=["01/01/1900"], **DAY),
        "sex": column("sex", "person.sex", codes=["F", "M"], unknownCodes=["9"]),
        "nhs": column("nhs", "person.nhs_number"),
        "home": column("home", "person.uprn"),
        "postcode": column("postcode", "person.postcode"),
        "weapon": column("weapon", "detail:weapon", codes=["knife", "none"], unknownCodes=["?"]),
        "harm": column("harm", "detail:injury_level", logicalType="integer"),
        "note": column("note"),
    }
    return list((columns | changed).values())


def incidents(id: str = "incidents", **terms: Any) -> Dataset:
    """Incidents by month, each with the person it is about: one table `calls`."""
    base: dict[str, Any] = {
        "canonical": "event",
        "scheme": "test-incidents",
        "role": "victim",
        "periodPattern": r"(?P<period>\d{4}-\d{2})",
        "quarantineLimit": 0.9,
    }
    columns = terms.pop("columns", incident_columns())
    return contract(id, table("calls", columns, **base | terms), subjects="people")


INCIDENT_HEADER = "ref,code,on,made,where,part,given,family,born,sex,nhs,home,postcode,weapon,harm,note"


def incident(ref: str = "i1", **changed: str) -> str:
    """One row of incidents."""
    values = {
        "ref": ref,
        "code": "VIO",
        "on": "03/04/2025",
        "made": "2025-04-04 09:30:00",
        "where": "000999000001",
        "part": "",
        "given": "Quillon",
        "family": "Featherby",
        "born": "17/06/1981",
        "sex": "F",
        "nhs": "999 000 0018",
        "home": "999000000002",
        "postcode": "ZY1 1AA",
        "weapon": "knife",
        "harm": "3",
        "note": "ungranted words",
    }
    return ",".join((values | changed)[name] for name in INCIDENT_HEADER.split(","))


def incident_file(*rows: str) -> bytes:
    """A CSV file of incidents."""
    return csv_rows(*rows, header=INCIDENT_HEADER)


def visits(id: str = "visits", **terms: Any) -> Dataset:
    """A service's visits, to people or to places: one table `visits`."""
    columns: Sequence[dict[str, Any]] = [
        column("id", "source_id", primaryKey=True, required=True),
        column("what", "service", required=True),
        column("from", "started", required=True, **DAY),
        column("to", "ended", **DAY),
        column("how", "result"),
        column("where", "uprn"),
        column("name", "person.full_name"),
        column("alarm", "detail:alarm_fitted", logicalType="boolean"),
    ]
    base: dict[str, Any] = {"canonical": "contact", "scheme": "test-services", "quarantineLimit": 0.9}
    return contract(id, table("visits", columns, **base | terms), subjects="people", created_by="police")


def gazetteer(id: str = "gazetteer", **terms: Any) -> Dataset:
    """Addresses with their coordinates: one table `places`, sent whole."""
    columns: Sequence[dict[str, Any]] = [
        column("uprn", "uprn", primaryKey=True, required=True),
        column("line", "address"),
        column("postcode", "postcode"),
        column("east", "longitude", logicalType="number"),
        column("north", "latitude", logicalType="number"),
        column("kind", "kind"),
    ]
    base: dict[str, Any] = {"canonical": "address_record", "quarantineLimit": 0.9}
    return contract(id, table("places", columns, **base | terms), subjects="properties", created_by="police")


def parts(id: str = "parts", **terms: Any) -> Dataset:
    """Who was in which incident, apart from the incidents: one table `parts`."""
    columns: Sequence[dict[str, Any]] = [
        column("id", "source_id", primaryKey=True, required=True),
        column("incident", "event_source_id", required=True),
        column("part", "role", required=True),
        column("name", "person.full_name"),
        column("tries", "detail:attempts", logicalType="integer"),
    ]
    base: dict[str, Any] = {"canonical": "involvement", "quarantineLimit": 0.9}
    return contract(id, table("parts", columns, **base | terms), subjects="people", created_by="police")


def register(id: str = "register", **terms: Any) -> Dataset:
    """People on a service's books, sent night by night as they change: one table `people`."""
    columns: Sequence[dict[str, Any]] = [
        column("id", "source_id", primaryKey=True, required=True),
        column("changed", "recorded_at", **STAMP),
        column("state", "withdrawn", withdrawnCodes=["deleted"]),
        column("name", "person.full_name", required=True),
    ]
    base: dict[str, Any] = {"canonical": "person_record", "arrives": "increments", "quarantineLimit": 0.9}
    return contract(id, table("people", columns, **base | terms), subjects="people", created_by="police")
