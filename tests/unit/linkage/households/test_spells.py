"""From when to when somebody was where: moves, both at once, coming back, and an address that is stale."""

from datetime import date

from tests.unit.linkage.households.town import at, found, record, stays


def test_who_is_seen_elsewhere_later_has_left_by_then() -> None:
    made = found(
        record("oak", "2022-03-01", **at("u1")),
        record("oak", "2022-09-01", **at("u1")),
        record("oak", "2023-05-01", **at("u2", postcode="ZY22BB")),
    )

    first, second = stays(made, "oak")
    assert (first["first_seen"], first["last_seen"]) == (date(2022, 3, 1), date(2022, 9, 1))
    assert first["left_by"] == date(2023, 5, 1)
    assert (second["linked_address_id"], second["left_by"]) == ("u2", None)


def test_a_postcode_elsewhere_shows_a_move_too() -> None:
    made = found(record("oak", "2022-03-01", **at("u1")), record("oak", "2023-05-01", postcode="ZY99ZZ"))

    assert [one["left_by"] for one in stays(made, "oak")] == [date(2023, 5, 1)]


def test_a_postcode_alone_is_a_record_of_the_one_address_there() -> None:
    made = found(
        record("oak", "2022-03-01", **at("u1")),
        record("oak", "2023-05-01", postcode="ZY11AA", agency="school"),
    )

    (stay,) = stays(made, "oak")
    assert (stay["last_seen"], stay["records"], stay["left_by"]) == (date(2023, 5, 1), 2, None)
    assert (stay["agencies"], stay["basis"]) == ("police+school", "uprn")


def test_a_postcode_that_two_of_their_addresses_have_shows_no_move_from_either() -> None:
    made = found(
        record("oak", "2022-03-01", **at("u1")),
        record("oak", "2022-03-01", **at("u2")),
        record("oak", "2023-05-01", postcode="ZY11AA"),
    )

    assert [(one["left_by"], one["records"]) for one in stays(made, "oak")] == [(None, 1), (None, 1)]


def test_a_child_of_two_homes_is_at_both_at_once() -> None:
    days = ["2022-01-10", "2022-03-10", "2022-05-10", "2022-07-10", "2022-09-10", "2022-11-10"]
    made = found(
        *(
            record("oak", day, **at(("u1", "u2")[place % 2], postcode=("ZY11AA", "ZY22BB")[place % 2]))
            for place, day in enumerate(days)
        )
    )

    mother, father = stays(made, "oak")
    assert mother["spell"] == father["spell"] == 1
    assert mother["first_seen"] < father["first_seen"] < mother["last_seen"] < father["last_seen"]
    assert mother["left_by"] is None and father["left_by"] is None


def test_who_comes_back_after_a_year_has_two_spells() -> None:
    made = found(
        record("oak", "2020-01-01", **at("u1")),
        record("oak", "2021-01-01", **at("u2", postcode="ZY22BB")),
        record("oak", "2022-01-01", **at("u1")),
    )

    spells = [(one["linked_address_id"], one["spell"], one["left_by"]) for one in stays(made, "oak")]
    assert spells == [("u1", 1, date(2021, 1, 1)), ("u2", 1, date(2022, 1, 1)), ("u1", 2, None)]


MOVED = (
    record("oak", "2020-01-01", **at("u1"), agency="hospital"),
    record("oak", "2020-02-01", **at("u1"), agency="police"),
    record("oak", "2021-01-01", **at("u2", postcode="ZY22BB"), agency="hospital"),
    record("oak", "2021-03-01", **at("u1"), agency="police"),
    record("oak", "2021-06-01", **at("u1"), agency="police"),
)


def test_an_address_that_one_agency_alone_goes_on_with_is_stale() -> None:
    old, new = stays(found(*MOVED), "oak")

    assert (old["stale"], old["left_by"], old["last_seen"]) == (True, date(2021, 1, 1), date(2021, 6, 1))
    assert (new["stale"], new["left_by"]) == (False, None)


def test_an_address_that_two_agencies_go_on_with_is_not_stale() -> None:
    again = record("oak", "2021-04-01", **at("u1"), agency="council")

    assert not any(one["stale"] for one in stays(found(*MOVED, again), "oak"))


def test_an_address_is_not_stale_where_nobody_followed_the_move() -> None:
    assert not any(one["stale"] for one in stays(found(*MOVED[1:]), "oak"))


def test_a_record_without_a_day_says_so() -> None:
    (stay,) = stays(found(record("oak", **at("u1"))), "oak")

    assert (stay["first_seen"], stay["last_seen"], stay["undated"], stay["records"]) == (None, None, 1, 1)
