"""Every thing of a partnership by its kind and id, with what it says and which agencies it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

from pydantic import BaseModel

from roundtable.partnership.changes.naming import called, names, shown, words
from roundtable.partnership.changes.renames import Renames
from roundtable.partnership.changes.written import Branch, Leaf, Many, Node
from roundtable.partnership.model.agency import Capacity, Priority, Skill, SkillCapacity
from roundtable.partnership.model.agreement import Grant, Party
from roundtable.partnership.model.causal import Link, Vote
from roundtable.partnership.model.contract import Column, Table
from roundtable.partnership.model.interoperability import LayerLevel
from roundtable.partnership.model.meeting import Acceptance, DecisionWanted
from roundtable.partnership.model.service import Effect
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import GlossaryTerm, Partnership
from roundtable.partnership.shapes import Shape, shapes_of

#: What tells apart the rows of a list that have no id of their own. Other rows are compared whole.
_ROW_KEYS: dict[type[BaseModel], tuple[str, ...]] = {
    Priority: ("outcome",),
    Skill: ("skill",),
    SkillCapacity: ("skill", "period", "unit"),
    Capacity: ("period", "unit"),
    Party: ("agency", "role"),
    Grant: ("dataset", "table"),
    Effect: ("factor",),
    Vote: ("by",),
    LayerLevel: ("layer",),
    DecisionWanted: ("id",),
    Acceptance: ("rule", "about"),
    GlossaryTerm: ("term",),
    Table: ("name",),
    Column: ("name",),
}


class Sort(StrEnum):
    """The kinds of thing that are compared, in the order in which a table reads them."""

    PARTNERSHIP = "partnership"
    OUTCOME = "outcome"
    SKILL = "skill"
    AGENCY = "agency"
    ROLE = "post"
    SCENARIO = "scenario"
    FACTOR = "factor"
    LINK = "link"
    RISK = "risk"
    NEED = "need"
    DATASET = "dataset"
    AGREEMENT = "agreement"
    SERVICE = "service"
    IMPROVEMENT = "improvement"
    REQUIREMENT = "requirement"
    PROCUREMENT = "procurement"
    MEETING = "meeting"
    DECISION = "decision"
    ACTION = "action"
    GATEWAY = "gateway"
    TABLE = "reference table"

    @property
    def plural(self) -> str:
        """More than one of them."""
        return {"agency": "agencies"}.get(self.value, f"{self.value}s")


@dataclass(frozen=True)
class Thing:
    """One thing.

    Attributes:
        sort: what kind of thing it is.
        key: its id, or for a link the scenario and its two ends; as the newer folder would name it. There
            is one partnership, whatever its id.
        written: its id as it stands in its own folder.
        name: what it is called, in plain words.
        inside: the sort and key of the thing that it is part of, such as the scenario of a factor.
        model: the thing itself.
        reader: puts it into words when they are asked for: most things have not changed, and are not.
    """

    sort: Sort
    key: str
    written: str
    name: str
    inside: tuple[Sort, str] | None
    model: BaseModel
    reader: _Reader

    @property
    def says(self) -> Branch:
        """Everything that it says, its parts with an id of their own apart."""
        return self._read[0]

    @property
    def agencies(self) -> frozenset[str]:
        """The ids of the agencies that it names, as the newer folder would."""
        own = {self.key} if self.sort is Sort.AGENCY else set()
        holder = {self.inside[1]} if self.inside is not None and self.inside[0] is Sort.AGENCY else set()
        return frozenset({*self._read[1], *own, *holder})

    def same_as(self, other: Thing) -> bool:
        """Whether the two say the same, word for word, so that no further look is needed."""
        return not self.reader.renames and not other.reader.renames and self.model == other.model

    @cached_property
    def _read(self) -> tuple[Branch, frozenset[str]]:
        named: set[str] = set()
        return self.reader.branch(self.model, named), frozenset(named)


def things_of(partnership: Partnership, renames: Renames) -> Mapping[tuple[Sort, str], Thing]:
    """Every thing of a partnership, by sort and key.

    Args:
        partnership: what is agreed.
        renames: ids to read as others, for the older of two folders.
    """
    reader = _Reader(partnership, renames)
    found = (
        (Sort.PARTNERSHIP, (partnership.charter,)),
        (Sort.AGENCY, partnership.agencies),
        (Sort.SCENARIO, partnership.scenarios),
        (Sort.DATASET, partnership.datasets),
        (Sort.AGREEMENT, partnership.agreements),
        (Sort.SERVICE, partnership.services),
        (Sort.IMPROVEMENT, partnership.improvements),
        (Sort.MEETING, partnership.meetings),
        (Sort.GATEWAY, partnership.gateways),
        (Sort.TABLE, (*partnership.harm_weights, *partnership.code_mixes)),
    )
    things = (thing for sort, models in found for model in models for thing in reader.read(model, sort, None))
    return {(thing.sort, thing.key): thing for thing in things}


class _Reader:
    """Reads the models of one partnership into things."""

    def __init__(self, partnership: Partnership, renames: Renames) -> None:
        self.renames = renames
        self._partnership = partnership
        self._names = names(partnership)

    def read(self, model: BaseModel, sort: Sort, inside: tuple[Sort, str] | None) -> Iterator[Thing]:
        """A thing, and after it every thing within it."""
        key, written, name = self._identity(model, sort, inside)
        yield Thing(sort, key, written, name, inside, model, self)
        for shape in _holding_things(type(model)):
            for part in model.__dict__[shape.name]:
                yield from self.read(part, _sort_of(part), (sort, key))

    def branch(self, model: BaseModel, named: set[str]) -> Branch:
        """What a model says; the agencies that it names are added to `named`."""
        apart = {shape.name for shape in _holding_things(type(model))}
        parts: dict[str, tuple[str, Node]] = {}
        for key, shape in shapes_of(type(model)).items():
            value = model.__dict__[shape.name]
            is_id = shape.declares is not None or (key == "id" and not shape.models)
            if value is None or value == () or is_id or shape.name in apart or _is_end(model, shape):
                continue
            parts[key] = (words(shape.name), self._node(shape, value, named))
        return Branch(parts)

    def _identity(
        self, model: BaseModel, sort: Sort, inside: tuple[Sort, str] | None
    ) -> tuple[str, str, str]:
        """Key, id as written, and name."""
        if isinstance(model, Link):
            ends = [self._named((Kind.FACTOR, Kind.OUTCOME), end) for end in (model.from_, model.to)]
            scenario = inside[1] if inside is not None else ""
            key = f"{scenario}: {ends[0].same} > {ends[1].same}"
            return key, key, f"from '{ends[0].shown}' to '{ends[1].shown}'"
        written = str(model.__dict__["id"])
        kind = _kind_of(model)
        if sort is Sort.PARTNERSHIP:
            return sort.value, written, called(model) or written
        key = self.renames.get((kind, written), written) if kind is not None else written
        return key, written, called(model) or written

    def _node(self, shape: Shape, value: Any, named: set[str]) -> Node:
        if isinstance(value, BaseModel):
            return self.branch(value, named)
        if not isinstance(value, tuple):
            return self._leaf(shape, value, named)
        if not isinstance(value[0], BaseModel):
            return Many(tuple(self._leaf(shape, one, named) for one in value))
        rows = [(self._row_key(one, named), self.branch(one, named)) for one in value]
        keys = [key.same for key, _ in rows if key is not None]
        if len(set(keys)) < len(rows):
            return Many(tuple(Leaf(_same(row), row.shown) for _, row in rows))
        besides = set(_ROW_KEYS[type(value[0])])
        return Branch({key.same: (key.shown, _less(row, besides)) for key, row in rows if key is not None})

    def _row_key(self, row: BaseModel, named: set[str]) -> Leaf | None:
        """What a row is told apart by; None where rows of its kind are compared whole."""
        keys = _ROW_KEYS.get(type(row))
        if keys is None:
            return None
        shapes = {shape.name: shape for shape in shapes_of(type(row)).values()}
        parts = [self._leaf(shapes[key], row.__dict__[key], named) for key in keys]
        return Leaf(" | ".join(part.same for part in parts), ", ".join(part.shown for part in parts))

    def _leaf(self, shape: Shape, value: Any, named: set[str]) -> Leaf:
        if shape.refers and isinstance(value, str):
            found = self._named(shape.refers, value)
            if Kind.AGENCY in shape.refers:
                named.add(found.same)
            elif Kind.ROLE in shape.refers:
                holder = self._partnership.role(value)[0].id
                named.add(self.renames.get((Kind.AGENCY, holder), holder))
            return found
        text = shown(value)
        return Leaf(text, text)

    def _named(self, kinds: tuple[Kind, ...], value: str) -> Leaf:
        """A thing that is named: compared by its id, shown by its name."""
        same = next((self.renames[kind, value] for kind in kinds if (kind, value) in self.renames), value)
        name = next((self._names[kind, value] for kind in kinds if (kind, value) in self._names), value)
        return Leaf(same, name)


def _less(row: Branch, keys: set[str]) -> Branch:
    """A row without what it is told apart by, which stands beside it already."""
    return Branch({key: part for key, part in row.parts.items() if key not in keys})


def _same(node: Node) -> str:
    """What a node is compared by, whole."""
    match node:
        case Leaf():
            return node.same
        case Many():
            return ", ".join(leaf.same for leaf in node.leaves)
        case Branch():
            return ", ".join(f"{key} {_same(part)}" for key, (_, part) in node.parts.items())


def _sort_of(model: BaseModel) -> Sort:
    kind = _kind_of(model)
    return Sort.LINK if kind is None else Sort[kind.name]


def _kind_of(model: BaseModel) -> Kind | None:
    return _declared(type(model))


@cache
def _declared(model: type[BaseModel]) -> Kind | None:
    return next((shape.declares for shape in shapes_of(model).values() if shape.declares), None)


@cache
def _holding_things(model: type[BaseModel]) -> tuple[Shape, ...]:
    """The lists of a model whose items are things of their own."""
    return tuple(
        shape for shape in shapes_of(model).values() if shape.many and any(map(_is_thing, shape.models))
    )


def _is_thing(model: type[BaseModel]) -> bool:
    return model is Link or _declared(model) is not None


def _is_end(model: BaseModel, shape: Shape) -> bool:
    return isinstance(model, Link) and shape.name in ("from_", "to")
