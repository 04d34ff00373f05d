"""Who lives together, who does not, and that it does not depend on the order of the records."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.linkage.households.town import at, found, gazetteer, homes, members, record


def test_a_family_seen_in_different_years_is_one_household() -> None:
    made = found(
        record("oak-ann", "2020-01-01", **at("u1")),
        record("oak-ben", "2022-01-01", **at("u1")),
        record("oak-cat", "2023-01-01", **at("u1")),
    )

    assert homes(made) == [{"oak-ann", "oak-ben", "oak-cat"}]
    assert made.household.to_pylist()[0]["members_now"] == 3


def test_the_next_family_is_another_household_and_ends_the_first() -> None:
    made = found(
        record("oak-ann", "2018-01-01", **at("u1")),
        record("oak-ben", "2018-06-01", **at("u1")),
        record("elm-cat", "2021-01-01", **at("u1")),
    )

    assert homes(made) == [{"elm-cat"}, {"oak-ann", "oak-ben"}]
    (gone,) = members(made, "oak-ann")
    assert (gone["to_on"], gone["why"]) == (date(2021, 1, 1), "followed")
    (here,) = members(made, "elm-cat")
    assert (here["to_on"], here["why"]) == (None, "current")


def test_a_partner_of_another_name_belongs_where_their_times_overlap() -> None:
    made = found(
        record("oak-ann", "2020-01-01", **at("u1")),
        record("elm-ben", "2021-01-01", **at("u1")),
        record("oak-ann", "2022-01-01", **at("u1")),
    )

    assert homes(made) == [{"elm-ben", "oak-ann"}]


def test_who_has_moved_out_does_not_live_with_who_comes_after() -> None:
    made = found(
        record("oak-ann", "2020-01-01", **at("u1")),
        record("oak-ann", "2020-02-01", **at("u2", postcode="ZY22BB")),
        record("elm-ben", "2020-03-01", **at("u1")),
    )

    assert homes(made) == [{"elm-ben"}, {"oak-ann"}, {"oak-ann"}]


def test_a_child_of_two_homes_is_a_member_of_both() -> None:
    child = [
        record("oak-cat", f"2022-{month:02}-01", **at(home, postcode=zone))
        for month, (home, zone) in enumerate([("u1", "ZY11AA"), ("u2", "ZY22BB")] * 4, start=1)
    ]
    made = found(
        record("oak-ann", "2022-05-01", **at("u1")),
        record("elm-ben", "2022-05-01", **at("u2", postcode="ZY22BB")),
        *child,
    )

    assert homes(made) == [{"elm-ben", "oak-cat"}, {"oak-ann", "oak-cat"}]
    assert [one["to_on"] for one in members(made, "oak-cat")] == [None, None]


def test_the_stale_address_of_somebody_who_moved_ends_with_the_move() -> None:
    made = found(
        record("oak", "2020-01-01", **at("u1"), agency="hospital"),
        record("oak", "2020-02-01", **at("u1"), agency="police"),
        record("oak", "2021-01-01", **at("u2", postcode="ZY22BB"), agency="hospital"),
        record("oak", "2021-03-01", **at("u1"), agency="police"),
    )

    old, new = members(made, "oak")
    assert (old["to_on"], old["why"]) == (date(2021, 1, 1), "stale")
    assert new["why"] == "current"


def test_the_register_says_what_is_communal_and_nobody_there_is_a_household() -> None:
    register = gazetteer(("u1", "the willows", "ZY11AA", "Care home"))
    made = found(
        record("oak-ann", "2020-01-01", **at("u1")),
        record("elm-ben", "2020-01-02", **at("u1")),
        gazetteer=register,
    )

    assert made.household.num_rows == 0 and made.person_address.num_rows == 2
    assert made.linked_address["why_communal"].to_pylist() == ["register"]
    assert made.in_communal.to_pylist() == ["r0000", "r0001"]


@pytest.mark.parametrize(("people", "communal"), [(10, False), (11, True)])
def test_many_people_of_many_names_in_a_year_are_communal(people: int, communal: bool) -> None:
    made = found(*(record(f"name{n}", f"2020-01-{n + 1:02}", **at("u1")) for n in range(people)))

    assert made.linked_address["communal"].to_pylist() == [communal]


def test_as_many_over_the_years_or_of_one_family_are_not() -> None:
    first = date(2015, 1, 1)
    days = [str(first + timedelta(days=100 * n)) for n in range(20)]
    over_years = found(*(record(f"name{n}", day, **at("u1")) for n, day in enumerate(days)))
    one_family = found(*(record(f"oak-{n}", f"2020-01-{n + 1:02}", **at("u1")) for n in range(12)))

    assert over_years.linked_address["most_in_a_year"].to_pylist() == [4]
    assert not any(over_years.linked_address["communal"].to_pylist())
    assert homes(one_family) == [{f"oak-{n}" for n in range(12)}]


def test_who_gives_a_postcode_alone_is_put_with_the_one_home_of_their_name() -> None:
    made = found(
        record("oak-ann", "2020-01-01", **at("u1")),
        record("elm-ben", "2020-01-01", **at("u2")),
        record("oak-cat", "2020-02-01", postcode="ZY11AA", agency="school"),
    )

    assert homes(made) == [{"elm-ben"}, {"oak-ann", "oak-cat"}]
    assert members(made, "oak-cat")[0]["basis"] == "kin"


def test_with_two_homes_of_the_name_nobody_is_guessed_anywhere() -> None:
    made = found(
        record("oak-ann", "2020-01-01", **at("u1")),
        record("oak-ben", "2020-01-01", **at("u2")),
        record("oak-cat", "2020-02-01", postcode="ZY11AA", agency="school"),
    )

    assert homes(made) == [{"oak-ann"}, {"oak-ben"}]


def test_nobody_is_guessed_into_a_communal_place() -> None:
    made = found(
        record("oak-ann", "2020-01-01", **at("u1")),
        record("oak-cat", "2020-02-01", postcode="ZY11AA", agency="school"),
        gazetteer=gazetteer(("u1", "the willows", "ZY11AA", "hostel")),
    )

    assert made.person_address["person_id"].to_pylist() == ["oak-ann"]


def test_undated_records_are_of_the_newest_people_of_the_name() -> None:
    made = found(
        record("oak-ann", "2015-01-01", **at("u1")),
        record("elm-ben", "2022-01-01", **at("u1")),
        record("oak-cat", **at("u1")),
    )

    assert homes(made) == [{"elm-ben"}, {"oak-ann", "oak-cat"}]
    assert members(made, "oak-cat")[0]["why"] == "undated"


PLACES = st.sampled_from([("u1", "ZY11AA"), ("u2", "ZY22BB"), (None, "ZY11AA"), (None, None)])
ANY_RECORD = st.builds(
    lambda person, agency, place, day: record(
        person, day, agency=agency, address_id=place[0], postcode=place[1]
    ),
    st.sampled_from(["oak-ann", "oak-ben", "elm-cat", "elm-dan"]),
    st.sampled_from(["police", "hospital", "school"]),
    PLACES,
    st.one_of(st.none(), st.dates(date(2015, 1, 1), date(2026, 1, 1)).map(str)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_RECORD, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(records: list[dict[str, object]], lot: object) -> None:
    shuffled = sorted(records, key=lambda _: lot.random())  # type: ignore[attr-defined]

    one, other = found(*records), found(*shuffled)

    for name in ("linked_address", "person_address", "household", "household_member"):
        assert getattr(one, name).equals(getattr(other, name)), name


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_RECORD, max_size=14))
def test_every_spell_at_a_home_is_in_just_one_household(records: list[dict[str, object]]) -> None:
    made = found(*records)

    spells = {
        (one["person_id"], one["linked_address_id"], one["spell"]) for one in made.person_address.to_pylist()
    }
    home = {one["household_id"]: one["linked_address_id"] for one in made.household.to_pylist()}
    members_of = [
        (one["person_id"], home[one["household_id"]], one["spell"])
        for one in made.household_member.to_pylist()
    ]
    assert sorted(members_of) == sorted(spells)
    for one in made.household_member.to_pylist():
        assert one["to_on"] is None or one["from_on"] <= one["to_on"]
