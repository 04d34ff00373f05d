"""Which run this process is working on, so that what it writes can say so."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Attempt:
    """A run and how many times it has been started."""

    run: int
    number: int


_current: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


def current_attempt() -> Attempt | None:
    """The attempt under way in this process; None outside a run."""
    return _current.get()


def work_on(attempt: Attempt) -> None:
    """From here on, what this process writes belongs to this attempt."""
    _current.set(attempt)


def no_attempt() -> None:
    """From here on, what this process writes belongs to no run."""
    _current.set(None)
