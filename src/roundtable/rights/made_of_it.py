"""What was made of a person's records: tables in which a row names their home or counts what they were in.

A row names a home by its address, and counts an event by the dataset, the code, the month and the area: only
tables with such a row are told, with how many. What compares areas or sums with each other names and counts
no record, and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from roundtable.data.lake_file import LakeFile
from roundtable.data.subjects.records import batches_of, isin
from roundtable.insight.flags.overlap import BETWEEN
from roundtable.ledger import deliveries
from roundtable.rights.office import Office

_FLAG = "flag"
_CODES_BETWEEN = "|"
Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Basis:
    """By what a row of a made table is about the person.

    Attributes:
        addresses: the ids of addresses that their records, contacts and events give.
        datasets: the datasets that hold their records.
        events: of each of their events its dataset, table, code, month and areas.
        flagged: the agencies that flagged their homes, home by home, as `flag_overlap` writes them.
    """

    addresses: frozenset[str]
    datasets: frozenset[str]
    events: tuple[tuple[str, str, str, date, frozenset[str]], ...]
    flagged: frozenset[str] = frozenset()


def made_of_it(office: Office, events: Rows, records: Rows) -> list[dict[str, Any]]:
    """The made tables that name or count a person, in words, with how many rows do.

    Args:
        office: with the keys.
        events: the person's events as they stand in the lake.
        records: the person's records.
    """
    events, records = list(events), list(records)
    brought = {str(row["delivery_id"]) for row in (*events, *records)}
    listed = office.lake.listed()
    since = min((file.added for file in listed if file.source in brought), default=None)
    if since is None:
        return []
    sent = {one.delivery_id for one in deliveries.every_delivery()}
    files: dict[str, list[LakeFile]] = {}
    for file in listed:
        if file.source not in sent and file.added > since:
            files.setdefault(file.table, []).append(file)
    basis = _basis(office, files, events, records)
    told = []
    for table, (about, what) in TOLD.items():
        rows = _count(office, files.get(table, ()), basis, about)
        if rows:
            told.append({"table": table, "what": what, "rows": rows})
    return told


def _basis(office: Office, files: Mapping[str, list[LakeFile]], events: Rows, records: Rows) -> Basis:
    addresses = frozenset(
        str(row["address_id"]) for row in (*events, *records) if row["address_id"] is not None
    )
    lies_in = _areas(office, files, events, addresses)
    happened = tuple(
        (
            str(row["dataset"]),
            str(row["source_table"]),
            str(row["code"]),
            row["occurred_from"].replace(day=1),
            frozenset().union(*(lies_in.get(key, frozenset()) for key in _places_of(row))),
        )
        for row in events
    )
    datasets = frozenset(str(row["dataset"]) for row in (*events, *records))
    return Basis(addresses, datasets, happened, _flagged(office, files, addresses))


def _places_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["area_id"], row["address_id"], (row["longitude"], row["latitude"]))


def _areas(
    office: Office, files: Mapping[str, list[LakeFile]], events: Rows, addresses: frozenset[str]
) -> dict[Any, frozenset[str]]:
    """The areas in which each of the events' places lies: an area itself, an address, a point."""
    found: dict[Any, set[str]] = {}
    points = {(row["longitude"], row["latitude"]) for row in events if row["longitude"] is not None}
    for row in events:
        if row["area_id"] is not None:
            found.setdefault(row["area_id"], set()).add(row["area_id"])
    for batch in batches_of(office.lake, files.get("address_place", ())):
        for row in batch.rows.filter(isin(batch.rows.column("address_id"), addresses)).to_pylist():
            found.setdefault(row["address_id"], set()).add(row["area_id"])
    for batch in batches_of(office.lake, files.get("place_area", ()) if points else ()):
        near = isin(batch.rows.column("longitude"), {longitude for longitude, _ in points})
        for row in batch.rows.filter(near).to_pylist():
            if (row["longitude"], row["latitude"]) in points:
                found.setdefault((row["longitude"], row["latitude"]), set()).add(row["area_id"])
    return {place: frozenset(areas - {None}) for place, areas in found.items()}


