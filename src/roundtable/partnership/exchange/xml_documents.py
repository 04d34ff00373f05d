"""XML of other tools: read without entities and never too deep, written the same for the same map."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from roundtable.partnership.exchange.faults import unusable
from roundtable.partnership.exchange.reading_bytes import refuse_declarations

Element = ElementTree.Element
MAX_DEPTH = 40
_AGAIN = "Save it again in the tool it came from, and copy it whole."


def read_xml(content: bytes, file: str, root_name: str) -> Element:
    """The root of a document, namespaces taken off the names.

    Raises:
        ForeignFileUnusable: it is cut short, no XML, declares entities, goes too deep, or has another root.
    """
    refuse_declarations(content, file)
    depth = 0
    root: Element | None = None
    try:
        for event, element in iterparse(BytesIO(content), ("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            root = element if root is None else root
            if depth > MAX_DEPTH:
                raise unusable(file, "too-deep", "its elements go deeper than any map", _AGAIN)
    except ElementTree.ParseError as error:
        line = error.position[0]
        short = "no element found" in str(error) or "unclosed token" in str(error)
        what = "the file ends in the middle: it was cut short" if short else "this is not XML"
        raise unusable(file, "not-xml", what, _AGAIN, line) from None
    except DefusedXmlException:
        what = "its XML declares entities, which no map needs and which can hide a bomb"
        raise unusable(file, "xml-entities", what, "Save it without a DOCTYPE.") from None
    except (ValueError, LookupError) as error:
        raise unusable(file, "not-xml", f"its encoding cannot be read: {error}", _AGAIN) from None
    if root is None or local_name(root) != root_name:
        found = "nothing" if root is None else f"<{local_name(root)}>"
        what = f"this is {found}, where <{root_name}> should be"
        raise unusable(file, "wrong-root", what, f"Give a file that ends in .{root_name}.")
    return root


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, name: str) -> list[Element]:
    """The children of that name, in order."""
    return [] if element is None else [child for child in element if local_name(child) == name]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    return next(iter(children(element, name)), None)


def document(root: Element) -> bytes:
    """A document as it is written, indented."""
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"
