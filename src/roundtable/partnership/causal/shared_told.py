"""Several scenarios side by side, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from roundtable.partnership.causal.graph import CausalMap, Node
from roundtable.partnership.causal.parts_told import part_size, told_links
from roundtable.partnership.causal.shared import Behind
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.wording import counted, listed


def told_common(
    partnership: Partnership,
    scenario_ids: tuple[str, ...],
    shared: CausalMap,
    behind: tuple[Behind, ...],
    most: int,
) -> tuple[Part, ...]:
    """What leads to outcomes of all these scenarios, ranked; then what their maps share, and its links."""
    scenarios = _titles(partnership, scenario_ids)
    parts = [_told_behind(partnership, scenarios, behind, most)]
    if not shared.nodes:
        return (*parts, Part(f"What {scenarios} share", (Point("Nothing: no map names what another does."),)))
    parts.append(Part(part_size(f"What {scenarios} share", shared), tuple(map(_place, shared.nodes))))
    if shared.edges:
        parts.append(Part("The links that all of them hold", tuple(told_links(partnership, shared))))
    return tuple(parts)


def _told_behind(partnership: Partnership, scenarios: str, behind: tuple[Behind, ...], most: int) -> Part:
    heading = f"What lies behind outcomes of {scenarios}"
    if not behind:
        return Part(heading, (Point("Nothing leads to outcomes of all of them."),))
    hidden = len(behind) - most
    return Part(
        f"{heading}: {counted(len(behind), 'factor')}",
        tuple(_told_one(partnership, one) for one in behind[:most]),
        before=(
            "To work on one of these is to work on all of these scenarios at once. What leads to most of "
            "their outcomes comes first; of those that lead to as many, what moves most harm on the map of "
            "the whole table.",
        ),
        after=(f"And {hidden} more: --most {len(behind)} shows all.",) if hidden > 0 else (),
        ranked=True,
    )


def _told_one(partnership: Partnership, one: Behind) -> Point:
    names = listed(f"'{partnership.outcome(outcome).name}'" for outcome in one.outcomes)
    reach = "every outcome of theirs" if one.every else counted(len(one.outcomes), "outcome")
    remarks = [] if one.node.controllable else ["Nobody at the table can move it."]
    if not one.shared:
        remarks.append("Not all of them name it: it leads there by way of what they share.")
    more = (f"{names}.", " ".join([*remarks, f"Its id: {one.node.id}."]))
    return Point(f"'{one.node.label}' leads to {reach}.", more)


def told_all_of(
    partnership: Partnership, scenario_ids: tuple[str, ...], joint: CausalMap
) -> tuple[Part, ...]:
    """What the maps of these scenarios hold together: what several name, what one alone does, and links."""
    chosen = frozenset(scenario_ids)
    held: dict[tuple[str, ...], list[Node]] = {}
    for node in joint.nodes:
        held.setdefault(tuple(one for one in node.scenarios if one in chosen), []).append(node)
    heading = part_size(f"What {_titles(partnership, scenario_ids)} hold together", joint)
    points = (
        Point(f"{_holders(partnership, holders)}: {listed(_label(node) for node in nodes)}.")
        for holders, nodes in sorted(held.items(), key=lambda one: (-len(one[0]), one[0]))
    )
    links = Part("The links of all of them", tuple(told_links(partnership, joint)))
    return Part(heading, tuple(points)), links


def _holders(partnership: Partnership, scenario_ids: tuple[str, ...]) -> str:
    titles = _titles(partnership, scenario_ids)
    return f"On the map of {titles} alone" if len(scenario_ids) == 1 else f"On the maps of {titles}"


def _titles(partnership: Partnership, scenario_ids: Iterable[str]) -> str:
    return listed(f"'{partnership.scenario(one).title}'" for one in scenario_ids)


def _label(node: Node) -> str:
    return f"'{node.label}'"


def _place(node: Node) -> Point:
    return Point(f"{_label(node)} ({node.kind.value}). Its id: {node.id}.")
