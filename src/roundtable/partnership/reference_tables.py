"""Reference tables: those that come with the product, and the partnership's own in their stead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.file_kinds import FileKind
from roundtable.partnership.folder import YAML_ENDINGS, FolderFile, read_bytes
from roundtable.partnership.model.reference import (
    CodeListTable,
    CodeMixTable,
    DiscountRateTable,
    Gateway,
    GatewayTable,
    HarmWeight,
    HarmWeightTable,
    ReferenceTable,
)
from roundtable.partnership.nearest import nearest
from roundtable.partnership.ordering import by_id
from roundtable.partnership.reading import Files, ReadFile
from roundtable.partnership.weights_csv import read_weights
from roundtable.partnership.wrong_values import perhaps
from roundtable.partnership.yaml_source import Source

SHIPPED = Path(__file__).parent / "reference"
_Table = TypeVar("_Table", bound=ReferenceTable)


def shipped_files() -> tuple[FolderFile, ...]:
    """The tables that come with the product, in order of their names."""
    found = sorted(path for path in SHIPPED.iterdir() if path.suffix in YAML_ENDINGS)
    return tuple(
        FolderFile(f"shipped with Roundtable: {path.name}", path.name, path, FileKind.REFERENCE)
        for path in found
    )


@dataclass
class ReferenceTables:
    """Every table in force.

    Attributes:
        shipped: those that come with the product.
        own: those of the partnership's folder.
        csv_files: the CSV files beside them.
        problems: of the CSV files, and of two tables with one id.
    """

    shipped: Files
    own: Files
    csv_files: Sequence[FolderFile]
    problems: list[Problem] = field(default_factory=list)
    _weights: dict[str, tuple[HarmWeight, ...]] = field(default_factory=dict)

    def read_csv_files(self) -> None:
        """Read the CSV files that tables name; one that no table names is a problem."""
        files = {file.path.name: file for file in self.csv_files}
        named: set[str] = set()
        for source, mapping in self._naming_csv():
            name = mapping["rows_from"].strip()
            named.add(name)
            if name in files:
                self._read_csv(files[name], source, mapping)
            else:
                self.problems.append(_no_such_csv(source, name, files))
        if not self.own.in_doubt:
            self.problems += [_unused(file) for name, file in files.items() if name not in named]

    def find_repeats(self) -> None:
        """Two tables of one kind in the folder may not bear one id."""
        first: dict[tuple[str, str], Place] = {}
        for file in self._own_tables():
            table, identifier = (file.source.value.get(key) for key in ("table", "id"))
            if not isinstance(table, str) or not isinstance(identifier, str):
                continue
            place = file.source.place(("id",))
            taken = first.setdefault((table, identifier.strip()), place)
            if taken != place:
                what = f"the id '{identifier}' is used already, for the table at {taken}"
                remedy = "Give one of the two another id, or put their rows into one."
                self.problems.append(Problem(place, "duplicate-id", what, remedy))

    def gateways(self) -> tuple[Gateway, ...]:
        """Every provision: the partnership's own row in the stead of a shipped one of the same id."""
        tables = [*_tables(self.shipped.read, GatewayTable), *_tables(self.own.read, GatewayTable)]
        return by_id({row.id: row for table in tables for row in table.rows}.values())

    def harm_weights(self) -> tuple[HarmWeightTable, ...]:
        """Every weight set, those kept as CSV filled in."""
        return tuple(
            table.model_copy(update={"rows": self._weights[table.id]}) if table.id in self._weights else table
            for table in self._in_force(HarmWeightTable)
        )

    def code_mixes(self) -> tuple[CodeMixTable, ...]:
        """Every assumed make-up of broad codes."""
        return self._in_force(CodeMixTable)

    def code_lists(self) -> tuple[CodeListTable, ...]:
        """Every list of the words that a law counts."""
        return self._in_force(CodeListTable)

    def discount_rates(self) -> tuple[DiscountRateTable, ...]:
        """Every schedule of discount rates, of any date."""
        return self._in_force(DiscountRateTable)

    def _in_force(self, kind: type[_Table]) -> tuple[_Table, ...]:
        tables = [*_tables(self.shipped.read, kind), *_tables(self.own.read, kind)]
        return by_id({table.id: table for table in tables}.values())

    def _own_tables(self) -> Iterator[ReadFile]:
        kept = (file for file in self.own.read if file.kind is FileKind.REFERENCE)
        return (file for file in kept if isinstance(file.source.value, dict))

    def _naming_csv(self) -> Iterator[tuple[Source, Mapping[str, Any]]]:
        for file in self._own_tables():
            if isinstance(file.source.value.get("rows_from"), str):
                yield file.source, file.source.value

    def _read_csv(self, file: FolderFile, source: Source, mapping: Mapping[str, Any]) -> None:
        code, value = mapping.get("code_column"), mapping.get("value_column")
        if not isinstance(code, str) or not isinstance(value, str):
            return  # That one of them is missing has been told.
        try:
            rows = read_weights(read_bytes(file), file.shown, code.strip(), value.strip())
        except PartnershipUnusable as error:
            self.problems.extend(error.problems)
        else:
            self._weights[str(mapping.get("id")).strip()] = rows


def _tables(files: Iterable[ReadFile], kind: type[_Table]) -> list[_Table]:
    return [file.model for file in files if isinstance(file.model, kind)]


def _no_such_csv(source: Source, name: str, files: Iterable[str]) -> Problem:
    what = f"there is no CSV file '{name}' in reference/"
    remedy = f"{perhaps(nearest(name, list(files)))}Put the file beside this one and give its bare name."
    return Problem(source.place(("rows_from",)), "no-such-file", what, remedy)


def _unused(file: FolderFile) -> Problem:
    remedy = f"Name it in the 'rows_from' of a table of harm weights: rows_from: {file.path.name}"
    return Problem(Place(file.shown), "stray-file", "no table in reference/ reads this file", remedy)
