"""Mistakes of YAML itself, in words that somebody who does not know YAML can act on."""

from __future__ import annotations

import yaml

from roundtable.errors import Place, Problem

#: What the parser says (in part), and what usually mends it. The first that fits is used.
_REMEDIES = (
    (
        "mapping values are not allowed",
        "Put text that holds ': ' in quotes, or line the key up with the keys above.",
    ),
    (
        "could not find expected ':'",
        "Write 'key: value' on this line or the one above; text over several lines needs quotes.",
    ),
    ("did not find expected key", "Line it up with the keys above: the same number of spaces before each."),
    ("did not find expected '-' indicator", "Line it up with the list above, and begin each item with '- '."),
    ("block sequence entries are not allowed", "Begin the list on a line of its own, under its key."),
    ("found unexpected end of stream", "A quote or a bracket that is opened must be closed."),
    ("did not find expected ',' or", "A bracket that is opened must be closed, with ',' between the items."),
    (
        "did not find expected node content",
        "A bracket that is opened must be closed; text with [ ] { } needs quotes.",
    ),
    (
        "found unknown escape character",
        "In double quotes a backslash is written twice; single quotes take it as it is.",
    ),
    ("while scanning an alias", "Text that begins with * needs quotes."),
    ("while scanning an anchor", "Text that begins with & needs quotes."),
    ("while scanning a tag", "Text that begins with ! needs quotes."),
    (
        "did not find expected <document start>",
        "Keep one mapping in each file, its keys lined up at the margin.",
    ),
)
_OTHERWISE = "Compare the line with those around it; quotes around a text often mend it."


def not_yaml(error: yaml.YAMLError, file: str, text: str) -> Problem:
    """The parser's complaint as a problem with a place and a remedy."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = " ".join(
        str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part
    )
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
    began = getattr(error, "context_mark", None)
    since = (
        f" (begun on line {began.line + 1})" if began is not None and mark and began.line != mark.line else ""
    )
    problem = getattr(error, "problem", None) or str(error)
    return Problem(place, "not-yaml", f"this is not YAML: {problem}{since}", _remedy(said, _at(text, mark)))


def _at(text: str, mark: yaml.Mark | None) -> str:
    lines = text.splitlines()
    if mark is None or mark.line >= len(lines):
        return ""
    return lines[mark.line][mark.column : mark.column + 1]


def _remedy(said: str, character: str) -> str:
    if character == "\t":
        return "Use spaces to indent, never tabs."
    if "cannot start any token" in said:
        return f"Text that begins with {character or 'this character'} needs quotes."
    return next((remedy for phrase, remedy in _REMEDIES if phrase in said), _OTHERWISE)
