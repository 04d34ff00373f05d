"""A map in two sheets or tables, one of factors and one of links, with a row for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from roundtable.errors import Place
from roundtable.partnership.exchange.building import Building, Reading
from roundtable.partnership.exchange.faults import Faults
from roundtable.partnership.exchange.foreign_map import ForeignFactor, ForeignMap
from roundtable.partnership.exchange.records import (
    FACTOR_PARTS,
    LINK_PARTS,
    Names,
    Part,
    Record,
    columns,
    factor_texts,
    link_texts,
    record,
)
from roundtable.partnership.exchange.workbook import Sheet, too_long
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import perhaps

#: The headings and the rows of a table.
Table = tuple[list[str], list[dict[str, str]]]


@dataclass(frozen=True)
class TwoSheets:
    """What a tool calls its two sheets and their columns.

    Attributes:
        tool: its name, for messages.
        factors_sheet: the sheet of factors.
        links_sheet: the sheet of links.
        factors: the names of the columns of factors.
        links: the names of the columns of links.
        reading: how links are to be understood.
    """

    tool: str
    factors_sheet: str
    links_sheet: str
    factors: Names
    links: Names
    reading: Reading

    def read(self, title: str, sheets: Mapping[str, Sheet], faults: Faults) -> ForeignMap:
        """The map of two sheets.

        Raises:
            ForeignFileUnusable: a sheet or a column is missing, or what the rows say does not hold together.
        """
        factors = self._sheet(sheets, self.factors_sheet, faults)
        links = self._sheet(sheets, self.links_sheet, faults)
        whole = _has(factors, self.factors, (Part.LABEL,), faults)
        whole &= _has(links, self.links, (Part.FROM, Part.TO), faults)
        if not whole:
            faults.end()
        said = [*_passed_over(factors, self.factors), *_passed_over(links, self.links)]
        building = Building(self.reading, faults)
        return building.built(title, _records(factors, self.factors), _records(links, self.links), said)

    def tables(self, map: ForeignMap, shown: Mapping[str, str]) -> tuple[Table, Table]:
        """The tables of factors and of links.

        Args:
            map: what is written.
            shown: by what text links name each factor, by its id.
        """
        factors = [factor_texts(self.factors, factor) for factor in map.factors]
        ends = ((link, shown[link.source], shown[link.target]) for link in map.links)
        links = [link_texts(self.links, link, source, target) for link, source, target in ends]
        return (
            (columns(self.factors, FACTOR_PARTS, factors), factors),
            (columns(self.links, LINK_PARTS, links), links),
        )

    def _sheet(self, sheets: Mapping[str, Sheet], name: str, faults: Faults) -> Sheet | None:
        by_name = {found.strip().casefold(): sheet for found, sheet in sheets.items()}
        sheet = by_name.get(name.casefold())
        if sheet is None:
            near = perhaps(nearest(name, list(sheets)))
            what = f"there is no sheet '{name}', which a map of {self.tool} has"
            faults.add("no-sheet", what, f"{near}It has: {', '.join(sheets) or 'no sheet'}.")
        return sheet


def label_names(factors: Iterable[ForeignFactor]) -> dict[str, str]:
    """The labels by id."""
    return {factor.id: factor.label for factor in factors}


def length_losses(tables: Collection[Table]) -> tuple[str, ...]:
    """What is said of texts that a cell of a spreadsheet cannot hold whole."""
    number = sum(too_long(rows) for _, rows in tables)
    if not number:
        return ()
    told = "1 text is" if number == 1 else f"{number} texts are"
    return (f"{told} longer than the 32,767 letters of a cell, and is cut off there.",)


def _has(sheet: Sheet | None, names: Names, parts: Sequence[Part], faults: Faults) -> bool:
    """Whether a sheet is there with the columns that it cannot do without; what is missing is a fault."""
    if sheet is None:
        return False
    found = {names.part(heading) for heading in sheet.headings}
    missing = [names.written(part) for part in parts if part not in found]
    for name in missing:
        near = perhaps(nearest(name, [one for one in sheet.headings if one]))
        remedy = f"{near}Write '{name}' at the head of its column, in row 1."
        faults.add("no-column", f"there is no column '{name}'", remedy, place=_head(sheet.place))
    return not missing


def _head(place: Place) -> Place:
    return Place(place.file, 1, key=place.key)


def _records(sheet: Sheet | None, names: Names) -> list[Record]:
    return [record(row.place, names, row.cells) for row in sheet.rows] if sheet else []


def _passed_over(sheet: Sheet | None, names: Names) -> list[str]:
    headings = sheet.headings if sheet else ()
    told = (names.passed_over.get(heading.casefold()) for heading in headings)
    return [sentence for sentence in told if sentence]
