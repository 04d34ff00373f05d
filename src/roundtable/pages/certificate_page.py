"""The page that certifies an erasure, in the house's own dress: it is handed to people outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.pages.rendering import BASE, HERE, NARROW_AND_PRINT, PARTS, page
from roundtable.pages.tables import Table


@dataclass(frozen=True)
class Part:
    """One part of the page: a table, or lines.

    Attributes:
        id: its anchor.
        heading: what stands over it.
        table: its table, if it is one.
        none: what is said where the table is empty.
        lines: its lines, if it is no table.
    """

    id: str
    heading: str
    table: Table | None = None
    none: str = "None."
    lines: tuple[str, ...] = ()


def certificate_page(
    number: int,
    parts: Sequence[Part],
    *,
    why: str,
    ordered: str,
    begun: str,
    done: str,
    proof: str,
    partnership: str,
    as_of: str,
) -> str:
    """The whole page as HTML. It asks nobody for anything and runs no script.

    Args:
        number: the erasure's number.
        parts: what was done, what others hold, and so on, in their order.
        why: why it was erased, as a sentence that names nobody.
        ordered: the posts that ordered it.
        begun: when it was begun, in words.
        done: when it was done, in words.
        proof: what was found afterwards, as a sentence.
        partnership: whose certificate it is.
        as_of: the day that it bears.
    """
    values = {
        "partnership": {"name": partnership, "classification": "OFFICIAL", "illustrative": False},
        "as_of": as_of,
        "number": number,
        "why": why,
        "ordered": ordered,
        "begun": begun,
        "done": done,
        "proof": proof,
        "chapters": list(parts),
    }
    styles = (BASE, PARTS, NARROW_AND_PRINT)
    return page("certificate.html", values, templates=HERE / "templates", styles=styles)
