"""What a delivered table becomes: which of its columns are read, and which canonical column each is.

Only columns that an agreement in force lets through, and that become something or are checked, are read
at all. Whatever keeps the contract from being used is told at once, before a file is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache, cached_property
from zoneinfo import available_timezones

from roundtable.data.intake.dates import (
    DATE_FORMAT,
    TIMESTAMP_FORMAT,
    DateFormat,
    UnknownFormat,
    read_format,
)
from roundtable.data.intake.fields import (
    DETAIL,
    FIELDS,
    MEASURE,
    PERSON,
    Field,
    Kind,
    field_of,
    unfit_detail,
)
from roundtable.data.intake.pieces import Wanted
from roundtable.data.intake.records import Dialect
from roundtable.data.intake.rules import problem
from roundtable.errors import DeliveryRefused, Place, Problem
from roundtable.governance.permission import Permission
from roundtable.partnership.model.contract import Column, Dataset, LogicalType, Table
from roundtable.partnership.model.contract_terms import (
    Arrival,
    CanonicalTable,
    FileFormat,
    SealFlag,
    Subjects,
)

_DATED = (CanonicalTable.AREA_POPULATION, CanonicalTable.AREA_DEPRIVATION)


@dataclass(frozen=True)
class Taken:
    """A column that is read.

    Attributes:
        column: as the contract has it.
        field: the canonical column it becomes; None when it is only checked.
        wanted: how it is read.
        dates: its declared format, when it holds dates or times.
    """

    column: Column
    field: Field | None
    wanted: Wanted
    dates: DateFormat | None

    @property
    def name(self) -> str:
        """What the contract and the messages call it."""
        return self.column.name


@dataclass(frozen=True)
class Becoming:
    """A table of a contract, ready to be read.

    Attributes:
        dataset: the contract.
        table: its table.
        canonical: what it becomes.
        taken: the columns that are read, in the contract's order.
        dialect: the delimiter of its CSV files.
        permission: what lets them be read.
    """

    dataset: Dataset
    table: Table
    canonical: CanonicalTable
    taken: tuple[Taken, ...]
    dialect: Dialect
    permission: Permission

    @cached_property
    def person(self) -> tuple[Taken, ...]:
        """The columns about the row's person."""
        return tuple(one for one in self.taken if one.field and one.field.name.startswith(PERSON))

    @cached_property
    def details(self) -> tuple[Taken, ...]:
        """The columns that are facts about the row."""
        return tuple(one for one in self.taken if one.field and one.field.kind is Kind.DETAIL)

    @property
    def in_increments(self) -> bool:
        """Whether its deliveries bring new and changed rows, told apart by their key."""
        return self.table.terms.arrives is Arrival.INCREMENTS

    @cached_property
    def keyed(self) -> bool:
        """Whether keyed ids are made of it, so that it cannot be taken in without keys."""
        identifies = any(one.field is not None and one.field.identifies for one in self.taken)
        return identifies or self.in_increments or self.canonical is CanonicalTable.INVOLVEMENT

    @cached_property
    def spreads(self) -> bool:
        """Whether a row becomes rows of several tables, or what only the vault knows how to make."""
        return self.keyed or bool(self.details)

    @cached_property
    def private(self) -> bool:
        """Whether a row as it was sent may say who somebody is or where they live."""
        return self.keyed or self.dataset.terms.subjects in (Subjects.PEOPLE, Subjects.PROPERTIES)

    def of(self, name: str) -> Taken | None:
        """The column that becomes this canonical one, if any does."""
        return next((one for one in self.taken if one.field is not None and one.field.name == name), None)


def becoming(dataset: Dataset, table: Table, permission: Permission, shown: str) -> Becoming:
    """Work out how a table is read.

    Args:
        dataset: the contract.
        table: one of its tables, which names a canonical table.
        permission: granted, for this table.
        shown: the delivery, for messages.

    Raises:
        DeliveryRefused: the contract lacks something, or agreements let too little through; all of it.
    """
    problems = [
        problem("contract", shown, f"table '{table.name}' of the contract: {what}", remedy, key=dataset.id)
        for what, remedy in (*_missing_terms(table), *_unknown_fields(table), *_odd_formats(table))
    ]
    if problems or table.terms.canonical is None:
        raise DeliveryRefused(problems)
    canonical = table.terms.canonical
    taken = tuple(_taken(table, canonical, permission))
    made = Becoming(dataset, table, canonical, taken, Dialect(table.terms.delimiter), permission)
    problems += _too_few(made, shown)
    if problems:
        raise DeliveryRefused(problems)
    return made


