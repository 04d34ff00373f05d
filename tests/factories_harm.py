"""Small made-up figures: six square areas, three kinds of record, four months with a gap between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import shapely

from roundtable.data.tables import LAKE_TABLES
from roundtable.report.contents import HarmFigures

DATASET = "street"
KIND = "lsoa11"
MONTHS = (date(2024, 1, 1), date(2024, 2, 1), date(2024, 5, 1), date(2024, 6, 1))
AREAS = {f"E{number}": f"{'Aytown' if number <= 3 else 'Beeville'} 00{number}A" for number in range(1, 7)}
#: Records of each kind in each area, in every month held.
RECORDS = {
    "E1": {"violence": 40, "theft": 20, "nuisance": 25},
    "E2": {"violence": 4, "theft": 4, "nuisance": 2},
    "E3": {"violence": 10, "theft": 30, "nuisance": 5},
    "E4": {"violence": 2, "theft": 3, "nuisance": 1},
    "E5": {"violence": 1, "theft": 0, "nuisance": 0},
    "E6": {},
    "outside": {"theft": 1},
    "no-coordinates": {"theft": 2},
}
PEOPLE = {"E1": 1500, "E2": 1600, "E3": 1700, "E4": 1800, "E5": 1900}
#: Thousandths; a kind that is not here is unpriced.
WEIGHTS = {
    "count": {"violence": 1000, "theft": 1000, "nuisance": 1000},
    "costs": {"violence": 8_000_000, "theft": 900_000},
}


def lake_table(name: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as a table of the lake; a column that no row names is null."""
    return pa.Table.from_pylist(rows, schema=LAKE_TABLES[name].schema)


def square(west: float, south: float, side: float = 0.1) -> bytes:
    """A square area in degrees, as WKB."""
    box: bytes = shapely.to_wkb(shapely.box(west, south, west + side, south + side))
    return box


def boundaries() -> pa.Table:
    """The six areas, in two rows of three."""
    return lake_table(
        "area",
        [
            {
                "area_kind": KIND,
                "area_id": area_id,
                "name": name,
                "geometry": square(-1.5 + 0.1 * (place % 3), 54.0 + 0.1 * (place // 3)),
                "delivery_id": "d",
            }
            for place, (area_id, name) in enumerate(AREAS.items())
        ],
    )


def figures(**changes: Any) -> HarmFigures:
    """The measured tables that follow from RECORDS, WEIGHTS and MONTHS."""
    made = HarmFigures(
        harm_area=lake_table("harm_area", [row for weights in WEIGHTS for row in _by_area(weights)]),
        harm_code=lake_table("harm_code", [row for weights in WEIGHTS for row in _by_code(weights)]),
        harm_area_month=lake_table("harm_area_month", [row for one in WEIGHTS for row in _by_month(one)]),
        concentration=lake_table("concentration", _concentration()),
        ranking_agreement=lake_table(
            "ranking_agreement",
            [
                {
                    "dataset": DATASET,
                    "area_kind": KIND,
                    "first_set": "costs",
                    "second_set": "count",
                    "areas": 6,
                    "spearman_ppm": 942_857,
                    "kendall_tau_b_ppm": 866_667,
                    "top25_in_common": 6,
                }
            ],
        ),
        area=boundaries(),
        population_as_of=date(2020, 6, 30),
    )
    return replace(made, **changes)


def _key(weights: str) -> dict[str, Any]:
    return {"weight_set": weights, "dataset": DATASET}


def _cell(weights: str, code: str, records: int) -> dict[str, int]:
    weight = WEIGHTS[weights].get(code)
    return {
        "records": records,
        "unpriced_records": records if weight is None else 0,
        "harm": records * (weight or 0),
    }


def _sum(cells: list[dict[str, int]]) -> dict[str, int]:
    return {name: sum(cell[name] for cell in cells) for name in ("records", "unpriced_records", "harm")}


def _area_sum(weights: str, area_id: str) -> dict[str, int]:
    return _sum([_cell(weights, code, n * len(MONTHS)) for code, n in RECORDS[area_id].items()])


def _shares(sums: dict[str, int], whole: dict[str, int]) -> dict[str, int]:
    return {
        f"{name}_ppm": sums[name] * 1_000_000 // whole[name] if whole[name] else 0
        for name in ("records", "harm")
    }


def _by_area(weights: str) -> list[dict[str, Any]]:
    sums = {area_id: _area_sum(weights, area_id) for area_id in RECORDS}
    whole = _sum(list(sums.values()))
    ordered = sorted(sums, key=lambda one: (one not in AREAS, -sums[one]["harm"], one))
    rows = []
    for rank, area_id in enumerate(ordered, start=1):
        people = PEOPLE.get(area_id)
        rates = {
            f"{name}_per_1000_year": sums[area_id][name] * scale * 3 // people if people else None
            for name, scale in (("records", 1_000_000), ("harm", 1000))
        }
        place = {"area_kind": KIND, "area_id": area_id, "people": people, "months": len(MONTHS), "rank": rank}
        rows.append(_key(weights) | place | sums[area_id] | rates | _shares(sums[area_id], whole))
    return rows


def _by_code(weights: str) -> list[dict[str, Any]]:
    sums = {
        code: _cell(weights, code, sum(area.get(code, 0) for area in RECORDS.values()) * len(MONTHS))
        for code in WEIGHTS["count"]
    }
    whole = _sum(list(sums.values()))
    return [_key(weights) | {"code": code} | one | _shares(one, whole) for code, one in sums.items()]


def _by_month(weights: str) -> list[dict[str, Any]]:
    return [
        _key(weights)
        | {"area_kind": KIND, "area_id": area_id, "month": month, "code": code}
        | _cell(weights, code, records)
        for area_id, kinds in RECORDS.items()
        for month in MONTHS
        for code, records in kinds.items()
    ]


def concentration_row(weights: str, percent: int, share: int, null: str, *interval: int) -> dict[str, Any]:
    """One share of the top areas; the interval is its low end, its mean and its high end."""
    low, mean, high = interval or (None, None, None)
    return _key(weights) | {
        "area_kind": KIND,
        "top_percent": percent,
        "areas": 1,
        "share_ppm": share,
        "null_model": null,
        "null_mean_ppm": mean,
        "null_low_ppm": low,
        "null_high_ppm": high,
        "simulations": 200 if interval else 0,
    }


def _concentration() -> list[dict[str, Any]]:
    return [
        row
        for percent, count, share in ((1, 500_000, 620_000), (5, 500_000, 620_000), (10, 500_000, 620_000))
        for row in (
            concentration_row("count", percent, count, "none"),
            concentration_row("costs", percent, share, "shuffled", 480_000, 500_000, 520_000),
            concentration_row("costs", percent, share, "mixed_severity", 600_000, 640_000, 680_000),
        )
    ]
