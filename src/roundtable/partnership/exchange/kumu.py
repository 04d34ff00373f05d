"""Kumu's JSON: the blueprint that it takes in (elements, connections, loops) and the backup that it saves.

In a blueprint every field stands in the element itself; in a backup, under `attributes`, and ids under
`_id`. Both are read; a blueprint is written. Kumu writes many values of a field as a list, here `|`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from roundtable.errors import Place
from roundtable.partnership.exchange.building import Building
from roundtable.partnership.exchange.faults import Faults, unusable
from roundtable.partnership.exchange.foreign_map import ForeignLoop, ForeignMap
from roundtable.partnership.exchange.json_shapes import (
    as_written,
    file_text,
    objects,
    version_said,
)
from roundtable.partnership.exchange.kumu_sheets import FORM
from roundtable.partnership.exchange.losses import Holding
from roundtable.partnership.exchange.reading_bytes import as_utf_8, read_json
from roundtable.partnership.exchange.records import Names, Record, factor_texts, link_texts, record

MISSING: frozenset[Holding] = frozenset()
_AGAIN = "Export the project from Kumu as JSON again."
_LEFT = {
    "maps": "Kumu's maps, and where elements stand on them, are not kept.",
    "views": "Kumu's views are not kept.",
    "perspectives": "Kumu's views are not kept.",
}


def read_kumu(content: bytes, file: str) -> ForeignMap:
    """The map of a blueprint or a backup.

    Raises:
        ForeignFileUnusable: it is cut short, is of another program, or its parts do not hold together.
    """
    value = read_json(as_utf_8(content, file), file)
    if not isinstance(value, dict) or not isinstance(value.get("elements"), list):
        what = f"this is no blueprint of Kumu: it has no list of 'elements'{version_said(value)}"
        raise unusable(file, "not-kumu", what, _AGAIN)
    faults = Faults(file)
    factors = [_record(place, one, FORM.factors) for place, one in objects(value, "elements", faults)]
    connections = list(objects(value, "connections", faults))
    links = [_record(place, one, FORM.links) for place, one in connections]
    drawn = list(objects(value, "loops", faults))
    said = [sentence for key, sentence in _LEFT.items() if value.get(key)]
    title = as_written(value.get("name")) or as_written(value.get("title"))
    map = Building(FORM.reading, faults).built(title, factors, links, said)
    return _with_loops(map, [one for _, one in connections], [one for _, one in drawn])


def write_kumu(map: ForeignMap) -> tuple[bytes, tuple[str, ...]]:
    """The blueprint, and what it does not hold of the map."""
    ids = [f"connection-{number}" for number in range(1, len(map.links) + 1)]
    value = {
        "name": map.title,
        "elements": [_fields(factor_texts(FORM.factors, factor)) for factor in map.factors],
        "connections": [
            {"id": name, **_fields(link_texts(FORM.links, link, link.source, link.target))}
            for name, link in zip(ids, map.links, strict=True)
        ],
        "loops": [
            {
                "id": f"loop-{number}",
                "label": loop.label,
                "description": loop.note,
                "connections": [ids[i] for i in loop.links],
            }
            for number, loop in enumerate(map.loops, start=1)
        ],
    }
    return file_text(value), ()


def _record(place: Place, thing: Mapping[str, Any], names: Names) -> Record:
    return record(place, names, ((name, as_written(value)) for name, value in _said_of(thing)))


def _said_of(thing: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in thing.items():
        if name == "attributes" and isinstance(value, dict):
            yield from value.items()
        elif name == "_id":
            yield "id", value
        else:
            yield name, value


def _fields(texts: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an element or a connection under Kumu's own names, which are in small letters."""
    own = {"ID", "Label", "Type", "Description", "From", "To", "Direction"}
    return {name.lower() if name in own else name: text for name, text in texts.items()}


def _with_loops(
    map: ForeignMap, connections: list[Mapping[str, Any]], drawn: list[Mapping[str, Any]]
) -> ForeignMap:
    """The map with the loops that the file names, as far as it says which connections they run along."""
    places = {as_written(one.get("_id") or one.get("id")): i for i, one in enumerate(connections)}
    if len(map.links) != len(connections):
        places = {}  # A connection to several elements became several links.
    loops = []
    unknown = 0
    for one in drawn:
        fields = dict(_said_of(one))
        named = fields.get("connections")
        names = [as_written(name) for name in named] if isinstance(named, list) else []
        unknown += sum(name not in places for name in names) + (not names)
        links = tuple(places[name] for name in names if name in places)
        loops.append(
            ForeignLoop(as_written(fields.get("label")), as_written(fields.get("description")), links)
        )
    map = replace(map, loops=tuple(loops))
    return map.telling("Some loops do not say which connections they run along.") if unknown else map
