"""A mixture of two kinds of pairs, of which one is known: what the other looks like, and how many are of it.

Pairs of profiles at one address are of one person or of two who live together. What pairs of one person look
like is known by then (m); what two people of a home look like (h) is learnt here, by expectation and
maximisation (Dempster, Laird and Rubin 1977) with the known part held. Nobody's labels are needed. A guess
stands in for a number of pairs, so that little data moves it little and none leaves it as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]

#: A guess weighs as much as so many pairs.
GUESS_WEIGHS = 25.0
#: No level is impossible: a share is never less than this.
FLOOR = 1e-6


@dataclass(frozen=True)
class TwoParts:
    """What was found.

    Attributes:
        known_share: the share of pairs that are of the known kind.
        other: of each comparison, the share of each level among pairs of the other kind.
        pairs_of_other: how many pairs are of the other kind, as far as can be told.
    """

    known_share: float
    other: dict[str, Shares]
    pairs_of_other: float


def two_parts(
    levels: Mapping[str, NDArray[np.int8]],
    known: Mapping[str, Shares],
    guess: Mapping[str, Shares],
    rounds: int = 500,
) -> TwoParts:
    """Learn the other kind.

    Args:
        levels: of each comparison, the level of each pair; -1 for none.
        known: of each comparison, the share of each level among pairs of the known kind.
        guess: the same of the other kind, as guessed.
        rounds: the most rounds.
    """
    names = list(levels)
    patterns, counts = _patterns(levels)
    other = {name: _floored(guess[name]) for name in names}
    known_log = _summed(names, known, patterns)
    share, before = 0.5, -np.inf
    of_other = np.zeros(len(counts))
    for _ in range(rounds if len(counts) else 0):
        other_log = sum(
            (_log(other[name])[patterns[at]] for at, name in enumerate(names)), np.zeros(len(counts))
        )
        first, second = np.log(share) + known_log, np.log1p(-share) + other_log
        both = np.logaddexp(first, second)
        of_other = np.exp(second - both) * counts
        for at, name in enumerate(names):
            told = patterns[at] >= 0
            seen = np.bincount(patterns[at][told], of_other[told], len(other[name]))
            other[name] = _floored((seen + GUESS_WEIGHS * guess[name]) / (seen.sum() + GUESS_WEIGHS))
        share = float(np.clip(1.0 - of_other.sum() / counts.sum(), 1e-6, 1.0 - 1e-6))
        now = float(both @ counts)
        if now - before < 1e-7 * abs(now):
            break
        before = now
    return TwoParts(share, other, float(of_other.sum()))


def _patterns(levels: Mapping[str, NDArray[np.int8]]) -> tuple[NDArray[np.int8], Shares]:
    """The different combinations of levels, a row a comparison, and how many pairs have each."""
    columns = [np.asarray(column, np.int8) for column in levels.values()]
    joined = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        joined = np.unique(joined * 128 + column + 1, return_inverse=True)[1].astype(np.int64)
    _, first, counts = np.unique(joined, return_index=True, return_counts=True)
    return np.stack([column[first] for column in columns]), counts.astype(np.float64)


def _summed(names: list[str], shares: Mapping[str, Shares], patterns: NDArray[np.int8]) -> Shares:
    """The logarithm of each pattern's share, were comparisons independent."""
    total = np.zeros(patterns.shape[1])
    for at, name in enumerate(names):
        total += _log(shares[name])[patterns[at]]
    return total


def _log(shares: Shares) -> Shares:
    """Logarithms by level, and a last one of nothing, which -1 finds."""
    return np.append(np.log(_floored(shares)), 0.0)


def _floored(shares: Shares) -> Shares:
    floored: Shares = np.maximum(np.asarray(shares, np.float64), FLOOR)
    return np.asarray(floored / floored.sum(), np.float64)
