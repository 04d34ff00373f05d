"""Which pairs are looked at, what they weigh, and which of them are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.blocking.closure import closure
from roundtable.linkage.blocking.keys import keys_of
from roundtable.linkage.blocking.pairs import Keys, LeftOut, candidate_pairs
from roundtable.linkage.clustering.constraints import Pairs
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.people.facts import joined, two_people
from roundtable.linkage.profiles.profile import Profiles
from roundtable.linkage.scoring.vector import Scorer
from roundtable.linkage.scoring.weights import Scored

#: How often pairs are looked for that have a likely neighbour in common: what the first round finds brings
#: others near, and beyond the second round next to none are found.
ROUNDS = 2
#: So many pairs are scored at a time, so that memory stays within bounds. They are scored by the twin of
#: Splink's scorer, which gives the same weights to the last figure for a tenth of the work.
PIECE = 1_000_000


@dataclass(frozen=True)
class Weighed:
    """Pairs that were kept, in order, and what was looked at for them.

    Attributes:
        keys: the keys of each profile, by type.
        left, right: positions, the left one before the right one.
        weight: in bits, against the better of stranger and household mate.
        probability: that it is one person.
        apart: pairs that are two people by birth and name, also of those that were not kept: groups come
            together through others.
        looked_at: how many pairs were scored.
        by_closure: how many of them no key had brought together.
        left_out: blocks that were too large.
    """

    keys: Mapping[str, Keys]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    weight: NDArray[np.float64]
    probability: NDArray[np.float64]
    apart: Pairs
    looked_at: int
    by_closure: int
    left_out: tuple[LeftOut, ...]


def weigh_pairs(profiles: Profiles, encoded: Encoded, settings: Settings, model: Model) -> Weighed:
    """Find the pairs with a key or a likely neighbour in common, weigh them, and keep the better ones."""
    keys = keys_of(settings, encoded)
    blocked = candidate_pairs(keys, settings.cap)
    found = _scored(encoded, settings, model, blocked.left, blocked.right)
    for _ in range(ROUNDS):
        left, right = (np.concatenate([getattr(one, side) for one in found]) for side in ("left", "right"))
        weight = np.concatenate([one.weights.weight for one in found])
        more = closure(len(encoded), left, right, weight)
        if not len(more[0]):
            break
        found += _scored(encoded, settings, model, *more)
    looked_at = sum(len(one.left) for one in found)
    return _kept(found, settings, keys, looked_at, looked_at - len(blocked), blocked.left_out)


def _scored(
    encoded: Encoded, settings: Settings, model: Model, left: NDArray[np.int32], right: NDArray[np.int32]
) -> list[Scored]:
    scorer = Scorer(model, settings, encoded)
    starts = range(0, max(1, len(left)), PIECE)
    return [scorer.score(left[start : start + PIECE], right[start : start + PIECE]) for start in starts]


def _kept(
    found: list[Scored],
    settings: Settings,
    keys: Mapping[str, Keys],
    looked_at: int,
    by_closure: int,
    left_out: tuple[LeftOut, ...],
) -> Weighed:
    kept = [one.weights.weight > settings.keep for one in found]

    def together(values: list[NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate([value[here] for value, here in zip(values, kept, strict=True)])

    left, right = (together([getattr(one, side) for one in found]) for side in ("left", "right"))
    order = np.lexsort((right, left))
    return Weighed(
        keys,
        left[order],
        right[order],
        together([one.weights.weight for one in found])[order],
        together([one.weights.probability for one in found])[order],
        joined(*(two_people(one, settings.bar) for one in found)),
        looked_at,
        by_closure,
        left_out,
    )
