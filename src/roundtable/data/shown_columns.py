"""Which canonical columns a purpose may see: those made of columns that are granted for it.

A delivered table is taken in with whatever any purpose needs. What is read for one purpose is less: a
canonical column that was made of a column not granted for it is null there, and where a row could not stand
without it, the row is not there at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from roundtable.data.tables import LAKE_TABLES
from roundtable.partnership.model.contract import Table
from roundtable.partnership.model.contract_terms import CanonicalTable

PERSON = "person."
FACT = "detail:"
MEASURE = "value:"
_PEOPLE = "person_record"
_PARTS = "involvement"
_FACTS = "detail"
_VERSIONS = "row_version"
#: Contract terms that become several columns, or one of another name, by canonical table; others keep theirs.
_BECOMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("event", "uprn"): ("address_id",),
    ("contact", "uprn"): ("address_id",),
    ("address_record", "uprn"): ("uprn", "address_id"),
    (_PEOPLE, "uprn"): ("uprn", "address_id"),
}


class InPlace(StrEnum):
    """What stands in a column that may not be seen."""

    NOTHING = "nothing"
    FIRST_DAY = "first_day"
    """The first day on which it may have happened, in the place of the last."""
    USUAL = "usual"
    """What the contract says of the whole table."""
    AREA = "area"
    """The area's own code, in the place of its name."""


@dataclass(frozen=True)
class Hidden:
    """A canonical column that may not be seen, and what stands in its place.

    Attributes:
        column: its name.
        instead: what stands there.
        value: the text that does, where the contract says one for the whole table.
    """

    column: str
    instead: InPlace = InPlace.NOTHING
    value: str = ""


@dataclass(frozen=True)
class Shown:
    """What a purpose may see of one canonical table that a table of a contract became.

    Attributes:
        rows: whether its rows are there at all.
        hidden: columns that may not be seen.
        without: for facts and measures, the names of those that may not be.
    """

    rows: bool
    hidden: tuple[Hidden, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything of it may be seen."""
        return self.rows and not self.hidden and not self.without


def shown_of(table: Table, granted: frozenset[str]) -> Mapping[str, Shown]:
    """What may be seen of each canonical table that a table of a contract becomes.

    Args:
        table: the table of the contract.
        granted: the columns of it that are granted for the purpose, by the contract's names.
    """
    canonical = table.terms.canonical
    if canonical is None:
        return {}
    made_of = _made_of(table, canonical)
    found = {name: _shown(table, name, columns, granted) for name, columns in made_of.items()}
    facts = _names(table, FACT)
    if facts:
        found[_FACTS] = _named(facts, granted, of=found[canonical])
    if canonical is CanonicalTable.AREA_DEPRIVATION:
        found[canonical] = _named(_names(table, MEASURE), granted, of=found[canonical])
    found[_VERSIONS] = _shown(table, _VERSIONS, _version_made_of(table), granted)
    return found


def _made_of(table: Table, canonical: str) -> dict[str, dict[str, set[str]]]:
    """For each canonical table, the columns of the contract that each of its columns is made of."""
    found: dict[str, dict[str, set[str]]] = {canonical: {}}
    for lake_table, lake_column, column in _becoming(table, canonical):
        if lake_column in LAKE_TABLES[lake_table].schema.names:
            found.setdefault(lake_table, {}).setdefault(lake_column, set()).add(column)
    if _PEOPLE in found and canonical == CanonicalTable.EVENT:
        found.setdefault(_PARTS, {})
    return found


def _version_made_of(table: Table) -> dict[str, set[str]]:
    """What a row's version is made of: its key, when it was recorded, and whether it still holds."""
    named = {column.terms.canonical: {column.name} for column in table.properties}
    keys = {column.name for column in table.properties if column.primary_key}
    found = {"row_key": keys, "recorded_at": named.get("recorded_at"), "withdrawn": named.get("withdrawn")}
    return {name: columns for name, columns in found.items() if columns}


def _becoming(table: Table, canonical: str) -> Iterator[tuple[str, str, str]]:
    """Each canonical column with the contract's column that becomes it."""
    about_people = any((c.terms.canonical or "").startswith(PERSON) for c in table.properties)
    for column in table.properties:
        name = column.terms.canonical
        if name is None or name.startswith((FACT, MEASURE)):
            continue
        if name.startswith(PERSON):
            bare = name.removeprefix(PERSON)
            for one in _BECOMES.get((_PEOPLE, bare), (bare,)):
                yield _PEOPLE, one, column.name
        elif name == "role":
            yield _PARTS, "role", column.name
        else:
            for one in _BECOMES.get((canonical, name), (name,)):
                yield canonical, one, column.name
        if about_people and name in ("source_id", "recorded_at") and canonical != _PEOPLE:
            yield _PEOPLE, name, column.name
        if about_people and name == "source_id" and canonical == "event":
            yield _PARTS, "event_source_id", column.name


def _shown(table: Table, lake_table: str, made_of: Mapping[str, set[str]], granted: frozenset[str]) -> Shown:
    people = [c.name for c in table.properties if (c.terms.canonical or "").startswith(PERSON)]
    if lake_table in (_PEOPLE, _PARTS) and people and not granted.intersection(people):
        return Shown(False)
    if not granted:
        return Shown(False)
    hidden = []
    for column, sources in sorted(made_of.items()):
        if not sources <= granted:
            instead = _instead(table, lake_table, column)
            if instead is None:
                return Shown(False)
            hidden.append(instead)
    if lake_table == "contact" and people and not granted.intersection(people):
        hidden.append(Hidden("record_id"))
    return Shown(True, tuple(_together(lake_table, hidden)))


def _instead(table: Table, lake_table: str, column: str) -> Hidden | None:
    """What stands in the place of a column; None where no row can do without it."""
    terms = table.terms
    match lake_table, column:
        case "event", "occurred_to":
            return Hidden(column, InPlace.FIRST_DAY)
        case "event", "status":
            return Hidden(column, InPlace.USUAL, terms.status.value)
        case "involvement", "role":
            return Hidden(column, InPlace.USUAL, terms.role) if terms.role else None
        case "area", "name":
            return Hidden(column, InPlace.AREA)
        case _, "as_of":
            return Hidden(column, InPlace.USUAL, str(terms.as_of)) if terms.as_of else None
    return Hidden(column) if LAKE_TABLES[lake_table].schema.field(column).nullable else None


def _together(lake_table: str, hidden: list[Hidden]) -> Iterator[Hidden]:
    """Half of a place says nothing, and could still say too much."""
    yield from hidden
    names = {one.column for one in hidden}
    half = {"longitude", "latitude"} & names
    if len(half) == 1 and lake_table in ("event", "address_record"):
        yield Hidden("latitude" if "longitude" in half else "longitude")


def _names(table: Table, prefix: str) -> dict[str, str]:
    """The names of a table's facts or measures, with the contract's column of each."""
    return {
        name.removeprefix(prefix): column.name
        for column in table.properties
        if (name := column.terms.canonical) is not None and name.startswith(prefix)
    }


def _named(names: Mapping[str, str], granted: frozenset[str], of: Shown) -> Shown:
    """Facts are seen where what they are about is, and the granted ones alone."""
    without = tuple(sorted(name for name, column in names.items() if not of.rows or column not in granted))
    hidden = tuple(one for one in of.hidden if one.column == "as_of")
    return Shown(len(without) < len(names), hidden, without)
