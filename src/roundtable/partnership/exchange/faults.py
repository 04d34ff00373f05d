"""What is wrong with a file of another tool: gathered, and told all at once."""

from __future__ import annotations

from roundtable.errors import ForeignFileUnusable, Place, Problem

#: More than anybody reads at once; how many there are beyond them is said.
MOST = 200


class Faults:
    """The problems of one file.

    Attributes:
        file: what the user calls it.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: list[Problem] = []
        self._beyond = 0

    def add(self, rule: str, what: str, remedy: str, *, place: Place | None = None) -> None:
        """Note one."""
        if len(self._problems) < MOST:
            self._problems.append(Problem(place or Place(self.file), rule, what, remedy))
        else:
            self._beyond += 1

    def end(self) -> None:
        """Stop here if there is any.

        Raises:
            ForeignFileUnusable: with all of them.
        """
        if not self._problems:
            return
        if self._beyond:
            what = f"{self._beyond} more problems of this file are not shown"
            self._problems.append(Problem(Place(self.file), "more", what, "Mend those shown and try again."))
        raise ForeignFileUnusable(self._problems)


def unusable(file: str, rule: str, what: str, remedy: str, line: int | None = None) -> ForeignFileUnusable:
    """The one thing that keeps a file from being read at all."""
    return ForeignFileUnusable(Problem(Place(file, line), rule, what, remedy))
