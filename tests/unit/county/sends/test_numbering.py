"""Sources' own numbers: never the same twice, and nothing to be learnt from one of another."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from roundtable.county.scrambling import scrambled
from roundtable.county.sends.numbering import SHARD_NUMBERS, numbered, references

SEED = 7
PEOPLE = np.arange(0, 10_000, 2)


def _register(sender: str, seed: int = SEED, shards: int = 4) -> NDArray[np.int64]:
    """The numbers that a sender has for the people of some shards, in the order of the people."""
    return np.concatenate([numbered(seed, shard, PEOPLE, f"{sender} people") for shard in range(shards)])


def test_no_number_twice() -> None:
    found = np.concatenate([numbered(SEED, shard, np.arange(50_000), "a register") for shard in range(20)])
    assert len(np.unique(found)) == len(found)
    assert found.max() < 10**10


def test_every_number_is_taken_by_one_thing() -> None:
    assert sorted(scrambled(np.arange(10**4), 4, SEED, "all").tolist()) == list(range(10**4))


def test_a_number_does_not_depend_on_what_is_numbered_beside_it() -> None:
    whole = numbered(SEED, 3, np.arange(20_000), "a register")
    assert (numbered(SEED, 3, np.array([19_999, 5]), "a register") == whole[[19_999, 5]]).all()


def test_series_and_seeds_differ_and_nothing_has_no_number() -> None:
    first = numbered(SEED, 3, np.arange(5), "one").tolist()
    assert not set(first) & set(numbered(SEED, 3, np.arange(5), "other").tolist())
    assert not set(first) & set(numbered(SEED + 1, 3, np.arange(5), "one").tolist())
    assert references(SEED, 0, np.array([-1, 0]), "one", "N").is_null().to_pylist() == [True, False]
    assert references(SEED, 0, np.array([], np.int64), "one", "N").equals(pa.array([], pa.string()))


def test_two_agencies_numbers_of_one_person_share_nothing() -> None:
    police, hospital = _register("police-records"), _register("hospital")
    assert abs(float(spearmanr(police, hospital).statistic)) < 0.03
    # Digit by digit, as often the same as two drawn by chance: one in ten.
    places = 10 ** np.arange(10)
    same = police[:, None] // places % 10 == hospital[:, None] // places % 10
    assert float(np.abs(same.mean(axis=0) - 0.1).max()) < 0.012
    # No rule of arithmetic leads from one to the other: the same step in one is any step in the other.
    for modulus in (2, 3, 7, 97, 10**5, 9_999_999_967):
        steps = np.diff(police) % modulus, np.diff(hospital) % modulus
        assert abs(float(spearmanr(*steps).statistic)) < 0.03


def test_numbers_do_not_follow_the_order_of_people() -> None:
    found = _register("police-records")
    assert abs(spearmanr(np.arange(len(found)), found).statistic) < 0.03
    # With a number that is an affine function of the person, all steps would be one step (and its wrap).
    values, counts = np.unique(np.diff(found), return_counts=True)
    assert counts.max() <= 2 < len(values)


def test_a_shard_has_room_for_so_many() -> None:
    with pytest.raises(ValueError, match="more than"):
        numbered(SEED, 0, np.array([SHARD_NUMBERS]), "one")
    with pytest.raises(ValueError, match="do not fit"):
        scrambled(np.array([100]), 2, SEED, "one")
