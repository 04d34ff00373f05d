"""How good the linking is, from a reviewed sample: precision, recall, and what was missed, with intervals.

Precision is the share of the pairs of records put together that are of one person; recall is the share of
the pairs of one person that were put together, those among them that were never weighed. Each stratum's
share is what reviewers settled; the strata count by their sizes.

Intervals are melded (Fay, Proschan and Brittain, 2015, Biometrics 71, 146-156): each stratum has the lower
and the upper confidence distribution that belong to the interval of Clopper and Pearson (1934), Beta(k,
n - k + 1) and Beta(k + 1, n - k) for k of n. Values are drawn of the one or the other, by which way the
stratum moves the figure, and the 2.5th and 97.5th percentiles of what they come to are its ends. They are
honest of small samples: none of five may still be half. On made-up strata they hold the truth at least as
often as they say (tests/property/test_review_estimate.py).

A question that reviewers could not settle counts as either answer, whichever makes the interval wider. One
that is not answered yet counts as not asked: questions stand in an order of chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from roundtable.linkage.review.linked import Floats
from roundtable.linkage.review.strata import Reach, Stratum

#: How much of the time an interval is to hold the truth.
LEVEL = 0.95
#: Values that are drawn of each stratum: ends then move by less than a thousandth of their distance.
DRAWS = 20_000
SEED = 20_150_146
#: With fewer settled answers among pairs put together, or among pairs left apart, nothing is said.
FEWEST = 30
#: Nothing is said either of what an interval leaves open by more than this.
WIDEST = 0.5
#: A stratum that holds less than this share of the pairs put together can be left unanswered.
SMALL = 0.01


@dataclass(frozen=True)
class Tally:
    """What reviewers said of a stratum.

    Attributes:
        stratum: the stratum.
        same: how many pairs were settled to be of one person.
        different: how many not to be.
        undecided: how many stayed open after three reviewers.
    """

    stratum: Stratum
    same: int = 0
    different: int = 0
    undecided: int = 0

    @property
    def settled(self) -> int:
        """How many were settled."""
        return self.same + self.different


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval, or why there is none yet.

    Attributes:
        value: as the sample has it; None where it says too little.
        low: the lower end.
        high: the upper end.
        why_not: where there is no figure, what is missing, in a sentence.
    """

    value: float | None
    low: float
    high: float
    why_not: str = ""


@dataclass(frozen=True)
class Estimates:
    """What a reviewed sample comes to.

    Attributes:
        precision: of the pairs put together, the share that is right.
        recall: of the pairs of one person that share any key, however loose, the share that was put together.
        missed: of the same, the share that was never weighed or not kept.
        settled: how many pairs of the figures were settled.
        far_asked: how many pairs that share no key at all were settled.
        far_same: how many of them are of one person. They are in none of the figures.
        far_at_most: the most pairs of one person that there may be among them, by the same interval.
    """

    precision: Estimate
    recall: Estimate
    missed: Estimate
    settled: int
    far_asked: int
    far_same: int
    far_at_most: float


def estimated(tallies: Sequence[Tally], seed: int = SEED) -> Estimates:
    """The figures of a sample.

    Args:
        tallies: every stratum that was drawn from, also those without an answer yet.
        seed: what chance begins with.
    """
    far = [one for one in tallies if one.stratum.reach is Reach.FAR]
    near = [one for one in tallies if one.stratum.reach is not Reach.FAR and one.stratum.size > 0]
    chance = np.random.default_rng(seed)
    low, high = (np.array([_drawn(one, upper, chance) for one in near]) for upper in (False, True))
    sizes = np.array([one.stratum.size for one in near]).reshape(-1, 1)
    told = _Told(near, low.reshape(len(near), DRAWS), high.reshape(len(near), DRAWS), sizes)
    return Estimates(
        told.estimate((Reach.LINKED,), (Reach.LINKED,), of_all=False),
        told.estimate((Reach.LINKED,), (Reach.LINKED, Reach.WEIGHED, Reach.MISSED)),
        told.estimate((Reach.MISSED,), (Reach.LINKED, Reach.WEIGHED, Reach.MISSED)),
        sum(one.settled for one in near),
        sum(one.settled for one in far),
        sum(one.same for one in far),
        sum(_most(one, chance) for one in far),
    )


