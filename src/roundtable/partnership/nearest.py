"""The name that somebody probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection


def nearest(written: str, known: Collection[str]) -> str | None:
    """The known name most like what was written, or None when none is like it."""
    folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    found = difflib.get_close_matches(written.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


class Suggestions:
    """Nearest names, found once for each text, and for no more texts than a person would read.

    A list of ten thousand wrong references must not cost ten thousand searches.
    """

    LIMIT = 200

    def __init__(self) -> None:
        self._found: dict[tuple[object, str], str | None] = {}

    def nearest(self, group: object, written: str, known: Collection[str]) -> str | None:
        """The nearest of a group's known names; the same group always has the same names."""
        if (group, written) not in self._found:
            if len(self._found) >= self.LIMIT:
                return None
            self._found[(group, written)] = nearest(written, known)
        return self._found[(group, written)]
