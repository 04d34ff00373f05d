"""GraphML (graphml.graphdrawing.org, 2002): every text of a factor or a link is a `data` element of a key.

Labels are found under the names that other tools give them: `label`, `name`, or yEd's own node labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from roundtable.errors import Place
from roundtable.partnership.exchange.building import Building, Reading
from roundtable.partnership.exchange.faults import Faults
from roundtable.partnership.exchange.foreign_map import ForeignMap, Heading
from roundtable.partnership.exchange.losses import Holding, losses
from roundtable.partnership.exchange.records import Names, Part, Record, factor_texts, link_texts, record
from roundtable.partnership.exchange.xml_documents import (
    child,
    children,
    document,
    local_name,
    read_xml,
)

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
TITLE = "title"
FACTORS = Names(
    {
        Part.ID: ("id",),
        Part.LABEL: ("label", "name"),
        Part.KIND: ("kind",),
        Part.NOTE: ("note", "description"),
        Part.STYLE: ("style",),
        Part.X: ("x",),
        Part.Y: ("y",),
    }
)
LINKS = Names(
    {
        Part.FROM: ("source",),
        Part.TO: ("target",),
        Part.SIGN: ("sign", "polarity"),
        Part.LOW: ("strength low",),
        Part.HIGH: ("strength high",),
        Part.DELAY: ("delay",),
        Part.HEADING: ("direction",),
        Part.LABEL: ("label", "name"),
        Part.NOTE: ("note", "description"),
        Part.STYLE: ("style",),
    }
)
MISSING = frozenset({Holding.LOOPS})
#: What stands in places of its own, and not among the data.
_OF_NODES, _OF_EDGES = frozenset({"id"}), frozenset({"source", "target"})


def read_graphml(content: bytes, file: str) -> ForeignMap:
    """The map of a GraphML file.

    Raises:
        ForeignFileUnusable: it is no GraphML, was cut short, or its parts do not hold together.
    """
    root = read_xml(content, file, "graphml")
    faults = Faults(file)
    keys = {key.get("id", ""): key.get("attr.name") or key.get("id") or "" for key in children(root, "key")}
    graph = child(root, "graph")
    if graph is None:
        faults.add("no-graph", "there is no <graph> in it", "Save the map again as GraphML.")
    if len(children(root, "graph")) > 1:
        faults.add("many-graphs", "there are several graphs in it", "Save one map to a file.")
    faults.end()
    default = "" if graph is None else graph.get("edgedefault", "")
    nodes = list(enumerate(children(graph, "node"), start=1))
    edges = list(enumerate(children(graph, "edge"), start=1))
    factors = [_factor(Place(file, key=f"node {i}"), node, keys) for i, node in nodes]
    links = [_link(Place(file, key=f"edge {i}"), edge, keys, default) for i, edge in edges]
    title = dict(_data(graph, keys)).get(TITLE, "") if graph is not None else ""
    said = ["Maps inside factors (nested graphs) are not kept."] if _nested(nodes) else []
    return Building(Reading(), faults).built(title, factors, links, said)


def write_graphml(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    """The file, and what it does not hold of the map."""
    factors = [factor_texts(FACTORS, factor) for factor in map.factors]
    links = [link_texts(LINKS, link, link.source, link.target) for link in map.links]
    root = Element("graphml", {"xmlns": NAMESPACE})
    keys = {
        "graph": _declared(root, "graph", [TITLE]),
        "node": _declared(root, "node", _names(factors, _OF_NODES)),
        "edge": _declared(root, "edge", _names(links, _OF_EDGES)),
    }
    graph = SubElement(root, "graph", {"id": "map", "edgedefault": "directed"})
    if map.title:
        SubElement(graph, "data", {"key": keys["graph"][TITLE]}).text = map.title
    for texts in factors:
        _write(SubElement(graph, "node", {"id": texts["id"]}), texts, keys["node"])
    for number, (texts, link) in enumerate(zip(links, map.links, strict=True), start=1):
        ends = {"id": f"link-{number}", "source": texts["source"], "target": texts["target"]}
        directed = {"directed": "false"} if link.heading is not Heading.DIRECTED else {}
        _write(SubElement(graph, "edge", ends | directed), texts, keys["edge"])
    return document(root), losses(map, MISSING, "GraphML")


def _names(rows: Iterable[dict[str, str]], own: frozenset[str]) -> list[str]:
    return sorted({name for row in rows for name in row} - own)


def _declared(root: Element, of: str, names: list[str]) -> dict[str, str]:
    ids = {name: f"{of}-{number}" for number, name in enumerate(names, start=1)}
    for name, key in ids.items():
        SubElement(root, "key", {"id": key, "for": of, "attr.name": name, "attr.type": "string"})
    return ids


def _write(element: Element, texts: dict[str, str], keys: dict[str, str]) -> None:
    for name, key in keys.items():
        if name in texts:
            SubElement(element, "data", {"key": key}).text = texts[name]


def _factor(place: Place, node: Element, keys: dict[str, str]) -> Record:
    texts = [("id", node.get("id", "")), *_data(node, keys)]
    if not any(FACTORS.part(name) is Part.LABEL and text for name, text in texts):
        texts.append(("label", node.get("id", "")))
    return record(place, FACTORS, texts)


def _link(place: Place, edge: Element, keys: dict[str, str], default: str) -> Record:
    texts = [("source", edge.get("source", "")), ("target", edge.get("target", "")), *_data(edge, keys)]
    directed = edge.get("directed", "true" if default == "directed" else "false")
    if not any(LINKS.part(name) is Part.HEADING for name, _ in texts) and directed in ("false", "0"):
        texts.append(("direction", Heading.UNDIRECTED.value))
    return record(place, LINKS, texts)


def _data(element: Element, keys: dict[str, str]) -> Iterator[tuple[str, str]]:
    for data in children(element, "data"):
        name = keys.get(data.get("key", ""), data.get("key", ""))
        inside = [one for one in data.iter() if local_name(one) in ("NodeLabel", "EdgeLabel")]
        if inside:
            yield "label", "".join(inside[0].itertext()).strip()
        else:
            yield name, data.text or ""


def _nested(nodes: list[tuple[int, Element]]) -> bool:
    return any(child(node, "graph") is not None for _, node in nodes)
