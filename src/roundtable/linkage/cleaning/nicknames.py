"""Short forms, spellings and English forms of given names, brought to one root.

A short form may belong to several names; it has the root that stands first in the table for its sex.
"""

from __future__ import annotations

from functools import cache

from roundtable.linkage.cleaning.reference_table import reference_rows


def root_of(given: str, sex: str | None) -> str | None:
    """The root of a folded given name, which is the name itself where the table does not have it.

    An initial has none.

    Args:
        given: the name.
        sex: f, m or null; some short forms have another root for each.
    """
    if len(given) < 2:
        return None
    seen: set[str] = set()
    while given in _roots() and given not in seen:
        seen.add(given)
        forms = _roots()[given]
        given = forms.get(sex or "") or next(iter(forms.values()))
    return given


@cache
def _roots() -> dict[str, dict[str, str]]:
    """Of each form its roots by sex; the table's order is that of preference."""
    found: dict[str, dict[str, str]] = {}
    for row in reference_rows("nicknames"):
        of_form = found.setdefault(row["form"], {})
        of_form.setdefault(row["sex"], row["root"])
    return found
