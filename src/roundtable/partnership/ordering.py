"""Everything in one order, so that a file written in another order gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from roundtable.partnership.shapes import shapes_of

Model = TypeVar("Model", bound=BaseModel)


def put_in_order(model: Model) -> Model:
    """Sort every list inside a thing that has just been read, those whose order means something apart.

    The thing is changed in place: nobody else has seen it yet, and to copy thousands of frozen
    models would cost as much as reading them did.
    """
    for name, sorts in _tuples(type(model)):
        value = model.__dict__[name]
        if not value:
            continue
        for item in value:
            if isinstance(item, BaseModel):
                put_in_order(item)
        if sorts and len(value) > 1:
            model.__dict__[name] = tuple(sorted(value, key=_written_out))
    for name in _singles(type(model)):
        value = model.__dict__[name]
        if isinstance(value, BaseModel):
            put_in_order(value)
    return model


def by_id(things: Iterable[Model]) -> tuple[Model, ...]:
    """Things that have an id, in order of it."""
    return tuple(sorted(things, key=lambda thing: str(thing.__dict__["id"])))


def _written_out(item: Any) -> tuple[str, str]:
    """What an item is sorted by: its id where it has one, then all that it says."""
    if isinstance(item, BaseModel):
        return str(item.__dict__.get("id", "")), item.model_dump_json()
    return "", json.dumps(item, sort_keys=True)


@cache
def _tuples(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    return tuple((shape.name, not shape.in_order) for shape in shapes_of(model).values() if shape.many)


@cache
def _singles(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(shape.name for shape in shapes_of(model).values() if shape.models and not shape.many)
