"""A map as records of named texts, which is how every format holds it under names of its own.

A record is a row of a sheet, an object of JSON or a node of XML. What a format has no name for stands
beside the rest as an attribute; an attribute that bears one of the format's own names is told apart
by ` (attribute)` after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from roundtable.errors import Place
from roundtable.partnership.exchange.foreign_map import ForeignFactor, ForeignLink
from roundtable.partnership.exchange.marks import as_number

ATTRIBUTE = " (attribute)"


class Part(StrEnum):
    """What a named text of a record may be, besides an attribute."""

    ID = "id"
    LABEL = "label"
    KIND = "kind"
    NOTE = "note"
    STYLE = "style"
    X = "x"
    Y = "y"
    FROM = "from"
    TO = "to"
    SIGN = "sign"
    LOW = "strength low"
    HIGH = "strength high"
    DELAY = "delay"
    HEADING = "direction"


FACTOR_PARTS = (Part.ID, Part.LABEL, Part.KIND, Part.NOTE, Part.STYLE, Part.X, Part.Y)
LINK_PARTS = (
    Part.FROM,
    Part.TO,
    Part.SIGN,
    Part.LOW,
    Part.HIGH,
    Part.DELAY,
    Part.HEADING,
    Part.LABEL,
    Part.NOTE,
    Part.STYLE,
)


@dataclass(frozen=True)
class Names:
    """What a format calls the parts of one kind of record.

    Attributes:
        parts: the names of each part; the first is written, all are read, in any case of letters.
        passed_over: names that are known and not kept, each with the sentence that says why.
    """

    parts: Mapping[Part, tuple[str, ...]]
    passed_over: Mapping[str, str] = field(default_factory=dict)

    def written(self, part: Part) -> str:
        """The name that is written for a part."""
        return self.parts[part][0]

    def part(self, name: str) -> Part | None:
        """The part that a name stands for; None for an attribute."""
        return self._by_name.get(name.strip().casefold())

    def reserved(self, name: str) -> bool:
        """Whether an attribute of this name would be taken for something else."""
        plain = name.strip().casefold()
        return plain in self._by_name or plain in self.passed_over or plain.endswith(ATTRIBUTE)

    @cached_property
    def _by_name(self) -> dict[str, Part]:
        return {name.casefold(): part for part, names in self.parts.items() for name in names}


@dataclass(frozen=True)
class Record:
    """One record.

    Attributes:
        place: where it stands in the file.
        parts: what the format has names for.
        attributes: everything else, by its name.
    """

    place: Place
    parts: Mapping[Part, str]
    attributes: Mapping[str, str]

    def __getitem__(self, part: Part) -> str:
        """The text of a part; empty where the record does not hold it."""
        return self.parts.get(part, "")


def record(place: Place, names: Names, texts: Iterable[tuple[str, str]]) -> Record:
    """A record of the texts found under their names; empty texts are as good as absent ones."""
    parts: dict[Part, str] = {}
    attributes: dict[str, str] = {}
    for name, text in texts:
        part = names.part(name)
        if not text or name.strip().casefold() in names.passed_over:
            continue
        if part is None:
            attributes[name.strip().removesuffix(ATTRIBUTE)] = text
        elif part not in parts:
            parts[part] = text
        else:
            attributes[name.strip()] = text
    return Record(place, parts, attributes)


def factor_texts(names: Names, factor: ForeignFactor) -> dict[str, str]:
    """What a factor is written as: its texts by the format's names, the empty ones left out."""
    parts = {
        Part.ID: factor.id,
        Part.LABEL: factor.label,
        Part.KIND: factor.kind,
        Part.NOTE: factor.note,
        Part.STYLE: factor.style,
        Part.X: "" if factor.x is None else as_number(factor.x),
        Part.Y: "" if factor.y is None else as_number(factor.y),
    }
    return _texts(names, parts, factor.attributes)


def link_texts(names: Names, link: ForeignLink, source: str, target: str) -> dict[str, str]:
    """What a link is written as, its ends as the format names them; its sign always stands there."""
    low, high = link.strength if link.strength is not None else (None, None)
    parts = {
        Part.FROM: source,
        Part.TO: target,
        Part.SIGN: link.sign.value,
        Part.LOW: "" if low is None else as_number(low),
        Part.HIGH: "" if high is None else as_number(high),
        Part.DELAY: link.delay.value,
        Part.HEADING: link.heading.value,
        Part.LABEL: link.shown_label,
        Part.NOTE: link.note,
        Part.STYLE: link.shown_style,
    }
    return _texts(names, parts, link.attributes)


def columns(names: Names, parts: Sequence[Part], rows: Iterable[Mapping[str, str]]) -> list[str]:
    """The columns of a table of such records: the format's own in order, then attributes by name."""
    own = [names.written(part) for part in parts if part in names.parts]
    return own + sorted({name for row in rows for name in row} - set(own))


def _texts(names: Names, parts: Mapping[Part, str], attributes: Mapping[str, str]) -> dict[str, str]:
    texts = {names.written(part): text for part, text in parts.items() if text and part in names.parts}
    for name, text in sorted(attributes.items()):
        texts[f"{name}{ATTRIBUTE}" if names.reserved(name) else name] = text
    return texts
