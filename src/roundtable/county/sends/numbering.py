"""The numbers that sources give: unlike the county's own ids, though each stands for one of them.

A number is (a·x + b) mod p, with p prime and a different a and b for each series, so that two things never
get the same number, wherever in the county they are, and the number says nothing of who or where it is. It
is no secret: nobody's safety hangs on a number of a county that does not exist.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

#: The largest prime below ten thousand million: numbers have up to ten digits.
_PRIME = 9_999_999_967
#: a is below this, so that a·x stays within 64 bits.
_FACTORS = 900_000_000
#: How many numbers of one series a shard may give.
SHARD_NUMBERS = 200_000
DIGITS = 10


def numbered(shard: int, numbers: NDArray[np.int64], series: str) -> NDArray[np.int64]:
    """A whole number of up to ten digits for each of a shard's things, never the same twice in a series.

    Args:
        shard: the shard's number.
        numbers: the things, counted from 0 in the shard.
        series: what is numbered, such as `police-records people`.
    """
    if len(numbers) and int(numbers.max()) >= SHARD_NUMBERS:
        raise ValueError(f"a shard has more than {SHARD_NUMBERS:,} numbers of '{series}'")
    factor = crc32(f"factor of {series}".encode()) % _FACTORS + 2
    shift = crc32(f"shift of {series}".encode())
    scrambled: NDArray[np.int64] = ((shard * SHARD_NUMBERS + numbers) * factor + shift) % _PRIME
    return scrambled


def references(shard: int, numbers: NDArray[np.int64], series: str, prefix: str) -> pa.Array:
    """The same as text: a prefix and ten digits; null where the number is below 0."""
    missing = numbers < 0
    found = numbered(shard, np.where(missing, 0, numbers), series)
    digits = pc.utf8_lpad(pa.array(found, mask=missing).cast(pa.string()), DIGITS, "0")
    return pc.binary_join_element_wise(prefix, digits, "") if prefix else digits


def row_references(shard: int, dataset: str, table: str, column: str, numbers: NDArray[np.int64]) -> pa.Array:
    """A sender's own numbers for the rows of a table, as text: the dataset's initials and ten digits."""
    prefix = "".join(part[0] for part in dataset.split("-")).upper()
    return references(shard, numbers, f"{dataset} {table} {column}", prefix)
