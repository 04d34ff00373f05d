"""Ids across the files: each declared once, and every reference to something that exists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel

from roundtable.errors import Place, Problem
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.nearest import Suggestions
from roundtable.partnership.shapes import Shape, Written, shapes_of
from roundtable.partnership.wrong_values import a_or_an
from roundtable.partnership.yaml_source import Path, Source, key_path

#: Where a thing of each kind is written down.
_WRITTEN_IN = {
    Kind.AGENCY: "a file in agencies/",
    Kind.ROLE: "under 'roles' of its agency",
    Kind.OUTCOME: "under 'outcomes' in partnership.yaml",
    Kind.SCENARIO: "a file in scenarios/",
    Kind.FACTOR: "under 'factors' of a scenario",
    Kind.RISK: "under 'risks' of a scenario",
    Kind.NEED: "under 'needs' of a scenario",
    Kind.DATASET: "a file in datasets/",
    Kind.AGREEMENT: "a file in agreements/",
    Kind.SERVICE: "a file in services/",
    Kind.IMPROVEMENT: "a file in improvements/",
    Kind.GATEWAY: "in a table of gateways in reference/",
    Kind.CODE: "in a code list in reference/",
    Kind.SKILL: "under 'skills' in partnership.yaml",
    Kind.REQUIREMENT: "under 'requirements' of an improvement",
    Kind.PROCUREMENT: "under 'procurements' of an improvement",
    Kind.MEETING: "a file in meetings/",
    Kind.DECISION: "under 'decisions' of a meeting",
    Kind.ACTION: "under 'actions' of a meeting",
}
#: Kinds that the same reference may name, so that one id may not stand for both.
_SHARED = {Kind.FACTOR: Kind.OUTCOME, Kind.OUTCOME: Kind.FACTOR}


@dataclass
class Register:
    """Every id that the files declare, by kind, with the place of the thing it names."""

    places: dict[tuple[Kind, str], Place] = field(default_factory=dict)
    ids: dict[Kind, dict[str, None]] = field(default_factory=lambda: {kind: {} for kind in Kind})

    def declare(self, source: Source, things: Iterable[Written]) -> Iterator[Problem]:
        """Note every id of one file; an id that is taken already is a problem."""
        for thing in things:
            for shape in _declaring(thing.model):
                identifier = _text(thing.mapping.get(shape.key))
                if identifier and shape.declares is not None:
                    yield from self._add(shape.declares, identifier, source, (*thing.path, shape.key))

    def declare_missing(self, kind: Kind, identifier: str, place: Place) -> None:
        """Note an id that comes with the product, unless the folder declares it anew."""
        if (kind, identifier) not in self.places:
            self.places[(kind, identifier)] = place
            self.ids[kind][identifier] = None

    def _add(self, kind: Kind, identifier: str, source: Source, path: Path) -> Iterator[Problem]:
        for taken in (kind, _SHARED.get(kind, kind)):
            first = self.places.get((taken, identifier))
            if first is not None:
                what = f"the {kind} id '{identifier}' is used already, for the {taken} at {first}"
                yield Problem(source.place(path), "duplicate-id", what, "Give one of the two another id.")
                return
        at = source.place(path)
        self.places[(kind, identifier)] = Place(at.file, at.line, at.column, key_path(path[:-1]))
        self.ids[kind][identifier] = None


class ReferenceCheck:
    """Looks up every reference in the register.

    Args:
        register: every id that was read.
        in_doubt: kinds of which a file that could not be read may declare more.
        unread: things whose own files could not be read; they exist.
    """

    def __init__(
        self, register: Register, in_doubt: Collection[Kind] = (), unread: Iterable[tuple[Kind, str]] = ()
    ) -> None:
        self._register = register
        self._in_doubt = frozenset(in_doubt)
        self._unread = frozenset(unread)
        self._suggestions = Suggestions()

    def problems(self, source: Source, things: Iterable[Written]) -> Iterator[Problem]:
        """A problem for each reference of one file to something that does not exist."""
        for thing in things:
            for shape in _referring(thing.model):
                for path, identifier in _references(thing, shape):
                    if not any(self._may_be(kind, identifier) for kind in shape.refers):
                        yield self._dangling(source, path, identifier, shape.refers)

    def _may_be(self, kind: Kind, identifier: str) -> bool:
        known = identifier in self._register.ids[kind] or kind in self._in_doubt
        return known or (kind, identifier) in self._unread

    def _dangling(self, source: Source, path: Path, identifier: str, kinds: tuple[Kind, ...]) -> Problem:
        known = {known: kind for kind in reversed(kinds) for known in self._register.ids[kind]}
        near = self._suggestions.nearest(kinds, identifier, known)
        add = f"Add it: {' or '.join(_WRITTEN_IN[kind] for kind in kinds)}."
        if near is not None:
            place = self._register.places[(known[near], near)]
            add = f"Did you mean '{near}' ({place.file}:{place.line})? If not, {add[0].lower()}{add[1:]}"
        what = f"there is no {' or '.join(kinds)} '{identifier}'{self._but_is(identifier)}"
        return Problem(source.place(path), "dangling-reference", what, add)

    def _but_is(self, identifier: str) -> str:
        """What the id does name, when it names something of another kind."""
        other = next((kind for kind in Kind if identifier in self._register.ids[kind]), None)
        return f" (that is the id of {a_or_an(other)})" if other else ""


def _references(thing: Written, shape: Shape) -> Iterator[tuple[Path, str]]:
    value = thing.mapping.get(shape.key)
    path = (*thing.path, shape.key)
    if isinstance(value, str) and not shape.many:
        yield path, value.strip()
    elif isinstance(value, list) and shape.many:
        for i, item in enumerate(value):
            if isinstance(item, str):
                yield (*path, i), item.strip()


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


@cache
def _declaring(model: type[BaseModel]) -> tuple[Shape, ...]:
    return tuple(shape for shape in shapes_of(model).values() if shape.declares)


@cache
def _referring(model: type[BaseModel]) -> tuple[Shape, ...]:
    return tuple(shape for shape in shapes_of(model).values() if shape.refers)
