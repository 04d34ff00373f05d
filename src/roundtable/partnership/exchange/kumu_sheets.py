"""Kumu's workbook: a sheet `Elements` and a sheet `Connections`, `|` between many values of one cell.

Column names are those of Kumu's guide to imports. A connection without a direction points neither way
until somebody says so: what Kumu then draws is a setting of the map, which the workbook does not hold.
"""

from __future__ import annotations

from roundtable.partnership.exchange.building import Reading
from roundtable.partnership.exchange.faults import Faults
from roundtable.partnership.exchange.foreign_map import ForeignMap, Heading
from roundtable.partnership.exchange.losses import Holding, losses
from roundtable.partnership.exchange.records import Names, Part
from roundtable.partnership.exchange.sheets import TwoSheets, length_losses
from roundtable.partnership.exchange.workbook import Sheets, write_workbook

FORM = TwoSheets(
    "Kumu",
    "Elements",
    "Connections",
    Names(
        {
            Part.ID: ("ID",),
            Part.LABEL: ("Label",),
            Part.KIND: ("Type",),
            Part.NOTE: ("Description",),
            Part.STYLE: ("Style",),
            Part.X: ("x",),
            Part.Y: ("y",),
        }
    ),
    Names(
        {
            Part.FROM: ("From",),
            Part.TO: ("To",),
            Part.HEADING: ("Direction",),
            Part.STYLE: ("Type",),
            Part.LABEL: ("Label",),
            Part.NOTE: ("Description",),
            Part.SIGN: ("Sign", "Polarity"),
            Part.LOW: ("Strength low",),
            Part.HIGH: ("Strength high",),
            Part.DELAY: ("Delay",),
        },
        {"id": "", "_id": ""},
    ),
    Reading(many_ends=True, unsaid=Heading.UNDIRECTED),
)
MISSING = frozenset({Holding.LOOPS})


def read_kumu_sheets(sheets: Sheets, faults: Faults) -> ForeignMap:
    """The map of a workbook that Kumu saved, or that somebody wrote for it."""
    return FORM.read(sheets.title, sheets.by_name, faults)


def write_kumu_sheets(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    """The workbook, and what it does not hold of the map."""
    ids = {factor.id: factor.id for factor in map.factors}
    factors, links = FORM.tables(map, ids)
    told = losses(map, MISSING, "Kumu's workbook")
    if any("|" in text for text in ids):
        told += ("Kumu separates many values by '|', and some ids hold one: it will take those apart.",)
    content = write_workbook(map.title, {FORM.factors_sheet: factors, FORM.links_sheet: links})
    return content, (*told, *length_losses((factors, links)))
