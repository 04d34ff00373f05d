"""The script by hand, which the product is measured against and compared with, on a case one can count."""

import json
import zipfile
from pathlib import Path

import duckdb
import pytest

from bench.by_hand import main
from bench.totals import compare, write_weights

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
POINTS = {
    "west": "-1.500000,54.100000",
    "border": "-1.000000,54.100000",
    "far": "3.000000,50.000000",
    "none": ",",
}


def _crime(point: str, code: str) -> str:
    return f",2024-01,a,a,{POINTS[point]},On or near,,,{code},,"


def _square(west: float) -> list[list[list[float]]]:
    east = west + 1
    return [[[west, 54], [east, 54], [east, 55], [west, 55], [west, 54]]]


def _boundaries(file: Path, kind: str, areas: dict[str, float]) -> Path:
    features = [
        {"properties": {f"{kind}CD": code}, "geometry": {"type": "Polygon", "coordinates": _square(west)}}
        for code, west in areas.items()
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """What it answers about five crimes, two small areas and a large one that covers one of them."""
    rows = [_crime(point, "Burglary") for point in POINTS] + [_crime("west", "Drugs")]
    with zipfile.ZipFile(tmp_path / "crime.zip", "w") as archive:
        archive.writestr("2024-01/2024-01-x-street.csv", "\n".join([HEADER, *rows, ""]))
        archive.writestr("2024-01/2024-01-x-outcomes.csv", "not,street\n")
    lsoa = _boundaries(tmp_path / "lsoa.geojson", "LSOA11", {"E2": -1, "E1": -2})
    msoa = _boundaries(tmp_path / "msoa.geojson", "MSOA11", {"E9": -2})
    weights = tmp_path / "weights.csv"
    weights.write_text(
        "weight_set,code,weight\ncount,Burglary,1000\ncount,Drugs,1000\nprice,Burglary,5930\nprice,Drugs,\n"
    )
    target = tmp_path / "sums.parquet"
    main(*map(str, (tmp_path / "crime.zip", lsoa, msoa, weights, target)))
    return target


def test_it_counts_what_one_can_count(answered: Path) -> None:
    rows = duckdb.execute(
        "select area_kind, area_id, code, records, harm from read_parquet(?)"
        " where weight_set = 'price' order by all",
        [str(answered)],
    ).fetchall()
    assert rows == [
        ("lsoa11", "E1", "Burglary", 2, 11860),
        ("lsoa11", "E1", "Drugs", 1, 0),
        ("lsoa11", "no-coordinates", "Burglary", 1, 5930),
        ("lsoa11", "outside", "Burglary", 1, 5930),
        ("msoa11", "E9", "Burglary", 2, 11860),
        ("msoa11", "E9", "Drugs", 1, 0),
        ("msoa11", "no-coordinates", "Burglary", 1, 5930),
        ("msoa11", "outside", "Burglary", 1, 5930),
    ]


def _product(folder: Path, sums: Path, change: str) -> Path:
    table = folder / ".roundtable" / "lake" / "harm_area_month"
    table.mkdir(parents=True)
    duckdb.execute(
        f"copy (select 'police-uk' as dataset, * replace ({change}) from read_parquet('{sums}'))"
        f" to '{table / 'a.parquet'}' (format parquet)"
    )
    return folder


def test_equal_sums_compare_equal(answered: Path, tmp_path: Path) -> None:
    assert compare(_product(tmp_path / "same", answered, "harm as harm"), answered) == 0


@pytest.mark.parametrize("change", ["harm + 1 as harm", "records - 1 as records", "'E9' as area_id"])
def test_a_sum_that_differs_is_seen(change: str, answered: Path, tmp_path: Path) -> None:
    assert compare(_product(tmp_path / "other", answered, change), answered) == 1


def test_it_weighs_as_the_product_does(tmp_path: Path) -> None:
    table = tmp_path / ".roundtable" / "lake" / "harm_weight"
    table.mkdir(parents=True)
    duckdb.execute(
        "copy (from (values ('count', 'police-uk-category', 'Drugs', 1000), ('days', 'other', 'Drugs', 7),"
        " ('price', 'police-uk-category', 'Drugs', null)) as t(weight_set, scheme, code, weight))"
        f" to '{table / 'a.parquet'}' (format parquet)"
    )
    write_weights(tmp_path, tmp_path / "weights.csv")
    assert (
        tmp_path / "weights.csv"
    ).read_text() == "weight_set,code,weight\ncount,Drugs,1000\nprice,Drugs,\n"