@dataclass(frozen=True)
class _Told:
    """Strata, and draws of the share in each from below and from above."""

    tallies: Sequence[Tally]
    low: Floats
    high: Floats
    sizes: Floats

    def estimate(
        self, over: tuple[Reach, ...], within: tuple[Reach, ...], *, of_all: bool = True
    ) -> Estimate:
        """The pairs of one person in some strata, as a share of those in all of these, or of all pairs."""
        part, whole = (
            np.array([one.stratum.reach in reaches for one in self.tallies], dtype=np.bool_)
            for reaches in (over, within)
        )
        why_not = _why_not([one for one, counts in zip(self.tallies, whole, strict=True) if counts])
        if why_not:
            return Estimate(None, 0.0, 1.0, why_not)
        observed = np.array([one.same / max(one.settled, 1) for one in self.tallies]).reshape(-1, 1)

        def figure(shares: Floats) -> Floats:
            same = shares * self.sizes
            below = same[whole].sum(axis=0) if of_all else self.sizes[whole].sum()
            above = same[part].sum(axis=0)
            return np.asarray(np.divide(above, below, out=np.ones(shares.shape[1]), where=below > 0))

        up = part.reshape(-1, 1)
        tail = (1 - LEVEL) / 2
        value = float(figure(observed)[0])
        # What is counted above the line raises the figure, and what is counted below it alone lowers it.
        lowest = float(np.quantile(figure(np.where(up, self.low, self.high)), tail))
        highest = float(np.quantile(figure(np.where(up, self.high, self.low)), 1 - tail))
        if highest - lowest > WIDEST:
            what = f"the answers so far leave it open between {lowest:.0%} and {highest:.0%}"
            return Estimate(None, lowest, highest, f"Not enough questions to say: {what}.")
        return Estimate(value, min(lowest, value), max(highest, value))


def _why_not(tallies: Sequence[Tally]) -> str:
    """What is missing before anything can be said; empty where nothing is."""
    linked = [one for one in tallies if one.stratum.reach is Reach.LINKED]
    others = [one for one in tallies if one.stratum.reach is not Reach.LINKED]
    pairs = sum(one.stratum.size for one in linked)
    if not pairs:
        return "Nothing was put together, so there is nothing to judge."
    for those, what in ((linked, "put together"), (others, "left apart")):
        settled = sum(one.settled for one in those)
        if those and settled < min(FEWEST, sum(one.stratum.size for one in those)):
            return (
                f"Not enough questions to say: {settled} pairs that were {what} are settled, "
                f"and it takes {FEWEST}."
            )
    bare = [one.stratum.name for one in tallies if not one.settled and one.stratum.size > SMALL * pairs]
    return f"Not enough questions to say: none is settled of '{bare[0]}'." if bare else ""


def _drawn(one: Tally, upper: bool, chance: np.random.Generator) -> Floats:
    """Draws of the share in a stratum from its upper or its lower confidence distribution."""
    asked = one.settled + one.undecided
    same = one.same + (one.undecided if upper else 0)
    if asked >= one.stratum.size:
        return np.full(DRAWS, same / max(asked, 1))
    above, below = (same + 1, asked - same) if upper else (same, asked - same + 1)
    if above == 0:
        return np.zeros(DRAWS)
    return np.ones(DRAWS) if below == 0 else chance.beta(above, below, DRAWS)


def _most(one: Tally, chance: np.random.Generator) -> float:
    return one.stratum.size * float(np.quantile(_drawn(one, True, chance), 1 - (1 - LEVEL) / 2))
