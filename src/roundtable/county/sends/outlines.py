"""The outlines of the county's small areas, and of the larger areas that groups of them make, as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import shapely

from roundtable.county.places.county_map import CountyMap
from roundtable.partnership.model.contract import Dataset, Table
from roundtable.partnership.model.contract_terms import FileFormat

#: Small areas to a larger one: about as many as the census puts into a middle layer area.
_GROUP = 4
_DECIMALS = 6
_SMALL, _LARGE = "lsoa11", "msoa11"


def outline_files(
    datasets: Sequence[Dataset], county_map: CountyMap
) -> Iterator[tuple[str, str, str, bytes, int]]:
    """The GeoJSON files that the contracts ask for: dataset, table, file name, bytes and how many areas.

    Args:
        datasets: the folder's contracts.
        county_map: the county's areas.
    """
    for dataset in sorted(datasets, key=lambda one: one.id):
        for table in dataset.schema_:
            if table.terms.format is FileFormat.GEOJSON and table.terms.area_kind in (_SMALL, _LARGE):
                features = _features(table, county_map)
                if features:
                    whole = {"type": "FeatureCollection", "features": features}
                    content = json.dumps(whole, separators=(",", ":"), ensure_ascii=False).encode()
                    yield (
                        dataset.id,
                        table.name,
                        f"synthetic_{table.terms.area_kind}.geojson",
                        content,
                        len(features),
                    )


def _features(table: Table, county_map: CountyMap) -> list[dict[str, object]]:
    small = table.terms.area_kind == _SMALL
    rows = county_map.areas.to_pylist()
    groups = [[number] for number in range(len(rows))] if small else _groups(county_map.areas)
    return [
        _feature(
            table, [rows[number] for number in group], [county_map.outlines[number] for number in group], at
        )
        for at, group in enumerate(groups)
    ]


def _groups(areas: pa.Table) -> list[list[int]]:
    """Small areas of one settlement, four by four in the order of their codes."""
    settled: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(areas.select(["district", "settlement"]).to_pylist()):
        settled.setdefault((row["district"], row["settlement"]), []).append(number)
    return [
        numbers[first : first + _GROUP]
        for _, numbers in sorted(settled.items())
        for first in range(0, len(numbers), _GROUP)
    ]


def _feature(
    table: Table, rows: list[dict[str, str]], outlines: list[np.ndarray], number: int
) -> dict[str, object]:
    whole = shapely.union_all([shapely.Polygon(outline) for outline in outlines])
    shape = shapely.set_precision(whole, 10.0**-_DECIMALS)
    larger = len(rows) > 1 or table.terms.area_kind == _LARGE
    values = {
        "area_id": f"SYNM{number:05d}" if larger else rows[0]["area"],
        "name": f"{rows[0]['settlement']} {number + 1:03d} (synthetic, larger)"
        if larger
        else rows[0]["name"],
    }
    said = {
        column.header: values.get(column.terms.canonical or "", rows[0]["district"])
        for column in table.properties
    }
    return {"type": "Feature", "properties": said, "geometry": json.loads(shapely.to_geojson(shape))}
