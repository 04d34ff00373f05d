"""Words that cleaning knows: small dated tables that stand beside the code that uses them.

Each row says where it comes from, of what date it is and how far to trust it: `read` (in the source itself),
`recalled` (common knowledge, written down from memory) or `assumed`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def reference_rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `linkage/cleaning/reference/<name>.csv`, in their order."""
    text = (files("roundtable.linkage.cleaning") / "reference" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def words_of(name: str, column: str = "word") -> frozenset[str]:
    """One column of a table, as a set."""
    return frozenset(row[column] for row in reference_rows(name))
