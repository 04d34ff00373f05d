"""The shape of each model, worked out once: which key holds what, refers to what, declares what.

Files are checked as they are written, before they become models, so that a file with one mistake
still has all its other mistakes found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from roundtable.partnership.model.strict import Declares, InOrder, Kind, Ref
from roundtable.partnership.yaml_source import Path

TEXT = "text"
DAY = "a day such as 2026-11-23"
_WORDS: dict[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    date: DAY,
    str: TEXT,
}


@dataclass
class Shape:
    """What one key of a mapping holds.

    Attributes:
        key: as it is written in the file.
        name: the attribute of the model.
        required: whether it must be given.
        description: what it is for, when the model says.
        many: whether it is a list; then the rest is about each item.
        in_order: whether the order of that list has a meaning.
        models: the mappings it may hold.
        refers: the kinds of thing whose id it may be.
        declares: the kind of thing whose id this is.
        allowed: the only values, where the set is closed.
        words: the kinds of plain value it may be, in English.
    """

    key: str
    name: str
    required: bool
    description: str | None
    many: bool = False
    in_order: bool = False
    models: tuple[type[BaseModel], ...] = ()
    refers: tuple[Kind, ...] = ()
    declares: Kind | None = None
    allowed: tuple[str | int, ...] = ()
    words: list[str] = field(default_factory=list)


class Written(NamedTuple):
    """A mapping in a file, with the model that it should become and where it stands."""

    model: type[BaseModel]
    mapping: dict[str, Any]
    path: Path


@cache
def shapes_of(model: type[BaseModel]) -> Mapping[str, Shape]:
    """The shape of each key of a model, by the key as it is written."""
    found = (_shape(name, info) for name, info in model.model_fields.items())
    return {shape.key: shape for shape in found}


def written(models: tuple[type[BaseModel], ...], value: Any, path: Path = ()) -> Iterator[Written]:
    """Every mapping of a file that a model is meant for, the outermost first."""
    waiting = [(models, value, path)]
    while waiting:
        models, value, path = waiting.pop()
        if not isinstance(value, dict) or (model := chosen(models, value)) is None:
            continue
        yield Written(model, value, path)
        for shape in _nesting(model):
            inner = value.get(shape.key)
            if isinstance(inner, list) and shape.many:
                waiting.extend((shape.models, item, (*path, shape.key, i)) for i, item in enumerate(inner))
            elif inner is not None:
                waiting.append((shape.models, inner, (*path, shape.key)))


def chosen(models: tuple[type[BaseModel], ...], mapping: Mapping[str, Any]) -> type[BaseModel] | None:
    """Which of several models a mapping is meant for: the one whose fixed words it holds."""
    if len(models) == 1:
        return models[0]
    for model in sorted(models, key=lambda model: -len(_fixed(model))):
        if all(mapping.get(key) in allowed for key, allowed in _fixed(model).items()):
            return model
    return None


def shape_at(models: tuple[type[BaseModel], ...], value: Any, path: Path) -> Shape | None:
    """The shape of what stands at a path, or of the list that it is an item of."""
    shape: Shape | None = None
    for step in path:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and step < len(value) else None
            continue
        model = chosen(models, value) if isinstance(value, dict) else None
        shape = shapes_of(model).get(step) if model else None
        if shape is None:
            return None
        models = shape.models
        value = value.get(step) if isinstance(value, dict) else None
    return shape


def model_at(models: tuple[type[BaseModel], ...], value: Any, path: Path) -> type[BaseModel] | None:
    """The model that the mapping at a path should become."""
    shape = shape_at(models, value, path) if path else None
    inner = value
    for step in path:
        inner = inner[step]
    return (
        chosen(shape.models if shape else () if path else models, inner) if isinstance(inner, dict) else None
    )


@cache
def _nesting(model: type[BaseModel]) -> tuple[Shape, ...]:
    return tuple(shape for shape in shapes_of(model).values() if shape.models)


@cache
def _fixed(model: type[BaseModel]) -> Mapping[str, tuple[str | int, ...]]:
    return {
        key: tuple(get_args(model.model_fields[shape.name].annotation))
        for key, shape in shapes_of(model).items()
        if get_origin(model.model_fields[shape.name].annotation) is Literal and shape.required
    }


def _shape(name: str, info: FieldInfo) -> Shape:
    shape = Shape(info.alias or name, name, info.is_required(), info.description)
    _mark(shape, tuple(info.metadata))
    _gather(shape, info.annotation)
    return shape


def _gather(shape: Shape, annotation: Any) -> None:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        _mark(shape, inner[1:])
        _gather(shape, inner[0])
    elif origin in (Union, UnionType):
        for choice in inner:
            _gather(shape, choice)
    elif origin is tuple:
        shape.many = True
        _gather(shape, inner[0])
    elif origin is Literal:
        shape.allowed += inner
    elif origin is dict:
        shape.words.append("a mapping")
    elif isinstance(annotation, type):
        _gather_class(shape, annotation)


def _gather_class(shape: Shape, annotation: type[Any]) -> None:
    if issubclass(annotation, BaseModel):
        shape.models += (annotation,)
    elif issubclass(annotation, Enum):
        shape.allowed += tuple(member.value for member in annotation)
    elif annotation in _WORDS:
        shape.words.append(_WORDS[annotation])


def _mark(shape: Shape, marks: tuple[Any, ...]) -> None:
    for mark in marks:
        if isinstance(mark, Ref):
            shape.refers += mark.kinds
        elif isinstance(mark, Declares):
            shape.declares = mark.kind
        elif isinstance(mark, InOrder):
            shape.in_order = True
