"""The examples themselves: how they are read, and that each of them is written down for people."""

import importlib
import inspect
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from roundtable.data.derived_tables import DERIVED_TABLES
from roundtable.data.tables import LAKE_TABLES
from tests.spec.pages import spec_pages
from tests.spec.runner import in_memory
from tests.spec.tables import read

MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_*.py"))


def _examples() -> list[Callable[..., None]]:
    modules = [importlib.import_module(f"tests.spec.{name}") for name in MODULES]
    found = [value for module in modules for value in vars(module).values() if inspect.isfunction(value)]
    return [test for test in found if {"spec", "arrow_spec"} & set(inspect.signature(test).parameters)]


def test_a_table_is_read_with_the_types_of_the_lake() -> None:
    text = """
        place_area
        area_kind | longitude | latitude | area_id
        ward      | -1.5      | 54       |
    """
    assert read(text).rows() == [("ward", Decimal("-1.500000"), Decimal("54.000000"), None)]


def test_columns_that_are_not_written_are_stood_in_for() -> None:
    table = read("event\ncode | longitude\ntheft |").arrow()
    assert table.schema.equals(LAKE_TABLES["event"].schema)
    assert (
        table.to_pylist()[0] | {"code": "theft", "scheme": "broad", "longitude": None} == table.to_pylist()[0]
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("evnet\ncode\ntheft", "no table 'evnet'"),
        ("event\nkode\ntheft", "no column"),
        ("event\ncode | scheme\ntheft", "2 columns"),
    ],
)
def test_a_slip_in_an_example_is_an_error(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read(text)


def _one_point(_points: pa.Table) -> pa.Table:
    return read("distinct_point\nlongitude | latitude\n1 | 2\n1 | 3").arrow()


@pytest.mark.parametrize(
    "expected", ["1 | 2", "1 | 2\n1 | 4", "1 | 2\n1 | 3\n1 | 3", "1 | 2\n1 | 2", ""], ids=range(5)
)
def test_a_wrong_answer_fails(expected: str) -> None:
    """A row too few, a row too many, another value, the same row twice: each is seen."""
    given = "distinct_point\nlongitude | latitude"
    with pytest.raises(AssertionError):
        in_memory(_one_point, given, expect=f"{given}\n{expected}")


def test_every_example_is_written_down() -> None:
    page = spec_pages()
    examples = _examples()
    assert len(examples) > 30
    for example in examples:
        title = (inspect.getdoc(example) or "").partition("\n\n")[0].rstrip(".")
        assert f"### {title}\n" in page, f"{example.__name__} is not on the page under a title of its own"
        assert "\n" not in title


def test_every_table_that_a_step_makes_has_an_example() -> None:
    page = spec_pages()
    made = [table.name for table in DERIVED_TABLES]
    assert not [name for name in made if f"comes to\n\n**{name}**" not in page]


def test_the_page_shows_tables_and_calls() -> None:
    page = spec_pages()
    assert "`harm_area(harm_area_month, area, area_population)` comes to" in page
    assert "| W1 | 3 | 5,000 | 2,000 | 2 | 9,000 | 15,000 | 1 |" in page
