"""The model that came with the software fits its settings, has its own priors and says where it is from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.scoring.vector import score_vector
from roundtable.linkage.training.shipped import shipped_model
from tests.unit.linkage.hamlet import hamlet

UK = shipped("uk")


def test_it_has_odds_for_each_level_of_each_comparison_of_its_settings() -> None:
    """A level that is added to the settings and not to the model would be weighed as another."""
    odds = shipped_model(UK, encode(hamlet(3).table, UK)).model.odds
    # One more than the levels that are named: to agree in nothing is a level too.
    wanted = {one.name: len(one.levels) + 1 for one in UK.comparisons}
    assert {name: len(levels) for name, levels in odds.items()} == wanted


def test_each_is_a_share_of_something() -> None:
    odds = shipped_model(UK, encode(hamlet(3).table, UK)).model.odds
    for name, levels in odds.items():
        for column in ("m", "u", "h"):
            shares = [getattr(level, column) for level in levels]
            assert all(0 < share <= 1 for share in shares), (name, column)
            assert sum(shares) == pytest.approx(1, abs=0.02), (name, column)


def test_to_agree_most_speaks_for_one_person_more_than_to_agree_in_nothing() -> None:
    odds = shipped_model(UK, encode(hamlet(3).table, UK)).model.odds
    for name, levels in odds.items():
        assert levels[-1].m / levels[-1].u > levels[0].m / levels[0].u, name


def test_the_more_identities_there_are_the_rarer_is_a_pair_of_one_person() -> None:
    small, large = (encode(hamlet(homes).table, UK) for homes in (3, 30))
    one, other = shipped_model(UK, small).model, shipped_model(UK, large).model
    bits = math.log2((len(large) - 1) / (len(small) - 1))
    assert one.log2_prior_match - other.log2_prior_match == pytest.approx(bits)
    assert one.log2_prior_mate - other.log2_prior_mate == pytest.approx(bits)
    assert one.log2_prior_mate - one.log2_prior_match == pytest.approx(UK.training.home_caution)


@pytest.mark.parametrize("homes", [0, 1])
def test_it_serves_where_there_is_next_to_nobody(homes: int) -> None:
    encoded = encode(hamlet(max(homes, 1)).table.slice(0, homes), UK)
    model = shipped_model(UK, encoded).model
    assert math.isfinite(model.log2_prior_match) and math.isfinite(model.log2_prior_mate)


def test_with_it_two_records_of_one_person_outweigh_two_of_one_home() -> None:
    place = hamlet(20)
    encoded = encode(place.table, UK)
    pairs = [(one, other) for other in range(len(encoded)) for one in range(other)]
    of_home = [(one, other) for one, other in pairs if place.home[one] == place.home[other]]
    same = [place.person[one] == place.person[other] for one, other in of_home]
    left, right = np.array(of_home, np.int32).T.copy()
    weight = score_vector(shipped_model(UK, encoded).model, UK, encoded, left, right).weights.weight
    ours = [found for found, one in zip(weight, same, strict=True) if one]
    theirs = [found for found, one in zip(weight, same, strict=True) if not one]
    assert sum(ours) / len(ours) > 0 > sum(theirs) / len(theirs)


def test_it_says_what_it_is() -> None:
    trained = shipped_model(UK, encode(hamlet(3).table, UK))
    (warning,) = trained.warnings
    assert "too few to learn weights from" in warning
    assert "synthetic county" in warning and "assumed" in warning
    assert trained.model.fingerprint.startswith("shipped ")


def test_for_other_settings_there_is_none() -> None:
    other = shipped("historical")
    with pytest.raises(FileNotFoundError):
        shipped_model(other, encode(hamlet(3).table, UK))
