"""How many questions each stratum gets: more where more pairs are and where less is known about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from heapq import heapify, heappop, heappush
from math import floor

from roundtable.linkage.review.strata import Reach, Stratum

#: The fewest questions to a stratum, where there are enough: of none asked nothing at all can be said.
FEWEST = 5
#: However sure the model is, a stratum counts as if so large a share of it were otherwise.
LEAST_DOUBT = 0.002
#: The share of all questions that goes to pairs that share nothing: enough to see if all else is wrong.
FAR_SHARE = 0.03


def allocated(strata: Sequence[Stratum], number: int) -> list[Stratum]:
    """The strata with their questions.

    Each question goes where it narrows the figures most. What *n* questions leave open of a stratum of *N*
    pairs, squared, is taken to be *N*² (*p*(1 - *p*)/*n* + 1/*n*²): the variance of a share, with *p* as the
    model expects it, which alone would give the rule of Neyman (1934); and the square of what *n* answers
    that are all alike leave open. Each stratum gets a few at least.

    Args:
        strata: the strata, of which none is empty.
        number: how many questions there are to be, all together. A stratum that has fewer pairs is asked
            about whole.
    """
    least = min(FEWEST, number // (2 * max(len(strata), 1)))
    given = [
        min(max(least, round(FAR_SHARE * number)) if one.reach is Reach.FAR else least, floor(one.size))
        for one in strata
    ]
    left = number - sum(given)
    near = [place for place, one in enumerate(strata) if one.reach is not Reach.FAR]
    waiting = [(-_gain(strata[place], given[place]), place) for place in near]
    heapify(waiting)
    while left > 0 and waiting:
        _, place = heappop(waiting)
        if given[place] < floor(strata[place].size):
            given[place] += 1
            left -= 1
            heappush(waiting, (-_gain(strata[place], given[place]), place))
    return [replace(one, questions=count) for one, count in zip(strata, given, strict=True)]


def _gain(one: Stratum, questions: int) -> float:
    """By how much one question more closes what a stratum leaves open."""
    return _open(one, questions) - _open(one, questions + 1)


def _open(one: Stratum, questions: int) -> float:
    doubt = min(max(one.expected, LEAST_DOUBT), 1 - LEAST_DOUBT)
    # Of none asked everything is open: twice what one question leaves.
    asked = max(questions, 0.5)
    return one.size**2 * (doubt * (1 - doubt) / asked + 1 / asked**2)
