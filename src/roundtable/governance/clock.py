"""The trusted clock: what day it is when permission is asked. `as_of` never answers that question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

#: Gives the time now, with its zone. Tests hand in a clock that stands still.
Clock = Callable[[], datetime]


def trusted_clock() -> datetime:
    """The time now, UTC."""
    return datetime.now(UTC)
