"""PRSM's own file, `.prsm`: JSON, packed since 2024, of versions 1 and 2.

PRSM knows polarity only as a style and a label. The convention here: a link is drawn in the style of its
sign (`prsm_styles`), its sign, strength and delay stand in its label where it has no other, its arrows say
which way it points, and the exact values stand in a key of their own, `roundtable`, beside them. PRSM drops
that key when it saves the map; style, label and arrows stay, and the map is then read from those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from roundtable.errors import Place
from roundtable.partnership.exchange.building import Building, Reading
from roundtable.partnership.exchange.faults import Faults, unusable
from roundtable.partnership.exchange.foreign_map import ForeignFactor, ForeignLink, ForeignMap, Heading
from roundtable.partnership.exchange.json_shapes import (
    as_written,
    file_text,
    mapping,
    objects,
    version_said,
)
from roundtable.partnership.exchange.losses import Holding, losses
from roundtable.partnership.exchange.lz_string import NotPacked, TooMuch, unpacked
from roundtable.partnership.exchange.prsm_sheets import FORM
from roundtable.partnership.exchange.prsm_styles import (
    LINKS,
    NODES,
    NUMBER_OF_STYLES,
    Slots,
    StyleKind,
    edge_colour,
    edge_style,
    node_style,
)
from roundtable.partnership.exchange.reading_bytes import MAX_UNPACKED, as_utf_8, read_json
from roundtable.partnership.exchange.records import Part, Record, factor_texts, link_texts, record

MISSING = frozenset({Holding.LOOPS})
EXACT = "roundtable"
VERSION = "2.0.0"
_UNNAMED = frozenset({"", "Sample"})
_DELETED = "*deleted*"
#: What a `.prsm` holds beside the map, and why it is not kept.
_LEFT = {
    "history": "The history of the map is not kept: it names who did what.",
    "underlay": "Drawings behind the map are not kept.",
    "background": "Drawings behind the map are not kept.",
    "styles": "The colours, shapes and fonts of styles are not kept; their names are.",
    "description": "The description of the map is not kept; put it in the scenario's story.",
}
_AGAIN = "Save the map again in PRSM, as a .prsm file."


def read_prsm(content: bytes, file: str) -> ForeignMap:
    """The map of a `.prsm` file, packed or not.

    Raises:
        ForeignFileUnusable: it is cut short, is of another program, or its parts do not hold together.
    """
    value = read_json(_text(content, file), file)
    if not isinstance(value, dict) or "nodes" not in value or "edges" not in value:
        what = f"this is no map of PRSM: it has no 'nodes' and 'edges'{version_said(value)}"
        raise unusable(file, "not-prsm", what, _AGAIN)
    faults = Faults(file)
    titles = {key: as_written(name) for key, name in mapping(value.get("attributeTitles")).items()}
    styles = mapping(value.get("styles") or value.get("samples"))
    reader = _Reading(titles, mapping(styles.get("nodes")), mapping(styles.get("edges")))
    factors = [reader.factor(place, node) for place, node in objects(value, "nodes", faults)]
    links = [reader.link(place, edge) for place, edge in objects(value, "edges", faults)]
    said = [sentence for key, sentence in _LEFT.items() if value.get(key)]
    title = as_written(value.get("mapTitle"))
    return Building(Reading(), faults).built(title, factors, links, [*said, *reader.said])


def write_prsm(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    """The file, and what it does not hold of the map."""
    nodes, edges = Slots(NODES, map), Slots(LINKS, map)
    names = sorted({name for factor in map.factors for name in _attribute_texts(factor)})
    titles = {f"att{number}": name for number, name in enumerate(names, start=1)}
    value = {
        "version": VERSION,
        "mapTitle": map.title,
        "attributeTitles": titles,
        "styles": {
            "nodes": {group: node_style(name, number) for number, group, name in _named(nodes)},
            "edges": {group: edge_style(name) for _, group, name in _named(edges)},
        },
        "nodes": [_node(factor, nodes, titles) for factor in map.factors],
        "edges": [_edge(number, link, edges) for number, link in enumerate(map.links, start=1)],
    }
    told = losses(map, MISSING, "PRSM")
    for slots in (nodes, edges):
        if slots.beyond:
            told += (f"PRSM has 9 styles for {slots.kind.of}; these share its last: {_list(slots.beyond)}.",)
    return file_text(value), told


def _text(content: bytes, file: str) -> str:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return as_utf_8(content, file)
    try:
        return unpacked(content.decode("utf-8").removeprefix("\ufeff"), MAX_UNPACKED)
    except (UnicodeDecodeError, NotPacked):
        what = "this is no file of PRSM, or it was cut short"
        raise unusable(file, "not-prsm", what, _AGAIN) from None
    except TooMuch:
        what = f"it would unpack to more than {MAX_UNPACKED // 1_000_000} MB, as no map does"
        raise unusable(file, "too-large", what, "Do not open it; ask where it comes from.") from None


class _Reading:
    """Reads nodes and edges by the styles and the attributes that the file itself declares."""

    def __init__(self, titles: Mapping[str, str], nodes: Mapping[str, Any], edges: Mapping[str, Any]) -> None:
        self._titles = {key: name for key, name in titles.items() if name and name != _DELETED}
        self._nodes, self._edges = nodes, edges
        #: What is said of the file, once each.
        self.said: dict[str, None] = {}

    def factor(self, place: Place, node: Mapping[str, Any]) -> Record:
        """A node as a record."""
        own = [(name, as_written(node.get(key))) for key, name in self._titles.items()]
        parts = {
            Part.ID: as_written(node.get("id")),
            Part.LABEL: as_written(node.get("label")),
            Part.NOTE: self._note(node),
            Part.STYLE: _style(self._nodes, node, NODES),
            Part.X: as_written(node.get("x")),
            Part.Y: as_written(node.get("y")),
        }
        self._say_what_goes(node)
        return _joined(record(place, FORM.factors, own), parts)

    def link(self, place: Place, edge: Mapping[str, Any]) -> Record:
        """An edge as a record: by its exact values while nobody has changed it, else by how it is drawn."""
        drawn = {
            Part.FROM: as_written(edge.get("from")),
            Part.TO: as_written(edge.get("to")),
            Part.HEADING: _heading(edge, mapping(self._edges.get(_group(edge, LINKS)))),
            Part.LABEL: as_written(edge.get("label")),
            Part.NOTE: self._note(edge),
            Part.STYLE: _style(self._edges, edge, LINKS),
        }
        self._say_what_goes(edge)
        exact = mapping(edge.get(EXACT))
        texts = [(name, as_written(text)) for name, text in mapping(exact.get("texts")).items()]
        held = record(place, FORM.links, texts)
        same = all(held[part] == drawn[part] for part in (Part.LABEL, Part.NOTE, Part.HEADING))
        if exact and same and exact.get("grp") == edge.get("grp"):
            return _joined(held, {part: drawn[part] for part in (Part.FROM, Part.TO)})
        if exact:
            self.said["Links changed in PRSM were read from how they are drawn there."] = None
        return Record(place, {part: text for part, text in drawn.items() if text}, {})

    def _note(self, thing: Mapping[str, Any]) -> str:
        note = thing.get("note") or thing.get("title")
        if not isinstance(note, dict):
            return as_written(note)
        inserts = [mapping(one).get("insert") for one in note.get("ops") or () if isinstance(one, dict)]
        if any(not isinstance(one, str) for one in inserts):
            self.said["Pictures in notes are not kept."] = None
        text = "".join(one for one in inserts if isinstance(one, str))
        return text.removesuffix("\n")

    def _say_what_goes(self, thing: Mapping[str, Any]) -> None:
        if thing.get("created") or thing.get("modified"):
            sentence = (
                "Who made and who changed each factor and link is not kept: a partnership names no person."
            )
            self.said[sentence] = None
        if thing.get("thumbUp") or thing.get("thumbDown"):
            self.said[
                "Reactions (thumbs up and down) are not kept: PRSM does not say which agency gave them."
            ] = None


def _joined(one: Record, parts: Mapping[Part, str]) -> Record:
    return Record(
        one.place, {**one.parts, **{part: text for part, text in parts.items() if text}}, one.attributes
    )


def _group(thing: Mapping[str, Any], kind: StyleKind) -> str:
    group = thing.get("grp")
    if isinstance(group, str):
        return group
    # Before version 1.5 a link held the number of its group.
    old = thing.get("group")
    return f"{kind.word}{old % NUMBER_OF_STYLES}" if isinstance(old, int) else ""


def _style(styles: Mapping[str, Any], thing: Mapping[str, Any], kind: StyleKind) -> str:
    group = _group(thing, kind)
    style = mapping(styles.get(group))
    name = as_written(style.get("groupLabel"))
    if name not in _UNNAMED:
        return name
    # The first style is what PRSM draws when nobody has chosen one.
    return "" if group == f"{kind.word}0" else group


def _heading(edge: Mapping[str, Any], style: Mapping[str, Any]) -> str:
    arrows = {**mapping(style.get("arrows")), **mapping(edge.get("arrows"))}
    to, back = (mapping(arrows.get(end)).get("enabled") for end in ("to", "from"))
    if to is False and back is not True:
        return Heading.UNDIRECTED.value
    return Heading.MUTUAL.value if back is True and to is not False else Heading.DIRECTED.value


def _attribute_texts(factor: ForeignFactor) -> dict[str, str]:
    names = FORM.factors
    written = factor_texts(names, factor)
    own = {names.written(part) for part in names.parts if part is not Part.KIND}
    return {name: text for name, text in written.items() if name not in own}


def _node(factor: ForeignFactor, slots: Slots, titles: Mapping[str, str]) -> dict[str, Any]:
    texts = _attribute_texts(factor)
    node: dict[str, Any] = {"id": factor.id, "label": factor.label, "grp": slots.group(factor.style)}
    if factor.note:
        node["note"] = {"ops": [{"insert": f"{factor.note}\n"}]}
    node |= {key: value for key, value in (("x", factor.x), ("y", factor.y)) if value is not None}
    return node | {key: texts[name] for key, name in titles.items() if name in texts}


def _edge(number: int, link: ForeignLink, slots: Slots) -> dict[str, Any]:
    group = slots.group(link.shown_style)
    edge: dict[str, Any] = {
        "id": f"link-{number}",
        "from": link.source,
        "to": link.target,
        "label": link.shown_label,
        "grp": group,
        "color": edge_colour(link.shown_style),
        "arrows": {
            "to": {"enabled": link.heading is not Heading.UNDIRECTED},
            "from": {"enabled": link.heading is Heading.MUTUAL},
        },
    }
    if link.note:
        edge["note"] = {"ops": [{"insert": f"{link.note}\n"}]}
    texts = link_texts(FORM.links, link, link.source, link.target)
    return edge | {EXACT: {"grp": group, "texts": texts}}


def _named(slots: Slots) -> Sequence[tuple[int, str, str]]:
    return [
        (number, f"{slots.kind.word}{number}", name if name != f"{slots.kind.word}{number}" else "")
        for name, number in sorted(slots.by_name.items(), key=lambda one: one[1])
        if name
    ]


def _list(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
