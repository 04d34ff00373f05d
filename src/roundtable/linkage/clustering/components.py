"""Profiles that pairs connect, directly or through others: nobody of one component is joined to another's."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True)
def _root(parent, node):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@njit(cache=True)
def _lowest(count, left, right):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    parent = np.arange(count)
    for pair in range(len(left)):
        one, other = _root(parent, left[pair]), _root(parent, right[pair])
        if one < other:
            parent[other] = one
        elif other < one:
            parent[one] = other
    for node in range(count):
        # A parent is never above its child, so that it is settled by now.
        parent[node] = parent[parent[node]]
    return parent


def components(count: int, left: NDArray[np.integer], right: NDArray[np.integer]) -> NDArray[np.int32]:
    """The lowest position in the component of each of `count` profiles."""
    found: NDArray[np.int32] = _lowest(
        count, np.ascontiguousarray(left, np.int64), np.ascontiguousarray(right, np.int64)
    ).astype(np.int32)
    return found
