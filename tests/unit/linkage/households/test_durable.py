"""A household keeps its id while it can be told to be the same, whoever joins and whoever leaves."""

from roundtable.linkage.households.finding import Households
from tests.unit.linkage.households.town import at, found, record

FAMILY = [
    record("oak-ann", "2020-01-01", **at("u1")),
    record("oak-ben", "2020-02-01", **at("u1")),
    record("elm-dan", "2020-02-01", **at("u2", postcode="ZY22BB")),
]


def ids(made: Households) -> dict[str, str]:
    """The household of each person."""
    return {row["person_id"]: row["household_id"] for row in made.household_member.to_pylist()}


def test_the_same_records_again_give_the_same_ids() -> None:
    first = found(*FAMILY)

    assert found(*FAMILY, previous=first).household.equals(first.household)
    assert found(*FAMILY).household.equals(first.household)


def test_a_newcomer_who_was_there_before_everybody_does_not_change_the_id() -> None:
    first = found(*FAMILY)

    second = found(*FAMILY, record("oak-cat", "2019-12-01", **at("u1")), previous=first)

    assert ids(second)["oak-cat"] == ids(second)["oak-ann"] == ids(first)["oak-ann"]
    assert found(*FAMILY, record("oak-cat", "2019-12-01", **at("u1"))).household != first.household


def test_where_a_household_comes_apart_the_larger_part_keeps_the_id() -> None:
    first = found(*FAMILY, record("oak-eve", "2020-01-01", **at("u1")))

    # New records show that one of them had left before the others came.
    left = record("oak-ann", "2020-01-15", **at("u3", postcode="ZY33CC"))
    later = [record("oak-ben", "2020-02-01", **at("u1")), record("oak-eve", "2020-03-01", **at("u1"))]
    second = found(FAMILY[0], left, *later, previous=first)

    assert ids(second)["oak-ben"] == ids(second)["oak-eve"] == ids(first)["oak-ben"]
    old = [
        row["household_id"] for row in second.household_member.to_pylist() if row["person_id"] == "oak-ann"
    ]
    assert ids(first)["oak-ben"] not in old and len(set(old)) == 2


def test_no_two_households_ever_share_an_id() -> None:
    first = found(*FAMILY)

    second = found(*FAMILY, record("elm-fay", "2024-01-01", **at("u1")), previous=first)

    assert len(set(second.household["household_id"].to_pylist())) == second.household.num_rows == 3
