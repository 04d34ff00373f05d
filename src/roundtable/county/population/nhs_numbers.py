"""NHS numbers that no patient has: valid check digits in the range kept for tests.

The numbers from 999 000 0000 to 999 999 9999 are never issued (read: the documentation of public NHS-number
libraries names them as the range for tests). There are about 909,000 valid ones among them, so each shard has
ten thousand of them to itself, and shards beyond the hundredth use 998, then 997, and so on: also in the 9s,
from which no number was ever issued to a patient, as far as is recalled.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

#: Candidates a shard has, of which ten in eleven are valid; and shards to a block of 999, 998 ...
CANDIDATES = 10_000
SHARDS_A_BLOCK = 100
FIRST_BLOCK = 999


def check_digits(nine: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The check digit of each nine-digit number, by modulus 11; 10 where the number cannot be used.

    The digits are weighted 10 down to 2 and summed; the check digit is 11 less the remainder by 11, and 11
    counts as 0 (NHS Data Dictionary).
    """
    total = np.zeros_like(nine)
    for place in range(9):
        total += nine // 10 ** (8 - place) % 10 * (10 - place)
    return np.asarray((11 - total % 11) % 11)


def nhs_numbers(rng: np.random.Generator, shard: int, count: int) -> pa.Array:
    """So many different numbers of the shard's own, in a random order, as ten digits."""
    block, place = divmod(shard, SHARDS_A_BLOCK)
    start = (FIRST_BLOCK - block) * 10**6 + place * CANDIDATES
    nine = start + rng.permutation(CANDIDATES)
    check = check_digits(nine)
    valid = np.flatnonzero(check != 10)[:count]
    if len(valid) < count:
        raise ValueError(f"shard {shard} has {len(valid):,} NHS numbers and needs {count:,}")
    numbers = nine[valid] * 10 + check[valid]
    return pc.utf8_lpad(pa.array(numbers).cast(pa.string()), 10, "0")
