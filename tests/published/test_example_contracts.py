"""Every contract that ships is valid ODCS 3.1, and the open ones fit the files that are published."""

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator
from pydantic import TypeAdapter

from roundtable.partnership.model.contract import Dataset, Table
from roundtable.partnership.yaml_source import read_yaml
from tests.conftest import ROOT, SHARED_DATA

EXAMPLE = ROOT / "examples" / "north-yorkshire" / "datasets"
TEMPLATE = ROOT / "src" / "roundtable" / "partnership" / "template"
STARTER = TEMPLATE.with_name("template_property_flags")
CONTRACTS = sorted(
    [*EXAMPLE.glob("*.yaml"), *TEMPLATE.glob("**/datasets/*.yaml"), *STARTER.glob("datasets/*.yaml")]
)
PLACE = SHARED_DATA / "place"
ARCHIVE = PLACE / "police_uk_north_yorkshire.zip"

pytestmark = pytest.mark.real


def _read(path: Path) -> Any:
    return read_yaml(path.read_bytes(), path.name).value


def _table(dataset_id: str, name: str) -> Table:
    dataset = TypeAdapter(Dataset).validate_python(_read(EXAMPLE / f"{dataset_id}.yaml"))
    table = dataset.table(name)
    assert table is not None
    return table


def _headers(table: Table) -> list[str]:
    return [column.header for column in table.properties]


def _members(pattern: str) -> Iterator[tuple[str, list[list[str]]]]:
    with zipfile.ZipFile(ARCHIVE) as archive:
        for name in archive.namelist():
            if fnmatch(Path(name).name, pattern):
                rows = csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))
                yield Path(name).name, list(rows)


def test_the_example_has_contracts_to_check() -> None:
    assert len(list(EXAMPLE.glob("*.yaml"))) >= 20


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_a_contract_is_valid_odcs(path: Path) -> None:
    schema = json.loads((SHARED_DATA / "schemas" / "odcs-3.1.0.json").read_text(encoding="utf-8"))
    errors = [
        f"{error.json_path}: {error.message}"
        for error in Draft201909Validator(schema).iter_errors(_read(path))
    ]

    assert not errors, "\n".join(errors)


def test_the_check_sees_a_contract_that_is_not_valid() -> None:
    schema = json.loads((SHARED_DATA / "schemas" / "odcs-3.1.0.json").read_text(encoding="utf-8"))
    wrong = _read(EXAMPLE / "police-uk.yaml") | {"lawfulBasis": "6(1)(e)"}
    del wrong["version"]

    said = " ".join(error.message for error in Draft201909Validator(schema).iter_errors(wrong))

    assert "'version' is a required property" in said
    assert "'lawfulBasis' was unexpected" in said


@pytest.mark.parametrize(("table_name", "files"), [("street", 13), ("outcomes", 4)])
def test_the_police_contract_fits_the_published_archive(table_name: str, files: int) -> None:
    table = _table("police-uk", table_name)
    members = list(_members(table.physical_name or ""))

    assert len(members) == files
    for name, rows in members:
        assert rows[0] == _headers(table), name
        found = re.search(table.terms.period_pattern or "", name)
        assert found and {row[1] for row in rows[1:]} == {found["period"]}, name


def test_the_police_categories_are_the_published_ones() -> None:
    table = _table("police-uk", "street")
    column = next(column for column in table.properties if column.terms.canonical == "code")
    position = _headers(table).index(column.header)
    published = {row[position] for _, rows in _members("*-street.csv") for row in rows[1:]}

    assert set(column.terms.codes) == published
    assert len(column.terms.codes) == 14


@pytest.mark.parametrize(
    ("dataset_id", "table_name", "file"),
    [
        ("population-lsoa11", "population", "ny_population2020_lsoa11_by_age.csv.gz"),
        ("deprivation-lsoa11", "deprivation", "england_imd2019_lsoa11.csv.gz"),
    ],
)
def test_an_area_contract_fits_its_published_file(dataset_id: str, table_name: str, file: str) -> None:
    table = _table(dataset_id, table_name)
    with gzip.open(PLACE / file, "rt", encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))

    assert sorted(header) == sorted(_headers(table))
    assert fnmatch(file, table.physical_name or "")


@pytest.mark.parametrize(
    ("dataset_id", "file", "areas"),
    [("boundaries-lsoa11", "ny_lsoa11.geojson", 493), ("boundaries-msoa11", "ny_msoa11.geojson", 100)],
)
def test_a_boundary_contract_fits_its_published_file(dataset_id: str, file: str, areas: int) -> None:
    table = _table(dataset_id, "areas")
    features = json.loads((PLACE / file).read_text(encoding="utf-8"))["features"]

    assert len(features) == areas
    assert all(list(feature["properties"]) == _headers(table) for feature in features)
