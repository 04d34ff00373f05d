"""What each value of a row must be, as SQL conditions over a piece: one list for messages and for casting.

Conditions and casts read the view of a piece in which `made_ready` columns stand beside the sent ones.
A condition is true exactly when the row fails it, and is never null. Of a column's conditions only the
first that fails is told, since the others follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from roundtable.data.intake import quoting
from roundtable.data.intake.becoming import Becoming, Taken, is_key
from roundtable.data.intake.fields import Kind
from roundtable.data.intake.pieces import Wanted
from roundtable.partnership.model.contract import LogicalType
from roundtable.partnership.model.contract_terms import CanonicalTable, EventStatus

#: Wide enough for degrees. A wider decimal costs a hundred times as much to read.
_DEGREES = "DECIMAL(18, 6)"
_NUMBER = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"
_WHOLE = "[0-9]+([.]0*)?"
_SPACES = " \t\r\n\u00a0"
_TRUE_OR_FALSE = "('true', 'false')"


@dataclass(frozen=True)
class Check:
    """One thing that a row must not be.

    Attributes:
        rule: the rule of the quarantine that it breaks.
        column: the contract's name of the column, or of the columns.
        fails: SQL: whether the row breaks it.
        reason: why, in words, without the value: equal reasons can be counted.
    """

    rule: str
    column: str
    fails: str
    reason: str


def value_of(taken: Taken) -> str:
    """SQL: a column's text, null where it is empty or says that nobody knows."""
    unknown = taken.column.terms.unknown_codes
    if not unknown:
        return value_in(taken.wanted)
    column = taken.wanted.column
    return f"CASE WHEN {column} NOT IN ({_texts(('', *unknown))}) THEN {column} END"


def value_in(wanted: Wanted) -> str:
    """SQL: a read column's text, null where it is empty."""
    return f"nullif({wanted.column}, '')"


def text_of(taken: Taken) -> str:
    """SQL: a column's text without the spaces around it, null where nothing is left."""
    return f"nullif({_ready(taken)}, '')"


def cleaned(taken: Taken) -> str:
    """SQL: what is kept of a column that is about a person or an address."""
    if taken.field is not None and taken.field.kind is Kind.SEAL:
        terms = taken.column.terms
        flagged = f"{text_of(taken)} IN ({_texts(terms.seal_codes)})"
        return f"CASE WHEN {flagged} THEN {quoting.text(terms.seals or '')} END"
    return first_day_of(taken) if taken.dates is not None else text_of(taken)


def detail_of(taken: Taken) -> str:
    """SQL: a fact as text: a day as yyyy-MM-dd, true or false in small letters, anything else as sent."""
    if taken.dates is not None:
        return f"CAST({first_day_of(taken)} AS VARCHAR)"
    text = text_of(taken)
    return f"lower({text})" if taken.column.logical_type is LogicalType.BOOLEAN else text


def withdrawn_of(taken: Taken) -> str:
    """SQL: whether a row says that it no longer holds."""
    return f"coalesce({text_of(taken)} IN ({_texts(taken.column.terms.withdrawn_codes)}), false)"


def made_ready(taken: Taken) -> tuple[str, str] | None:
    """A column worked out once, for everything that is then asked of it: its name and its SQL.

    Text is trimmed, an NHS number loses its spaces and a property number its leading zeros too; of a
    date it is the time that it says. None for a column that is used as it was sent.
    """
    kind = taken.field.kind if taken.field is not None else None
    if taken.dates is not None:
        return _ready(taken), taken.dates.instant(value_of(taken))
    if kind in (Kind.NHS_NUMBER, Kind.UPRN):
        close = f"replace({_trimmed(taken)}, ' ', '')"
        return _ready(taken), f"ltrim({close}, '0')" if kind is Kind.UPRN else close
    if kind in (Kind.TEXT, Kind.WITHDRAWN, Kind.DETAIL, Kind.SEAL) or is_key(taken.column):
        return _ready(taken), _trimmed(taken)
    return None


def _ready(taken: Taken) -> str:
    return f"ready_{taken.wanted.column}"


