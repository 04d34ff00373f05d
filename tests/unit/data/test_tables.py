"""Every table of the lake says what it is, what each column is, and how its rows are told apart."""

import pyarrow as pa
import pytest

from roundtable.data.tables import LAKE_TABLES, LakeTable

TABLES = list(LAKE_TABLES.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_describes_itself(table: LakeTable) -> None:
    assert LAKE_TABLES[table.name] is table
    assert list(table.columns) == table.schema.names
    for text in (table.description, *table.columns.values()):
        assert text.endswith(".")
        assert text[0].isupper()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_its_key_is_made_of_columns_that_are_always_there(table: LakeTable) -> None:
    assert table.sort_key
    assert not [name for name in table.sort_key if table.schema.field(name).nullable]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_column_that_may_be_null_says_what_null_means(table: LakeTable) -> None:
    silent = [
        field.name for field in table.schema if field.nullable and "null" not in table.columns[field.name]
    ]
    assert silent == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_no_measure_is_a_floating_number(table: LakeTable) -> None:
    assert not [field.name for field in table.schema if pa.types.is_floating(field.type)]
    assert not [field.name for field in table.schema if pa.types.is_dictionary(field.type)]


def test_the_tables_that_deliveries_can_become_are_there() -> None:
    from roundtable.partnership.model.contract_terms import CanonicalTable

    assert {str(kind) for kind in CanonicalTable} <= set(LAKE_TABLES)
