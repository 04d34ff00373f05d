"""Tiny tables written as text, so that a spec can be read by somebody who does not program.

    harm_area
    area_id | records | people
    A       | 3       | 1,000
    B       | 1       |

The first line names a table of the lake (or one that is worked out in passing), the second its columns,
and their types come from there. An empty cell is null. A column that may not be null and is not written
gets a stand-in: it plays no part in the example. A boundary is a box: `box west south east north`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import shapely

from roundtable.data.tables import LAKE_TABLES, LakeTable
from roundtable.insight.flags.agreed import FLAG_CODE
from roundtable.insight.harm.counts import AREA_CODE_COUNTS, OBSERVED_CODES
from roundtable.insight.harm.outcome_cases import MEASURED_CODES
from roundtable.insight.places.addresses import ADDRESS_POINTS
from roundtable.insight.places.locate import DISTINCT_POINTS

PASSING = (OBSERVED_CODES, AREA_CODE_COUNTS, MEASURED_CODES, DISTINCT_POINTS, ADDRESS_POINTS, FLAG_CODE)
TABLES = {**LAKE_TABLES, **{table.name: table for table in PASSING}}

#: What stands in for a column that an example does not write.
STAND_INS: dict[str, Any] = {
    "dataset": "crimes",
    "source_table": "street",
    "scheme": "broad",
    "status": "fact",
    "area_kind": "ward",
    "weight_set": "pounds",
    "unit": "GBP",
    "basis": "direct",
    "priced_ppm": 1_000_000,
    "unpriced_records": 0,
    "month": date(2024, 1, 1),
    "geometry": shapely.to_wkb(shapely.box(0, 0, 1, 1)),
}


@dataclass(frozen=True)
class TextTable:
    """A table as it was written: which one, its columns and the text of its cells."""

    table: LakeTable
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]

    def rows(self) -> list[tuple[Any, ...]]:
        """The rows as values of the table's types."""
        readers = [_reader(self.table.schema.field(name)) for name in self.columns]
        return [tuple(read(cell) for read, cell in zip(readers, row, strict=True)) for row in self.cells]

    def arrow(self) -> pa.Table:
        """The table whole, with stand-ins for the columns that were not written."""
        rows = [
            {field.name: _stand_in(field, number) for field in self.table.schema}
            | dict(zip(self.columns, row, strict=True))
            for number, row in enumerate(self.rows(), start=1)
        ]
        return pa.Table.from_pylist(rows, schema=self.table.schema)


def read(text: str) -> TextTable:
    """Read a table from its text.

    Raises:
        ValueError: there is no such table or column, or a row has too many or too few cells.
    """
    name, header, *rows = [line.strip() for line in text.strip().splitlines()]
    if name not in TABLES:
        raise ValueError(f"there is no table '{name}'")
    columns = _cells(header)
    unknown = set(columns) - set(TABLES[name].schema.names)
    if unknown:
        raise ValueError(f"table '{name}' has no column {sorted(unknown)}")
    cells = tuple(_cells(row) for row in rows)
    if wrong := [row for row in cells if len(row) != len(columns)]:
        raise ValueError(f"table '{name}' has {len(columns)} columns and a row {wrong[0]}")
    return TextTable(TABLES[name], columns, cells)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.split("|"))


def _reader(field: pa.Field) -> Callable[[str], Any]:
    def value(cell: str) -> Any:
        return None if cell == "" else _value(cell, field.type)

    return value


def _value(cell: str, kind: pa.DataType) -> Any:
    if pa.types.is_integer(kind):
        return int(cell.replace(",", ""))
    if pa.types.is_boolean(kind):
        return {"yes": True, "no": False}[cell]
    if pa.types.is_decimal(kind):
        return Decimal(cell).quantize(Decimal(1).scaleb(-kind.scale))
    if pa.types.is_date(kind):
        return date.fromisoformat(cell)
    if pa.types.is_timestamp(kind):
        return datetime.fromisoformat(cell).replace(tzinfo=UTC)
    if pa.types.is_binary(kind):
        west, south, east, north = (float(edge) for edge in cell.removeprefix("box ").split())
        return shapely.to_wkb(shapely.box(west, south, east, north))
    return cell


def _stand_in(field: pa.Field, number: int) -> Any:
    if field.nullable:
        return None
    if field.name in STAND_INS:
        return STAND_INS[field.name]
    if pa.types.is_integer(field.type):
        return 0
    if pa.types.is_date(field.type):
        return date(2024, 1, 1)
    if pa.types.is_boolean(field.type):
        return False
    return f"{number}"
