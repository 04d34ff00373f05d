"""What the registers say of themselves, for somebody who has never seen them."""

from __future__ import annotations

from roundtable.partnership.exchange.registers.cells import SEPARATOR
from roundtable.partnership.exchange.registers.sheets import Column, Form, Sheet, all_sheets

READ_ME, FILES, LISTS = "Read me", "Files", "Lists"
FILES_HEADERS = ("file", "sha256")
_TEXT = (
    "The registers of a partnership, to be read and edited in a spreadsheet.",
    "Every sheet but 'Read me', 'Files' and 'Lists' may be edited: change a cell, or add a row below.",
    "Keep the first row of each sheet as it is. The columns may stand in any order; a column or a sheet "
    "that is deleted is left as it is in the folder.",
    "An empty cell means: not given. Write 'unknown' where nobody knows; it is not the same as nothing, "
    "and never nought.",
    f"Several values stand in one cell with a bar between them: one{SEPARATOR}two. A bar that belongs to a "
    "value is written \\|.",
    "Days are written 2026-11-23. True and false are written true and false.",
    "A column whose name begins with 'in' says which row of another sheet this row belongs to, by its id, "
    "or by its 'no' where it has no id.",
    "'no' tells rows without an id apart. Leave it empty in a new row. On the sheets Columns, Journey and "
    "Reframings it is the order too: 2.5 comes between 2 and 3.",
    "A few cells hold JSON: what another tool keeps in a data contract. Leave them as they are unless you "
    "know it.",
    "A row that is deleted is told and stays in the folder, unless the import is asked to remove it "
    "(--remove).",
    "No person's name, number or address belongs in any of it: posts and organisations only.",
    "`roundtable registers import THIS --into DIR` shows what would change; with --write it is done. The "
    "comments and the order of the folder's files stay, and nothing is written unless the folder would "
    "still load.",
    "'Files' says which version of each file this was written from. Do not edit it: it keeps one person's "
    "edits from undoing another's.",
)


def read_me_rows() -> list[tuple[str, str, str, str]]:
    """The first sheet: how to edit, then every sheet and what a row of it is."""
    rows = [(line, "", "", "") for line in _TEXT]
    rows += [("", "", "", ""), ("Sheet", "One row is", "It belongs to", "What it is")]
    for sheet in all_sheets():
        above = sheet.ancestors[-1].title if sheet.ancestors else ""
        rows.append((sheet.title, sheet.singular, above, sheet.about))
    return rows


def told_of(column: Column) -> str:
    """What a column is for and what may stand in it, for the note on its header."""
    parts = [column.shape.description or ""]
    if column.shape.refers:
        parts.append(f"The id of: {' or '.join(column.shape.refers)}.")
    if column.closed:
        parts.append(f"One of: {', '.join(column.closed)}.")
    elif column.shape.words or column.shape.allowed:
        parts.append(f"{', '.join([*column.shape.words, *map(str, column.shape.allowed)]).capitalize()}.")
    if column.form is Form.LIST:
        parts.append("Several may be given, with | between them.")
    if column.form is Form.JSON:
        parts.append("JSON.")
    parts.append("Must be given." if column.required else "May be left empty.")
    return " ".join(part for part in parts if part)


def told_of_key(header: str, sheet: Sheet) -> str:
    """What a column is that names a row above, or numbers this one."""
    if header not in sheet.parent_headers:
        return "Tells the rows of one list apart. Leave it empty in a new row."
    above = sheet.ancestors[sheet.parent_headers.index(header)]
    return f"Which row of the sheet '{above.title}' this belongs to, by its '{above.key or 'no'}'."
