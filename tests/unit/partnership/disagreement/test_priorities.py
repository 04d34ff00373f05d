import pytest

from roundtable.partnership.disagreement.priorities import distance, priorities
from tests.factories import agency, outcome, partnership
from tests.unit.partnership.disagreement.table import wanting

OUTCOMES = (outcome("falls"), outcome("fires"))


def test_distance_worked_by_hand() -> None:
    """70, 20, 10 against 30, 20, 50: forty points would have to move."""
    built = partnership(
        wanting("council", harm=70, falls=20, fires=10),
        wanting("fire", harm=30, falls=20, fires=50),
        outcomes=OUTCOMES,
    )
    (pair,) = priorities(built).pairs

    assert pair.distance == pytest.approx(0.4)
    assert pair.driver == "fires"
    assert pair.difference == pytest.approx(-0.4)
    assert pair.common == ("falls", "fires", "harm")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"a": 1.0}, {"b": 1.0}, 1.0),
        ({"a": 0.5, "b": 0.5}, {"a": 0.5, "b": 0.5}, 0.0),
        ({"a": 1.0}, {"a": 0.25, "b": 0.75}, 0.75),
        ({}, {}, 0.0),
    ],
)
def test_distance_at_its_ends(one: dict[str, float], other: dict[str, float], apart: float) -> None:
    assert distance(one, other) == pytest.approx(apart)


def test_points_that_do_not_sum_are_shared_out_anew_and_it_is_said() -> None:
    built = partnership(
        wanting("council", harm=30, falls=10), wanting("fire", harm=75, falls=25), outcomes=OUTCOMES
    )
    stands = priorities(built)

    assert stands.pairs[0].distance == 0.0
    assert stands.pairs[0].driver is None
    assert stands.said[0] == (
        "Council wrote down 40 points and not 100; they are shared out anew in the same proportions."
    )
    assert not any("Fire" in text for text in stands.said)


def test_an_agency_with_no_points_is_silent_and_has_no_pair() -> None:
    built = partnership(wanting("council", harm=100), wanting("fire", harm=0), agency("health"))
    stands = priorities(built)

    assert stands.silent == ("fire", "health")
    assert stands.pairs == ()
    assert stands.of("council", "fire") is None


def test_a_body_that_has_ended_wants_nothing_any_more_and_it_is_said() -> None:
    ended = wanting("district", falls=100).model_copy(
        update={"to": partnership().charter.as_of.replace(day=1)}
    )
    stands = priorities(partnership(wanting("council", harm=100), ended, outcomes=OUTCOMES))

    assert [one.agency for one in stands.wants] == ["council"]
    assert "District does not exist on the day, and its priorities are left out." in stands.said


def test_the_outcome_that_divides_most_worked_by_hand() -> None:
    """The pairs differ over fires by 60, 0 and 60, over harm by 60, 40 and 20, over falls by 0, 40, 40."""
    built = partnership(
        wanting("council", harm=100),
        wanting("fire", fires=60, harm=40),
        wanting("health", harm=60, falls=40),
        outcomes=OUTCOMES,
    )
    first, second, third = priorities(built).divides

    assert [one.outcome for one in (first, second, third)] == ["fires", "harm", "falls"]
    assert first.share == pytest.approx(120 / 320)
    assert second.share == pytest.approx(120 / 320)
    assert (first.most, first.least) == (("fire",), ("council", "health"))


def test_who_is_bound_and_who_chooses_is_told_apart() -> None:
    built = partnership(
        wanting("council", statutory=("harm",), harm=60, falls=40),
        wanting("fire", harm=10, falls=90),
        outcomes=OUTCOMES,
    )
    stands = priorities(built)
    (harm,) = (one for one in stands.divides if one.outcome == "harm")

    assert (harm.bound, harm.chosen) == (("council",), ("fire",))
    assert stands.pairs[0].driver == "falls"
    assert stands.pairs[0].statutory == ()


def test_the_law_that_binds_one_to_the_driver_is_told() -> None:
    built = partnership(
        wanting("council", statutory=("harm",), harm=90, falls=10),
        wanting("fire", harm=10, falls=20, fires=70),
        outcomes=OUTCOMES,
    )
    (pair,) = priorities(built).pairs

    assert (pair.driver, pair.statutory) == ("harm", ("council",))


def test_agreement_is_free_where_nobody_stands_far_from_anybody() -> None:
    built = partnership(
        wanting("council", harm=50, falls=50), wanting("fire", harm=45, fires=55), outcomes=OUTCOMES
    )
    assert priorities(built).free == ("harm",)


def test_all_agree() -> None:
    built = partnership(
        wanting("council", harm=60, falls=40), wanting("fire", harm=60, falls=40), outcomes=OUTCOMES
    )
    stands = priorities(built)

    assert [pair.distance for pair in stands.pairs] == [0.0]
    assert stands.divides == ()
    assert stands.free == ("falls", "harm")
    assert stands.concordance.w == pytest.approx(1.0)


def test_a_single_agency_and_none_at_all() -> None:
    alone = priorities(partnership(wanting("council", harm=100)))
    nobody = priorities(partnership())

    assert (alone.pairs, alone.divides, alone.free, alone.concordance.w) == ((), (), (), None)
    assert (nobody.wants, nobody.outcomes, nobody.pairs) == ((), (), ())
    assert nobody.concordance.why_not is not None


def test_an_outcome_that_nobody_wants_is_no_ground_of_agreement() -> None:
    built = partnership(wanting("council", harm=100), wanting("fire", falls=100), outcomes=OUTCOMES)

    assert priorities(built).outcomes == ("falls", "harm")
    assert priorities(built).concordance.w == pytest.approx(0.0)
