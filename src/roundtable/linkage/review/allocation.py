"""How many questions each stratum gets: more where more pairs are and where less is known about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from roundtable.linkage.review.strata import Reach, Stratum

#: The fewest questions to a stratum, where there are enough: none of the same in five says little, and of
#: none asked nothing at all can be said.
FEWEST = 5
#: However sure the model is, a stratum counts as if so large a share of it were otherwise.
LEAST_DOUBT = 0.005
#: The share of all questions that goes to pairs that share nothing: enough to see if all else is wrong.
FAR_SHARE = 0.05


def allocated(strata: Sequence[Stratum], number: int) -> list[Stratum]:
    """The strata with their questions.

    By Neyman (1934): in proportion to the size of a stratum times the standard deviation in it, which for a
    share *p* is the root of *p*(1 - *p*), with *p* as the model expects it. Each gets a few at least.

    Args:
        strata: the strata, of which none is empty.
        number: how many questions there are to be, all together. A stratum that has fewer pairs is asked
            about whole.
    """
    if not strata:
        return []
    sizes = np.array([one.size for one in strata])
    far = np.array([one.reach is Reach.FAR for one in strata])
    doubt = np.clip([one.expected for one in strata], LEAST_DOUBT, 1 - LEAST_DOUBT)
    pull = np.where(far, 0.0, sizes * np.sqrt(doubt * (1 - doubt)))
    least = min(FEWEST, number // (2 * len(strata)))
    given = np.where(far, max(least, round(FAR_SHARE * number)), least)
    given = np.minimum(given, np.floor(sizes)).astype(np.int64)
    while (left := number - int(given.sum())) > 0 and (room := (given < np.floor(sizes)) & (pull > 0)).any():
        share = np.where(room, pull, 0.0) / pull[room].sum() * left
        more = np.minimum(np.floor(share), np.floor(sizes) - given).astype(np.int64)
        if not more.any():
            for place in np.argsort(-share, kind="stable")[: min(left, int(room.sum()))]:
                more[place] = int(room[place])
        given += more
    return [replace(one, questions=int(count)) for one, count in zip(strata, given, strict=True)]
