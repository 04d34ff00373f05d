"""Knots: nodes each of which leads to every other, so that a change in one comes back upon itself.

Strongly connected components by Tarjan's algorithm (Depth-first search and linear graph algorithms, SIAM
Journal on Computing 1, 1972). It is written out here because every command that looks at a map needs it,
and the libraries that have it take a fifth of a second to import.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def knots(out: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Every knot of a map; a node that no other leads back to is one by itself.

    Args:
        out: for each node, by its row, the rows of the nodes that it leads to.

    Yields:
        The rows of one knot, in no order that means anything. No knot is yielded before those it leads to.
    """
    search = _Search(out)
    for node in range(len(out)):
        if node not in search.place:
            yield from search.beginning_with(node)


class _Search:
    """A depth-first search, with its own stack so that a long chain of links is no trouble."""

    def __init__(self, out: Sequence[Sequence[int]]) -> None:
        self._out = out
        #: When each node was first seen.
        self.place: dict[int, int] = {}
        #: The earliest node known to be in the same knot, by when it was first seen.
        self._low: dict[int, int] = {}
        #: Nodes whose knot is not yet complete.
        self._open: list[int] = []
        self._is_open: set[int] = set()

    def beginning_with(self, first: int) -> Iterator[list[int]]:
        """The knots of all the nodes that one leads to and that have not been seen."""
        way = [(first, self._enter(first))]
        while way:
            node, branches = way[-1]
            after = next(branches, None)
            if after is None:
                way.pop()
                if way:
                    self._lower(way[-1][0], self._low[node])
                if self._low[node] == self.place[node]:
                    yield self._close(node)
            elif after not in self.place:
                way.append((after, self._enter(after)))
            elif after in self._is_open:
                self._lower(node, self.place[after])

    def _enter(self, node: int) -> Iterator[int]:
        self.place[node] = self._low[node] = len(self.place)
        self._open.append(node)
        self._is_open.add(node)
        return iter(self._out[node])

    def _lower(self, node: int, place: int) -> None:
        self._low[node] = min(self._low[node], place)

    def _close(self, node: int) -> list[int]:
        knot: list[int] = []
        while not knot or knot[-1] != node:
            knot.append(self._open.pop())
        self._is_open.difference_update(knot)
        return knot
