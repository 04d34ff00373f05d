"""Shares that no happening decides: how often a record says this or that, from `reference/shares.csv`."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa

from roundtable.county.reference_table import reference_rows


@cache
def share(name: str) -> float:
    """A share from 0 to 1, or a mean number of days."""
    (value,) = (float(row["value"]) for row in reference_rows("sends", "shares") if row["name"] == name)
    return value


@cache
def mixture(name: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words of a mixture, such as kinds of visit, and the share of each."""
    found = [
        (row["name"].removeprefix(f"{name}."), float(row["value"]))
        for row in reference_rows("sends", "shares")
        if row["name"].startswith(f"{name}.")
    ]
    return tuple(word for word, _ in found), tuple(value for _, value in found)


def drawn_words(random: np.random.Generator, name: str, count: int) -> pa.Array:
    """So many words, drawn from a mixture."""
    words, shares = mixture(name)
    places = random.choice(len(words), count, p=shares)
    return pa.array(words, pa.string()).take(pa.array(places))