def _flagged(
    office: Office, files: Mapping[str, list[LakeFile]], addresses: frozenset[str]
) -> frozenset[str]:
    by_home: dict[str, set[str]] = {}
    for batch in batches_of(office.lake, files.get("property_flags", ())):
        for row in batch.rows.filter(isin(batch.rows.column("address_id"), addresses)).to_pylist():
            if row["kind"] == _FLAG:
                by_home.setdefault(row["address_id"], set()).add(row["agency"])
    return frozenset(BETWEEN.join(sorted(agencies)) for agencies in by_home.values())


def _count(
    office: Office, files: Iterable[LakeFile], basis: Basis, about: Callable[[Basis, pa.Table], int]
) -> int:
    return sum(about(basis, batch.rows) for batch in batches_of(office.lake, files))


def _of_addresses(basis: Basis, rows: pa.Table) -> int:
    return int(pc.sum(isin(rows.column("address_id"), basis.addresses)).as_py() or 0)


def _of_flags(basis: Basis, rows: pa.Table) -> int:
    """Flags of the person's homes from datasets that hold the person: others may be about others there."""
    mine = rows.filter(isin(rows.column("address_id"), basis.addresses))
    return int(pc.sum(isin(mine.column("dataset"), basis.datasets)).as_py() or 0)


def _of_overlap(basis: Basis, rows: pa.Table) -> int:
    return int(pc.sum(isin(rows.column("agencies"), basis.flagged)).as_py() or 0)


def _of_codes(basis: Basis, rows: pa.Table) -> int:
    wanted = {(dataset, code) for dataset, _, code, _, _ in basis.events}
    return _matching(rows, ("dataset", "code"), wanted)


def _of_areas(basis: Basis, rows: pa.Table) -> int:
    wanted = {(dataset, area) for dataset, _, _, _, areas in basis.events for area in areas}
    return _matching(rows, ("dataset", "area_id"), wanted)


def _of_months(basis: Basis, rows: pa.Table) -> int:
    wanted = {
        (dataset, code, month, area) for dataset, _, code, month, areas in basis.events for area in areas
    }
    return _matching(rows, ("dataset", "code", "month", "area_id"), wanted)


def _of_outcomes(basis: Basis, rows: pa.Table) -> int:
    events = {(dataset, table, code) for dataset, table, code, _, _ in basis.events}
    return sum(
        any(
            (row["dataset"], row["source_table"], code) in events
            for code in row["codes"].split(_CODES_BETWEEN)
        )
        for row in rows.select(["dataset", "source_table", "codes"]).to_pylist()
    )


def _matching(rows: pa.Table, columns: tuple[str, ...], wanted: set[tuple[Any, ...]]) -> int:
    for place, column in enumerate(columns):
        rows = rows.filter(isin(rows.column(column), {one[place] for one in wanted}))
    listed = zip(*(rows.column(column).to_pylist() for column in columns), strict=True)
    return sum(one in wanted for one in listed)


_COUNTS = "something you were in counts"
#: How each made table can be about somebody, and what the person is told of it.
TOLD: Mapping[str, tuple[Callable[[Basis, pa.Table], int], str]] = {
    "address_place": (
        _of_addresses,
        "The areas in which your address lies, or that of something you were in.",
    ),
    "property_flags": (_of_flags, "Flags of your home, and visits, by services that hold a record of you."),
    "flag_overlap": (_of_overlap, "How many homes the same services have flagged; yours is one of them."),
    "harm_area_month": (_of_months, f"Sums of what happened in an area in a month; {_COUNTS}."),
    "harm_area": (_of_areas, f"Sums of what happened in an area over all years; {_COUNTS}."),
    "harm_code": (_of_codes, f"Sums of what happened by kind; {_COUNTS}."),
    "outcome_cases": (_of_outcomes, f"How many cases of a kind there are in a year; {_COUNTS}."),
}
