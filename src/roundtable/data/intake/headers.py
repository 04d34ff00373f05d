"""The headers of all files of a table, each compared with the contract before its rows are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roundtable.data.intake.becoming import Becoming
from roundtable.data.intake.drift import Drifted, of_header
from roundtable.data.intake.header import HeaderDifference, compare, header_problem
from roundtable.data.intake.pieces import Wanted
from roundtable.data.intake.unpacking import SourceFile
from roundtable.errors import DeliveryRefused, Problem
from roundtable.partnership.model.contract_terms import FileFormat


@dataclass
class Headers:
    """The headers of one table's files.

    Attributes:
        made: what the table becomes.
        files: all its files.
        told: where to say what is odd and does not refuse them.
        read: reads the header of a file and no more; None for a kind of file of which one comes alone.
    """

    made: Becoming
    files: Sequence[SourceFile]
    told: list[str]
    read: Callable[[SourceFile], Sequence[str]] | None = None
    _reordered: bool = False

    def columns(self, source: SourceFile, header: Sequence[str]) -> tuple[Wanted, ...]:
        """The wanted columns of a file whose header is the contract's; one that it need not have, too.

        Raises:
            DeliveryRefused: it is not; every other file of the delivery with a wrong header is named too.
        """
        difference = self._compared(header)
        if difference.refuses:
            raise self._refusal(source, difference)
        if difference.reordered and not self._reordered:
            self._reordered = True
            self.told.append(
                f"The columns of table '{self.made.table.name}' stand in another order than in the contract."
            )
        return tuple(one.wanted for one in self.made.taken)

    def _compared(self, header: Sequence[str]) -> HeaderDifference:
        columns = self.made.table.properties
        return compare(
            [column.header for column in columns],
            header,
            may_be_a_row=self.made.table.terms.format is FileFormat.CSV,
            may_be_absent=[column.header for column in columns if column.terms.may_be_absent],
        )

    def _refusal(self, source: SourceFile, difference: HeaderDifference) -> DeliveryRefused:
        """Look at the headers of all files, so that all that are wrong are told at once."""
        wrong: dict[HeaderDifference, list[SourceFile]] = {difference: [source]}
        problems: list[Problem] = []
        for file in self.files if self.read is not None else ():
            try:
                found = difference if self.read is None else self._compared(self.read(file))
            except DeliveryRefused as error:
                problems += error.problems
                continue
            if found.refuses and file is not source:
                wrong.setdefault(found, []).append(file)
        name = self.made.table.name
        problems += [
            header_problem(found, files[0].shown, name, len(files) - 1) for found, files in wrong.items()
        ]
        changes = [change for found in wrong for change in of_header(found, self.made)]
        return Drifted(problems, changes)
