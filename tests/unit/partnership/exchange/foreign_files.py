"""Small files of other tools, made as those tools write them, with the faults that a test asks for."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from roundtable.errors import ForeignFileUnusable
from roundtable.partnership.exchange.formats import read_map

FACTORS = [["Label", "Note"], ["Debt", "owed"], ["Worry", None]]
LINKS = [["From", "To", "Label"], ["Debt", "Worry", "+"]]


def workbook(path: Path, **sheets: Sequence[Any]) -> Path:
    """A workbook of the sheets given, each a list of rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def prsm(path: Path, **changes: Any) -> Path:
    """A map of PRSM of two factors and one link, drawn in a style called 'Positive influence'."""
    base: dict[str, Any] = {
        "version": "1.9.1",
        "mapTitle": "Debt",
        "styles": {"nodes": {}, "edges": {"edge7": {"groupLabel": "Positive influence"}}},
        "nodes": [
            {"id": "1", "label": "Debt", "grp": "group0"},
            {"id": "2", "label": "Worry", "grp": "group0"},
        ],
        "edges": [{"id": "e", "from": "1", "to": "2", "grp": "edge7", "label": ""}],
    }
    path.write_text(json.dumps(base | changes), encoding="utf-8")
    return path


def tables(path: Path, factors: str = "id,label\na,Debt\nb,Worry\n", links: str = "from,to\na,b\n") -> Path:
    """A folder of two CSV tables."""
    path.mkdir()
    (path / "factors.csv").write_text(factors, encoding="utf-8")
    (path / "links.csv").write_text(links, encoding="utf-8")
    return path


def packed(path: Path, **entries: bytes) -> Path:
    """A ZIP of the entries given; `_` in a name stands for a dot."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name.replace("_", "."), content)
    path.write_bytes(written.getvalue())
    return path


def complaints(path: Path) -> list[str]:
    """What reading a file complains of: its place inside the folder, and what; each with a remedy."""
    try:
        read_map(path)
    except ForeignFileUnusable as error:
        assert all(problem.remedy for problem in error.problems)
        return [
            f"{problem.place}: {problem.what}".replace(f"{path.parent}/", "") for problem in error.problems
        ]
    return []
