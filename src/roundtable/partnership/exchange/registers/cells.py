r"""One value of the folder as what stands in a cell, and a cell as a value again.

Empty means not given; `unknown` is a word like any other. Several values stand in one cell with a bar
between them, as Kumu writes them: `nyc | nyfrs`; a bar that belongs to a value is written `\|`.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any

from roundtable.partnership.exchange.registers.sheets import Column, Form
from roundtable.partnership.scalars import NotANumber, core_scalar
from roundtable.partnership.shapes import DAY, TEXT, Shape
from roundtable.partnership.wording import day

#: What a cell can hold; a day is text in the folder and a day in a workbook.
Cell = str | int | float | bool | date | None

SEPARATOR = " | "
_BAR = re.compile(r"(\\*)\|")
_BOOLEANS = {"true": True, "false": False}
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_QUOTED = re.compile(r'"(\\.|[^"\\])*"')


class Unread(str):
    """What stands in the stead of a cell that could not be read: it is told, and changes nothing."""

    __slots__ = ()


UNREAD = Unread("?")


class Unreadable(ValueError):
    """A cell of which nothing can be made: what is wrong, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def to_cell(value: Any, column: Column) -> Cell:
    """What stands in the cell of a value that the folder holds; None where it holds none."""
    if value is None or value in ([], {}):
        return None
    if column.form is Form.JSON:
        return json.dumps(value, ensure_ascii=False)
    if column.form is Form.LIST:
        items = value if isinstance(value, list) else [value]
        return SEPARATOR.join(_escaped(_shown(item, column.shape)) for item in items)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    return (
        _day(value) or _shown(value, column.shape)
        if DAY in column.shape.words
        else _shown(value, column.shape)
    )


def from_cell(cell: Cell, column: Column) -> Any:
    """The value that a cell stands for, as the folder would hold it; None where it is empty.

    What does not fit the column's kind is kept as it is typed: the loader says what is wrong with it.

    Raises:
        Unreadable: the cell is to hold JSON and does not, or holds a day where text should be, or a day
            in a form that two people may read as two days.
    """
    if is_empty(cell):
        return None
    if column.form is Form.JSON:
        return _json(as_text(cell))
    if column.form is Form.LIST:
        return [_value(item, column.shape) for item in _split(as_text(cell)) if item]
    return _value(cell, column.shape)


def is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: Cell) -> str:
    """A cell as a CSV file holds it, and as two cells are compared."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, str):
        return cell.strip().replace("\r\n", "\n")
    return repr(cell)


def same(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same: `1.0` and `1` do, and so do a day and its text."""
    return as_text(one) == as_text(other)


def _shown(value: Any, shape: Shape) -> str:
    """Text as text; in quotes where it would be read as something else, or is nothing but space."""
    text = value if isinstance(value, str) else json.dumps(value)
    if not isinstance(value, str):
        return text
    mixed = TEXT in shape.words and len(shape.words) > 1
    if not text.strip() or _QUOTED.fullmatch(text) or (mixed and not isinstance(_bare(text), str)):
        return json.dumps(text, ensure_ascii=False)
    return text


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    except ValueError:
        return None


def _value(cell: Cell, shape: Shape) -> Any:
    words = set(shape.words)
    if DAY in words:
        _refuse_other_days(cell)
    if isinstance(cell, datetime | date) and words and DAY not in words and not shape.allowed:
        what = f"the day {as_text(cell)} stands where {' or '.join(shape.words)} should be"
        remedy = "Format the cell as text, then type it again: the spreadsheet has made a date of it."
        raise Unreadable(what, remedy)
    if isinstance(cell, str) and _QUOTED.fullmatch(cell.strip()) and TEXT in words:
        return _json(cell.strip())
    text = as_text(cell)
    if words == {TEXT} or DAY in words:
        return text
    return _typed(text, shape)


def _refuse_other_days(cell: Cell) -> None:
    """Refuse a day that is not written year, month, day: 03/04/2026 is a day in April and one in March.

    A cell that the spreadsheet holds as a day is a day; so is one with the time of midnight.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        what = f"the number {as_text(cell)} stands where a day should be"
        raise Unreadable(what, "Format the cell as a date, or write the day as text, such as 2026-11-23.")
    if isinstance(cell, datetime) and cell.time() != datetime.min.time():
        what = f"{as_text(cell)} has a time of day, and a day should stand here"
        raise Unreadable(what, f"Write {cell.date().isoformat()}.")
    found = _DAY_FIRST.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found:
        what = f"'{found[0]}' is not how a day is written here: it may be read as two different days"
        raise Unreadable(what, f"Write year, month, day{_if_meant(found)}; or format the cell as a date.")


def _if_meant(found: re.Match[str]) -> str:
    """The day in the right form, the first figure taken for the day of the month as in Britain."""
    number, month, year = (int(one) for one in found.groups())
    try:
        meant = date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        return ", such as 2026-11-23"
    return f": {meant.isoformat()} if it is {day(meant)}"


def _typed(text: str, shape: Shape) -> Any:
    """A number or a truth where the column takes one, the word otherwise."""
    if "true or false" in shape.words and text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    takes_numbers = {"a number", "a whole number"} & set(shape.words)
    if takes_numbers or any(not isinstance(word, str) for word in shape.allowed):
        return _bare(text)
    return text


def _bare(text: str) -> Any:
    try:
        value = core_scalar(text)
    except NotANumber:
        return text
    return text if value is None else value


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        what = "the cell should hold JSON and does not"
        remedy = 'Write it as JSON, such as {"key": "value"} or ["one", "two"], or empty the cell.'
        raise Unreadable(what, remedy) from None


def _escaped(item: str) -> str:
    return _BAR.sub(r"\1\1\\|", item)


def _split(text: str) -> list[str]:
    """The values of a cell: bars separate, save those with an odd number of backslashes before them."""
    items, item, at = [], "", 0
    for bar in _BAR.finditer(text):
        slashes = len(bar[1])
        item += text[at : bar.start()] + "\\" * (slashes // 2)
        at = bar.end()
        if slashes % 2:
            item += "|"
        else:
            items.append(item.strip())
            item = ""
    return [*items, (item + text[at:]).strip()]
