"""Nothing about an address can be read from its UPRN: not its kind, its place, nor what stands beside it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu, spearmanr

from tests.factories_population import made, texts

Pair = tuple[NDArray[np.int64], NDArray[np.object_]]
#: Shards of which every sixth has a refuge: enough of everything that is rare.
SHARDS = range(12)


@pytest.fixture(scope="module")
def addresses() -> list[Pair]:
    """The numbers and the kinds of each shard's addresses."""
    found = []
    for shard in SHARDS:
        _, _, population = made(60_000, 11, shard)
        numbers = np.array(texts(population.addresses, "uprn"), dtype=np.int64)
        found.append((numbers, np.array(texts(population.addresses, "kind"), dtype=object)))
    return found


def _joined(addresses: list[Pair]) -> Pair:
    numbers, kinds = zip(*addresses, strict=True)
    return np.concatenate(numbers), np.concatenate(kinds)


def test_no_kind_has_greater_or_smaller_numbers(addresses: list[Pair]) -> None:
    numbers, kinds = _joined(addresses)
    assert {"refuge", "hostel", "care_home", "site", "flat"} <= set(kinds)
    for kind in sorted(set(kinds)):
        mine = kinds == kind
        assert mannwhitneyu(numbers[mine], numbers[~mine]).pvalue > 0.001, kind


def test_who_guesses_by_the_nearest_numbers_does_no_better_than_by_chance(addresses: list[Pair]) -> None:
    numbers, kinds = _joined(addresses)
    institution = ~np.isin(kinds, ("house", "flat", "shared_house"))[np.argsort(numbers)]
    # The neighbours on either side vote; where one is an institution, the guess is that this is one too.
    beside = np.roll(institution, 1) | np.roll(institution, -1)
    by_chance = 1 - (1 - institution.mean()) ** 2
    hits = int((beside & institution).sum())
    assert institution.sum() > 30
    assert hits <= 3 + 3 * by_chance * institution.sum()


def test_the_number_does_not_follow_the_order_of_a_shard_s_addresses(addresses: list[Pair]) -> None:
    for numbers, _ in addresses:
        assert abs(spearmanr(np.arange(len(numbers)), numbers).statistic) < 0.08
        # Next door has a number from anywhere.
        assert np.median(np.abs(np.diff(numbers))) > 10_000_000


def test_shards_are_shuffled_together(addresses: list[Pair]) -> None:
    means = [numbers.mean() for numbers, _ in addresses]
    spread = np.std([numbers.std() for numbers, _ in addresses])
    whole = _joined(addresses)[0]
    assert np.ptp(means) < 0.1 * np.ptp(whole)
    assert spread < 0.02 * np.ptp(whole)
