"""What is wrong with one value, what would be right, and how to get from the one to the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from roundtable.partnership.model.strict import ID_PATTERN
from roundtable.partnership.nearest import nearest
from roundtable.partnership.shapes import Shape, shapes_of
from roundtable.partnership.yaml_source import Path

#: pydantic's names for "this is another kind of value", whatever the kind.
_WRONG_KINDS = frozenset(
    {
        "bool_type",
        "date_parsing",
        "date_type",
        "dict_type",
        "enum",
        "float_type",
        "int_from_float",
        "int_type",
        "literal_error",
        "model_type",
        "string_type",
        "tuple_type",
    }
)
_LIMITS = {
    "greater_than": "more than",
    "greater_than_equal": "at least",
    "less_than": "less than",
    "less_than_equal": "at most",
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST = 60


class Wrong(NamedTuple):
    """The rule that a value breaks, what is wrong with it, and the remedy."""

    rule: str
    what: str
    remedy: str


def perhaps(near: str | None) -> str:
    """The question that begins a remedy when there is something to suggest."""
    return f"Did you mean '{near}'? " if near else ""


def said(value: Any) -> str:
    """A value as a message names it: text in quotes, lists and mappings by their kind."""
    if isinstance(value, str):
        return f"'{value}'" if len(value) <= _LONGEST else f"'{value[:_LONGEST]}…'"
    return "a mapping (key: value)" if isinstance(value, dict) else _bare(value)


def expected(shape: Shape, *, many: bool = False) -> str:
    """What a key asks for: 'the id of an agency', 'one of low, medium, high', 'a list of ...'."""
    if shape.refers:
        named = " or ".join(kind.value for kind in shape.refers)
        one, several = f"the id of {a_or_an(named)}", f"ids of {named}s"
    elif shape.models:
        one, several = "a mapping (key: value)", "mappings (key: value)"
    elif shape.allowed and not shape.words:
        one, several = f"one of {allowed(shape)}", f"these: {allowed(shape)}"
    else:
        one = allowed(shape)
        several = one.removeprefix("a ")
    return f"a list of {several}" if many else one


def allowed(shape: Shape) -> str:
    """Everything that may be written at a key: 'a number or unknown'."""
    names = [*dict.fromkeys(shape.words), *map(str, shape.allowed)]
    return _either(names) if shape.words and len(names) < 4 else ", ".join(names) or "any value"


def wrong_value(value: Any, shape: Shape | None, path: Path, error: Mapping[str, Any]) -> Wrong:
    """What is wrong with a value that does not fit its key.

    Args:
        value: as it stands in the file.
        shape: what its key holds, or None where the model does not say.
        path: where it stands; ends in a number when it is an item of a list.
        error: pydantic's account of it.
    """
    kind, limits = error["type"], error.get("ctx", {})
    of_list = shape is not None and shape.many and not isinstance(path[-1], int)
    if kind in _LIMITS:
        limit = f"{_LIMITS[kind]} {next(iter(limits.values())):g}"
        return Wrong("out-of-range", f"{said(value)} is not {limit}", f"Write a number that is {limit}.")
    if kind == "too_short":
        least = "one item" if limits["min_length"] == 1 else f"{limits['min_length']} items"
        return Wrong("too-few", f"the list needs at least {least}", "Add what is missing.")
    if kind == "string_too_short":
        remedy = "Write something, or delete the key if it may be left out."
        return Wrong("no-value", "the text is empty", remedy)
    if kind == "string_too_long":
        what = f"the text is longer than {limits['max_length']} characters"
        return Wrong("too-long", what, "Shorten it.")
    if kind == "string_pattern_mismatch":
        return Wrong("wrong-form", f"{said(value)} is not in the right form", _form(shape, limits["pattern"]))
    if shape is None or kind not in _WRONG_KINDS:
        return Wrong("not-allowed", f"{said(value)}: {error['msg']}", "Change it as the message says.")
    if value is None:
        name = next(str(step) for step in reversed(path) if isinstance(step, str))
        remedy = f"Write {expected(shape, many=of_list)}, or delete the key if it may be left out."
        return Wrong("no-value", f"'{name}' has no value", remedy)
    return _wrong_kind(value, shape, of_list)


def _wrong_kind(value: Any, shape: Shape, of_list: bool) -> Wrong:
    if isinstance(value, str) and _DAY.fullmatch(value) and not of_list:
        return Wrong("wrong-kind", f"there is no day {value}", "Correct the day or the month.")
    if not isinstance(value, list | dict) and shape.allowed and not of_list:
        near = nearest(value, [str(word) for word in shape.allowed]) if isinstance(value, str) else None
        remedy = f"{perhaps(near)}Allowed: {allowed(shape)}."
        return Wrong("not-allowed", f"{said(value)} is not allowed here", remedy)
    what = f"{said(value)} stands where {expected(shape, many=of_list)} should be"
    return Wrong("wrong-kind", what, _mend(value, shape, of_list))


def _mend(value: Any, shape: Shape, of_list: bool) -> str:
    if of_list:
        if isinstance(value, dict) or shape.models:
            return "Begin each item with '- ' on a line of its own."
        return f"Write it as a list: [{_bare(value)}]."
    if shape.models:
        if isinstance(value, list):
            return "Write 'key: value' lines there, without '- ' before them."
        return f"Write its keys there: {', '.join(shapes_of(shape.models[0]))}."
    if isinstance(value, int | float) and "text" in shape.words:
        return f"Put it in quotes: '{_bare(value)}'."
    return f"Write {expected(shape)}."


def _form(shape: Shape | None, pattern: str) -> str:
    if pattern == ID_PATTERN:
        return "An id begins with a letter or a digit, and holds letters, digits, '-', '_' and '.' alone."
    if shape is not None and shape.description:
        return shape.description
    return f"It must fit the pattern {pattern}"


def _bare(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "a list" if isinstance(value, list) else str(value)


def a_or_an(noun: str) -> str:
    """A noun with its article."""
    return f"{'an' if noun[0] in 'aio' else 'a'} {noun}"


def _either(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
