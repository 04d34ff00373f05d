"""Edits written into a YAML file so that its comments, its order and every untouched line stay.

ruamel.yaml keeps comments and order but lays lines out anew. So the file is written out by it twice,
before the edits and after them, and only the lines that differ between the two replace lines of the file.
"""

from __future__ import annotations

import io
import json
import re
import textwrap
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.exchange.changes import aligned
from roundtable.partnership.yaml_source import read_yaml

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WIDTH = 96
#: A mapping in braces that grows by this much beyond this length is written out line by line.
_LONGEST_FLOW, _MUCH = 120, 20
_MARK = b"\xef\xbb\xbf"


class CannotEdit(Exception):
    """The file is written in a way that cannot be edited without changing what else it says."""


class _Block(NamedTuple):
    """Lines [start, end) of the plain text, and what stands in their stead."""

    start: int
    end: int
    lines: list[str]


def edited(content: bytes, now: Any, then: Any) -> bytes:
    """The bytes of a file that says `then`, where they said `now`.

    Raises:
        CannotEdit: no text was found that keeps the rest and says this.
    """
    mark = _MARK if content.startswith(_MARK) else b""
    text = content.removeprefix(_MARK).decode("utf-8")
    ends = "\r\n" if "\r\n" in text else "\n"
    original = text.replace("\r\n", "\n")
    try:
        plain, after = _written(original, None, None), _written(original, now, then)
    except (YAMLError, ValueError, TypeError, KeyError, IndexError) as error:
        raise CannotEdit(str(error)) from error
    for attempt in (merged(original, plain, after), after):
        if _says(attempt, then):
            return mark + attempt.replace("\n", ends).encode()
    raise CannotEdit("the file would not say what it should")


def new_file(value: Any) -> bytes:
    """A file that says this, laid out as people write them."""
    return _dumped(_node(value)).encode()


def merged(original: str, plain: str, after: str) -> str:
    """The original with only those lines changed that differ between the other two."""
    was, base, new = (text.splitlines(keepends=True) for text in (original, plain, after))
    layouts, edits = _blocks(base, was), _blocks(base, new)
    lines: list[str] = []
    at = 0
    while layouts or edits:
        layouts_here, edits_here, end = _cluster(layouts, edits)
        start = min(block.start for block in (*layouts_here, *edits_here))
        lines += base[at:start]
        lines += _replaced(base, start, end, edits_here or layouts_here)
        at = end
    return "".join([*lines, *base[at:]])


def _cluster(layouts: list[_Block], edits: list[_Block]) -> tuple[list[_Block], list[_Block], int]:
    """Take out the first blocks that touch one another, and say where they end."""
    first = min((blocks[0] for blocks in (layouts, edits) if blocks), key=lambda block: block.start)
    end = first.end
    taken: tuple[list[_Block], list[_Block]] = ([], [])
    grew = True
    while grew:
        grew = False
        for blocks, into in ((layouts, taken[0]), (edits, taken[1])):
            while blocks and (blocks[0].start < end or blocks[0].start == first.start):
                block = blocks.pop(0)
                into.append(block)
                end = max(end, block.end)
                grew = True
    return taken[0], taken[1], end


def _replaced(base: Sequence[str], start: int, end: int, blocks: list[_Block]) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += [*base[start : block.start], *block.lines]
        start = block.end
    return [*lines, *base[start:end]]


def _blocks(base: list[str], other: list[str]) -> list[_Block]:
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    return [_Block(i1, i2, other[j1:j2]) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"]


def _says(text: str, value: Any) -> bool:
    try:
        return bool(_stripped(read_yaml(text.encode(), "").value) == _stripped(value))
    except PartnershipUnusable:
        return False


def _stripped(value: Any) -> Any:
    """The value in a form in which true is not one, and spaces at the ends do not count."""
    if isinstance(value, dict):
        return {key: _stripped(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_stripped(item) for item in value]
    return ("flag", value) if isinstance(value, bool) else value.strip() if isinstance(value, str) else value


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _written(text: str, now: Any, then: Any) -> str:
    node = _yaml().load(text)
    if then is not None:
        _edit(node, now, then)
    return _dumped(node)


def _dumped(node: Any) -> str:
    out = io.StringIO()
    _yaml().dump(node, out)
    return out.getvalue()


def _edit(node: Any, now: Any, then: Any) -> None:
    """Make a mapping or a list of ruamel's say what it should, touching nothing else."""
    if isinstance(then, dict):
        _edit_mapping(node, now, then)
    else:
        _edit_list(node, now, then)


def _edit_mapping(node: CommentedMap, now: dict[str, Any], then: dict[str, Any]) -> None:
    for key in now:
        if key not in then:
            del node[key]
    for key, value in then.items():
        if key in now and _stripped(now[key]) == _stripped(value):
            continue
        if key in now and _same_kind(now[key], value):
            _edit(node[key], now[key], value)
        else:
            node[key] = _node(value)
    if node.fa.flow_style() and _length(then) > max(_LONGEST_FLOW, _length(now) + _MUCH):
        node.fa.set_block_style()


def _edit_list(node: CommentedSeq, now: list[Any], then: list[Any]) -> None:
    was = aligned(now, then)
    kept = [i for i in was if i is not None]
    if kept != sorted(kept):
        items = list(node)
        node[:] = [_node(value) if i is None else items[i] for i, value in zip(was, then, strict=True)]
    else:
        for i in reversed(range(len(now))):
            if i not in was:
                del node[i]
        for j, old in enumerate(was):
            if old is None:
                node.insert(j, _node(then[j]))
    for j, old in enumerate(was):
        if old is None or _stripped(now[old]) == _stripped(then[j]):
            continue
        if _same_kind(now[old], then[j]):
            _edit(node[j], now[old], then[j])
        else:
            node[j] = _node(then[j])


def _length(value: Any) -> int:
    return len(json.dumps(value, ensure_ascii=False))


def _same_kind(one: Any, other: Any) -> bool:
    return any(isinstance(one, kind) and isinstance(other, kind) and other for kind in (dict, list))


def _node(value: Any) -> Any:
    """A value as ruamel writes it: short lists on one line, long text folded, days bare."""
    if isinstance(value, dict):
        return CommentedMap({key: _node(item) for key, item in value.items()})
    if isinstance(value, list):
        made = CommentedSeq([_node(item) for item in value])
        flat = not any(isinstance(item, dict | list) for item in value)
        if flat and sum(len(str(item)) + 2 for item in value) < _WIDTH - 30:
            made.fa.set_flow_style()
        return made
    return _text(value) if isinstance(value, str) else value


def _text(value: str) -> Any:
    if _DAY.fullmatch(value):
        return _day(value)
    if "\n" in value:
        return LiteralScalarString(value)
    lines = textwrap.wrap(value, _WIDTH, break_long_words=False, break_on_hyphens=False)
    if len(lines) < 2 or " ".join(lines) != value:
        return value
    folded = FoldedScalarString(value)
    places, at = [], -1
    for line in lines[:-1]:
        at += len(line) + 1
        places.append(at)
    folded.fold_pos = places
    return folded


def _day(value: str) -> date | str:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value
