"""YAML as values and positions: what a file says, and at which line and column it says it.

The file is read as a flow of events from PyYAML's C parser. Composing a tree of nodes costs more,
and a file of a hundred thousand opening brackets overflows the C stack there and ends the process.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.encoding import decoded
from roundtable.partnership.scalars import NotANumber, core_scalar
from roundtable.partnership.yaml_mistakes import not_yaml

Path = tuple[str | int, ...]
Position = tuple[int, int]

#: Far deeper than the model goes, far less than what breaks a reader.
MAX_DEPTH = 60
#: How many values the aliases (`*name`) of one file may stand for.
MAX_EXPANDED = 100_000
MAX_BYTES = 50_000_000

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_PLAIN_TAGS = frozenset({None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


def composed(text: str) -> str:
    """Text with its accents in one way of writing them, for names that look alike to be alike."""
    return unicodedata.normalize("NFC", text)


def key_path(path: Path) -> str:
    """A path as one would say it: `risks[2].lead_posts[0]`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass
class Source:
    """One file, read: its value, where each part of it stands, and what was wrong with its YAML.

    Attributes:
        file: what the user calls it.
        value: mappings, lists, text, numbers, booleans and None.
        values: where the value at a path begins.
        keys: where the key at the end of a path begins.
        problems: mistakes that do not stop the rest of the file from being read.
    """

    file: str
    value: Any = None
    values: dict[Path, Position] = field(default_factory=dict)
    keys: dict[Path, Position] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path, *, at_key: bool = False) -> Place:
        """Where a path is written; for what is missing or stands behind an alias, its nearest parent."""
        found = self.keys.get(path) if at_key else self.values.get(path)
        up = path
        while found is None and up:
            found = self.values.get(up)
            up = up[:-1]
        line, column = found or self.values.get((), (1, 1))
        return Place(self.file, line, column, key_path(path))


def read_yaml(content: bytes, file: str) -> Source:
    """Read one file.

    Args:
        content: its bytes.
        file: what to call it in messages.

    Raises:
        PartnershipUnusable: nothing can be made of it: the encoding, the YAML, or it is empty.
    """
    if len(content) > MAX_BYTES:
        what = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        remedy = "A partnership's files are written by hand; data go in deliveries/."
        raise PartnershipUnusable(Problem(Place(file, 1, 1), "too-large", what, remedy))
    text = decoded(content, file)
    reading = _Reading(Source(file))
    parser = yaml.CSafeLoader(text)
    try:
        reading.take_all(parser.get_event)
    except yaml.YAMLError as error:
        raise PartnershipUnusable([*reading.source.problems, not_yaml(error, file, text)]) from None
    finally:
        parser.dispose()
    return reading.finished()


class _Open:
    """A mapping or a list whose end has not been read yet."""

    __slots__ = ("anchor", "key", "key_path", "path", "repeated", "size", "value")

    def __init__(self, value: dict[str, Any] | list[Any], path: Path, anchor: str | None) -> None:
        self.value = value
        self.path = path
        self.anchor = anchor
        #: The key that waits for its value; None when a key comes next.
        self.key: str | None = None
        #: Where that key stands.
        self.key_path: Path = path
        #: Whether that key has been written before: what follows it is read, and not kept.
        self.repeated = False
        self.size = 1


