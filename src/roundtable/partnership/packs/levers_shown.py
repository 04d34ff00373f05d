"""Where one more hour helps most, in plain words; and, in an appendix, what the shape of the map says."""

from __future__ import annotations

from collections.abc import Sequence

from roundtable.pages.numbers import ABSENT, plural
from roundtable.pages.tables import Cell, Column, Table, table
from roundtable.partnership.findings.lever_table import TOP, Lever, levers, loops
from roundtable.partnership.packs.material import Material
from roundtable.partnership.packs.words import amount, draws_told, share_told
from roundtable.partnership.wording import listed

_SHOWN = 8


def movable(material: Material) -> tuple[Lever, ...]:
    """The factors that the table could set out to move, strongest first."""
    return tuple(lever for lever in levers(material.study) if lever.controllable)


def strongest(material: Material) -> Table:
    """The factors of which a little less would avert most harm, and who works on each."""
    columns = (
        Column("One more hour", header=True, css="roomy"),
        Column("Harm it reaches a year", numeric=True),
        Column("Who works on it", css="roomy"),
        Column("Feeds itself"),
        Column(f"Among the first {TOP}", numeric=True),
    )
    rows: list[list[str | Cell]] = [
        [
            Cell(f"{lever.effort} \u201c{lever.label}\u201d", note=_reaches(material, lever)),
            amount(lever.harm, material.price_base),
            _workers(material, lever.services),
            plural(lever.reinforcing, "loop") if lever.reinforcing else ABSENT,
            draws_told(lever.top_share),
        ]
        for lever in movable(material)[:_SHOWN]
    ]
    return table("levers", "What the table could move, by the harm that it reaches", columns, rows)


def _reaches(material: Material, lever: Lever) -> str:
    names = [material.partnership.outcome(one).name for one in lever.outcomes]
    return f"Reaches {listed(names[:3])}" + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _workers(material: Material, services: Sequence[str]) -> Cell:
    if not services:
        return Cell("Nobody", css="noted")
    return Cell(listed(material.partnership.service(one).name for one in services))


def headline(material: Material) -> str:
    """The first of them in a sentence."""
    found = movable(material)
    return found[0].sentence if found else ""


def metrics(material: Material) -> Table:
    """What the shape of the map says of its busiest factors: for an appendix and for specialists."""
    columns = (
        Column("Factor", header=True, css="roomy"),
        Column("Links in", numeric=True),
        Column("Links out", numeric=True),
        Column("Out for each in", numeric=True),
        Column("Betweenness", numeric=True),
        Column("Closeness", numeric=True),
        Column("Two-step reach", numeric=True),
        Column("Group", numeric=True),
        Column("Map parts without it"),
    )
    found = sorted(levers(material.study), key=lambda one: (-one.metrics.betweenness, one.id))[:12]
    rows: list[list[str | Cell]] = [
        [
            lever.label,
            str(lever.metrics.links_in),
            str(lever.metrics.links_out),
            ABSENT if lever.metrics.leverage is None else f"{lever.metrics.leverage:.1f}",
            f"{lever.metrics.betweenness:.3f}",
            f"{lever.metrics.closeness:.3f}",
            share_told(lever.metrics.two_step_reach),
            str(lever.metrics.community),
            "yes" if lever.metrics.articulation else "no",
        ]
        for lever in found
    ]
    return table(
        "metrics", "Measures of the map’s shape, the twelve factors most often passed through", columns, rows
    )


def loops_told(material: Material) -> str:
    """How many loops there are, and whether that is all."""
    register = loops(material.study)
    kinds = [loop.kind.value for loop in register.loops]
    full = len(register.loops) >= register.most
    limit = f"no more than {register.most}" if full else f"only those of up to {register.longest} links"
    bound = "" if register.complete else f" There may be more: {limit} were looked for."
    feeds, holds = kinds.count("reinforcing"), kinds.count("balancing")
    return (
        f"The map of the whole table has {plural(len(kinds), 'loop') if kinds else 'no loop'}"
        f"{_kinds_told(feeds, holds, len(kinds) - feeds - holds)}.{bound}"
    )


def _kinds_told(feeds: int, holds: int, unknown: int) -> str:
    """How many loops are of each kind; a kind of which there is none is not told."""
    told = (
        (feeds, "feeds itself", "feed themselves"),
        (holds, "holds itself back", "hold themselves back"),
        (unknown, "nobody knows the direction of", "nobody knows the direction of"),
    )
    parts = [f"{number} that {one if number == 1 else many}" for number, one, many in told if number]
    return f": {listed(parts)}" if parts else ""
