"""The numbers that sources give: unlike the county's own ids, though each stands for one of them.

Each series, such as the people of one sender or the rows of one table, is a permutation of its own of all
numbers of ten digits, keyed by the county's seed (`scrambling.py`). So two things never get the same number,
wherever in the county they are; a number says nothing of who or where it is; and the numbers that two
agencies have for one person share nothing.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.county.scrambling import scrambled

#: How many numbers of one series a shard may give.
SHARD_NUMBERS = 200_000
DIGITS = 10


def numbered(seed: int, shard: int, numbers: NDArray[np.int64], series: str) -> NDArray[np.int64]:
    """A whole number of up to ten digits for each of a shard's things, never the same twice in a series.

    Args:
        seed: the county's.
        shard: the shard's number.
        numbers: the things, counted from 0 in the shard.
        series: what is numbered, such as `police-records people`.
    """
    if len(numbers) and int(numbers.max()) >= SHARD_NUMBERS:
        raise ValueError(f"a shard has more than {SHARD_NUMBERS:,} numbers of '{series}'")
    return scrambled(shard * SHARD_NUMBERS + numbers, DIGITS, seed, series)


def references(seed: int, shard: int, numbers: NDArray[np.int64], series: str, prefix: str) -> pa.Array:
    """The same as text: a prefix and ten digits; null where the number is below 0."""
    missing = numbers < 0
    found = numbered(seed, shard, np.where(missing, 0, numbers), series)
    digits = pc.utf8_lpad(pa.array(found, mask=missing).cast(pa.string()), DIGITS, "0")
    return pc.binary_join_element_wise(prefix, digits, "") if prefix else digits


def row_references(
    seed: int, shard: int, dataset: str, table: str, column: str, numbers: NDArray[np.int64]
) -> pa.Array:
    """A sender's own numbers for the rows of a table, as text: the dataset's initials and ten digits."""
    prefix = "".join(part[0] for part in dataset.split("-")).upper()
    return references(seed, shard, numbers, f"{dataset} {table} {column}", prefix)
