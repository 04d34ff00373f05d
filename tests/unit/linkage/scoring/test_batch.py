"""Splink's weights and the twin's are the same, in the same order, in however many pieces they come."""

from __future__ import annotations

import numpy as np
import pytest

from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.scoring.batch import score_batch
from roundtable.linkage.scoring.vector import score_vector
from tests.factories_profiles import model
from tests.unit.linkage.hamlet import hamlet

UK = shipped("uk")
PLACE = hamlet(60)
ENCODED = encode(PLACE.table, UK)


def by_hand() -> Model:
    shares = {"given": {"baba": 0.3, "bace": 0.01}, "surname": {"nanana": 0.2}, "date_of_birth": {}}
    return model(UK, shares)


@pytest.mark.parametrize("piece", [10_000, 333])
def test_splink_and_the_twin_weigh_alike(piece: int) -> None:
    chance = np.random.default_rng(5)
    one, other = np.triu_indices(len(ENCODED), 1)
    # In no order, and some of them twice.
    chosen = chance.permutation(len(one))[:1_000]
    near = np.flatnonzero(PLACE.home[one] == PLACE.home[other])[:500]
    left, right = (side[np.concatenate([chosen, near])].astype(np.int32) for side in (one, other))
    splink = score_batch(by_hand(), UK, PLACE.table, left, right, piece)
    twin = score_vector(by_hand(), UK, ENCODED, left, right)
    for name, level in twin.levels.items():
        assert np.array_equal(splink.levels[name], level), name
    for part in ("match_weight", "weight", "probability"):
        assert getattr(splink.weights, part) == pytest.approx(getattr(twin.weights, part), abs=1e-6)


def test_levels_are_told_apart_though_they_weigh_the_same() -> None:
    alike = by_hand()
    odds = {
        name: tuple(type(one)(0.25, 0.25, one.h) for one in levels) for name, levels in alike.odds.items()
    }
    alike = Model(alike.settings, "alike", odds, -12.0, -10.0, {})
    left, right = (side.astype(np.int32) for side in np.triu_indices(20, 1))
    splink = score_batch(alike, UK, PLACE.table, left, right)
    twin = score_vector(alike, UK, ENCODED, left, right)
    assert all(np.array_equal(splink.levels[name], level) for name, level in twin.levels.items())
    assert splink.weights.weight == pytest.approx(twin.weights.weight, abs=1e-6)


def test_no_pairs_are_no_work() -> None:
    none = np.zeros(0, np.int32)
    assert len(score_batch(by_hand(), UK, PLACE.table, none, none).weights.weight) == 0
