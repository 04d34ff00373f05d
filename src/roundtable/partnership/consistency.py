"""Statements that cannot both be true: they make a file unusable, where a gap would be a finding.

Each rule looks at one mapping as it is written. What stands there may still be of the wrong kind;
that is told elsewhere, and the rule passes it over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from roundtable.errors import Problem
from roundtable.partnership.model.agency import Agency
from roundtable.partnership.model.agreement import Agreement, Suspension
from roundtable.partnership.model.causal import Link, Strength
from roundtable.partnership.model.contract import Dataset, Table
from roundtable.partnership.model.contract_terms import Consumption, TableTerms
from roundtable.partnership.model.improvement import Improvement, Money
from roundtable.partnership.model.meeting import Meeting
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.reference import HarmWeightTable
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.service import Effect, Service
from roundtable.partnership.model.strict import Estimate
from roundtable.partnership.model.whole import Charter
from roundtable.partnership.shapes import DAY, TEXT, Written, shapes_of
from roundtable.partnership.yaml_source import Path, Source

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEAR = re.compile(r"(\d{4})/(\d{2})", re.ASCII)


class Clash(NamedTuple):
    """Two things that do not go together: where, what and the remedy."""

    path: Path
    what: str
    remedy: str


Rule = Callable[[Written], Iterator[Clash]]


def clashes(source: Source, things: Iterable[Written]) -> Iterator[Problem]:
    """Every contradiction inside one file."""
    for thing in things:
        for rule in _rules_of(thing.model):
            for path, what, remedy in rule(thing):
                yield Problem(source.place((*thing.path, *path)), "contradiction", what, remedy)


def _days(first: str, last: str, tells: str) -> Rule:
    def rule(thing: Written) -> Iterator[Clash]:
        begins, ends = day(thing.mapping.get(first)), day(thing.mapping.get(last))
        if begins and ends and ends < begins:
            what = f"{tells} on {ends}, before it begins on {begins}"
            yield Clash((last,), what, f"'{first}' must not be later than '{last}'.")

    return rule


def _range(low: str, high: str) -> Rule:
    def rule(thing: Written) -> Iterator[Clash]:
        least, most = number(thing.mapping.get(low)), number(thing.mapping.get(high))
        if least is not None and most is not None and least > most:
            what = f"'{low}' ({least}) is more than '{high}' ({most})"
            yield Clash((low,), what, "Change the two round, or correct the one that is wrong.")

    return rule


def _between(key: str, low: str = "low", high: str = "high") -> Rule:
    def rule(thing: Written) -> Iterator[Clash]:
        value = number(thing.mapping.get(key))
        least, most = number(thing.mapping.get(low)), number(thing.mapping.get(high))
        if value is None or (least is not None and most is not None and least > most):
            return
        if (least is not None and value < least) or (most is not None and value > most):
            what = f"'{key}' ({value}) is outside its own range, '{low}' to '{high}'"
            yield Clash((key,), what, "Correct the figure or the range.")

    return rule


def _two_ends(thing: Written) -> Iterator[Clash]:
    end = thing.mapping.get("to")
    if isinstance(end, str) and end.strip() == str(thing.mapping.get("from")).strip():
        what = f"the link goes from '{end}' to itself"
        yield Clash(("to",), what, "Name another factor or an outcome in 'to', or delete the link.")


def _one_link_each(thing: Written) -> Iterator[Clash]:
    """Two links of one scenario from the same factor to the same: the second is another agency's view."""
    remedy = "Keep one link; an agency that sees it another way stands in its 'disputed', with its 'sign'."
    for path, what, _ in _once("links", "from", "to")(thing):
        yield Clash(path, f"a second link between the same two: {what}", remedy)


def _year_after(thing: Written) -> Iterator[Clash]:
    year = thing.mapping.get("year")
    found = _YEAR.fullmatch(year) if isinstance(year, str) else None
    if found and (int(found[1]) + 1) % 100 != int(found[2]):
        right = f"{found[1]}/{(int(found[1]) + 1) % 100:02d}"
        yield Clash(("year",), f"'{year}' is not one financial year", f"Did you mean '{right}'?")


def _once(key: str, *parts: str) -> Rule:
    """No two items of the list at a key may agree in all these parts."""

    def rule(thing: Written) -> Iterator[Clash]:
        seen: dict[tuple[str, ...], int] = {}
        items = thing.mapping.get(key)
        for i, item in enumerate(items if isinstance(items, list) else ()):
            if not isinstance(item, dict) or not all(isinstance(item.get(part), str) for part in parts):
                continue
            same = tuple(item[part].strip() for part in parts)
            if same in seen:
                what = f"{', '.join(same)} stands in '{key}[{seen[same]}]' already"
                yield Clash((key, i), what, f"Keep one item for each {' and '.join(parts)}.")
            seen.setdefault(same, i)

    return rule


