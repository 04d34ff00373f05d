"""The sheets of the registers, worked out from the model: a field that is added there appears here.

A list of mappings becomes a sheet of its own, each row of which names the row of the parent sheet that
it belongs to. A mapping inside a mapping becomes columns (`unit_cost.value`). A list of words stands in
one cell. What another standard leaves to other tools (a server, a price) stands in one cell as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import BaseModel

from roundtable.partnership.file_kinds import FOLDERS, MODELS, FileKind
from roundtable.partnership.model.contract import AuthoritativeDefinition, OtherProperty, Quality
from roundtable.partnership.shapes import Shape, shapes_of

#: Words of the contract standard that Roundtable keeps and does not read: one cell each, as JSON.
_KEPT_WHOLE: tuple[type[BaseModel], ...] = (AuthoritativeDefinition, OtherProperty, Quality)
#: The list of a contract in which its custom properties stand, and the name of Roundtable's own.
PROPERTIES, OWN = "customProperties", "roundtable"

Keys = tuple[str, ...]

#: What a sheet is called where its path does not already say it, and what one row of it is.
_NAMES: dict[tuple[FileKind, Keys], tuple[str, str]] = {
    (FileKind.PARTNERSHIP, ()): ("Partnership", "partnership"),
    (FileKind.PARTNERSHIP, ("outcomes",)): ("Outcomes", "outcome"),
    (FileKind.PARTNERSHIP, ("skills",)): ("Skills", "skill"),
    (FileKind.PARTNERSHIP, ("glossary",)): ("Glossary", "term"),
    (FileKind.PARTNERSHIP, ("glossary", "synonyms")): ("Glossary synonyms", "synonym"),
    (FileKind.AGENCY, ("roles",)): ("Posts", "post"),
    (FileKind.SCENARIO, ("factors",)): ("Factors", "factor"),
    (FileKind.SCENARIO, ("factors", "disputed")): ("Factor disputes", "dispute"),
    (FileKind.SCENARIO, ("links",)): ("Links", "link"),
    (FileKind.SCENARIO, ("links", "disputed")): ("Link disputes", "dispute"),
    (FileKind.SCENARIO, ("links", "votes")): ("Link votes", "vote"),
    (FileKind.SCENARIO, ("risks",)): ("Risks", "risk"),
    (FileKind.SCENARIO, ("risks", "requires")): ("Risk skills", "skill"),
    (FileKind.SCENARIO, ("needs",)): ("Needs", "need"),
    (FileKind.SCENARIO, ("needs", "levels")): ("Need levels", "level"),
    (FileKind.SCENARIO, ("journey",)): ("Journey", "step"),
    (FileKind.SCENARIO, ("reframings",)): ("Reframings", "reframing"),
    (FileKind.DATASET, ("schema",)): ("Tables", "table"),
    (FileKind.DATASET, ("schema", "properties")): ("Columns", "column"),
    (FileKind.DATASET, ("slaProperties",)): ("Service levels", "promise"),
    (FileKind.DATASET, (OWN, "consumedBy")): ("Consumers", "consumer"),
    (FileKind.DATASET, (OWN, "consumedBy", "levels")): ("Consumer levels", "level"),
    (FileKind.AGREEMENT, ("parties",)): ("Parties", "party"),
    (FileKind.AGREEMENT, ("grants",)): ("Grants", "grant"),
    (FileKind.SERVICE, ("effects",)): ("Effects", "effect"),
    (FileKind.SERVICE, ("requires",)): ("Service skills", "skill"),
    (FileKind.IMPROVEMENT, ("closes", "findings")): ("Improvement closes", "finding"),
    (FileKind.IMPROVEMENT, ("requirements",)): ("Requirements", "requirement"),
    (FileKind.IMPROVEMENT, ("requirements", "derives_from")): ("Requirement findings", "finding"),
    (FileKind.IMPROVEMENT, ("procurements",)): ("Procurements", "procurement"),
    (FileKind.MEETING, ("decisions",)): ("Decisions", "decision"),
    (FileKind.MEETING, ("wanted",)): ("Decisions wanted", "question"),
    (FileKind.MEETING, ("actions",)): ("Actions", "action"),
    (FileKind.MEETING, ("accepted",)): ("Findings accepted", "acceptance"),
}
#: Fields that tell one row from another, where the model declares none.
_KEY_FIELDS = ("id", "name", "term")
#: The most letters that a sheet's name may have in the workbook's format.
_LONGEST_TITLE = 31
NUMBER = "no"


class Form(StrEnum):
    """How a value stands in its cell."""

    ONE = "one value"
    LIST = "several values"
    JSON = "JSON"


@dataclass(frozen=True)
class Column:
    """One column: a key of the row's mapping, or of a mapping inside it.

    Attributes:
        path: the keys from the row's mapping to the value.
        required: whether every row must have it.
    """

    path: Keys
    form: Form
    shape: Shape
    required: bool

    @property
    def header(self) -> str:
        """What stands in the first row."""
        return ".".join(self.path)

    @property
    def closed(self) -> tuple[str, ...]:
        """The only things that may be written, or nothing where the set is open."""
        words = set(self.shape.words)
        allowed = tuple(str(value) for value in self.shape.allowed)
        if words == {"true or false"}:
            return ("true", "false", *allowed)
        return () if words else allowed


@dataclass(frozen=True)
class Sheet:
    """One register.

    Attributes:
        title: its name, unique.
        kind: the kind of file that its rows come from.
        singular: what one row is.
        parent: the sheet whose rows its own belong to; None for the file itself.
        inside: the keys from the parent's row to the list that this sheet is.
        key: the field that tells its rows apart; None where they are told apart by their number.
        numbered: whether it has a column with the row's number in its list.
        in_order: whether the order of its rows has a meaning.
        columns: in the order of the model.
        fixed: keys that can only have one value, and are filled in.
    """

    title: str
    kind: FileKind
    singular: str
    model: type[BaseModel]
    parent: Sheet | None
    inside: Keys
    key: str | None
    in_order: bool
    columns: tuple[Column, ...]
    fixed: tuple[tuple[str, str | int], ...]

    @property
    def numbered(self) -> bool:
        """Whether each row has a number."""
        return self.parent is not None and (self.key is None or self.in_order)

    @property
    def ancestors(self) -> tuple[Sheet, ...]:
        """The sheets above it that have more than one row, the outermost first."""
        above = (*self.parent.ancestors, self.parent) if self.parent else ()
        return tuple(sheet for sheet in above if sheet.kind is not FileKind.PARTNERSHIP or sheet.parent)

    @property
    def parent_headers(self) -> tuple[str, ...]:
        """The columns that name the row it belongs to."""
        return tuple(f"in {sheet.singular}" for sheet in self.ancestors)

    @property
    def headers(self) -> tuple[str, ...]:
        """The first row."""
        number = (NUMBER,) if self.numbered else ()
        return (*self.parent_headers, *number, *(column.header for column in self.columns))

    @property
    def about(self) -> str:
        """The first sentence that the model says of itself."""
        return (self.model.__doc__ or "").strip().split("\n")[0]


@cache
def all_sheets() -> tuple[Sheet, ...]:
    """Every register, each parent before its children."""
    kinds = (FileKind.PARTNERSHIP, *(kind for kind in FOLDERS.values() if kind is not FileKind.REFERENCE))
    return tuple(sheet for kind in kinds for sheet in _sheets(kind, MODELS[kind][0], None, (), False))


def children_of(sheet: Sheet) -> tuple[Sheet, ...]:
    """The sheets whose rows belong to rows of this one."""
    return tuple(other for other in all_sheets() if other.parent is sheet)


def own_terms(shape: Shape) -> type[BaseModel] | None:
    """Roundtable's own terms among the custom properties of a contract, a table or a column."""
    for model in shape.models:
        keys = shapes_of(model)
        if "property" in keys and keys["property"].allowed == (OWN,):
            return keys["value"].models[0]
    return None