def _trimmed(taken: Taken) -> str:
    """SQL: a text without the spaces around it; those that keep a line together count as spaces too."""
    column = taken.wanted.column
    # To trim costs five times as much as to see that there is nothing to trim.
    odd = " OR ".join(f"contains({column}, {quoting.text(space)})" for space in _SPACES[1:])
    trimmed = f"trim({column}, {quoting.text(_SPACES)})"
    text = f"CASE WHEN {column} LIKE ' %' OR {column} LIKE '% ' OR {odd} THEN {trimmed} ELSE {column} END"
    unknown = taken.column.terms.unknown_codes
    return f"CASE WHEN {column} NOT IN ({_texts(unknown)}) THEN {text} END" if unknown else text


def _texts(values: Iterable[str]) -> str:
    return ", ".join(quoting.text(value) for value in values)


def degrees_of(taken: Taken) -> str:
    """SQL: a column's text as degrees, null where it is no number."""
    return f"try_cast({value_of(taken)} AS {_DEGREES})"


def whole_of(taken: Taken) -> str:
    """SQL: a column's text as a whole number, null where it is no number."""
    return f"try_cast({value_of(taken)} AS BIGINT)"


def _double_of(taken: Taken) -> str:
    """SQL: a column's text as a number to compare with, never one to keep."""
    return f"try_cast({value_of(taken)} AS DOUBLE)"


def instant_of(taken: Taken) -> str:
    """SQL: a column's text as the time it says, null where it says none."""
    if taken.dates is None:
        raise ValueError(f"column '{taken.name}' holds no dates")
    return _ready(taken)


def column_checks(taken: Taken) -> tuple[Check, ...]:
    """What one column must be, in the order in which it is told."""
    return tuple(
        Check(rule, taken.name, f"coalesce({fails}, false)", reason)
        for rule, fails, reason in (*_required(taken), *_typed(taken), *_coded(taken), *_bounded(taken))
    )


def row_checks(made: Becoming) -> tuple[Check, ...]:
    """What the columns of a row must be beside each other."""
    return (*_dates_in_order(made), *_whole_coordinates(made), *_parts_named(made))


def _required(taken: Taken) -> Iterator[tuple[str, str, str]]:
    needed = taken.field is not None and taken.field.needed
    if taken.column.required or needed:
        # A code for unknown is a value that was sent; a record that cannot do without one has none.
        value = value_of(taken) if needed else value_in(taken.wanted)
        yield "required", f"{value} IS NULL", f"{taken.name} is missing"


def _typed(taken: Taken) -> Iterator[tuple[str, str, str]]:
    kind = taken.field.kind if taken.field is not None else None
    value, logical = value_of(taken), taken.column.logical_type
    if taken.dates is not None:
        yield from _dated(taken, value)
    elif kind is Kind.UPRN:
        written = f"regexp_full_match({cleaned(taken)}, '[0-9]{{1,12}}')"
        yield (
            "uprn",
            f"NOT {written}",
            f"{taken.name} is not a property reference number of at most 12 digits",
        )
    elif kind is Kind.DEGREES:
        yield "number", _no_number(taken), f"{taken.name} is not a number"
        most = 180 if taken.field is not None and taken.field.name == "longitude" else 90
        says = f"{taken.name} is not between -{most} and {most}"
        yield "coordinate-range", f"abs({degrees_of(taken)}) > {most}", says
    elif kind is Kind.WHOLE or logical is LogicalType.INTEGER:
        yield "number", _no_number(taken), f"{taken.name} is not a number"
        sign, least = ("", " of at least zero") if kind is Kind.WHOLE else ("[+-]?", "")
        written = f"regexp_full_match({value}, {quoting.text(sign + _WHOLE)})"
        says = f"{taken.name} is not a whole number{least} that can be kept"
        yield "whole-number", f"NOT {written} OR {whole_of(taken)} IS NULL AND {value} IS NOT NULL", says
    elif logical is LogicalType.NUMBER:
        yield "number", _no_number(taken), f"{taken.name} is not a number"
    elif logical is LogicalType.BOOLEAN:
        says = f"{taken.name} is neither true nor false"
        yield "boolean", f"lower({value}) NOT IN {_TRUE_OR_FALSE}", says


