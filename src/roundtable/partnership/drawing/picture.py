"""The whole picture: a causal map as one self-contained SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from roundtable.partnership.causal.graph import CausalMap, Edge, NodeKind
from roundtable.partnership.causal.loops import Loop
from roundtable.partnership.drawing import boxes, lines
from roundtable.partnership.drawing.bounded import part
from roundtable.partnership.drawing.boxes import BOX_WIDTH, Box, box
from roundtable.partnership.drawing.crossing import untangled
from roundtable.partnership.drawing.layering import Layout, is_point, naive_layout
from roundtable.partnership.drawing.legend import legend, told_lines
from roundtable.partnership.drawing.main_loops import DrawnLoop, badges, halos, main_loops
from roundtable.partnership.drawing.marking import Ground
from roundtable.partnership.drawing.placing import place
from roundtable.partnership.drawing.routes import Route, busiest_side, routes
from roundtable.partnership.drawing.svg import FONT, element, group, text, words
from roundtable.partnership.drawing.wrapping import wrapped
from roundtable.partnership.model.causal import Delay
from roundtable.partnership.wording import counted

_MARGIN, _TITLE, _POINT = 18.0, 34.0, 10.0
_LEAST_GAP, _MOST_GAP, _GAP, _GAP_A_LINK = 94.0, 132.0, 66.0, 3.5

_LOOSE = "Named, and linked to nothing yet:"
#: In a part of a map, what looks loose may well be linked to what is left out.
_BEYOND = "Linked to nothing that is drawn here:"


@dataclass(frozen=True)
class _Sheet:
    """Everything placed: what is left is to draw it."""

    map: CausalMap
    layout: Layout
    boxes: Mapping[str, Box]
    lefts: tuple[float, ...]
    middle: Mapping[str, float]
    width: float
    bottom: float


def draw_map(map: CausalMap, *, title: str, loops: Sequence[Loop] = ()) -> str:
    """A causal map as one SVG: causes to the left, outcomes to the right, as few crossings as can be had.

    It asks nobody for anything, needs no style sheet, and says in its `desc` what it shows. A map too
    large to follow by eye is drawn in part, round its outcomes, and says so.

    Args:
        map: what to draw.
        title: what the picture is of.
        loops: loops of the map, most telling first; at most four are coloured and named.

    Returns:
        The `<svg>` element; the same map, title and loops give the same bytes.
    """
    drawn = part(map)
    sheet = _placed(drawn.map, 12.0 + (20.0 if drawn.left_out else 0.0) + _TITLE)
    found = routes(sheet.layout, sheet.middle, sheet.lefts)
    ground = Ground(found)
    named = main_loops(loops, found, ground)
    body = _body(sheet, found, named, ground)
    loose, bottom = _loose(sheet, _BEYOND if drawn.left_out else _LOOSE)
    key, bottom = _below(drawn.map, named, sheet.width - 2 * _MARGIN, bottom + 14)
    told = _told(drawn.map, drawn.left_out, named)
    return _svg(title, told, sheet.width, bottom + 12, _head(title, drawn.left_out), body, loose, key)


def _body(sheet: _Sheet, found: Sequence[Route], named: Sequence[DrawnLoop], ground: Ground) -> str:
    """Bands, lines, marks, boxes and badges, each over the one before."""
    return group(
        *halos(named, found),
        *(lines.drawn(route, _link_told(sheet.map, route.chain.arc.edge)) for route in found),
        *(lines.marks(route, ground) for route in found),
        *(
            boxes.drawn(sheet.boxes[one], sheet.lefts[column], sheet.middle[one])
            for column, layer in enumerate(sheet.layout.layers)
            for one in layer
            if not is_point(one)
        ),
        badges(named),
    )


def _below(causal_map: CausalMap, named: Sequence[DrawnLoop], room: float, top: float) -> tuple[str, float]:
    """The key and the sentences under it, and where the sheet then ends."""
    key = legend(causal_map, _MARGIN, top, room)
    sentences = [*_not_drawn(causal_map), *(one.told(causal_map) for one in named)]
    rows = [line for told in sentences for line in wrapped(told, room, 12.5, 3)]
    below = told_lines(rows, _MARGIN, top + key.height)
    return key.markup + below.markup, top + key.height + below.height


def _not_drawn(causal_map: CausalMap) -> Iterator[str]:
    """What a reader would look for and not find."""
    if not causal_map.nodes:
        yield "Nothing has been drawn yet: the map has no factor and no outcome."
    turning = sorted(edge.source for edge in causal_map.edges if edge.source == edge.target)
    if turning:
        labels = "; ".join(causal_map.node(one).label for one in turning)
        yield f"Not drawn, because they lead from a thing to itself: the links of {labels}."


def _placed(causal_map: CausalMap, top: float) -> _Sheet:
    layout = untangled(naive_layout(causal_map))
    ports = busiest_side(layout)
    found = {node.id: box(node, ports.get(node.id, 0)) for node in causal_map.nodes}
    heights = {
        one: _POINT if is_point(one) else found[one].height for layer in layout.layers for one in layer
    }
    places = place(layout, heights)
    lefts, at = [], _MARGIN
    for pieces in [*layout.segments(), None]:
        lefts.append(at)
        gap = _GAP + _GAP_A_LINK * len(pieces) if pieces is not None else 0.0
        at += BOX_WIDTH + min(_MOST_GAP, max(_LEAST_GAP, gap))
    wide = max(lefts[-1] + BOX_WIDTH + _MARGIN, 760.0)
    shift = (wide - lefts[-1] - BOX_WIDTH - _MARGIN) / 2
    return _Sheet(
        causal_map,
        layout,
        found,
        tuple(round(left + shift, 1) for left in lefts),
        {one: middle + top for one, middle in places.middle.items()},
        wide,
        places.height + top,
    )


def _loose(sheet: _Sheet, told: str) -> tuple[str, float]:
    """The nodes that no drawn link touches, in rows under the rest, and where the sheet then ends."""
    if not sheet.layout.loose:
        return "", sheet.bottom
    y = sheet.bottom + 34
    found = [text(told, _MARGIN, y, 13, fill="#4b5b66")]
    a_row = max(1, int((sheet.width - 2 * _MARGIN + 16) // (BOX_WIDTH + 16)))
    y += 12
    for start in range(0, len(sheet.layout.loose), a_row):
        row = [sheet.boxes[one] for one in sheet.layout.loose[start : start + a_row]]
        high = max(one.height for one in row)
        found.extend(
            boxes.drawn(one, _MARGIN + at * (BOX_WIDTH + 16), y + high / 2) for at, one in enumerate(row)
        )
        y += high + 12
    return "".join(found), y


def _head(title: str, left_out: str) -> str:
    """The title, which way to read, and what was left out."""
    found = [text(title, _MARGIN, 24, 16, font_weight="bold", fill="#16242e")]
    if left_out:
        found.append(text(left_out, _MARGIN, 46, 13, font_weight="bold", fill="#86190a"))
    return "".join(found)


def _link_told(causal_map: CausalMap, edge: Edge) -> str:
    source, target = causal_map.node(edge.source).label, causal_map.node(edge.target).label
    told = f"{source} → {target}: {lines.INKS[edge.sign].told}"
    told += f", strength {edge.low:g} to {edge.high:g}" if edge.known else ", strength unknown"
    if edge.delay not in (Delay.NONE, Delay.UNKNOWN):
        told += f", felt after {edge.delay}"
    return told + (f"; disputed by {', '.join(edge.disputed_by)}" if edge.disputed_by else "")


def _told(causal_map: CausalMap, left_out: str, named: Sequence[DrawnLoop]) -> str:
    """What the picture shows, for those who cannot see it."""
    factors = sum(node.kind is not NodeKind.OUTCOME for node in causal_map.nodes)
    outcomes = causal_map.outcomes()
    told = (
        f"{counted(factors, 'factor')} on the left, {counted(len(causal_map.edges), 'link')}, and "
        f"{counted(len(outcomes), 'outcome')} on the right"
    )
    told += f": {'; '.join(node.label for node in outcomes)}." if outcomes else "."
    return " ".join((left_out, told, *(one.told(causal_map) for one in named))).strip()


def _svg(title: str, told: str, wide: float, high: float, *inside: str) -> str:
    key = sha256(f"{title}\n{told}".encode()).hexdigest()[:8]
    return element(
        "svg",
        element("title", words(title), id=f"map-{key}-title"),
        element("desc", words(told), id=f"map-{key}-told"),
        element("rect", width=wide, height=high, fill="#ffffff"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide:.0f} {high:.0f}",
        width=round(wide),
        height=round(high),
        role="img",
        aria_labelledby=f"map-{key}-title map-{key}-told",
        font_family=FONT,
    )
