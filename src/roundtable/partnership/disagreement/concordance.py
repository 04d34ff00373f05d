"""Kendall's coefficient of concordance: how far several rankings of the same things agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

#: The least numbers with which the chi-square approximation says anything worth saying. With fewer, the
#: pairs are shown and no probability is.
LEAST_RANKINGS = 8
LEAST_THINGS = 5


@dataclass(frozen=True)
class Concordance:
    """How far rankings agree.

    Attributes:
        w: Kendall's W, 0 (no agreement) to 1 (all alike); None where it is not defined.
        rankings: how many rankings there are.
        things: how many things each of them ranks.
        chi_square: the test of whether W is nought, with one degree of freedom less than there are
            things; None where there is too little for it.
        why_not: why there is no W, or no probability; None where there are both.
    """

    w: float | None
    rankings: int
    things: int
    chi_square: float | None = None
    why_not: str | None = None

    @property
    def probability(self) -> float | None:
        """Of a W as great as this by chance alone; None where there is too little for the test."""
        return None if self.chi_square is None else upper_tail(self.chi_square, self.things - 1)


def ranks(scores: Sequence[float]) -> tuple[float, ...]:
    """The rank of each score: the greatest first, from 1; scores alike share the mean of their ranks."""
    places: dict[float, list[int]] = {}
    for place, score in enumerate(sorted(scores, reverse=True), start=1):
        places.setdefault(score, []).append(place)
    return tuple(sum(places[score]) / len(places[score]) for score in scores)


def concordance(rankings: Sequence[Sequence[float]]) -> Concordance:
    """Kendall's W with the correction for ties.

    W = 12 S / (m^2 (n^3 - n) - m T), where S is the sum of squared deviations of the things' sums of
    ranks from their mean, and T the sum of t^3 - t over every group of t tied ranks in every ranking.
    Chi-square is m (n - 1) W with n - 1 degrees of freedom. Kendall (1948), Rank Correlation Methods,
    chapter 6; Legendre (2005), Journal of Agricultural, Biological and Environmental Statistics 10(2),
    226-245.

    Args:
        rankings: m rankings of the same n things: each its n ranks, ties sharing their mean rank.
    """
    m, n = len(rankings), len(rankings[0]) if rankings else 0
    if m < 2 or n < 2:
        return Concordance(None, m, n, why_not="it takes two agencies and two outcomes to compare")
    ties = sum(size**3 - size for ranking in rankings for size in Counter(ranking).values())
    most = m**2 * (n**3 - n) - m * ties
    if most <= 0:
        return Concordance(None, m, n, why_not="every agency ranks every outcome alike")
    sums = [sum(ranking[i] for ranking in rankings) for i in range(n)]
    mean = m * (n + 1) / 2
    w = 12 * sum((one - mean) ** 2 for one in sums) / most
    if m < LEAST_RANKINGS or n < LEAST_THINGS:
        few = (
            f"{m} agencies and {n} outcomes are too few for a test; it takes {LEAST_RANKINGS} agencies "
            f"and {LEAST_THINGS} outcomes, so look at the pairs"
        )
        return Concordance(w, m, n, why_not=few)
    return Concordance(w, m, n, m * (n - 1) * w)


def upper_tail(chi_square: float, degrees: int) -> float:
    """The probability of a chi-square as great as this by chance alone.

    Args:
        chi_square: the statistic, nought or more.
        degrees: its degrees of freedom.
    """
    # Here and not above: it takes a quarter of a second to import, and only who tells it needs it.
    from scipy.special import chdtrc

    return float(chdtrc(degrees, chi_square))
