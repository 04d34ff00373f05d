"""A model learnt without labels comes near what is true, says what it lacked, and survives odd data."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.levels import levels_of
from roundtable.linkage.evidence.model import Model
from roundtable.linkage.evidence.settings import Settings, shipped
from roundtable.linkage.scoring.vector import score_vector
from roundtable.linkage.training.home import at_least, learn_home
from roundtable.linkage.training.train import NEVER, train
from roundtable.linkage.training.trained import Trained
from roundtable.linkage.training.two_part import Shares
from tests.factories_profiles import profiles
from tests.unit.linkage.hamlet import Hamlet, hamlet


def few(*comparisons: str, **training: Any) -> Settings:
    """The shipped settings with some comparisons and two passes, for Splink's work goes by their number."""
    whole = shipped("uk")
    learning = whole.training.model_copy(
        update={
            "random_pairs": 100_000,
            "certain": whole.training.certain[:2],
            "passes": (whole.training.passes[0], whole.training.certain[1][1:]),
            **training,
        }
    )
    return whole.model_copy(
        update={"comparisons": tuple(whole.comparison(name) for name in comparisons), "training": learning}
    )


UK = few("given", "surname", "date_of_birth", "sex", "nhs_number", "other_number", "place")


@pytest.fixture(scope="module")
def place() -> Hamlet:
    return hamlet(300)


@pytest.fixture(scope="module")
def learnt(place: Hamlet) -> Trained:
    return train(place.table, UK)


def test_what_people_of_one_home_share_is_learnt_without_labels(place: Hamlet, learnt: Trained) -> None:
    encoded = encode(place.table, UK)
    one, other = np.triu_indices(len(place.person), 1)
    mates = (place.home[one] == place.home[other]) & (place.person[one] != place.person[other])
    same = place.person[one] == place.person[other]
    level = levels_of(UK, encoded, one[mates], other[mates])["surname"]
    shares = _learnt_alone(place, learnt)
    assert shares["surname"][-1] == pytest.approx((level == len(shares["surname"]) - 1).mean(), abs=0.08)
    assert shares["given"][-1] < 0.05
    assert learnt.model.odds["given"][-1].m > 0.7
    found = learnt.model.log2_prior_mate - learnt.model.log2_prior_match
    caution = UK.training.home_caution
    assert found - caution == pytest.approx(np.log2(mates.sum() / same.sum()), abs=0.7)


def _learnt_alone(place: Hamlet, learnt: Trained) -> dict[str, Shares]:
    """What is learnt of two people of a home by settings that assume nothing of them."""
    silent = tuple(one.model_copy(update={"at_home": None}) for one in UK.comparisons)
    settings = UK.model_copy(update={"comparisons": silent})
    of_person, of_strangers = (
        {name: np.array([getattr(one, part) for one in odds]) for name, odds in learnt.model.odds.items()}
        for part in ("m", "u")
    )
    return learn_home(place.table, encode(place.table, UK), settings, of_person, of_strangers, 1).shares


def test_no_two_people_of_a_home_are_taken_for_less_alike_than_is_assumed(learnt: Trained) -> None:
    """Of each level of agreement, and what is left is for those that agree in nothing."""
    for one in UK.comparisons:
        if one.at_home is None or one.shared_at_home:
            continue
        shares = [odds.h for odds in learnt.model.odds[one.name]]
        assert sum(shares) == pytest.approx(1)
        assert all(h >= least - 1e-12 for h, least in zip(shares[1:], one.at_home[-2::-1], strict=True))


def test_what_is_learnt_counts_where_it_is_more_than_is_assumed() -> None:
    more, less = np.array([0.5, 0.3, 0.2]), np.array([0.9, 0.02, 0.08])
    assert at_least(more, less).tolist() == pytest.approx([0.5, 0.3, 0.2])
    assert at_least(less, more).tolist() == pytest.approx([0.5, 0.3, 0.2])
    assert at_least(more, np.array([0.2, 0.1, 0.7])).tolist() == pytest.approx([0.0, 0.3, 0.7], abs=1e-3)


