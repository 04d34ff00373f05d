"""PRSM's Excel workbook: a sheet `Factors` and a sheet `Links`, whose links name factors by their labels.

The columns are those that PRSM's manual names (Label, Note or Description, Style, x, y; From and To); a
style is a number there, and `groupLabel` beside it is its name. Any other column is an attribute, and so
are Kind, Sign, Strength low, Strength high, Delay and Direction, by which a map comes back whole.
"""

from __future__ import annotations

import re
from dataclasses import replace

from roundtable.partnership.exchange.building import Reading
from roundtable.partnership.exchange.faults import Faults
from roundtable.partnership.exchange.foreign_map import ForeignFactor, ForeignMap, in_one_line
from roundtable.partnership.exchange.losses import Holding, losses
from roundtable.partnership.exchange.prsm_styles import LINKS, NODES, Slots
from roundtable.partnership.exchange.records import Names, Part
from roundtable.partnership.exchange.sheets import Table, TwoSheets, label_names, length_losses
from roundtable.partnership.exchange.workbook import Row, Sheet, Sheets, write_workbook
from roundtable.partnership.wording import counted

_PEOPLE = "Who made and who changed each factor and link is not kept: a partnership names no person."
_LOOKS = "Shapes, sizes and fonts are not kept."
_PASSED_OVER = {
    **dict.fromkeys(("creator", "createdtime", "modifier", "modifiedtime"), _PEOPLE),
    **dict.fromkeys(("shape", "shadow", "value", "smooth", "labelhighlightbold"), _LOOKS),
}
STYLE_NUMBER = "Style"
FORM = TwoSheets(
    "PRSM",
    "Factors",
    "Links",
    Names(
        {
            Part.ID: ("Id",),
            Part.LABEL: ("Label",),
            Part.KIND: ("Kind",),
            Part.NOTE: ("Note", "Description"),
            Part.STYLE: ("groupLabel",),
            Part.X: ("x",),
            Part.Y: ("y",),
        },
        _PASSED_OVER | {"style": ""},
    ),
    Names(
        {
            Part.FROM: ("From",),
            Part.TO: ("To",),
            Part.LABEL: ("Label",),
            Part.NOTE: ("Note", "Description"),
            Part.STYLE: ("groupLabel",),
            Part.SIGN: ("Sign", "Polarity"),
            Part.LOW: ("Strength low",),
            Part.HIGH: ("Strength high",),
            Part.DELAY: ("Delay",),
            Part.HEADING: ("Direction",),
        },
        _PASSED_OVER | {"style": ""},
    ),
    Reading(ends_by_label=True),
)
MISSING = frozenset({Holding.LOOPS})
_STYLES = {FORM.factors_sheet: "group", FORM.links_sheet: "edge"}


def read_prsm_sheets(sheets: Sheets, faults: Faults) -> ForeignMap:
    """The map of a workbook that PRSM saved, or that somebody wrote for it."""
    named = {name: _with_styles(sheet, name.strip().capitalize()) for name, sheet in sheets.by_name.items()}
    return FORM.read(sheets.title, named, faults)


def write_prsm_sheets(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    """The workbook, and what it does not hold of the map."""
    told = losses(map, MISSING, "PRSM's workbook")
    map, renamed = labels_apart(map)
    factors, links = FORM.tables(map, label_names(map.factors))
    told += (*renamed, *_numbered(factors, Slots(NODES, map)), *_numbered(links, Slots(LINKS, map)))
    if any(one.x is not None and one.x != int(one.x) for one in map.factors):
        told += ("PRSM places factors at whole numbers; it will round theirs.",)
    content = write_workbook(map.title, {FORM.factors_sheet: factors, FORM.links_sheet: links})
    return content, (*told, *length_losses((factors, links)))


def labels_apart(map: ForeignMap) -> tuple[ForeignMap, tuple[str, ...]]:
    """The map with no label twice, for a format whose links name labels; and what was changed, in words."""
    taken: set[str] = set()
    told = []
    apart: list[ForeignFactor] = []
    for factor in map.factors:
        label, number = factor.label, 1
        while in_one_line(label) in taken:
            number += 1
            label = f"{factor.label} ({number})"
        taken.add(in_one_line(label))
        if number > 1:
            told.append(f"Links name labels there, so a second '{in_one_line(factor.label)}' is '{label}'.")
        apart.append(replace(factor, label=label))
    return replace(map, factors=tuple(apart)), tuple(told)


def _numbered(table: Table, slots: Slots) -> tuple[str, ...]:
    """Put the number of each style beside its name; say which styles PRSM has no room for."""
    headings, rows = table
    headings.insert(headings.index("groupLabel"), STYLE_NUMBER)
    for row in rows:
        number = slots.number(row.get("groupLabel", ""))
        if number is not None:
            row[STYLE_NUMBER] = str(number)
    beyond = counted(len(slots.beyond), "style")
    return (f"PRSM has 9 styles for {slots.kind.of}; {beyond} beyond them.",) if slots.beyond else ()


def _with_styles(sheet: Sheet, name: str) -> Sheet:
    """The sheet with a name for each style that has only a number, as PRSM itself saves them."""
    word = _STYLES.get(name)
    if word is None or any(heading.casefold() == "grouplabel" for heading in sheet.headings):
        return sheet
    rows = tuple(replace(row, cells=[*row.cells, *_style(row, word)]) for row in sheet.rows)
    return replace(sheet, rows=rows)


def _style(row: Row, word: str) -> list[tuple[str, str]]:
    for heading, text in row.cells:
        if heading.casefold() == "style":
            number = re.fullmatch(r"[1-9]\d?", text.strip())
            if number is None:
                return [("groupLabel", text)]
            # The first style is what PRSM draws when nobody has chosen one.
            return [("groupLabel", f"{word}{int(number[0]) - 1}")] if number[0] != "1" else []
    return []