def _taken(table: Table, canonical: CanonicalTable, permission: Permission) -> Iterator[Taken]:
    number = 0
    for column in table.properties:
        field = field_of(canonical, column)
        if field is not None and field.name == "as_of" and table.terms.as_of is None:
            field = replace(field, needed=True)
        used = field is not None or column.required or column.terms.codes or is_key(column)
        if not used or column.name not in permission.columns:
            continue
        dates = _dates(column, field)
        few = bool(column.terms.codes or column.terms.withdrawn_codes) or (
            dates is not None and not dates.has_time
        )
        yield Taken(column, field, Wanted(column.header, f"c{number}", few), dates)
        number += 1


def is_key(column: Column) -> bool:
    """Whether no two rows of a delivery may have the same value in a column, alone or with others."""
    return column.unique or column.primary_key


def _dates(column: Column, field: Field | None) -> DateFormat | None:
    dated = field is not None and field.kind in (Kind.DAY, Kind.INSTANT)
    if not dated and column.logical_type not in (LogicalType.DATE, LogicalType.TIMESTAMP):
        return None
    usual = TIMESTAMP_FORMAT if column.logical_type is LogicalType.TIMESTAMP else DATE_FORMAT
    return read_format(column.date_format or usual)


def _missing_terms(table: Table) -> Iterator[tuple[str, str]]:
    terms, canonical = table.terms, table.terms.canonical
    if canonical in (CanonicalTable.EVENT, CanonicalTable.CONTACT) and terms.scheme is None:
        yield "it names no 'scheme'", f"Write which code list the codes of its {canonical}s belong to."
    if canonical is not None and canonical.value.startswith("area") and terms.area_kind is None:
        yield "it names no 'areaKind'", "Write which kind of area its rows are about: lsoa11, for example."
    mapped = {column.terms.canonical for column in table.properties}
    yield from _missing_about_people(table, {name for name in mapped if name is not None})
    if canonical in _DATED and terms.as_of is None and "as_of" not in mapped:
        yield "it does not say which day its figures describe", "Write 'asOf', or let a column become as_of."
    if (canonical is CanonicalTable.AREA) is not (terms.format is FileFormat.GEOJSON) and canonical:
        yield (
            "boundaries come as GeoJSON, and only they",
            "Write 'format: geojson' for boundaries alone.",
        )
    try:
        Dialect(terms.delimiter)
    except ValueError as error:
        yield f"its delimiter cannot be used: {error}", "Write ',' or ';' or a tab."
    if canonical is CanonicalTable.AREA_DEPRIVATION and not any(
        name is not None and name.startswith(MEASURE) for name in mapped
    ):
        yield f"no column becomes '{MEASURE}<measure>'", "Say which columns hold which figure of the index."
    for field in FIELDS[canonical] if canonical else ():
        if field.needed and field.name not in mapped:
            yield f"no column becomes '{field.name}'", "Write 'canonical' for the column that holds it."


def _missing_about_people(table: Table, mapped: set[str]) -> Iterator[tuple[str, str]]:
    terms, canonical = table.terms, table.terms.canonical
    people = any(name.startswith(PERSON) for name in mapped)
    if canonical in (CanonicalTable.PERSON_RECORD, CanonicalTable.INVOLVEMENT) and not people:
        yield f"no column becomes '{PERSON}...'", "Say which columns tell who the person is."
    part = canonical is CanonicalTable.INVOLVEMENT or (canonical is CanonicalTable.EVENT and people)
    if part and terms.role is None and "role" not in mapped:
        yield "it does not say which part its people have", "Write 'role', or let a column become role."
    if terms.arrives is Arrival.INCREMENTS and not any(column.primary_key for column in table.properties):
        yield "it arrives in increments and has no primary key", "Write 'primaryKey: true' where it is."
    if "withdrawn" in mapped and terms.arrives is not Arrival.INCREMENTS:
        yield "a column becomes 'withdrawn'", "Write 'arrives: increments': other deliveries leave rows out."


