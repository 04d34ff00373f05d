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
            model.__dict__[name] = _sorted(value)
    for name in _singles(type(model)):
        value = model.__dict__[name]
        if isinstance(value, BaseModel):
            put_in_order(value)
    return model


def by_id(things: Iterable[Model]) -> tuple[Model, ...]:
    """Things that have an id, in order of it."""
    return tuple(sorted(things, key=lambda thing: str(thing.__dict__["id"])))


def _sorted(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """Items by their ids where they have them, then by all that they say."""
    ids = {_id(item): item for item in items}
    if len(ids) == len(items):
        return tuple(ids[one] for one in sorted(ids))
    return tuple(sorted(items, key=lambda item: (_id(item), _written_out(item))))


def _id(item: Any) -> str:
    return str(item.__dict__.get("id", "")) if isinstance(item, BaseModel) else ""


def _written_out(item: Any) -> str:
    if isinstance(item, BaseModel):
        return item.model_dump_json()
    # Text needs no keys sorted, and without that it is written ten times as fast.
    return json.dumps(item) if isinstance(item, str) else json.dumps(item, sort_keys=True)


@cache
def _tuples(model: type[BaseModel]) -> tuple[tuple[str, bool], ...]:
    return tuple((shape.name, not shape.in_order) for shape in shapes_of(model).values() if shape.many)


@cache
def _singles(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(shape.name for shape in shapes_of(model).values() if shape.models and not shape.many)
