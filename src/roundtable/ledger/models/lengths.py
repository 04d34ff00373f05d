"""What several tables of the ledger share: how long names are, and closed sets as choices."""

from __future__ import annotations

from enum import StrEnum

SHA256_LENGTH = 64
ID_LENGTH = 80


def choices(states: type[StrEnum]) -> list[tuple[str, str]]:
    """A closed set, as Django wants to be told of it."""
    return [(state.value, state.value) for state in states]
