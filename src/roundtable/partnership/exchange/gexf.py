"""GEXF 1.2 and 1.3 (gexf.net), Gephi's format: attributes are declared, and each has its value at a node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from roundtable.errors import Place
from roundtable.partnership.exchange.building import Building, Reading
from roundtable.partnership.exchange.faults import Faults
from roundtable.partnership.exchange.foreign_map import ForeignMap, Heading
from roundtable.partnership.exchange.graphml import FACTORS, LINKS
from roundtable.partnership.exchange.losses import Holding, losses
from roundtable.partnership.exchange.records import Record, factor_texts, link_texts, record
from roundtable.partnership.exchange.xml_documents import child, children, document, read_xml

NAMESPACE = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
MISSING = frozenset({Holding.LOOPS})
_TYPES = {Heading.DIRECTED: "directed", Heading.MUTUAL: "mutual", Heading.UNDIRECTED: "undirected"}
#: What stands in places of its own, and not among the declared attributes.
_OF_NODES = frozenset({"id", "label", "x", "y"})
_OF_EDGES = frozenset({"source", "target", "label", "direction"})


def read_gexf(content: bytes, file: str) -> ForeignMap:
    """The map of a GEXF file.

    Raises:
        ForeignFileUnusable: it is no GEXF, was cut short, or its parts do not hold together.
    """
    root = read_xml(content, file, "gexf")
    faults = Faults(file)
    graph = child(root, "graph")
    if graph is None:
        faults.add("no-graph", "there is no <graph> in it", "Save the map again as GEXF.")
    faults.end()
    default = (graph.get("defaultedgetype") if graph is not None else None) or "undirected"
    nodes = enumerate(children(child(graph, "nodes"), "node"), start=1)
    edges = enumerate(children(child(graph, "edges"), "edge"), start=1)
    of_nodes, of_edges = _declared(graph, "node"), _declared(graph, "edge")
    factors = [_factor(Place(file, key=f"node {i}"), node, of_nodes) for i, node in nodes]
    links = [_link(Place(file, key=f"edge {i}"), edge, of_edges, default) for i, edge in edges]
    description = child(child(root, "meta"), "title")
    title = "" if description is None else description.text or ""
    return Building(Reading(), faults).built(title, factors, links)


def write_gexf(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    """The file, and what it does not hold of the map."""
    factors = [factor_texts(FACTORS, factor) for factor in map.factors]
    links = [link_texts(LINKS, link, link.source, link.target) for link in map.links]
    root = Element("gexf", {"xmlns": NAMESPACE, "xmlns:viz": VIZ, "version": "1.3"})
    if map.title:
        SubElement(SubElement(root, "meta"), "title").text = map.title
    graph = SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    of_nodes = _declare(graph, "node", factors, _OF_NODES)
    of_edges = _declare(graph, "edge", links, _OF_EDGES)
    nodes, edges = SubElement(graph, "nodes"), SubElement(graph, "edges")
    for texts in factors:
        node = SubElement(nodes, "node", {"id": texts["id"], "label": texts["label"]})
        _write(node, texts, of_nodes)
        placed: dict[str, str] = {axis: texts[axis] for axis in ("x", "y") if axis in texts}
        if placed:
            SubElement(node, "viz:position", placed)
    for number, (texts, link) in enumerate(zip(links, map.links, strict=True), start=1):
        ends = {"id": f"link-{number}", "source": texts["source"], "target": texts["target"]}
        told = {"type": _TYPES[link.heading]} | ({"label": texts["label"]} if "label" in texts else {})
        _write(SubElement(edges, "edge", ends | told), texts, of_edges)
    return document(root), losses(map, MISSING, "GEXF")


def _declare(
    graph: Element, of: str, rows: Iterable[Mapping[str, str]], own: frozenset[str]
) -> dict[str, str]:
    names = sorted({name for row in rows for name in row} - own)
    ids = {name: str(number) for number, name in enumerate(names)}
    declared = SubElement(graph, "attributes", {"class": of, "mode": "static"})
    for name, key in ids.items():
        SubElement(declared, "attribute", {"id": key, "title": name, "type": "string"})
    return ids


def _write(element: Element, texts: Mapping[str, str], keys: Mapping[str, str]) -> None:
    values = SubElement(element, "attvalues")
    for name, key in keys.items():
        if name in texts:
            SubElement(values, "attvalue", {"for": key, "value": texts[name]})


def _declared(graph: Element | None, of: str) -> dict[str, str]:
    return {
        one.get("id", ""): one.get("title", "") or one.get("id", "")
        for group in children(graph, "attributes")
        if group.get("class") == of
        for one in children(group, "attribute")
    }


def _factor(place: Place, node: Element, declared: Mapping[str, str]) -> Record:
    position = child(node, "position")
    own = [("id", node.get("id") or ""), ("label", node.get("label") or node.get("id") or "")]
    if position is not None:
        own += [(axis, position.get(axis) or "") for axis in ("x", "y")]
    return record(place, FACTORS, [*own, *_values(node, declared)])


def _link(place: Place, edge: Element, declared: Mapping[str, str], default: str) -> Record:
    own: list[tuple[str, str]] = [(name, edge.get(name) or "") for name in ("source", "target", "label")]
    heading = ("direction", edge.get("type") or default)
    weight = ("weight", edge.get("weight") or "")
    return record(place, LINKS, [*own, heading, weight, *_values(edge, declared)])


def _values(element: Element, declared: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for value in children(child(element, "attvalues"), "attvalue"):
        key = value.get("for") or value.get("id") or ""
        yield declared.get(key, key), value.get("value", "")
