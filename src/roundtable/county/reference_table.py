"""The county's figures: small dated tables that stand beside the code that uses them.

Every table is a CSV in a folder `reference`; every row says where its figures come from, of what date they
are and how far to trust them: `read` (in the source itself), `derived` (worked out from what was read),
`recalled` (from memory of a publication, to be checked), `assumed` (nobody has published it, or it was not
looked up).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

#: What a figure's row says about the figure itself.
PROVENANCE = ("source", "date", "status")


class FigureStatus(StrEnum):
    """How far a figure can be trusted."""

    MEASURED = "measured"
    READ = "read"
    DERIVED = "derived"
    RECALLED = "recalled"
    ASSUMED = "assumed"


@cache
def reference_rows(room: str, name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of `county/<room>/reference/<name>.csv`, in their order."""
    text = (files("roundtable.county") / room / "reference" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))