def _dated(taken: Taken, value: str) -> Iterator[tuple[str, str, str]]:
    if taken.dates is not None:
        declared = taken.dates.declared
        # Whatever says a time is written as it should be; only the rest is looked at again.
        unfit = f"CASE WHEN {instant_of(taken)} IS NULL THEN NOT {taken.dates.fits(value)} END"
        yield "date-format", unfit, f"{taken.name} is not written as {declared}"
        no_such = f"{value} IS NOT NULL AND {instant_of(taken)} IS NULL"
        yield "date-impossible", no_such, f"{taken.name} is written as {declared}, but there is no such time"


def _no_number(taken: Taken) -> str:
    value = value_of(taken)
    return f"NOT regexp_full_match({value}, {quoting.text(_NUMBER)}) OR NOT isfinite({_double_of(taken)})"


def _coded(taken: Taken) -> Iterator[tuple[str, str, str]]:
    terms = taken.column.terms
    codes = (*terms.codes, *terms.withdrawn_codes) if terms.codes else ()
    if taken.field is not None and taken.field.kind is Kind.STATUS:
        known = _texts(EventStatus)
        says = f"{taken.name} is not fact, allegation or opinion"
        yield "status", f"{value_of(taken)} NOT IN ({known})", says
    if codes:
        known = _texts(codes)
        yield (
            "code",
            f"{value_of(taken)} NOT IN ({known})",
            f"{taken.name} is not one of the contract's codes",
        )


def _bounded(taken: Taken) -> Iterator[tuple[str, str, str]]:
    options, value = taken.column.logical_type_options, value_of(taken)
    shortest, longest = _whole(options.get("minLength")), _whole(options.get("maxLength"))
    if shortest is not None:
        says = f"{taken.name} has fewer than {shortest} letters"
        yield "length", f"length({value}) < {shortest}", says
    if longest is not None:
        says = f"{taken.name} has more than {longest} letters"
        yield "length", f"length({value}) > {longest}", says
    least, most = _whole(options.get("minimum")), _whole(options.get("maximum"))
    if least is not None:
        yield "range", f"{_double_of(taken)} < {least}", f"{taken.name} is smaller than {least}"
    if most is not None:
        yield "range", f"{_double_of(taken)} > {most}", f"{taken.name} is larger than {most}"


def _whole(bound: Any) -> int | None:
    return bound if isinstance(bound, int) and not isinstance(bound, bool) else None


def _parts_named(made: Becoming) -> Iterator[Check]:
    role = made.of("role")
    if role is not None and made.person and made.table.terms.role is None:
        somebody = " OR ".join(f"{value_of(one)} IS NOT NULL" for one in made.person)
        fails = f"{text_of(role)} IS NULL AND ({somebody})"
        yield Check("required", role.name, fails, f"{role.name} is missing, and there is a person")


def _dates_in_order(made: Becoming) -> Iterator[Check]:
    contact = made.canonical is CanonicalTable.CONTACT
    begun = made.of("started" if contact else "occurred_from")
    ended = made.of("ended" if contact else "occurred_to")
    if begun is not None and ended is not None:
        fails = f"coalesce({last_day_of(ended)} < {first_day_of(begun)}, false)"
        yield Check("date-order", ended.name, fails, f"{ended.name} is before {begun.name}")


def first_day_of(taken: Taken) -> str:
    """SQL: the first day that a date or a month may mean."""
    return f"CAST({instant_of(taken)} AS DATE)"


def last_day_of(taken: Taken) -> str:
    """SQL: the last day that a date or a month may mean."""
    day = first_day_of(taken)
    return day if taken.dates is not None and taken.dates.has_day else f"last_day({day})"


def _whole_coordinates(made: Becoming) -> Iterator[Check]:
    east, north = made.of("longitude"), made.of("latitude")
    if east is not None and north is not None:
        fails = f"({value_of(east)} IS NULL) <> ({value_of(north)} IS NULL)"
        says = f"only one of {east.name} and {north.name} is there"
        yield Check("coordinate-half", f"{east.name}, {north.name}", fails, says)
