"""Parts of a map in plain words: what leads where, by which ways, how surely, how soon and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from roundtable.partnership.causal.graph import CausalMap, Edge
from roundtable.partnership.causal.submaps import (
    Paths,
    along,
    around,
    between,
    downstream,
    paths,
    shortest,
    upstream,
)
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.wording import counted, listed, named

_VERBS = {
    Sign.POSITIVE: "raises",
    Sign.NEGATIVE: "lowers",
    Sign.NONE: "does nothing to",
    Sign.UNKNOWN: "moves, nobody knows which way,",
    Sign.COMPLEX: "moves, now one way and now the other,",
}
_SOON = {Delay.NONE: "at once", Delay.UNKNOWN: "nobody has said how soon"}
#: A listing of ways stops here: nobody reads the thousandth.
_MOST_WAYS = 1_000


def told_upstream(
    partnership: Partnership, causal_map: CausalMap, node_id: str, steps: int | None
) -> tuple[Part, ...]:
    """What leads to a place of the map, step by step."""
    part = upstream(causal_map, [node_id], steps)
    heading = f"What leads to '{causal_map.node(node_id).label}'{_within(steps)}"
    layers = _layers(causal_map, node_id, steps, upstream)
    return _told_part(partnership, part, heading, layers)


def told_downstream(
    partnership: Partnership, causal_map: CausalMap, node_id: str, steps: int | None
) -> tuple[Part, ...]:
    """What follows from a place of the map, step by step."""
    part = downstream(causal_map, [node_id], steps)
    heading = f"What follows from '{causal_map.node(node_id).label}'{_within(steps)}"
    layers = _layers(causal_map, node_id, steps, downstream)
    return _told_part(partnership, part, heading, layers)


def told_around(
    partnership: Partnership, causal_map: CausalMap, node_id: str, steps: int
) -> tuple[Part, ...]:
    """What stands within so many links of a place of the map, whichever way they point."""
    part = around(causal_map, [node_id], steps)
    heading = f"What stands around '{causal_map.node(node_id).label}'{_within(steps)}"
    return _told_part(partnership, part, heading, _layers(causal_map, node_id, steps, around))


def ways(causal_map: CausalMap, source: str, target: str, steps: int | None) -> Paths:
    """The ways from one place to another that have so many links at most, bounded in number."""
    return paths(causal_map, source, target, most=_MOST_WAYS, longest=steps)


def part_between(causal_map: CausalMap, source: str, target: str, steps: int | None) -> CausalMap:
    """What the ways from one place to another pass, and the links between all that they pass."""
    found = ways(causal_map, source, target, steps)
    if steps is None and not found.complete:
        return between(causal_map, source, target)
    return causal_map.keeping(node for way in found.paths for node in way)


def told_between(
    partnership: Partnership,
    causal_map: CausalMap,
    source: str,
    target: str,
    steps: int | None,
    most: int,
) -> tuple[Part, ...]:
    """The ways from one place of the map to another, the shortest first, and the links that they use."""
    found = ways(causal_map, source, target, steps)
    heading = f"From '{causal_map.node(source).label}' to '{causal_map.node(target).label}'{_within(steps)}"
    if not found.paths:
        return (Part(heading, (Point(_no_way(causal_map, source, target, steps)),)),)
    first = ", the shortest first" if len(found.paths) > 1 else ""
    least = "" if found.complete else "at least "
    shown = tuple(Point(_told_way(causal_map, way)) for way in found.paths[:most])
    hidden = len(found.paths) - len(shown)
    fewest = len(found.paths[0]) - 1
    listing = Part(
        f"{heading}: {least}{counted(len(found.paths), 'way')}{first}",
        shown,
        before=(f"{'The shortest' if first else 'It'} has {counted(fewest, 'link')}.",),
        after=(f"And {hidden} more: --most {len(found.paths)} shows them.",) if hidden else (),
        ranked=True,
    )
    part = part_between(causal_map, source, target, steps)
    return listing, Part(part_size("What these ways pass", part), tuple(told_links(partnership, part)))


def _no_way(causal_map: CausalMap, source: str, target: str, steps: int | None) -> str:
    if source == target:
        return "These are one and the same. The loop register shows the ways that lead back to it."
    way = shortest(causal_map, source, target)
    if way:
        links = counted(len(way) - 1, "link")
        return f"No way is as short as that. The shortest has {links}: {_told_way(causal_map, way)}"
    back = " There is one the other way round." if between(causal_map, target, source).nodes else ""
    return f"No way leads there.{back}"


def _told_way(causal_map: CausalMap, way: tuple[str, ...]) -> str:
    edges = along(causal_map, way)
    steps = [f"'{causal_map.node(way[0]).label}'"]
    steps += [f"{_VERBS[edge.sign].rstrip(',')} '{causal_map.node(edge.target).label}'" for edge in edges]
    signs = [edge.sign for edge in edges]
    if any(sign not in (Sign.POSITIVE, Sign.NEGATIVE) for sign in signs):
        whole = "nobody knows which way"
    else:
        whole = "lowers it" if signs.count(Sign.NEGATIVE) % 2 else "raises it"
    return f"{steps[0]} {', which '.join(steps[1:])}. In all: {whole}."


def _told_part(
    partnership: Partnership, part: CausalMap, heading: str, layers: list[list[str]]
) -> tuple[Part, ...]:
    if not layers:
        return (Part(heading, (Point("Nothing, on this map."),)),)
    steps = Part(
        part_size(heading, part, besides=1),
        tuple(
            Point(f"{counted(place, 'link')} away: {listed(_quoted(part, layer))}.")
            for place, layer in enumerate(layers, 1)
        ),
    )
    return steps, Part("The links between them", tuple(told_links(partnership, part)))


def part_size(heading: str, part: CausalMap, besides: int = 0) -> str:
    """A heading with how much the part holds, without those that the heading itself names."""
    places = counted(len(part.nodes) - besides, "factor or outcome", "factors or outcomes")
    return f"{heading}: {places}, {counted(len(part.edges), 'link')}"


def _quoted(part: CausalMap, node_ids: Iterable[str]) -> list[str]:
    return [f"'{part.node(node_id).label}'" for node_id in node_ids]


def _within(steps: int | None) -> str:
    return "" if steps is None else f" within {counted(steps, 'link')}"


def _layers(
    causal_map: CausalMap,
    node_id: str,
    steps: int | None,
    reach: Callable[[CausalMap, Iterable[str], int], CausalMap],
) -> list[list[str]]:
    """The nodes one link away, two links away, and so on."""
    seen = {node_id}
    found: list[list[str]] = []
    while steps is None or len(found) < steps:
        layer = [n.id for n in reach(causal_map, [node_id], len(found) + 1).nodes if n.id not in seen]
        if not layer:
            break
        seen.update(layer)
        found.append(layer)
    return found


def told_links(partnership: Partnership, part: CausalMap) -> Iterator[Point]:
    """Each link of a part: what moves what, how strongly, how soon, and who says so."""
    for edge in part.edges:
        source, target = part.node(edge.source).label, part.node(edge.target).label
        who = f"Said by {named(partnership, edge.asserted_by)}"
        if edge.disputed_by:
            who += f"; disputed by {named(partnership, edge.disputed_by)}"
        yield Point(
            f"'{source}' {_VERBS[edge.sign]} '{target}' ({_strength(edge)}, {_soon(edge)}).", (f"{who}.",)
        )


def _strength(edge: Edge) -> str:
    return f"{edge.low:g} to {edge.high:g}" if edge.known else "nobody knows how strongly"


def _soon(edge: Edge) -> str:
    return _SOON.get(edge.delay, f"within {edge.delay.value}")