def _sheets(
    kind: FileKind, model: type[BaseModel], parent: Sheet | None, inside: Keys, in_order: bool
) -> Iterator[Sheet]:
    columns: list[Column] = []
    lists: list[tuple[Keys, Shape]] = []
    _walk(model, (), True, columns, lists)
    title, singular = _name(kind, _whole_path(parent, inside))
    fixed = tuple((c.header, c.shape.allowed[0]) for c in columns if _is_fixed(c))
    shown = tuple(column for column in columns if not _is_fixed(column))
    sheet = Sheet(title, kind, singular, model, parent, inside, _key(model), in_order, shown, fixed)
    yield sheet
    for path, shape in lists:
        yield from _sheets(kind, shape.models[0], sheet, path, shape.in_order)


def _walk(
    model: type[BaseModel],
    before: Keys,
    required: bool,
    columns: list[Column],
    lists: list[tuple[Keys, Shape]],
) -> None:
    """Sort the keys of a mapping, and of the mappings inside it, into columns and lists of rows."""
    for shape in shapes_of(model).values():
        path, needed = (*before, shape.key), required and shape.required
        terms = own_terms(shape)
        if terms is not None:
            _walk(terms, (*before, OWN), needed, columns, lists)
        if terms is None and len(shape.models) == 1 and shape.models[0] not in _KEPT_WHOLE:
            if shape.many:
                lists.append((path, shape))
            else:
                _walk(shape.models[0], path, needed, columns, lists)
        else:
            columns.append(Column(path, _form(shape), shape, needed and terms is None))


def _form(shape: Shape) -> Form:
    plain = (shape.words or shape.allowed) and "a mapping" not in shape.words and not shape.models
    if not plain:
        return Form.JSON
    return Form.LIST if shape.many else Form.ONE


def _is_fixed(column: Column) -> bool:
    return column.required and not column.shape.words and len(column.shape.allowed) == 1


def _key(model: type[BaseModel]) -> str | None:
    """The field that tells one from another: its id, or a name that is its own and nobody else's id."""
    shapes = shapes_of(model)
    declared = [key for key, shape in shapes.items() if shape.declares]
    named = [key for key in _KEY_FIELDS if key in shapes and shapes[key].required and not shapes[key].refers]
    has_rows = any(shape.many and shape.models for shape in shapes.values())
    return next(iter(declared or (named if "id" in named or has_rows else [])), None)


def _whole_path(parent: Sheet | None, inside: Keys) -> Keys:
    return (*_whole_path(parent.parent, parent.inside), *inside) if parent else inside


def _name(kind: FileKind, path: Keys) -> tuple[str, str]:
    if (kind, path) in _NAMES:
        return _NAMES[kind, path]
    if not path:
        folder = next(folder for folder, held in FOLDERS.items() if held is kind)
        return folder.capitalize(), str(kind)
    words = " ".join((str(kind), *path)).replace("_", " ")
    return words.capitalize()[:_LONGEST_TITLE].strip(), path[-1].replace("_", " ")
