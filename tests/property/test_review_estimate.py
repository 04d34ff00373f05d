"""Intervals of a reviewed sample hold the truth about as often as they say, on strata that are made up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from roundtable.linkage.review import estimate
from roundtable.linkage.review.estimate import Tally, estimated
from roundtable.linkage.review.strata import Reach, Stratum

#: So many made-up reviews: a rate of 0.95 is then known to 0.01 or so.
REVIEWS = 400


@dataclass(frozen=True)
class MadeUp:
    """Strata with the share of pairs of one person that they really have."""

    strata: tuple[tuple[Reach, float, int, float], ...]

    def truth(self) -> tuple[float, float, float]:
        """Precision, recall and the share missed."""
        same = {reach: 0.0 for reach in Reach}
        size = dict(same)
        for reach, pairs, _, share in self.strata:
            same[reach] += pairs * share
            size[reach] += pairs
        near = same[Reach.LINKED] + same[Reach.WEIGHED] + same[Reach.MISSED]
        return (
            same[Reach.LINKED] / size[Reach.LINKED],
            same[Reach.LINKED] / near,
            same[Reach.MISSED] / near,
        )

    def reviewed(self, chance: np.random.Generator) -> list[Tally]:
        """What reviewers who are right would say of one sample."""
        found = []
        for place, (reach, pairs, asked, share) in enumerate(self.strata):
            same = int(chance.hypergeometric(round(pairs * share), round(pairs * (1 - share)), asked))
            found.append(Tally(Stratum(f"s{place}", reach, pairs, 0.5, asked), same, asked - same))
        return found


USUAL = MadeUp(
    (
        (Reach.LINKED, 900_000, 60, 0.999),
        (Reach.LINKED, 300_000, 60, 0.98),
        (Reach.LINKED, 40_000, 40, 0.8),
        (Reach.WEIGHED, 30_000, 60, 0.4),
        (Reach.WEIGHED, 200_000, 60, 0.02),
        (Reach.MISSED, 400_000, 60, 0.01),
        (Reach.MISSED, 1_000_000, 60, 0.0005),
    )
)
POOR = MadeUp(
    (
        (Reach.LINKED, 50_000, 50, 0.7),
        (Reach.LINKED, 20_000, 50, 0.4),
        (Reach.WEIGHED, 60_000, 50, 0.3),
        (Reach.MISSED, 90_000, 50, 0.15),
    )
)
SMALL = MadeUp(
    ((Reach.LINKED, 400, 40, 0.95), (Reach.WEIGHED, 300, 30, 0.2), (Reach.MISSED, 2_000, 40, 0.02))
)


@pytest.mark.parametrize("made_up", [USUAL, POOR, SMALL])
def test_intervals_hold_the_truth_at_least_as_often_as_they_say(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(estimate, "DRAWS", 2_000)
    monkeypatch.setattr(estimate, "WIDEST", 1.0)
    chance = np.random.default_rng(20_261_123)
    held = np.zeros(3)
    for _ in range(REVIEWS):
        found = estimated(made_up.reviewed(chance))
        for place, (one, true) in enumerate(
            zip((found.precision, found.recall, found.missed), made_up.truth(), strict=True)
        ):
            assert one.value is not None and one.low <= one.value <= one.high
            held[place] += one.low <= true <= one.high
    assert (held / REVIEWS >= 0.93).all()


def test_more_questions_say_more() -> None:
    widths = []
    for times in (1, 4, 16):
        more = MadeUp(
            tuple((reach, pairs, asked * times, share) for reach, pairs, asked, share in POOR.strata)
        )
        found = estimated(more.reviewed(np.random.default_rng(1)))
        widths.append(found.recall.high - found.recall.low)
    assert widths[0] > 1.6 * widths[1] > 2.5 * widths[2]
