"""SVG as text: every attribute and every word escaped, every number the same on every machine.

Presentation attributes alone are used: a page whose policy allows no style attribute can hold the picture.
"""

from __future__ import annotations

from html import escape

FONT = "-apple-system, 'Segoe UI', Roboto, Arial, sans-serif"


def number(value: float) -> str:
    """A length with one decimal at most."""
    rounded = round(value, 1)
    return str(int(rounded)) if rounded == int(rounded) else f"{rounded:.1f}"


def element(name: str, *inside: str, **attributes: str | float | None) -> str:
    """One element; `_` in an attribute's name stands for `-`, and None leaves it out.

    Args:
        name: the element.
        *inside: markup that is already escaped.
        **attributes: their values, which are escaped here.
    """
    told = "".join(
        f' {key.strip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(inside)
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def words(text: str) -> str:
    """Text as it may stand between two tags; characters that XML has no place for are left out."""
    return escape("".join(one for one in text if one.isprintable() or one == " "), quote=False)


def text(told: str, x: float, y: float, size: float, **attributes: str | float | None) -> str:
    """A line of text."""
    return element("text", words(told), x=x, y=y, font_size=size, **attributes)


def group(*inside: str, **attributes: str | float | None) -> str:
    """Elements that share attributes."""
    return element("g", *inside, **attributes)


def _value(value: str | float) -> str:
    return escape(value, quote=True) if isinstance(value, str) else number(value)
