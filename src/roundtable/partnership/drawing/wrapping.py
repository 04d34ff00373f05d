"""Labels broken into lines, by how wide letters usually are: the picture is made without a browser."""

from __future__ import annotations

from unicodedata import east_asian_width

#: Widths of letters of a plain sans-serif face, as shares of its size, a little on the safe side.
_NARROW, _CAPITAL, _BROAD, _USUAL, _FULL = 0.31, 0.70, 0.88, 0.56, 1.0
_NARROW_LETTERS = frozenset(" .,:;'’|!()[]/ijlftrI-")
_BROAD_LETTERS = frozenset("mwMW@%—")


def width(told: str, size: float) -> float:
    """About how wide a text is, in pixels, at a size in pixels."""
    return sum(map(_letter, told)) * size


def wrapped(told: str, room: float, size: float, most: int) -> tuple[str, ...]:
    """A label in lines that fit a room; more than `most` lines are cut and end in an ellipsis.

    Args:
        told: the label.
        room: pixels for a line.
        size: of the letters, in pixels.
        most: how many lines there may be.
    """
    lines: list[str] = []
    for word in (piece for whole in told.split() for piece in _pieces(whole, room, size)):
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(f"{last}…", size) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last.rstrip()}…"]
    return tuple(lines)


def _pieces(word: str, room: float, size: float) -> list[str]:
    """A word, or the pieces of one that is too long for any line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _letter(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter in _BROAD_LETTERS:
        return _BROAD
    if east_asian_width(letter) in "WF":
        return _FULL
    return _CAPITAL if letter.isupper() else _USUAL
