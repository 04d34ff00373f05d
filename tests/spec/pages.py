"""Writes the specs down as a page: the same examples that the tests run, for people to read."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.spec.tables import TextTable, read

INTRODUCTION = """\
# What each step does, by example

Every example on this page is a test. Each table is tiny, the step is called, and what comes out must be
exactly the last table; steps that an engine works out are checked on DuckDB and on Spark. An empty cell
is null. A column that is not shown plays no part in the example.
"""


def spec_pages() -> str:
    """All the examples as one page of Markdown."""
    parts = [INTRODUCTION]
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        parts.extend(_module(importlib.import_module(f"tests.spec.{path.stem}")))
    return "\n".join(parts)


class Written:
    """Takes the place of the runner, and writes examples down instead of checking them."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, step: Callable[..., Any], *given: str, expect: str) -> None:
        """One example: what is given, the call, what comes out."""
        tables = [read(text) for text in given]
        for table in tables:
            self.lines += _table(table)
        called = ", ".join(table.table.name for table in tables)
        wanted = read(expect)
        self.lines += [f"`{step.__name__}({called})` comes to", "", *_table(wanted)]


def _module(module: ModuleType) -> Iterator[str]:
    """A section for a file of specs; nothing for a file that holds other tests."""
    examples = [test for test in vars(module).values() if _is_example(test, module)]
    if not examples:
        return
    yield from _heading(2, module)
    for test in examples:
        yield from _heading(3, test)
        written = Written()
        test(written)
        yield from written.lines


def _is_example(value: Any, module: ModuleType) -> bool:
    if not inspect.isfunction(value) or value.__module__ != module.__name__:
        return False
    return value.__name__.startswith("test_") and list(inspect.signature(value).parameters) in (
        ["spec"],
        ["arrow_spec"],
    )


def _heading(level: int, thing: Any) -> Iterator[str]:
    title, _, text = (inspect.getdoc(thing) or thing.__name__).partition("\n\n")
    yield f"{'#' * level} {title.rstrip('.')}\n"
    if text:
        yield f"{text}\n"


def _table(table: TextTable) -> Iterator[str]:
    yield f"**{table.table.name}**\n"
    yield f"| {' | '.join(table.columns)} |"
    yield f"|{'---|' * len(table.columns)}"
    for row in table.cells:
        yield f"| {' | '.join(row)} |"
    yield ""
