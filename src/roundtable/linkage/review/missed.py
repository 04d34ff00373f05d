"""Pairs that were left apart without being weighed: those that share a loose key, and all the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from roundtable.linkage.review.drawing import Blocks, Rows, blocks_of, codes_of, distinct
from roundtable.linkage.review.linked import Flags, Linked, Longs
from roundtable.linkage.review.strata import Reach, Stratum

#: Pairs that are drawn of those with a key in common, to see which share of them was neither weighed nor put
#: together nor has a tighter key in common. With so many the size of a stratum is known to about one in a
#: hundred where a tenth of them count; where there are fewer pairs, all of them are looked at.
DRAWS = 200_000
#: Nobody knows which share of these pairs is of one person; it only decides where questions go.
EXPECTED = 0.001
FAR = "no key in common, however loose"

Draw = Callable[[np.random.Generator, int], Rows]


def missed(
    linked: Linked, loose: Mapping[str, Longs], chance: np.random.Generator
) -> list[tuple[Stratum, Draw]]:
    """A stratum for each key, and one of pairs that share none.

    Args:
        linked: the records.
        loose: a code for each key and profile, -1 for none, the tightest key first.
        chance: where draws come from.
    """
    keys = [codes_of(linked, codes) for codes in loose.values()]
    found = []
    for place, name in enumerate(loose):
        said = f"not weighed, {name}"
        found.append(_stratum(linked, said, Reach.MISSED, blocks_of(keys[place]), keys[:place], chance))
    everybody = blocks_of(np.zeros(len(linked.record_ids), dtype=np.int64))
    return [*found, _stratum(linked, f"not weighed, {FAR}", Reach.FAR, everybody, keys, chance)]


def _stratum(
    linked: Linked,
    name: str,
    reach: Reach,
    blocks: Blocks,
    tighter: Sequence[Longs],
    chance: np.random.Generator,
) -> tuple[Stratum, Draw]:
    numbers = chance.permutation(distinct(chance, blocks.pairs, DRAWS))
    left, right = blocks.at(numbers)
    kept = np.flatnonzero(_belong(linked, left, right, tighter))
    size = blocks.pairs * kept.size / numbers.size if numbers.size else 0.0

    def drawn(_chance: np.random.Generator, number: int) -> Rows:
        # They stand in an order of chance already.
        return left[kept[:number]], right[kept[:number]]

    return Stratum(name, reach, size, EXPECTED if reach is Reach.MISSED else 0.0), drawn


def _belong(linked: Linked, left: Longs, right: Longs, tighter: Sequence[Longs]) -> Flags:
    """Which pairs were neither put together nor weighed, and share no tighter key."""
    one, other = linked.of_record[left], linked.of_record[right]
    found: Flags = (linked.people[one] != linked.people[other]) & (linked.places_of(one, other) < 0)
    for key in tighter:
        found &= (key[left] < 0) | (key[left] != key[right])
    return found
