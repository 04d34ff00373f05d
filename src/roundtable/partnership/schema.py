"""JSON Schema for each kind of file, so that an editor completes keys and underlines mistakes.

An editor knows one file. Whether an id that is named exists, and whether the files agree with each
other, only loading can tell; there every id is just text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from roundtable.partnership.file_kinds import MODELS, FileKind
from roundtable.partnership.folder import require_partnership
from roundtable.partnership.model.reference import AnyTable
from roundtable.partnership.model.strict import ID_PATTERN

SCHEMA_FOLDER = ".schemas"
#: Python's \\w is any alphabet's letters and a schema's is not: the schema asks for less, loading decides.
_PORTABLE_ID_PATTERN = r"^[^\s\-_./][^\s/]*$"


def json_schemas() -> dict[str, dict[str, Any]]:
    """A JSON Schema (draft 2020-12) for each kind of file, by the kind's name."""
    return {kind.value: _schema(kind) for kind in FileKind}


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the schemas into `.schemas/` of a partnership folder, for its files' first lines to name.

    Returns:
        The files written, in order of their names.

    Raises:
        PartnershipUnusable: it is not a partnership folder.
    """
    require_partnership(folder)
    return write_schema_files(folder / SCHEMA_FOLDER)


def write_schema_files(folder: Path) -> tuple[Path, ...]:
    """Write one file a kind into a folder, which is made when it is not there."""
    folder.mkdir(exist_ok=True)
    written = []
    for kind, schema in sorted(json_schemas().items()):
        path = folder / f"{kind}.json"
        path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        written.append(path)
    return tuple(written)


def _schema(kind: FileKind) -> dict[str, Any]:
    held: Any = AnyTable if kind is FileKind.REFERENCE else MODELS[kind][0]
    schema = TypeAdapter(held).json_schema(by_alias=True)
    found: dict[str, Any] = _portable(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _portable(part: Any) -> Any:
    if isinstance(part, list):
        return [_portable(item) for item in part]
    if not isinstance(part, dict):
        return part
    if part.get("pattern") == ID_PATTERN:
        part = {**part, "pattern": _PORTABLE_ID_PATTERN}
    return {key: _portable(value) for key, value in part.items()}
