"""The words that findings and verdicts share: figures, days, lists, names and where a thing is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from roundtable.errors import Place
from roundtable.partnership.model.need import DataNeed
from roundtable.partnership.model.risk import Risk
from roundtable.partnership.model.strict import Kind
from roundtable.partnership.model.whole import Partnership


def figure(value: float) -> str:
    """A number as one writes it: 1,240 or 0.5."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 risk`, `3 risks`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(value: date) -> str:
    """A day as one says it at a table: 31 March 2026."""
    return f"{value.day} {value:%B %Y}"


def listed(items: Iterable[str]) -> str:
    """`a`, `a and b`, or `a, b and c`."""
    words = list(items)
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def either(items: Iterable[str]) -> str:
    """`a`, `a or b`, or `a, b or c`."""
    words = list(items)
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def named(partnership: Partnership, agency_ids: Iterable[str]) -> str:
    """Agencies by their names, in the order given."""
    return listed(partnership.agency(agency_id).name for agency_id in agency_ids)


def decision_of(need: DataNeed) -> str:
    """What a need is for, as a quotation that fits into a sentence."""
    return f"'{need.decision.rstrip('.')}'"


def harm_of(partnership: Partnership, risk: Risk) -> str:
    """A risk by the name of the outcome it is about, as a quotation."""
    return f"'{partnership.outcome(risk.outcome).name}'"


#: These have a file each, so its name says enough.
_WHOLE_FILES = frozenset({Kind.AGENCY, Kind.AGREEMENT, Kind.DATASET, Kind.SCENARIO, Kind.SERVICE})


def where(partnership: Partnership, kind: Kind, thing: str) -> str:
    """Where to change what, in the folder: `services/x.yaml`; `scenarios/y.yaml, line 9` in a longer one."""
    place = partnership.place(kind, thing)
    return partnership.inside(place) if kind in _WHOLE_FILES else at(partnership, place)


def at(partnership: Partnership, place: Place) -> str:
    """A place in the folder: `scenarios/y.yaml, line 9`, or the file alone where no line is known."""
    file = partnership.inside(place)
    return file if place.line is None else f"{file}, line {place.line}"