def _listed_twice(thing: Written) -> Iterator[Clash]:
    for key in _plain_lists(thing.model):
        items = thing.mapping.get(key)
        if not isinstance(items, list):
            continue
        seen: set[str] = set()
        for i, text in enumerate(item.strip() if isinstance(item, str) else None for item in items):
            if text is not None and text in seen:
                yield Clash((key, i), f"'{text}' is listed twice", "Delete one of the two.")
            seen.add(text or "")


def _not_a_day(thing: Written) -> Iterator[Clash]:
    """A run of digits in quotes, which would otherwise be taken for seconds since 1970."""
    for key in _day_keys(thing.model):
        value = thing.mapping.get(key)
        if isinstance(value, str) and value.strip().lstrip("+-").isdigit():
            yield Clash((key,), f"'{value}' is not a day", "Write the day as 2026-11-23.")


def _pattern(thing: Written) -> Iterator[Clash]:
    pattern = thing.mapping.get("periodPattern")
    if not isinstance(pattern, str):
        return
    try:
        named = "period" in re.compile(pattern).groupindex
    except re.error as error:
        what = f"'{pattern}' is not a regular expression: {error}"
        yield Clash(("periodPattern",), what, "Correct it, for example: '(?P<period>\\d{4}-\\d{2})'.")
        return
    if not named:
        what = f"'{pattern}' has no group named 'period'"
        yield Clash(("periodPattern",), what, "Mark the period in it, as in '(?P<period>\\d{4}-\\d{2})'.")


def _where_the_rows_are(thing: Written) -> Iterator[Clash]:
    given = thing.mapping
    if bool(given.get("rows")) == bool(given.get("rows_from")):
        both = "both 'rows' and 'rows_from' are" if given.get("rows") else "neither 'rows' nor 'rows_from' is"
        remedy = "Give 'rows', or name a CSV file in 'rows_from'."
        yield Clash(("rows_from",) if given.get("rows_from") else (), f"{both} given", remedy)
    for key in ("code_column", "value_column"):
        if bool(given.get("rows_from")) != bool(given.get(key)):
            missing = "is needed with" if given.get("rows_from") else "is of no use without"
            remedy = "'rows_from', 'code_column' and 'value_column' go together."
            yield Clash((key,), f"'{key}' {missing} 'rows_from'", remedy)


def day(value: Any) -> date | None:
    """The day that a text is, if it is one."""
    if not isinstance(value, str) or not _DAY.fullmatch(value.strip()):
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        return None


def number(value: Any) -> int | float | None:
    """The number that a value is, if it is one."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


@cache
def _rules_of(model: type[BaseModel]) -> tuple[Rule, ...]:
    """The rules that a mapping of this model could break; most have no list of words and no day."""
    every = [*_RULES.get(model, ())]
    every += [_listed_twice] if _plain_lists(model) else []
    every += [_not_a_day] if _day_keys(model) else []
    return tuple(every)


@cache
def _plain_lists(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys of lists of words whose order means nothing; to say one twice means nothing either."""
    lists = (shape for shape in shapes_of(model).values() if shape.many and not shape.in_order)
    return tuple(s.key for s in lists if not s.models and (s.allowed or TEXT in s.words))


@cache
def _day_keys(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(shape.key for shape in shapes_of(model).values() if DAY in shape.words)


_RULES: dict[type[BaseModel], tuple[Rule, ...]] = {
    Agency: (
        _days("from", "to", "the body ends"),
        _once("skills", "skill"),
        _once("capacity", "skill", "period", "unit"),
        _once("priorities", "outcome"),
    ),
    Agreement: (
        _days("starts", "ends", "the agreement ends"),
        _days("starts", "withdrawn_on", "the agreement is withdrawn"),
        _once("parties", "agency", "role"),
    ),
    Charter: (_once("glossary", "term"),),
    Dataset: (_once("schema", "name"),),
    Effect: (_range("low", "high"), _between("size")),
    Estimate: (_range("low", "high"), _between("value")),
    HarmWeightTable: (_where_the_rows_are,),
    Consumption: (_once("levels", "layer"),),
    DataNeed: (_once("levels", "layer"),),
    Improvement: (_once("changes", "dimension", "change"),),
    Link: (_two_ends, _once("votes", "by")),
    Meeting: (_once("wanted", "id"), _once("accepted", "rule", "about")),
    Money: (_year_after,),
    Service: (_range("age_from", "age_to"), _once("effects", "factor"), _once("capacity", "period", "unit")),
    Scenario: (_one_link_each,),
    Strength: (_range("low", "high"),),
    Suspension: (_days("from", "to", "the suspension ends"),),
    Table: (_once("properties", "name"),),
    TableTerms: (_pattern,),
}
