"""Statements of one file that another file rules out: tables and columns that no contract has, circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any

from pydantic import BaseModel

from roundtable.errors import Problem
from roundtable.partnership.model.agency import Agency, Role
from roundtable.partnership.model.agreement import Agreement, Grant
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.contract_terms import Consumption
from roundtable.partnership.model.improvement import Improvement
from roundtable.partnership.model.outcome import MeasuredBy
from roundtable.partnership.nearest import Suggestions
from roundtable.partnership.shapes import Written
from roundtable.partnership.wrong_values import perhaps
from roundtable.partnership.yaml_source import Path, Source

#: The columns of each table of each dataset, by their names in its contract.
Contracts = Mapping[str, Mapping[str, Sequence[str]]]
Files = Sequence[tuple[Source, Sequence[Written]]]

#: References among things of one kind that may not lead back to where they began, in words.
_NO_CIRCLES: Mapping[type[BaseModel], tuple[str, str]] = {
    Agency: ("successor", "became"),
    Agreement: ("parent", "stands under"),
    Improvement: ("depends_on", "waits for"),
}
_MOST_CIRCLES = 20


def across_files(files: Files) -> Iterator[Problem]:
    """Every contradiction between files; references that lead nowhere are told elsewhere."""
    contracts = _contracts(thing for _, things in files for thing in things if thing.model is Dataset)
    suggestions = Suggestions()
    for source, things in files:
        for thing in things:
            if thing.model in (Grant, MeasuredBy):
                yield from _table(source, thing, contracts, suggestions)
            elif thing.model is Consumption:
                yield from _columns_used(source, thing, things, suggestions)
            elif thing.model is Role:
                yield from _own_deputy(source, thing)
    for model in _NO_CIRCLES:
        yield from _circles(files, model)


def _own_deputy(source: Source, post: Written) -> Iterator[Problem]:
    deputy = _text(post.mapping.get("deputy"))
    if deputy and deputy == _text(post.mapping.get("id")):
        place = source.place((*post.path, "deputy"))
        yield Problem(place, "contradiction", "the post is its own deputy", "Name another post.")


def _columns_used(
    source: Source, use: Written, things: Sequence[Written], suggestions: Suggestions
) -> Iterator[Problem]:
    """Columns that are said to reach somebody and that no table of the contract has."""
    tables = _contracts(thing for thing in things if thing.model is Dataset)
    if not tables:
        return
    dataset = next(iter(tables))
    known = sorted({column for columns in tables[dataset].values() for column in columns})
    columns = use.mapping.get("columns")
    for i, column in enumerate(columns if isinstance(columns, list) else ()):
        if isinstance(column, str) and column.strip() not in known:
            near = perhaps(suggestions.nearest((dataset, ""), column.strip(), known))
            what = f"'{dataset}' has no column '{column.strip()}'"
            remedy = f"{near}Its contract names: {', '.join(known) or 'no columns'}."
            yield Problem(source.place((*use.path, "columns", i)), "no-such-column", what, remedy)


def _contracts(datasets: Iterable[Written]) -> Contracts:
    return {
        dataset.mapping["id"].strip(): {
            table["name"].strip(): [column["name"].strip() for column in _named(table.get("properties"))]
            for table in _named(dataset.mapping.get("schema"))
        }
        for dataset in datasets
        if isinstance(dataset.mapping.get("id"), str)
    }


def _named(items: Any) -> list[dict[str, Any]]:
    """Those items of a list that are mappings with a name, for what else there is has been told."""
    found = items if isinstance(items, list) else []
    return [item for item in found if isinstance(item, dict) and isinstance(item.get("name"), str)]


def _table(
    source: Source, thing: Written, contracts: Contracts, suggestions: Suggestions
) -> Iterator[Problem]:
    dataset, table = (_text(thing.mapping.get(key)) for key in ("dataset", "table"))
    tables = contracts.get(dataset)
    if tables is None or not table:
        return
    if table not in tables:
        near = perhaps(suggestions.nearest(dataset, table, tables))
        remedy = f"{near}Its contract has: {', '.join(sorted(tables)) or 'no tables'}."
        what = f"the dataset '{dataset}' has no table '{table}'"
        yield Problem(source.place((*thing.path, "table")), "no-such-table", what, remedy)
        return
    columns = thing.mapping.get("columns")
    for i, column in enumerate(columns if isinstance(columns, list) else ()):
        if isinstance(column, str) and column.strip() not in tables[table]:
            near = perhaps(suggestions.nearest((dataset, table), column.strip(), tables[table]))
            remedy = f"{near}Its contract names: {', '.join(sorted(tables[table]))}."
            what = f"the table '{table}' of '{dataset}' has no column '{column.strip()}'"
            yield Problem(source.place((*thing.path, "columns", i)), "no-such-column", what, remedy)


def _circles(files: Files, model: type[BaseModel]) -> Iterator[Problem]:
    """Each circle once, at the reference that closes it."""
    key, verb = _NO_CIRCLES[model]
    edges: dict[str, dict[str, tuple[Source, Path]]] = {}
    for source, thing in ((source, thing) for source, things in files for thing in things):
        if thing.model is model and (begin := _text(thing.mapping.get("id"))):
            edges[begin] = {end: (source, path) for end, path in _ends(thing, key)}
    for _ in range(_MOST_CIRCLES):
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            circle = _from_the_first(error.args[1])
            source, path = edges[circle[-2]].pop(circle[-1])
            what = f"this goes round in a circle: {f' {verb} '.join(circle)}"
            yield Problem(source.place(path), "circle", what, "Take one of these out.")
        else:
            return


def _ends(thing: Written, key: str) -> Iterator[tuple[str, Path]]:
    value = thing.mapping.get(key)
    if isinstance(value, str):
        yield value.strip(), (*thing.path, key)
    for i, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield item.strip(), (*thing.path, key, i)


def _from_the_first(circle: Sequence[str]) -> list[str]:
    """The circle in the direction it is written, from its first id round to the same again."""
    nodes = list(reversed(circle))[:-1]
    at = nodes.index(min(nodes))
    return [*nodes[at:], *nodes[:at], nodes[at]]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
