"""A whole run of a made-up town: two square areas, a dozen records, and one delivery that is refused."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import Any
from unittest.mock import patch

from roundtable import pipeline
from roundtable.data.engine import EngineName
from roundtable.ledger.address import private_folder
from roundtable.ledger.database import close_ledger
from roundtable.steps import key
from tests.faults.observing import Observation, observe_store
from tests.town import Town

DAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
CODES = ("Burglary", "Robbery", "Anti-social behaviour")
#: Two in the first area, one in the second, one outside both, and one without a place.
POINTS = (("-1.05", "54.05"), ("-1.05", "54.05"), ("-0.95", "54.05"), ("0.5", "54.05"), ("", ""))

CONTRACT = """
    apiVersion: v3.1.0
    kind: DataContract
    id: {id}
    version: 1.0.0
    status: active
    name: {id}
    description: {{purpose: Say which area is which., limitations: Made up.}}
    schema:
      - name: rows
        physicalName: '{pattern}'
        description: One row for each area.
        properties:
    {columns}
        customProperties: [{{property: roundtable, value: {{{terms}}}}}]
    customProperties:
      - property: roundtable
        value:
          createdBy: police-uk
          consumedBy: [{{agency: council, decision: Where to meet, frequency: yearly}}]
          subjects: areas
          specialCategory: false
          criminalOffence: false
          timelinessDays: unknown
"""
COLUMN = """\
      - name: {name}
        logicalType: {kind}
        required: true
        customProperties: [{{property: roundtable, value: {{canonical: {canonical}}}}}]"""


def town_with_data(parent: Path) -> Path:
    """The folder of a town whose open data have been delivered and not yet been received."""
    town = Town.built_in(parent)
    areas = [("Code", "string", "area_id"), ("Name", "string", "name")]
    _agree(town, "boundaries", "*.geojson", areas, "canonical: area, format: geojson, areaKind: lsoa11")
    people = [("Code", "string", "area_id"), ("People", "number", "people")]
    terms = "canonical: area_population, areaKind: lsoa11, asOf: 2020-06-30"
    _agree(town, "population", "*.csv", people, terms)
    town.write("deliveries/boundaries/squares.geojson", squares())
    town.write("deliveries/population/people.csv", "Code,People\nA,1500\nB,1600\n")
    town.write("deliveries/street-crime/2026-01.zip", _archive())
    town.write("deliveries/street-crime/2026-03-street.csv", "Crime ID,Month\nx,2026-03\n")
    return town.folder


def run_whole(folder: Path) -> None:
    """The run, on a day that never changes."""
    with unchanging_code():
        pipeline.run(folder, engine=EngineName.DUCKDB, clock=_day, progress=_silent)
    close_ledger()


@contextmanager
def unchanging_code() -> Iterator[None]:
    """While the block lasts, the code has a name that does not depend on what somebody edits meanwhile."""
    with patch.object(pipeline, "code_fingerprint", _code), patch.object(key, "code_fingerprint", _code):
        yield


def _code() -> str:
    return "c" * 64


def observe_run(folder: Path) -> Observation:
    """The store, and the page that the run ends with."""
    page = private_folder(folder) / pipeline.REPORT
    return {**observe_store(folder), "report": hashlib.sha256(page.read_bytes()).hexdigest()}


def _day() -> datetime:
    return DAY


def _silent(_told: str) -> None:
    return None


def _agree(town: Town, dataset: str, pattern: str, columns: list[tuple[str, str, str]], terms: str) -> None:
    listed = "\n    ".join(
        COLUMN.format(name=name, kind=kind, canonical=canonical).replace("\n", "\n    ")
        for name, kind, canonical in columns
    )
    contract = CONTRACT.format(id=dataset, pattern=pattern, columns=listed, terms=terms)
    town.write(f"datasets/{dataset}.yaml", dedent(contract).lstrip())
    agreed = (town.folder / "agreements" / "open-street-crime.yaml").read_text(encoding="utf-8")
    granted = f"columns: [{', '.join(name for name, _, _ in columns)}]"
    agreed = agreed.replace("columns: [Crime ID, Month, Longitude, Latitude, Crime type]", granted)
    agreed = agreed.replace("street-crime\n    table: street", f"{dataset}\n    table: rows")
    town.write(
        f"agreements/open-{dataset}.yaml", agreed.replace("id: open-street-crime", f"id: open-{dataset}")
    )


def squares() -> str:
    """Two square areas as GeoJSON."""
    features = [_square(code, west) for code, west in (("A", -1.1), ("B", -1.0))]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _square(code: str, west: float) -> dict[str, Any]:
    east, south, north = round(west + 0.1, 1), 54.0, 54.1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"Code": code, "Name": f"Square {code}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _archive() -> bytes:
    """Two months; the last row of each has a month that is none, and goes to quarantine."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for month in ("2026-01", "2026-02"):
            rows = [_record(month, number) for number in range(10)] + [_record("January", 10)]
            # A time of its own would make an archive of other bytes each second.
            member = zipfile.ZipInfo(f"{month}-street.csv")
            archive.writestr(member, "\n".join((HEADER, *rows)) + "\n")
    return held.getvalue()


def _record(month: str, number: int) -> str:
    longitude, latitude = POINTS[number % len(POINTS)]
    code = CODES[number % len(CODES)]
    return f"{month}-{number},{month},Force,Force,{longitude},{latitude},,,,{code},,"