#: What a row of the gazetteer calls the flag that seals its property; a person's is `person.seal`.
_OF_PLACE = "seal"


def _unknown_fields(table: Table) -> Iterator[tuple[str, str]]:
    if table.terms.canonical is None:
        return
    names = [field.name for field in FIELDS[table.terms.canonical]]
    seen: set[str] = set()
    for column in table.properties:
        name = column.terms.canonical
        if name is None:
            continue
        if field_of(table.terms.canonical, column) is None:
            near = get_close_matches(name, names, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(names)}"
            what = f"column '{column.name}' becomes '{name}', which {table.terms.canonical} does not have"
            yield what, f"{hint[0].upper()}{hint[1:]}"
        elif name.startswith(DETAIL) and (unfit := unfit_detail(column)) is not None:
            yield f"column '{column.name}' {unfit}", "Write its 'codes' or its logicalType, or leave it out."
        elif name == "withdrawn" and not column.terms.withdrawn_codes:
            yield f"column '{column.name}' says when a row is withdrawn", "Write 'withdrawnCodes'."
        elif name in (_OF_PLACE, f"{PERSON}{_OF_PLACE}") and not (
            column.terms.seals and column.terms.seal_codes
        ):
            yield f"column '{column.name}' puts rows under seal", "Write 'seals' and 'sealCodes'."
        elif name == _OF_PLACE and column.terms.seals is not SealFlag.PROTECTED_ADDRESS:
            what = f"column '{column.name}' puts properties under seal as '{column.terms.seals}'"
            yield what, "Write 'seals: protected_address': a property is nothing else."
        if name in seen:
            yield f"two columns become '{name}'", "Let one of them become it."
        seen.add(name)


@cache
def _time_zones() -> frozenset[str]:
    """The names of all time zones: to look for them takes a walk through the file system."""
    return frozenset(available_timezones())


def _odd_formats(table: Table) -> Iterator[tuple[str, str]]:
    canonical = table.terms.canonical
    for column in table.properties:
        try:
            _dates(column, field_of(canonical, column) if canonical else None)
        except UnknownFormat as error:
            yield f"the date format of column '{column.name}': {error}", "Use those letters in 'format'."
        zone = column.logical_type_options.get("defaultTimezone")
        if zone is not None and zone not in _time_zones():
            yield f"'{zone}' of column '{column.name}' is no time zone", "Write Europe/London, for example."


def _too_few(made: Becoming, shown: str) -> Iterator[Problem]:
    """Columns that must be there and that no agreement lets through."""
    needed = {field.name for field in FIELDS[made.canonical] if field.needed}
    for column in made.table.properties:
        name = column.terms.canonical
        if name in needed and made.of(str(name)) is None:
            yield _not_granted(made, shown, column, f"no {made.canonical} can be made")
        elif made.in_increments and column.primary_key and column not in [one.column for one in made.taken]:
            yield _not_granted(made, shown, column, "its rows cannot be told apart")
    for one, other in (("longitude", "latitude"), ("latitude", "longitude")):
        if made.of(one) is not None and made.of(other) is None:
            for column in made.table.properties:
                if column.terms.canonical == other:
                    yield _not_granted(made, shown, column, f"the {one} says nothing")
    if made.canonical is CanonicalTable.AREA_DEPRIVATION and not any(
        one.field is not None and one.field.name.startswith(MEASURE) for one in made.taken
    ):
        what = "agreements in force let none of the figures of the index through"
        yield problem("columns-not-granted", shown, what, _add_to(made))


def _not_granted(made: Becoming, shown: str, column: Column, so: str) -> Problem:
    what = f"no agreement in force lets the column '{column.name}' through, without which {so}"
    found = problem("columns-not-granted", shown, what, _add_to(made))
    return Problem(Place(shown, key=made.table.name), found.rule, found.what, found.remedy)


def _add_to(made: Becoming) -> str:
    return f"Have its parties add it to {' or '.join(made.permission.agreements)}."
