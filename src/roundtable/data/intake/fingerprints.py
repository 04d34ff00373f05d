"""Whether anything that a delivery was read by has changed: its contract, its note, or the permits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from roundtable.data.canonical_tables import CANONICAL_TABLES
from roundtable.data.person_tables import PERSON_TABLES
from roundtable.governance.permission import Permission
from roundtable.partnership.model.contract import Dataset

#: Raised when the intake itself begins to read differently, so that what was refused is read again.
READING = 1
#: Parts of a contract that only describe.
_DESCRIBING = frozenset({"description", "business_name", "examples", "tags", "quality", "relationships"})


def tables_fingerprint(dataset: Dataset) -> str:
    """SHA-256 of what a contract says about reading, of how the intake reads, and of what it makes of it.

    Where the tables of the lake have other columns than they had, every delivery is read again.
    """
    tables = [_spoken(table.model_dump(mode="json")) for table in dataset.schema_]
    return _hash({"reading": READING, "tables": tables, "shapes": _shapes()})


def contract_fingerprint(tables: str, decided: str) -> str:
    """SHA-256 of what a contract says about reading, of how the intake reads, and of what posts decided.

    Args:
        tables: the fingerprint of the contract's tables, which is the same for all of a dataset's deliveries.
        decided: the fingerprint of what posts decided about the delivery's quarantine.
    """
    return _hash({"tables": tables, "decided": decided})


def permit_fingerprint(permits: Mapping[str, Permission]) -> str:
    """SHA-256 of what agreements let through, table by table, or why they do not."""
    return _hash(
        {
            table: [list(permit.agreements), sorted(permit.columns), permit.refusal]
            for table, permit in sorted(permits.items())
        }
    )


@cache
def _shapes() -> list[str]:
    return [table.shape for table in (*CANONICAL_TABLES, *PERSON_TABLES)]


def _spoken(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _spoken(inner) for key, inner in value.items() if key not in _DESCRIBING}
    return [_spoken(inner) for inner in value] if isinstance(value, list) else value


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
