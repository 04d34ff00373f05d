"""A causal map as any mapping tool may hold it: the one value that every format is read to and written from.

It knows no partnership. A factor is known by its id, a link by its ends; what a tool says beyond that
stays with it as attributes, in text. Ids that tools give to links are theirs and are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from roundtable.partnership.exchange.marks import legend, mark
from roundtable.partnership.model.causal import Delay, Sign

#: Characters that no text file, spreadsheet or XML document can hold: XML 1.0, section 2.2, and C1 controls.
_NO_TEXT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")


class Heading(StrEnum):
    """Which of its two ends a link points to."""

    DIRECTED = "directed"
    MUTUAL = "mutual"
    UNDIRECTED = "undirected"


@dataclass(frozen=True)
class ForeignFactor:
    """A factor of a map.

    Attributes:
        id: what links name it by; unique in its map.
        label: what people read.
        kind: the part it plays, in the tool's own word; empty where the tool does not say.
        note: what is written about it.
        style: the name of the style it is drawn in.
        x: how far right it stands, in the tool's own units; None where it was never placed.
        y: how far down it stands.
        attributes: whatever else the tool holds of it, by name; `|` separates many values.
    """

    id: str
    label: str
    kind: str = ""
    note: str = ""
    style: str = ""
    x: float | None = None
    y: float | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ForeignLink:
    """A link of a map; a map may hold several between the same two factors.

    Attributes:
        source: the id of the factor it leaves.
        target: the id of the factor it reaches.
        sign: `unknown` wherever the tool does not say it in words that cannot be mistaken.
        strength: the least and the greatest, 0 to 1; None where nobody has said.
        delay: how long before the effect is felt.
        heading: which end it points to.
        label: what is written along it.
        note: what is written about it.
        style: the name of the style it is drawn in.
        attributes: whatever else the tool holds of it.
    """

    source: str
    target: str
    sign: Sign = Sign.UNKNOWN
    strength: tuple[float, float] | None = None
    delay: Delay = Delay.UNKNOWN
    heading: Heading = Heading.DIRECTED
    label: str = ""
    note: str = ""
    style: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown_label(self) -> str:
        """What is written along it: its label, or its sign with its strength and delay."""
        return self.label or mark(self.sign, self.strength, self.delay)

    @property
    def shown_style(self) -> str:
        """The style it is drawn in: its own, or that of its sign."""
        return self.style or legend(self.sign)


@dataclass(frozen=True)
class ForeignLoop:
    """A loop that somebody drew and named.

    Attributes:
        label: what it is called.
        note: what is written about it.
        links: the places of its links in the map's list.
    """

    label: str
    note: str = ""
    links: tuple[int, ...] = ()


@dataclass(frozen=True)
class ForeignMap:
    """A whole map, its factors and links in the order in which they were written.

    Attributes:
        title: what it is called.
        factors: each with an id of its own.
        links: every end is the id of a factor.
        loops: those that the tool holds; loops that follow from the links are worked out elsewhere.
        said: plain sentences about what the file held and this value does not.
    """

    title: str = ""
    factors: tuple[ForeignFactor, ...] = ()
    links: tuple[ForeignLink, ...] = ()
    loops: tuple[ForeignLoop, ...] = ()
    said: tuple[str, ...] = field(default=(), compare=False)

    def telling(self, *sentences: str) -> ForeignMap:
        """The same map, with more to be said of it; no sentence is said twice."""
        return replace(self, said=tuple(dict.fromkeys((*self.said, *sentences))))


def in_one_line(text: str) -> str:
    """A label without the line breaks that tools put in to fit it into a shape."""
    return " ".join(text.split())


def as_text(text: str) -> str:
    """Text that every format can hold: one kind of line end, and no control characters."""
    return _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text))


def cleaned(map: ForeignMap) -> ForeignMap:
    r"""The map in characters that every format can hold, with a sentence about those left out.

    Line ends become `\n`, attributes without a name or a value go, and ids stay apart from each other. A
    label or a style of a link that says its sign and nothing more says nothing that the sign does not.
    """
    left_out = sum(len(_NO_TEXT.findall(_LINE_ENDS.sub("\n", text))) for text in _texts(map))
    ids = _ids_apart([as_text(factor.id) for factor in map.factors])
    renamed = dict(zip((factor.id for factor in map.factors), ids, strict=True))
    clean = replace(
        map,
        title=as_text(map.title),
        factors=tuple(
            replace(
                factor,
                id=renamed[factor.id],
                label=as_text(factor.label),
                kind=as_text(factor.kind),
                note=as_text(factor.note),
                style=as_text(factor.style),
                attributes=_attributes(factor.attributes),
            )
            for factor in map.factors
        ),
        links=tuple(_clean_link(link, renamed) for link in map.links),
        loops=tuple(replace(loop, label=as_text(loop.label), note=as_text(loop.note)) for loop in map.loops),
    )
    if not left_out:
        return clean
    told = "1 control character" if left_out == 1 else f"{left_out} control characters"
    return clean.telling(f"{told} left out: no text file can hold them.")


def _clean_link(link: ForeignLink, renamed: Mapping[str, str]) -> ForeignLink:
    label, style = as_text(link.label), as_text(link.style)
    return replace(
        link,
        source=renamed[link.source],
        target=renamed[link.target],
        label="" if label == mark(link.sign, link.strength, link.delay) else label,
        note=as_text(link.note),
        style="" if style == legend(link.sign) else style,
        attributes=_attributes(link.attributes),
    )


def _attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    clean: dict[str, str] = {}
    for name, value in attributes.items():
        plain, text = in_one_line(as_text(name)), as_text(value)
        if plain and text:
            clean[plain] = f"{clean[plain]}|{text}" if plain in clean else text
    return clean


def _ids_apart(ids: list[str]) -> list[str]:
    """The ids, each made different from those before it."""
    taken: set[str] = set()
    for i, written in enumerate(ids):
        name, number = written or "factor", 1
        while name in taken:
            number += 1
            name = f"{written or 'factor'}-{number}"
        taken.add(name)
        ids[i] = name
    return ids


def _texts(map: ForeignMap) -> list[str]:
    found = [map.title]
    for factor in map.factors:
        found += [factor.id, factor.label, factor.kind, factor.note, factor.style]
        found += [text for pair in factor.attributes.items() for text in pair]
    for link in map.links:
        found += [link.label, link.note, link.style]
        found += [text for pair in link.attributes.items() for text in pair]
    for loop in map.loops:
        found += [loop.label, loop.note]
    return found
