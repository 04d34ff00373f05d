"""What a good analyst would write by hand for the same question, to measure the product beside.

    python -m bench.by_hand ARCHIVE.zip LSOA.geojson MSOA.geojson WEIGHTS.csv TARGET.parquet

Unzip, read, join points to both kinds of area by geometry, sum records and harm by weight set, area,
month and category, write Parquet. No agreement, no contract, no quarantine, no snapshot, no report.
WEIGHTS.csv has the columns weight_set, code and weight (thousandths; empty where nobody has priced it).
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import shapely

READ = """
    create table crime as
    select strptime(Month, '%Y-%m')::date as month, "Crime type" as code,
        Longitude as longitude, Latitude as latitude
    from read_csv('{files}', header = true, columns = {{
        'Crime ID': 'VARCHAR', 'Month': 'VARCHAR', 'Reported by': 'VARCHAR', 'Falls within': 'VARCHAR',
        'Longitude': 'DOUBLE', 'Latitude': 'DOUBLE', 'Location': 'VARCHAR', 'LSOA code': 'VARCHAR',
        'LSOA name': 'VARCHAR', 'Crime type': 'VARCHAR', 'Last outcome category': 'VARCHAR',
        'Context': 'VARCHAR'
    }})
"""
POINTS = "select distinct longitude, latitude from crime where longitude is not null"
SUMS = """
    copy (
        with placed as (
            select area_kind, month, code,
                case when crime.longitude is null then 'no-coordinates'
                    else coalesce(place.area_id, 'outside') end as area_id
            from crime
            cross join (values ('lsoa11'), ('msoa11')) as kind(area_kind)
            left join place using (area_kind, longitude, latitude)
        ),
        counted as (select area_kind, area_id, month, code, count(*) as records from placed group by all)
        select weight_set, area_kind, area_id, month, code, records,
            (records * coalesce(weight, 0))::bigint as harm
        from counted left join weights using (code)
        order by all
    ) to '{target}' (format parquet)
"""


def areas_of(points: dict[str, np.ndarray], boundaries: Path, kind: str) -> pa.Table:
    """The area that each point lies in; on a shared border, the one with the lowest code."""
    features = json.loads(boundaries.read_text(encoding="utf-8"))["features"]
    codes = np.array([feature["properties"][f"{kind.upper()}CD"] for feature in features])
    order = np.argsort(codes)
    shapes = shapely.from_geojson([json.dumps(features[number]["geometry"]) for number in order])
    where = shapely.points(points["longitude"], points["latitude"])
    point, area = shapely.STRtree(shapes).query(where, predicate="intersects")
    chosen = np.lexsort((area, point))
    point, area = point[chosen], area[chosen]
    point, first = np.unique(point, return_index=True)
    return pa.table(
        {
            "area_kind": pa.array([kind] * len(point)),
            "longitude": points["longitude"][point],
            "latitude": points["latitude"][point],
            "area_id": codes[order][area[first]],
        }
    )


def main(archive: str, lsoa: str, msoa: str, weights: str, target: str) -> None:
    """Answer the question."""
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(scratch, [name for name in packed.namelist() if name.endswith("-street.csv")])
        con = duckdb.connect()
        con.execute(READ.format(files=f"{scratch}/*/*-street.csv"))
        points = con.execute(POINTS).fetchnumpy()
        place = pa.concat_tables(
            [areas_of(points, Path(lsoa), "lsoa11"), areas_of(points, Path(msoa), "msoa11")]
        )
        con.register("place", place)
        con.execute("create table weights as from read_csv(?)", [weights])
        con.execute(SUMS.format(target=target))


if __name__ == "__main__":
    main(*sys.argv[1:])
