"""A sample of pairs by which the linking is judged: from every weight, and from what it never weighed.

Pairs of records are drawn stratum by stratum, with equal chances within one. How many there are of each is
known, so that what reviewers find in the sample can be scaled up: see `estimate`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from roundtable.linkage.review.allocation import allocated
from roundtable.linkage.review.drawing import OfProfiles, Rows
from roundtable.linkage.review.implied import alike, through_others
from roundtable.linkage.review.linked import Asked, Flags, Linked, Longs
from roundtable.linkage.review.missed import missed
from roundtable.linkage.review.strata import Reach, Stratum

#: Where bands of weight end, in bits: at even odds, at one in seventeen and at one in 257. With more bands
#: each would have fewer questions, and what few answers leave open adds up.
BANDS = (0.0, 4.0, 8.0)

Draw = Callable[[np.random.Generator, int], Rows]


@dataclass(frozen=True)
class Sample:
    """Pairs to ask about, in an order that tells nothing.

    Attributes:
        strata: what they were drawn from.
        asked: the pairs.
    """

    strata: tuple[Stratum, ...]
    asked: tuple[Asked, ...]


def sampled(linked: Linked, loose: Mapping[str, Longs], number: int, seed: int) -> Sample:
    """Draw a sample.

    Args:
        linked: the records, those that the post may see alone.
        loose: the loose keys of the profiles, by what is told of them: see `loose_keys`.
        number: how many pairs at most.
        seed: what chance begins with; the same seed draws the same pairs.
    """
    chance = np.random.default_rng(seed)
    found = [*_weighed(linked), alike(linked), through_others(linked), *missed(linked, loose, chance)]
    there = [(stratum, draw) for stratum, draw in found if stratum.size >= 1]
    strata = allocated([stratum for stratum, _ in there], number)
    drawn = [draw(chance, one.questions) for one, (_, draw) in zip(strata, there, strict=True)]
    # Of a person with very many records not all that were wanted may have been found.
    strata = [replace(one, questions=len(left)) for one, (left, _) in zip(strata, drawn, strict=True)]
    asked = [one for of, pairs in zip(strata, drawn, strict=True) for one in _asked(linked, of, *pairs)]
    order = chance.permutation(len(asked))
    return Sample(tuple(strata), tuple(asked[place] for place in order))


def _asked(linked: Linked, stratum: Stratum, left: Longs, right: Longs) -> list[Asked]:
    weights = linked.weights_of(linked.of_record[left], linked.of_record[right])
    each = stratum.size / max(len(left), 1)
    pairs = zip(left.tolist(), right.tolist(), weights, strict=True)
    return [Asked(one, other, stratum.name, each, weight) for one, other, weight in pairs]


def _weighed(linked: Linked) -> list[tuple[Stratum, Draw]]:
    """The weighed pairs, by what became of them and by weight."""
    band = np.searchsorted(np.array(BANDS), linked.weight, side="right")
    found = []
    for together in (True, False):
        for one in range(len(BANDS) + 1):
            found.append(_of_band(linked, (linked.linked == together) & (band == one), together, one))
    return found


def _of_band(linked: Linked, those: Flags, together: bool, band: int) -> tuple[Stratum, Draw]:
    places = np.flatnonzero(those)
    sizes = linked.pair_sizes[places].astype(np.float64)
    whole = float(sizes.sum())
    expected = float((sizes * linked.probability[places]).sum() / whole) if whole else 0.0
    reach = Reach.LINKED if together else Reach.WEIGHED
    said = f"{'put together' if together else 'left apart'}, {_band_in_words(band)}"
    pairs = OfProfiles(linked, linked.left[places], linked.right[places])
    return Stratum(said, reach, whole, expected), pairs.drawn


def _band_in_words(band: int) -> str:
    if band == 0:
        return f"weight below {BANDS[0]:g}"
    if band == len(BANDS):
        return f"weight {BANDS[-1]:g} and more"
    return f"weight {BANDS[band - 1]:g} to {BANDS[band]:g}"
