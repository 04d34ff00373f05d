"""Harm weights kept as a CSV file: a list that somebody else publishes, read as it is."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.encoding import decoded
from roundtable.partnership.model.reference import HarmWeight
from roundtable.partnership.nearest import nearest
from roundtable.partnership.wrong_values import perhaps

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?", re.ASCII)


@dataclass
class _Reading:
    """One CSV file on its way to becoming weights."""

    file: str
    rows: list[HarmWeight] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    first_lines: dict[str, int] = field(default_factory=dict)

    def complain(self, line: int, column: str, what: str, remedy: str) -> None:
        """Note a problem on a line of the file."""
        self.problems.append(Problem(Place(self.file, line, None, column), "csv", what, remedy))


def read_weights(content: bytes, file: str, code_column: str, value_column: str) -> tuple[HarmWeight, ...]:
    """The weights in a CSV file, in order of their codes.

    Args:
        content: its bytes: UTF-8, commas, a header.
        file: what to call it in messages.
        code_column: the header of the column that holds the codes.
        value_column: the header of the column that holds the figures, in plain digits.

    Raises:
        PartnershipUnusable: with every problem of the file, each at its line.
    """
    reading = _Reading(file)
    lines = csv.reader(io.StringIO(decoded(content, file), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(lines, [])]
        at = [_position(reading, header, name) for name in (code_column, value_column)]
        if not reading.problems:
            for row in filter(None, lines):
                _take(reading, lines.line_num, row, header, at[0], at[1])
    except csv.Error as error:
        reading.complain(lines.line_num, "", f"this is not CSV: {error}", "Close the quotes on this line.")
    if not reading.rows and not reading.problems:
        reading.complain(1, "", "the file has no rows", "Add the weights, or name another file.")
    if reading.problems:
        raise PartnershipUnusable(reading.problems)
    return tuple(sorted(reading.rows, key=lambda row: row.code))


def _position(reading: _Reading, header: list[str], name: str) -> int:
    times = header.count(name)
    if times == 1:
        return header.index(name)
    near = perhaps(nearest(name, header)) if times == 0 else ""
    what = f"there is no column '{name}'" if times == 0 else f"two columns are called '{name}'"
    reading.complain(1, name, what, f"{near}Its columns: {', '.join(header)}.")
    return 0


def _take(
    reading: _Reading, line: int, row: list[str], header: list[str], code_at: int, value_at: int
) -> None:
    if len(row) != len(header):
        what = f"the row has {len(row)} values under {len(header)} headers"
        reading.complain(line, "", what, "Add what is missing, or put text that holds a comma in quotes.")
        return
    code, value = row[code_at].strip(), row[value_at].strip()
    if not code:
        reading.complain(line, header[code_at], "the row has no code", "Write the code, or delete the row.")
    elif code in reading.first_lines:
        what = f"the code '{code}' is there already, on line {reading.first_lines[code]}"
        reading.complain(line, header[code_at], what, "Keep one of the two rows.")
    elif not _NUMBER.fullmatch(value):
        what = f"'{value}' is not a figure of 0 or more" if value else f"'{code}' has no figure"
        remedy = "Write plain digits, as in 3217740 or 0.5; delete the row of a code that nobody has priced."
        reading.complain(line, header[value_at], what, remedy)
    else:
        reading.first_lines[code] = line
        reading.rows.append(HarmWeight(code=code, value=float(value)))
