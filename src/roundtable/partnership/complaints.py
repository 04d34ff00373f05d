"""What is wrong with the keys and values of one file, each with its place and the nearest thing allowed."""

from __future__ import annotations

import inspect
import json
from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from roundtable.errors import Problem
from roundtable.partnership.nearest import nearest
from roundtable.partnership.shapes import chosen, model_at, shape_at, shapes_of
from roundtable.partnership.wrong_values import expected, perhaps, said, wrong_value
from roundtable.partnership.yaml_source import Path, Source

_KEY_ERRORS = frozenset({"missing", "extra_forbidden"})


def as_model(source: Source, models: tuple[type[BaseModel], ...]) -> tuple[BaseModel | None, list[Problem]]:
    """Read a file's value as one of the models it may be.

    Text stays text and numbers stay numbers: the value is read as strict JSON, with its mappings in
    order of their keys so that the order in the file changes nothing.

    Returns:
        The model; or None, and every problem that kept the value from being one.
    """
    if not isinstance(source.value, dict):
        what = f"the file holds {said(source.value)} where a mapping (key: value) should be"
        remedy = "Write 'key: value' lines at the margin, without '- ' before them."
        return None, [Problem(source.place(()), "wrong-kind", what, remedy)]
    model = chosen(models, source.value)
    if model is None:
        return None, [_no_such_table(source, models)]
    text = json.dumps(source.value, sort_keys=True)
    try:
        return model.model_validate_json(text, strict=True, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, _Complaining(source, model).about(error)


def _no_such_table(source: Source, models: tuple[type[BaseModel], ...]) -> Problem:
    """A reference table has to say which table it is before anything else can be said of it."""
    tables = [str(table) for model in models for table in shapes_of(model)["table"].allowed]
    remedy = f"Allowed: {', '.join(tables)}."
    if "table" not in source.value:
        return Problem(source.place(("table",)), "missing-key", "the key 'table' is missing", remedy)
    value = source.value["table"]
    near = nearest(value, tables) if isinstance(value, str) else None
    what = f"{said(value)} is not allowed here"
    return Problem(source.place(("table",)), "not-allowed", what, perhaps(near) + remedy)


class _Complaining:
    """Turns what pydantic found in one file into problems, one for each mistake."""

    def __init__(self, source: Source, model: type[BaseModel]) -> None:
        self.source = source
        self.models = (model,)
        #: Keys that are missing because they are misspelt: told once, at the misspelt key.
        self._misspelt: set[Path] = set()

    def about(self, error: ValidationError) -> list[Problem]:
        """The problems: one a place, however many ways of reading it pydantic tried."""
        found = [(self._path(entry), entry) for entry in error.errors(include_url=False, include_input=False)]
        paths = {path for path, _ in found}
        problems: dict[Path, Problem] = {}
        for path, entry in sorted(found, key=lambda one: one[1]["type"] != "extra_forbidden"):
            if path in self._misspelt:
                continue
            if entry["type"] == "too_short" and _any_inside(path, paths):
                continue  # Items with a mistake of their own were not counted: there may be enough.
            problems[path] = self._problem(path, entry)
        return list(problems.values())

    def _path(self, entry: Mapping[str, Any]) -> Path:
        """Where the mistake is in the file: pydantic's path without its names for a union's branches."""
        path: Path = ()
        value = self.source.value
        for i, step in enumerate(entry["loc"], start=1):
            is_item = isinstance(value, list) and isinstance(step, int) and step < len(value)
            if is_item or (isinstance(value, dict) and step in value):
                path, value = (*path, step), value[step]
            elif i == len(entry["loc"]) and entry["type"] in _KEY_ERRORS:
                path = (*path, step)
        return path

    def _problem(self, path: Path, entry: Mapping[str, Any]) -> Problem:
        if entry["type"] == "extra_forbidden":
            return self._unknown_key(path)
        if entry["type"] == "missing":
            return self._missing_key(path)
        if entry["type"] in ("contradiction", "value_error"):
            return self._contradiction(path, entry)
        shape = shape_at(self.models, self.source.value, path)
        wrong = wrong_value(_at(self.source.value, path), shape, path, entry)
        return Problem(self.source.place(path), *wrong)

    def _unknown_key(self, path: Path) -> Problem:
        *parent, key = path
        model = model_at(self.models, self.source.value, tuple(parent))
        known = list(shapes_of(model)) if model else []
        mapping = _at(self.source.value, tuple(parent))
        near = nearest(str(key), [name for name in known if name not in mapping])
        if near is not None:
            self._misspelt.add((*parent, near))
        what = f"the key '{key}' is not known here"
        if key == "<<":
            what = "merge keys ('<<') are not part of YAML 1.2: write the keys out"
        remedy = f"{perhaps(near)}Keys that are: {', '.join(known)}."
        return Problem(self.source.place(path, at_key=True), "unknown-key", what, remedy)

    def _missing_key(self, path: Path) -> Problem:
        shape = shape_at(self.models, self.source.value, path)
        asked = f": {expected(shape, many=shape.many)}" if shape else ""
        told = f" {shape.description}" if shape and shape.description else ""
        what = f"the key '{path[-1]}' is missing"
        return Problem(self.source.place(path), "missing-key", what, f"Add '{path[-1]}'{asked}.{told}")

    def _contradiction(self, path: Path, entry: Mapping[str, Any]) -> Problem:
        context = entry.get("ctx", {})
        model = model_at(self.models, self.source.value, path)
        remedy = f"Mend this first: {_first_sentence(model)}" if model else "Change what does not fit."
        what = context.get("what") or str(context.get("error", entry["msg"]))
        return Problem(self.source.place(path), "contradiction", what, context.get("remedy", remedy))


def _any_inside(path: Path, paths: Collection[Path]) -> bool:
    return any(len(other) > len(path) and other[: len(path)] == path for other in paths)


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _first_sentence(model: type[BaseModel]) -> str:
    return (inspect.getdoc(model) or "").split("\n")[0]
