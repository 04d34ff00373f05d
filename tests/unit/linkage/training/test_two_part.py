"""The unknown half of a mixture is found when the other half is known."""

from __future__ import annotations

import numpy as np
import pytest

from roundtable.linkage.training.two_part import two_parts

KNOWN = {"given": np.array([0.05, 0.95]), "birth": np.array([0.02, 0.08, 0.9]), "sex": np.array([0.01, 0.99])}
OTHER = {"given": np.array([0.97, 0.03]), "birth": np.array([0.9, 0.07, 0.03]), "sex": np.array([0.5, 0.5])}
GUESS = {"given": np.array([0.8, 0.2]), "birth": np.array([0.8, 0.1, 0.1]), "sex": np.array([0.6, 0.4])}


def drawn(pairs: int, share: float, seed: int = 3) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(seed)
    known = chance.random(pairs) < share
    levels = {}
    for name in KNOWN:
        of_known, of_other = (chance.choice(len(one), pairs, p=one) for one in (KNOWN[name], OTHER[name]))
        levels[name] = np.where(known, of_known, of_other).astype(np.int8)
        levels[name][chance.random(pairs) < 0.2] = -1
    return levels


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_other_kind_and_its_share_are_found(share: float) -> None:
    found = two_parts(drawn(40_000, share), KNOWN, GUESS)
    assert found.known_share == pytest.approx(share, abs=0.02)
    assert found.pairs_of_other == pytest.approx(40_000 * (1 - share), rel=0.1)
    for name, shares in OTHER.items():
        assert found.other[name] == pytest.approx(shares, abs=0.03)
        assert found.other[name].sum() == pytest.approx(1)


def test_without_pairs_the_guess_stays() -> None:
    none = {name: np.zeros(0, np.int8) for name in KNOWN}
    found = two_parts(none, KNOWN, GUESS)
    for name, shares in GUESS.items():
        assert found.other[name] == pytest.approx(shares)
    assert found.pairs_of_other == 0


def test_a_column_that_says_nothing_or_one_thing_does_no_harm() -> None:
    levels = drawn(5_000, 0.5) | {"email": np.full(5_000, -1, np.int8), "constant": np.ones(5_000, np.int8)}
    extra = {"email": np.array([0.5, 0.5]), "constant": np.array([0.0, 1.0])}
    found = two_parts(levels, KNOWN | extra, GUESS | extra)
    assert found.other["email"] == pytest.approx([0.5, 0.5])
    assert np.isfinite(found.known_share)
    assert all(np.all(shares > 0) for shares in found.other.values())