def test_an_address_and_a_surname_in_common_are_no_evidence_of_one_person(
    place: Hamlet, learnt: Trained
) -> None:
    """The strongest finding of the trial: people of one home were joined by what a home shares."""
    encoded = encode(place.table, UK)
    one, other = np.triu_indices(len(place.person), 1)
    at_home = place.home[one] == place.home[other]
    scored = score_vector(learnt.model, UK, encoded, one[at_home], other[at_home])
    same = place.person[one[at_home]] == place.person[other[at_home]]
    likely = scored.weights.probability > 0.9
    assert (likely & ~same).sum() <= 0.002 * likely.sum()
    assert (likely & same).sum() >= 0.9 * same.sum()


def test_the_same_seed_gives_the_same_model_and_it_survives_being_written(
    place: Hamlet, learnt: Trained
) -> None:
    again = train(place.table, UK)
    assert again.model.odds == learnt.model.odds
    assert Model.from_json(learnt.model.to_json()) == learnt.model
    assert again.model.fingerprint == learnt.model.fingerprint


def test_without_numbers_what_a_home_shares_is_assumed_and_said() -> None:
    trained = train(hamlet(150, numbered=False).table, UK)
    assert any("what people of one home share is assumed" in said for said in trained.warnings)
    assert trained.model.odds["given"][-1].h == UK.comparison("given").at_home[0]  # type: ignore[index]
    told = trained.model.log2_prior_mate - trained.model.log2_prior_match
    assert told == np.log2(UK.training.mates) + UK.training.home_caution


def test_data_without_homes_have_no_mates(place: Hamlet) -> None:
    settings = few("given", "date_of_birth", "nhs_number", mates=0.0)
    assert train(place.table, settings).model.log2_prior_mate == NEVER


@pytest.mark.parametrize(
    "table",
    [
        profiles({}, {}, {}),
        profiles(*({"given": "ruth", "surname": "hill", "date_of_birth": "19520611"} for _ in range(60))),
        profiles({"given": "ruth"}, {"surname": "hill"}),
    ],
    ids=["nothing at all", "one value everywhere", "nothing in common"],
)
def test_odd_data_give_a_model_of_numbers_and_say_what_they_lack(table: pa.Table) -> None:
    trained = train(table, UK)
    odds = [odds for levels in trained.model.odds.values() for odds in levels]
    assert all(np.isfinite([one.m, one.u, one.h]).all() and min(one.m, one.u, one.h) > 0 for one in odds)
    assert np.isfinite(trained.model.log2_prior_match)
    assert any("nothing in the data tells" in said for said in trained.warnings)


def test_one_profile_is_too_few() -> None:
    with pytest.raises(ValueError, match="two profiles or more"):
        train(profiles({"given": "ruth"}), UK)


def test_splink_says_nothing_on_the_screen(
    place: Hamlet, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    train(place.table.slice(0, 200), few("given", "nhs_number"))
    written = capfd.readouterr()
    assert (written.out, written.err, list(recwarn)) == ("", "", [])
    assert logging.getLogger("splink").level == logging.NOTSET


def test_what_is_counted_twice_is_said(place: Hamlet) -> None:
    """An e-mail address that is the landline in other letters goes with it always, among strangers too."""
    number = [f"{int(place) % 12:010d}" for place in place.home]
    doubled = place.table.set_column(
        place.table.schema.get_field_index("landline"), "landline", pa.array(number)
    )
    mails = pa.array([f"{one}@example.org" for one in number])
    doubled = doubled.set_column(doubled.schema.get_field_index("email"), "email", mails)
    said = train(doubled, few("given", "nhs_number", "landline", "email")).warnings
    assert any("Landline and E-mail address agree together" in one for one in said)
