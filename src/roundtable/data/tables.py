"""Every table of the lake by name, canonical ones first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from roundtable.data.canonical_tables import CANONICAL_TABLES
from roundtable.data.derived_tables import DERIVED_TABLES
from roundtable.data.lake_table import LakeTable
from roundtable.data.linked_tables import LINKED_TABLES
from roundtable.data.person_tables import PERSON_TABLES
from roundtable.data.rights_tables import RIGHTS_TABLES

__all__ = ["LAKE_TABLES", "LakeTable"]

LAKE_TABLES: Mapping[str, LakeTable] = MappingProxyType(
    {
        table.name: table
        for table in (*CANONICAL_TABLES, *PERSON_TABLES, *RIGHTS_TABLES, *DERIVED_TABLES, *LINKED_TABLES)
    }
)
