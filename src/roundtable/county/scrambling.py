"""Numbers that say nothing: keyed permutations, so that no number twice, and none to be guessed from another.

A number of up to 2n digits is cut into two halves of n digits, and in each round one half is added to by a
hash of the other (a balanced Feistel network over decimal halves, as format-preserving ciphers such as
NIST SP 800-38G use one). Each round can be undone, so two things never get the same number. The rounds' keys
follow by BLAKE2b from the county's seed and the series: each agency's numbers are a permutation of their own,
and nothing about the thing can be worked out from the number by arithmetic that does not know the seed.

The hash is quick and no cipher. Nobody's safety hangs on a number of a county that does not exist; what has
to hold is that linkage cannot learn the truth from it.
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 8
#: Odd constants that spread every bit of a word over all others (the finishing steps of MurmurHash3).
_SPREAD = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53))
_HALF_WORD = np.uint64(33)
#: How many numbers are scrambled at a time: what stays within a processor's own memory.
_AT_ONCE = 8_192


def scrambled(numbers: NDArray[np.int64], digits: int, seed: int, series: str) -> NDArray[np.int64]:
    """Other numbers of as many digits, one for each, never the same for two.

    Args:
        numbers: whole numbers from 0, below ten to the power of `digits`.
        digits: how many digits; even, and at most 16.
        seed: the county's.
        series: what is numbered; each series is a permutation of its own.
    """
    if len(numbers) and not 0 <= int(numbers.min()) <= int(numbers.max()) < 10**digits:
        raise ValueError(f"the numbers of '{series}' do not fit in {digits} digits")
    found = np.empty(len(numbers), np.int64)
    for begins in range(0, len(numbers), _AT_ONCE):
        part = slice(begins, begins + _AT_ONCE)
        found[part] = _permuted(numbers[part], 10 ** (digits // 2), _keys(seed, series))
    return found


def _permuted(numbers: NDArray[np.int64], width: int, keys: tuple[np.uint64, ...]) -> NDArray[np.int64]:
    whole = np.uint64(width)
    left, right = np.divmod(numbers.astype(np.uint64), whole)
    for key in keys:
        left, right = right, (left + _hashed(right, key)) % whole
    return (left * whole + right).astype(np.int64)


def _hashed(words: NDArray[np.uint64], key: np.uint64) -> NDArray[np.uint64]:
    """A hash of each word, small enough that a half can be added to it."""
    mixed = words ^ key
    for factor in _SPREAD:
        mixed ^= mixed >> _HALF_WORD
        mixed *= factor
    return (mixed ^ (mixed >> _HALF_WORD)) >> np.uint64(1)


@cache
def _keys(seed: int, series: str) -> tuple[np.uint64, ...]:
    """A key for each round."""
    found = blake2b(f"{seed}\x1f{series}".encode(), digest_size=8 * _ROUNDS).digest()
    return tuple(np.frombuffer(found, np.dtype("<u8")))
