"""Will it change? How much of the chain from finding to outcome is whole, and what hangs on nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from roundtable.pages.numbers import ABSENT, plural
from roundtable.pages.tables import Cell, Column, Group, Table, cells
from roundtable.partnership.findings.traceability import Coverage, Share, coverage
from roundtable.partnership.packs.material import Material

#: So many of each kind that hang on nothing are shown.
MOST_SHOWN = 10

_COLUMNS = (Column("What hangs on nothing", header=True, css="roomy"), Column("Whose it is", css="roomy"))


@dataclass(frozen=True)
class Figure:
    """One of the three shares: how much, of what, and how many of how many."""

    number: str
    what: str


@dataclass(frozen=True)
class Chain:
    """The section.

    Attributes:
        figures: the three shares.
        orphans: serious findings, requirements and purchases that hang on nothing.
        more: how many more do and are not shown; nothing where all are.
    """

    figures: tuple[Figure, ...]
    orphans: Table
    more: str


def section(material: Material) -> Chain:
    """How far findings lead to improvements, and purchases to outcomes."""
    told = coverage(material.study, material.findings)
    adrift = {
        "Serious findings that nothing answers": list(_unanswered(material, told)),
        "Requirements that rest on no finding": list(_requirements(material, told)),
        "To be bought for no outcome or no requirement": list(_procurements(material, told)),
    }
    groups = tuple(
        Group(tuple(cells(_COLUMNS, row) for row in rows[:MOST_SHOWN]), heading)
        for heading, rows in adrift.items()
        if rows
    )
    over = sum(max(0, len(rows) - MOST_SHOWN) for rows in adrift.values())
    return Chain(
        figures=(
            _figure(
                told.answered, "serious finding", "answered by an improvement, a requirement or the table"
            ),
            _figure(told.traced, "requirement", "resting on a finding that there is"),
            _figure(told.aimed, "purchase", "aimed at an outcome and a requirement"),
        ),
        orphans=Table("orphans", "Where the chain from finding to outcome is broken", _COLUMNS, groups),
        more=f"{plural(over, 'more hangs', 'more hang')} on nothing." if over else "",
    )


def _figure(share: Share, one: str, so: str) -> Figure:
    if share.percent is None:
        return Figure(ABSENT, f"no {one} is written down")
    return Figure(f"{share.percent}%", f"{share.number:,} of {plural(share.of, one)} {so}")


def _unanswered(material: Material, told: Coverage) -> Iterator[Sequence[str | Cell]]:
    adrift = frozenset(told.unanswered)
    for one in material.findings:
        if (one.rule, one.about[1]) in adrift:
            yield one.title, _who(material, one.cleared_by)


def _who(material: Material, agencies: Sequence[str]) -> str:
    """A few by name: a list of everybody tells nobody."""
    if len(agencies) > MOST_SHOWN // 2:
        return f"Any of {len(agencies)} agencies can clear it"
    return material.agency_names(agencies) or ABSENT


def _requirements(material: Material, told: Coverage) -> Iterator[Sequence[str | Cell]]:
    for improvement in material.partnership.improvements:
        for one in improvement.requirements:
            if one.id in told.orphans:
                yield Cell(one.text, note=improvement.title), material.post(improvement.owner)


def _procurements(material: Material, told: Coverage) -> Iterator[Sequence[str | Cell]]:
    for improvement in material.partnership.improvements:
        for one in improvement.procurements:
            if one.id in told.orphans:
                lead = material.partnership.agency(one.lead).name
                yield Cell(one.title, note=improvement.title), lead