class _Reading:
    """Builds the value of one file from its events."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._expanded = 0
        self._documents = 0

    def take_all(self, next_event: Callable[[], Any]) -> None:
        """Take every event until there is none; those that carry nothing are passed over."""
        handlers = self.HANDLERS
        while (event := next_event()) is not None:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(self, event)

    def finished(self) -> Source:
        """The file, once every event has been taken."""
        if self.source.value is None:
            raise PartnershipUnusable(
                Problem(
                    Place(self.source.file, 1, 1),
                    "empty",
                    "the file is empty",
                    "Write what it should hold, or delete the file.",
                )
            )
        return self.source

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._refusal(
                event.start_mark,
                "a second document begins here ('---')",
                "Keep one thing in each file: move what follows '---' to a file of its own.",
            )

    def _scalar(self, event: Any) -> None:
        parent = self._open[-1] if self._open else None
        value = self._meaning(event)
        if parent is not None and parent.key is None and type(parent.value) is dict:
            self._key(parent, value, event)
            return
        self._put(parent, value, event.start_mark)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1)

    def _meaning(self, event: Any) -> Any:
        text: str = event.value if event.value.isascii() else composed(event.value)
        if event.tag is None:
            if event.implicit[0]:
                return self._bare(text, event)
        elif event.tag not in _TEXT_TAGS:
            self._complain_of_tag(event)
        if event.style == '"' and _CONTROL.search(text):
            what = "the text holds a control character"
            self._complain(event.start_mark, "encoding", what, "Take it out of the text.")
        return text

    def _bare(self, text: str, event: Any) -> Any:
        try:
            return core_scalar(text)
        except NotANumber as error:
            remedy = "Write 'unknown' where nobody knows; put a code in quotes."
            self._complain(event.start_mark, "not-a-number", str(error), remedy)
            return text

    def _key(self, parent: _Open, key: Any, event: Any) -> None:
        mark = event.start_mark
        if not isinstance(key, str):
            what = f"the key '{event.value}' is not text" if event.value else "a key is missing before ':'"
            self._complain(mark, "key-not-text", what, "Put the key in quotes, or give it its name.")
            key = event.value
        path, here = (*parent.path, key), (mark.line + 1, mark.column + 1)
        first = self.source.keys.setdefault(path, here)
        parent.repeated = first is not here
        if parent.repeated:
            what = f"the key '{key}' is written twice, on line {first[0]} and on line {mark.line + 1}"
            self._complain(mark, "duplicate-key", what, "Keep one of the two and delete the other.", path)
            key = f"{key} (again on line {mark.line + 1})"
            path = (*parent.path, key)
        parent.key, parent.key_path = key, path

    def _mapping(self, event: Any) -> None:
        self._start({}, event)

    def _list(self, event: Any) -> None:
        self._start([], event)

    def _start(self, value: dict[str, Any] | list[Any], event: Any) -> None:
        parent = self._open[-1] if self._open else None
        if event.tag not in _PLAIN_TAGS:
            self._complain_of_tag(event)
        if len(self._open) >= MAX_DEPTH:
            what = f"lists and mappings stand more than {MAX_DEPTH} deep in one another"
            raise self._refusal(event.start_mark, what, "Nothing in a partnership is that deep: undo it.")
        self._open.append(_Open(value, self._put(parent, value, event.start_mark), event.anchor))

    def _end(self, _event: Any) -> None:
        done = self._open.pop()
        if done.anchor is not None:
            self._anchors[done.anchor] = (done.value, done.size)
        if self._open:
            self._open[-1].size += done.size

    def _alias(self, event: Any) -> None:
        name, mark = event.anchor, event.start_mark
        if any(name == waiting.anchor for waiting in self._open):
            what = f"the alias '*{name}' stands inside the very thing that it repeats"
            raise self._refusal(mark, what, "Write out what is meant.")
        if name not in self._anchors:
            what = f"the alias '*{name}' repeats something that is not marked '&{name}' above"
            raise self._refusal(mark, what, "Text that begins with * needs quotes.")
        value, size = self._anchors[name]
        self._expanded += size
        if self._expanded > MAX_EXPANDED:
            what = f"the aliases of this file stand for more than {MAX_EXPANDED:,} values"
            raise self._refusal(mark, what, "Write out what is meant.")
        parent = self._open[-1] if self._open else None
        self._put(parent, value, mark)
        if parent is not None:
            parent.size += size

    def _put(self, parent: _Open | None, value: Any, mark: Any) -> Path:
        """Put a value where it belongs and remember where it stands; its path is returned."""
        if parent is None:
            path: Path = ()
            self.source.value = value
        elif isinstance(parent.value, list):
            path = (*parent.path, len(parent.value))
            parent.value.append(value)
        elif parent.key is None:
            what = "a list, a mapping or an alias stands where a key should be"
            raise self._refusal(mark, what, "Write the key as one word, then a colon.")
        else:
            path = parent.key_path
            if not parent.repeated:
                parent.value[parent.key] = value
            parent.key = None
        if parent is not None:
            parent.size += 1
        self.source.values[path] = (mark.line + 1, mark.column + 1)
        return path

    def _complain_of_tag(self, event: Any) -> None:
        what = f"the tag '{event.tag.replace('tag:yaml.org,2002:', '!!')}' has no meaning here"
        self._complain(event.start_mark, "tag", what, "Delete the tag, or put the text in quotes.")

    def _complain(self, mark: Any, rule: str, what: str, remedy: str, path: Path = ()) -> None:
        place = Place(self.source.file, mark.line + 1, mark.column + 1, key_path(path))
        self.source.problems.append(Problem(place, rule, what, remedy))

    def _refusal(self, mark: Any, what: str, remedy: str) -> PartnershipUnusable:
        self._complain(mark, "not-yaml", what, remedy)
        return PartnershipUnusable(self.source.problems)

    #: Kept with the class: a table in each reading would tie it, and all that it read, into a knot
    #: that only the collector of cycles could undo.
    HANDLERS: ClassVar[Mapping[type[Any], Callable[[_Reading, Any], None]]] = {
        yaml.ScalarEvent: _scalar,
        yaml.MappingStartEvent: _mapping,
        yaml.SequenceStartEvent: _list,
        yaml.MappingEndEvent: _end,
        yaml.SequenceEndEvent: _end,
        yaml.AliasEvent: _alias,
        yaml.DocumentStartEvent: _document,
    }
