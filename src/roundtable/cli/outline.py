"""How parts and points are printed: wrapped, indented, numbered where their order means something."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from roundtable.partnership.outline import Part

#: As wide as a line is read with ease, whatever the screen: the same words always look the same.
_WIDTH = 100


def print_outline(parts: Sequence[Part]) -> None:
    """Every part with its heading, a blank line between two."""
    for place, part in enumerate(parts):
        if place:
            typer.echo("")
        typer.secho(_wrapped("", part.heading), bold=True)
        for line in part.before:
            typer.echo(_wrapped("  ", line))
        digits = len(str(len(part.points)))
        for number, point in enumerate(part.points, 1):
            mark = f"{number:>{digits}}. " if part.ranked else "- "
            typer.echo(_wrapped(f"  {mark}", point.text))
            for line in point.more:
                typer.echo(_wrapped(" " * (len(mark) + 2), line))
        for line in part.after:
            typer.echo(_wrapped("  ", line))


def _wrapped(lead: str, text: str) -> str:
    """Text after its lead, never broken within an id or a name with a hyphen."""
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_on_hyphens=False,
        break_long_words=False,
    )
