"""Short forms, spellings and English forms of given names, brought to one root.

A short form may belong to several names; it has the root that stands first in the table for its sex.
"""

from __future__ import annotations

from functools import cache

from roundtable.linkage.cleaning.reference_table import reference_rows


def root_of(given: str, sex: str | None) -> str | None:
    """The root of a folded given name: its first word's, where the whole is not known; null for an initial.

    Args:
        given: the name.
        sex: f, m or null; some short forms have another root for each.
    """
    first = given if given in _roots() else given.split()[0]
    if len(first) < 2:
        return None
    if first not in _roots():
        return given
    seen: set[str] = set()
    while first in _roots() and first not in seen:
        seen.add(first)
        forms = _roots()[first]
        first = forms.get(sex or "") or next(iter(forms.values()))
    return first


@cache
def _roots() -> dict[str, dict[str, str]]:
    """Of each form its roots by sex; the table's order is that of preference."""
    found: dict[str, dict[str, str]] = {}
    for row in reference_rows("nicknames"):
        of_form = found.setdefault(row["form"], {})
        for sex in row["sex"] or "fm":
            of_form.setdefault(sex, row["root"])
    return found
