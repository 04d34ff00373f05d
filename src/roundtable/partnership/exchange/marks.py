"""How signs, delays and strengths are written in other tools: read only where they cannot be mistaken."""

from __future__ import annotations

import math
import re

from roundtable.partnership.model.causal import Delay, Sign

#: The sign as a mark on a drawing.
MARKS = {
    Sign.POSITIVE: "+",
    Sign.NEGATIVE: "−",
    Sign.NONE: "0",
    Sign.UNKNOWN: "?",
    Sign.COMPLEX: "+/−",
}
#: How a link style is called in a legend.
LEGEND = {
    Sign.POSITIVE: "Positive influence",
    Sign.NEGATIVE: "Negative influence",
    Sign.NONE: "No influence",
    Sign.UNKNOWN: "Unknown influence",
    Sign.COMPLEX: "Mixed influence",
}
#: `s` and `o` (same, opposite direction) are the older marks of causal loop diagrams: Sterman (2000),
#: "Business Dynamics", chapter 5.
_SIGNS = {
    "+": Sign.POSITIVE,
    "positive": Sign.POSITIVE,
    "pos": Sign.POSITIVE,
    "s": Sign.POSITIVE,
    "-": Sign.NEGATIVE,
    "negative": Sign.NEGATIVE,
    "neg": Sign.NEGATIVE,
    "o": Sign.NEGATIVE,
    "0": Sign.NONE,
    "none": Sign.NONE,
    "?": Sign.UNKNOWN,
    "unknown": Sign.UNKNOWN,
    "+/-": Sign.COMPLEX,
    "-/+": Sign.COMPLEX,
    "±": Sign.COMPLEX,
    "complex": Sign.COMPLEX,
    "mixed": Sign.COMPLEX,
}
_MINUSES = str.maketrans("−–—‐‑﹣－＋", "-------+")
_LEGEND_NOUNS = frozenset(
    {"influence", "link", "links", "effect", "effects", "relationship", "connection", "causal"}
)
#: Marks and words that are a sign in a column of signs, and something else as the name of a style.
_NO_LEGENDS = frozenset({"s", "o", "0", "?", "none", "unknown"})
_MARKED = re.compile(
    r"(?P<sign>\+/[-−]|[-+−±])"
    r"(?: (?P<low>\d(?:\.\d+)?)(?: to (?P<high>\d(?:\.\d+)?))?)?"
    r"(?:,? (?P<delay>days|weeks|months|years))?"
)


def sign_said(text: str) -> Sign | None:
    """The sign that a word or a mark means; None where it is neither."""
    return _SIGNS.get(text.strip().casefold().translate(_MINUSES))


def sign_in_legend(text: str) -> Sign | None:
    """The sign that the name of a style says: `Negative influence`, `positive`, `+ link`.

    The words must be those and no others: what a legend calls "Positive feedback on cost" is nobody's sign.
    """
    words = text.casefold().split()
    rest = [word for word in words if word not in _LEGEND_NOUNS]
    if rest in (["no"], ["none"]) and len(words) > 1:
        return Sign.NONE
    return sign_said(rest[0]) if len(rest) == 1 and rest[0] not in _NO_LEGENDS else None


def delay_said(text: str) -> Delay | None:
    """The delay that a word means; None where it is none of ours."""
    word = text.strip().casefold()
    return Delay(word) if word in set(Delay) else None


def strength_said(low: str, high: str) -> tuple[float, float] | None:
    """A strength of two figures from 0 to 1, the lower first; None where they are not that."""
    least, most = number_said(low), number_said(high)
    if least is None or most is None:
        return None
    return (least, most) if 0 <= least <= most <= 1 else None


def number_said(text: str) -> float | None:
    """A finite number; None where it is not one."""
    try:
        value = math.nan if "_" in text else float(text)
    except ValueError:
        return None
    return value + 0.0 if math.isfinite(value) else None


def as_number(value: float) -> str:
    """A number so that the same number is read again: `-86`, `0.25`."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def mark(sign: Sign, strength: tuple[float, float] | None = None, delay: Delay = Delay.UNKNOWN) -> str:
    """What is written along a link for people: `+ 0.2 to 0.5, months`; nothing for an unknown sign."""
    if sign is Sign.UNKNOWN:
        return ""
    text = MARKS[sign]
    if strength is not None:
        low, high = strength
        text += f" {low:g}" if low == high else f" {low:g} to {high:g}"
    return text if delay in (Delay.UNKNOWN, Delay.NONE) else f"{text}, {delay.value}"


def legend(sign: Sign) -> str:
    """The name of the style that a link without a style of its own is drawn in; none for an unknown sign."""
    return "" if sign is Sign.UNKNOWN else LEGEND[sign]


def marked(text: str) -> tuple[Sign, tuple[float, float] | None, Delay] | None:
    """What a label says that is nothing but a mark, as `mark` writes it; None for every other label."""
    found = _MARKED.fullmatch(text.strip())
    sign = sign_said(found["sign"]) if found else None
    if found is None or sign is None:
        return None
    low = found["low"]
    strength = strength_said(low, found["high"] or low) if low is not None else None
    return sign, strength, Delay(found["delay"]) if found["delay"] else Delay.UNKNOWN
