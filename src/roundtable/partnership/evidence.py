"""What a statement about the partnership rests on: where it is written, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from roundtable.errors import Place
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership


@dataclass(frozen=True)
class Evidence:
    """One row of what a finding or a verdict rests on."""

    place: Place
    text: str


def evidence(partnership: Partnership, kind: Kind, thing: str, text: str) -> Evidence:
    """A row that points to where a thing is written."""
    return Evidence(partnership.place(kind, thing), text)
