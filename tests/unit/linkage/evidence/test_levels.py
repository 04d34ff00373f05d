"""What each level of the shipped settings takes for agreement, example by example."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from roundtable.linkage.evidence.comparison import Level
from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.levels import level_sql, levels_of
from roundtable.linkage.evidence.pairs import Pairs
from roundtable.linkage.evidence.settings import shipped
from tests.factories_profiles import profiles

NOTHING = "nothing to compare"
FAMILIAR = "a short or familiar form of the same name"
FORMER = "a former surname, or a part of a double one"
SLIP = "one digit typed wrongly, or two neighbours swapped"
SWAPPED = {"surname": "ruth", "name_tokens": ["hill", "ruth"]}


def level(settings: str, comparison: str, one: dict[str, Any], other: dict[str, Any]) -> str:
    """The level of two profiles, in words."""
    read = shipped(settings)
    encoded = encode(profiles(one, other), read)
    found = int(levels_of(read, encoded, np.array([0]), np.array([1]))[comparison][0])
    return NOTHING if found < 0 else read.comparison(comparison).told_by_level()[found]


def given(name: str | None, *tokens: str, **further: str) -> dict[str, Any]:
    return {"given": name, "name_tokens": sorted({*tokens, *([name] if name else [])}), **further}


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (given("ruth"), given("ruth"), "the same given name"),
        (given("ruth"), given(None), NOTHING),
        (given("bill", given_root="william"), given("william"), FAMILIAR),
        (given("bill", given_root="william"), given("will", given_root="william"), FAMILIAR),
        (given("margaret", known_as="peggy"), given("peggy"), FAMILIAR),
        (given("kathryn"), given("katheryn"), "given names that are spelt nearly alike"),
        (given("ruth", "jones"), given("jones", "ruth"), "the given name of one among the other's names"),
        (given("ann", "mary"), given("mary"), "the given name of one among the other's names"),
        (given("t"), given("thomas"), "an initial that fits"),
        (given("t"), given("ruth"), "different given names"),
        (given("t"), given("t"), "an initial that fits"),
        (given("t", given_root="t"), given("t", given_root="t"), "an initial that fits"),
        (given("anna"), given("hannah"), "given names that are somewhat alike"),
        (given("ruth"), given("carl"), "different given names"),
    ],
)
def test_given_names(one: dict[str, Any], other: dict[str, Any], told: str) -> None:
    assert level("uk", "given", one, other) == level("uk", "given", other, one) == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ({"surname": "hill"}, {"surname": "hill"}, "the same surname"),
        ({"surname": "hill", "former_surname": "marsh"}, {"surname": "marsh"}, FORMER),
        ({"surname": "wood hill"}, {"surname": "hill"}, FORMER),
        ({"surname": "wood hill"}, {"surname": "hill wood"}, FORMER),
        # Particles are shared by strangers.
        ({"surname": "van der meer"}, {"surname": "le der ho"}, "different surnames"),
        ({"surname": "de la cruz"}, {"surname": "st la hill"}, "different surnames"),
        ({"surname": "waring"}, {"surname": "warinng"}, "surnames that are spelt nearly alike"),
        (SWAPPED, {**SWAPPED, "surname": "hill"}, "the surname of one among the other's names"),
        ({"surname": "hill"}, {}, NOTHING),
    ],
)
def test_surnames(one: dict[str, Any], other: dict[str, Any], told: str) -> None:
    assert level("uk", "surname", one, other) == level("uk", "surname", other, one) == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("19800102", "19800102", "the same date of birth"),
        ("19800102", "19800201", "day and month swapped"),
        ("19800102", "19800103", SLIP),
        ("19800121", "19800112", SLIP),
        ("19801225", "19801214", "two of day, month and year the same"),
        ("19801225", "19800325", "two of day, month and year the same"),
        ("19801225", "19911225", "two of day, month and year the same"),
        ("19801225", "19800311", "only the year the same"),
        ("19801225", "19910311", "different years of birth"),
        ("19801225", None, NOTHING),
    ],
)
def test_dates_of_birth(one: str | None, other: str | None, told: str) -> None:
    rows: list[dict[str, Any]] = [{"date_of_birth": one}, {"date_of_birth": other}]
    assert level("uk", "date_of_birth", *rows) == level("uk", "date_of_birth", *rows[::-1]) == told


HOME = {"address_key": "1 mill lane", "postcode": "ZY11AA", "outward": "ZY1"}


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ({"address_id": "7"}, {"address_id": "7"}, "the same address"),
        (HOME, {**HOME, "address_id": "7"}, "the same address"),
        # The same first line in another town is another place.
        (HOME, {**HOME, "postcode": "ZY12BB"}, "the same outward postcode"),
        (HOME, {**HOME, "address_key": "2 mill lane"}, "the same postcode"),
        (HOME, {"postcode": "ZX19AA", "outward": "ZX1"}, "addresses in different areas"),
        ({"address_id": "7"}, {"address_id": "8"}, "addresses in different areas"),
        ({"address_id": "7"}, HOME, NOTHING),
    ],
)
def test_a_place_is_told_once(one: dict[str, Any], other: dict[str, Any], told: str) -> None:
    assert level("uk", "place", one, other) == level("uk", "place", other, one) == told


@pytest.mark.parametrize(
    ("comparison", "column", "one", "other", "told"),
    [
        ("middle", "middle", "ann rose", "ann rose", "the same middle names"),
        ("middle", "middle", "a", "a", "a middle initial that fits, or one of several names"),
        ("middle", "middle", "a", "anne", "a middle initial that fits, or one of several names"),
        ("middle", "middle", "ann rose", "rose", "a middle initial that fits, or one of several names"),
        ("middle", "middle", "john", "james", "different middle names"),
        ("email", "email", "a.b@x.org", "a.b@y.org", "the same e-mail name with another provider"),
        ("email", "email", "a.b@x.org", "c.d@x.org", "different e-mail addresses"),
        ("other_number", "other_number", "upn␟A1234567", "upn␟A1234576", "the same number but for one slip"),
        ("other_number", "other_number", "upn␟A1234567", "upn␟A1298567", "different numbers"),
        ("other_number", "other_number", "upn␟A1234567", "tax␟A1234567", NOTHING),
        ("source_person", "source_person", "calls␟7", "calls␟7", "the same number in one source"),
        ("source_person", "source_person", "calls␟7", "calls␟8", "different numbers in one source"),
        ("source_person", "source_person", "calls␟7", "visits␟7", NOTHING),
        ("source_person", "source_person", "calls␟7", None, NOTHING),
        ("nhs_number", "nhs_number", "9990000018", "9990000026", "different NHS numbers"),
    ],
)
def test_other_comparisons(comparison: str, column: str, one: str, other: str | None, told: str) -> None:
    assert level("uk", comparison, {column: one}, {column: other}) == told


@pytest.mark.parametrize(
    ("comparison", "column", "one", "other", "told"),
    [
        ("date_of_birth", "date_of_birth", "17920312", "17930312", SLIP),
        ("date_of_birth", "date_of_birth", "17920312", "17990431", "only the decade the same"),
        ("birth_place", "birth_place", "york", "city of york", "birth places alike, or one within the other"),
        ("postcode", "postcode", "TQ138DF", "TQ138DG", "the same postcode but for one slip"),
        ("postcode", "postcode", "TQ138DF", "TQ24HU", "the same post town"),
        ("occupation", "occupation", "politician", "poet", "different occupations"),
    ],
)  # fmt: skip
def test_history(comparison: str, column: str, one: str, other: str, told: str) -> None:
    assert level("historical", comparison, {column: one}, {column: other}) == told


@pytest.mark.parametrize("name", ["uk", "historical"])
def test_sql_stands_in_the_order_in_which_levels_are_tried(name: str) -> None:
    for comparison in shipped(name).comparisons:
        told = level_sql(comparison)
        assert [one.gamma for one in told] == [-1, *range(len(comparison.levels), -1, -1)]
        assert told[-1].sql == "ELSE"
        assert [one.told for one in reversed(told[1:])] == list(comparison.told_by_level())


@pytest.mark.parametrize(
    "condition",
    [
        {"kind": "similar", "column": "middle", "at_least": 0.1},
        {"kind": "edits", "column": "middle", "at_most": 9},
        {"kind": "contains", "column": "middle"},
        {"kind": "same_letters", "column": "middle", "letters": 1},
        {"kind": "same", "columns": ["middle"]},
        {"kind": "crossed", "columns": ["middle", "known_as"]},
    ],
)
def test_what_a_side_does_not_say_agrees_with_nothing(condition: dict[str, Any]) -> None:
    encoded = encode(profiles({"middle": "ann"}, {}, {"middle": "ann"}), shipped("uk"))
    pairs = Pairs(encoded, encoded, np.array([0, 0, 1]), np.array([1, 2, 1]))
    level = Level.model_validate({"told": "alike", "any_of": [condition]})
    assert level.holds(pairs).tolist() == [False, True, False]


def test_no_pairs_have_no_levels() -> None:
    settings = shipped("uk")
    encoded = encode(profiles({"given": "ruth"}), settings)
    none = np.zeros(0, np.int32)
    assert all(len(found) == 0 for found in levels_of(settings, encoded, none, none).values())


def test_many_pairs_have_the_levels_that_few_have() -> None:
    """Beyond a few hundred pairs words are compared once for all pairs that have them."""
    settings = shipped("uk")
    names = ["ruth", "ruthe", "r", "anna", "hannah", None]
    encoded = encode(profiles(*({"given": one, "date_of_birth": "19800102"} for one in names)), settings)
    left = np.tile(np.arange(6, dtype=np.int32), 600)
    right = np.roll(left, 1)
    right[1800:] = (left[1800:] + 2) % 6
    many = levels_of(settings, encoded, left, right)["given"]
    few = [
        levels_of(settings, encoded, left[at : at + 1], right[at : at + 1])["given"][0]
        for at in range(0, 3600, 7)
    ]
    assert many[::7].tolist() == [int(one) for one in few]
    assert len(set(few)) > 3
