"""What a format cannot hold, said of one map in plain sentences; and the map as it will be read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from roundtable.partnership.exchange.foreign_map import ForeignFactor, ForeignLink, ForeignMap, Heading
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.wording import counted

Thing = TypeVar("Thing", ForeignFactor, ForeignLink)


class Holding(StrEnum):
    """What a map may hold that some format does not."""

    TITLE = "the title"
    KIND = "the kind of a factor"
    NOTE = "the note of a factor"
    STYLE = "the style of a factor"
    POSITION = "the place of a factor on the page"
    ATTRIBUTES = "the attributes of a factor"
    SIGN = "the sign of a link"
    STRENGTH = "the strength of a link"
    DELAY = "the delay of a link"
    HEADING = "whether a link points both ways or neither"
    LINK_LABEL = "the label of a link"
    LINK_NOTE = "the note of a link"
    LINK_STYLE = "the style of a link"
    LINK_ATTRIBUTES = "the attributes of a link"
    LOOPS = "the loops that somebody drew"


@dataclass(frozen=True)
class _Rule:
    """Whether a factor, a link or the map has it, and what it is without it."""

    has: Callable[[Any], bool]
    without: Mapping[str, Any]


_FACTORS: dict[Holding, _Rule] = {
    Holding.KIND: _Rule(lambda one: bool(one.kind), {"kind": ""}),
    Holding.NOTE: _Rule(lambda one: bool(one.note), {"note": ""}),
    Holding.STYLE: _Rule(lambda one: bool(one.style), {"style": ""}),
    Holding.POSITION: _Rule(lambda one: (one.x, one.y) != (None, None), {"x": None, "y": None}),
    Holding.ATTRIBUTES: _Rule(lambda one: bool(one.attributes), {"attributes": {}}),
}
_LINKS: dict[Holding, _Rule] = {
    Holding.SIGN: _Rule(lambda one: one.sign is not Sign.UNKNOWN, {"sign": Sign.UNKNOWN}),
    Holding.STRENGTH: _Rule(lambda one: one.strength is not None, {"strength": None}),
    Holding.DELAY: _Rule(lambda one: one.delay is not Delay.UNKNOWN, {"delay": Delay.UNKNOWN}),
    Holding.HEADING: _Rule(lambda one: one.heading is not Heading.DIRECTED, {"heading": Heading.DIRECTED}),
    Holding.LINK_LABEL: _Rule(lambda one: bool(one.label), {"label": ""}),
    Holding.LINK_NOTE: _Rule(lambda one: bool(one.note), {"note": ""}),
    Holding.LINK_STYLE: _Rule(lambda one: bool(one.style), {"style": ""}),
    Holding.LINK_ATTRIBUTES: _Rule(lambda one: bool(one.attributes), {"attributes": {}}),
}


def without(map: ForeignMap, missing: frozenset[Holding]) -> ForeignMap:
    """The map less what a format does not hold: what writing it and reading it again gives."""
    return replace(
        map,
        title="" if Holding.TITLE in missing else map.title,
        factors=tuple(_less(factor, _FACTORS, missing) for factor in map.factors),
        links=tuple(_less(link, _LINKS, missing) for link in map.links),
        loops=() if Holding.LOOPS in missing else map.loops,
    )


def losses(map: ForeignMap, missing: frozenset[Holding], format_name: str) -> tuple[str, ...]:
    """A sentence for each thing that this map holds and the format does not; none for what is not there."""
    found = []
    for holding in Holding:
        number = _number(map, holding)
        if holding in missing and number:
            found.append(f"{format_name} does not hold {holding.value}{_of(holding, number)}.")
    return tuple(found)


def _less(thing: Thing, rules: Mapping[Holding, _Rule], missing: frozenset[Holding]) -> Thing:
    changed = {
        name: value
        for holding, rule in rules.items()
        if holding in missing
        for name, value in rule.without.items()
    }
    return replace(thing, **changed)


def _number(map: ForeignMap, holding: Holding) -> int:
    if holding is Holding.TITLE:
        return bool(map.title)
    if holding is Holding.LOOPS:
        return len(map.loops)
    if holding in _FACTORS:
        return sum(_FACTORS[holding].has(factor) for factor in map.factors)
    return sum(_LINKS[holding].has(link) for link in map.links)


def _of(holding: Holding, number: int) -> str:
    if holding is Holding.TITLE:
        return ""
    if holding is Holding.LOOPS:
        return f": {counted(number, 'loop')}"
    return f": {counted(number, 'factor' if holding in _FACTORS else 'link')}"
