"""One small thing that cleaning does to a value, with examples that say what it does and are held to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Tells(StrEnum):
    """What is counted where a rule changes a value, for whoever answers for the data."""

    NOTHING = "nothing"
    MENDED = "mended"
    REFUSED = "refused"


@dataclass(frozen=True)
class Rule:
    """A rule for one kind of value.

    Attributes:
        name: what it is called in counts and in the documentation.
        does: what it does and why, in a sentence or two.
        examples: values before and after it alone; None is a value that cannot be used.
        apply: does it.
        tells: whether a value that it changes is counted, and as what.
    """

    name: str
    does: str
    examples: tuple[tuple[str, str | None], ...]
    apply: Callable[[str], str | None]
    tells: Tells = Tells.NOTHING


def outcome(rules: Sequence[Rule], value: str) -> tuple[str | None, tuple[str, ...]]:
    """What rules make of a value, one after the other, and the names of those of them that tell.

    A value that becomes nothing or empty is null, and no later rule sees it.
    """
    told: tuple[str, ...] = ()
    for rule in rules:
        found = rule.apply(value)
        if (not found and rule.tells is Tells.REFUSED) or (found != value and rule.tells is Tells.MENDED):
            told = (*told, rule.name)
        if not found:
            return None, told
        value = found
    return value, told
