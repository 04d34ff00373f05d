"""Warnings of evidence that is counted twice: comparisons that go together more than the model assumes.

A weight is a sum over comparisons, which is right only where each says something of its own. Two that agree
together far more often among strangers than chance would have it (a postcode and a district), or that differ
together among records of one person (a name typed into the wrong field), make weights too large. Nothing is
changed here: whoever answers for the model is told.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.levels import Levels, levels_of
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.settings import Settings
from roundtable.linkage.training.alike import alike_in, at_random, whole, within

Held = NDArray[np.bool_]

#: How many pairs are looked at, of strangers and in each pass.
_PAIRS = 100_000
#: Told when both come together so many times as often as they would by chance, and so many pairs show it.
_TIMES, _SHOWN = 3.0, 30
#: Pairs with this weight or more, without the comparisons of their pass, are taken to be one person.
_LIKELY = 10.0


def correlations(model: Model, settings: Settings, encoded: Encoded, seed: int) -> list[str]:
    """What is counted twice, in sentences; nothing where each comparison says something of its own."""
    drawn = levels_of(settings, encoded, *at_random(len(encoded), _PAIRS, seed))
    strange = _weight(model, drawn) + model.log2_prior_match < 0.0
    strangers = {name: level[strange] for name, level in drawn.items()}
    said = _among(settings, strangers, "agree", "strangers")
    for name, other in combinations([one.name for one in settings.comparisons if one.shared_at_home], 2):
        said = [one for one in said if not (_told(settings, name) in one and _told(settings, other) in one)]
    return said + _among_likely(model, settings, encoded, seed)


def _among_likely(model: Model, settings: Settings, encoded: Encoded, seed: int) -> list[str]:
    """The same among pairs that are likely one person, by what their pass did not choose them by."""
    said: dict[tuple[str, str], str] = {}
    for parts in settings.training.passes:
        left, right = within(alike_in(encoded, whole(parts)), 3, _PAIRS, seed)
        if not len(left):
            continue
        used = {part.column for part in parts}
        levels = levels_of(settings, encoded, left, right)
        free = {one.name: levels[one.name] for one in settings.comparisons if not used & set(one.reads())}
        likely = _weight(model, free) >= _LIKELY
        kept = {name: level[likely] for name, level in free.items()}
        for one, other in combinations(kept, 2):
            told = _among(settings, {one: kept[one], other: kept[other]}, "differ", "one person")
            said = dict.fromkeys([(one, other)] if told else [], "".join(told)) | said
    return list(said.values())


def _weight(model: Model, levels: Levels) -> NDArray[np.float64]:
    """The weight of pairs in some comparisons, without priors."""
    weight = np.zeros(len(next(iter(levels.values()), np.zeros(0))))
    for name, level in levels.items():
        bits = np.append(np.log2([one.m / one.u for one in model.odds[name]]), 0.0)
        weight += bits[level]
    return weight


def _among(settings: Settings, levels: Levels, what: str, whose: str) -> list[str]:
    said = []
    for one, other in combinations(levels, 2):
        given = (levels[one] >= 0) & (levels[other] >= 0)
        if not given.any():
            continue
        first, second = (_held(levels[name][given], what) for name in (one, other))
        together, chance = float(np.sum(first & second)), float(first.mean() * second.sum())
        if together >= _SHOWN and together > _TIMES * chance:
            times = together / max(chance, 1.0 / max(int(given.sum()), 1))
            said.append(_sentence(settings, one, other, what, whose, times))
    return said


def _held(levels: NDArray[np.int8], what: str) -> Held:
    """Where a comparison agrees at its closest, or where no level of it holds."""
    if what == "agree":
        return np.asarray(levels == max(1, int(levels.max(initial=1))), np.bool_)
    return np.asarray(levels == 0, np.bool_)


def _sentence(settings: Settings, one: str, other: str, what: str, whose: str, times: float) -> str:
    pairs = "pairs of strangers" if whose == "strangers" else "pairs that are likely one person"
    return (
        f"{_told(settings, one)} and {_told(settings, other)} {what} together {times:.0f} times as often "
        f"among {pairs} as each by itself would have it, so that together they weigh more than they should"
    )


def _told(settings: Settings, name: str) -> str:
    return settings.comparison(name).told
