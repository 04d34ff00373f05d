"""Parts of the records beside the rest: who is linked worse is seen, and chance is not taken for it."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from roundtable.linkage.quality.by_agency import by_agency
from roundtable.linkage.quality.by_group import HOMES, by_group, no_home
from roundtable.linkage.quality.compared import MILLION, NOT_SAID, quality_table
from roundtable.linkage.quality.intervals import clusters_of, ratio, shares, wilson
from roundtable.linkage.quality.links import Links
from roundtable.linkage.quality.measures import measures_of
from roundtable.linkage.quality.naming import OTHER, SEVERAL, guessed
from roundtable.linkage.quality.reviewed import Reviewed, reviewed_rows
from tests.unit.linkage.quality.linked import links

TODAY = date(2026, 11, 23)


def county(worse: float = 0.5, people: int = 400) -> Links:
    """Two records of everybody, one of each agency; of the second half so many are not joined."""
    chance = np.random.default_rng(5)
    records, person, surname = [], [], []
    groups: list[int] = []
    for one in range(people):
        apart = one >= people // 2 and chance.random() < worse
        records += [(2 * one, "police"), (2 * one + 1, "hospital")]
        person += [len(groups), len(groups) + apart]
        groups += [one] * (1 + apart)
        surname += ["oakley" if one < people // 2 else "nowacki"] * 2
    return links(records, person, surname=surname)


def row(rows: list[dict[str, object]], breakdown: str, part: str, measure: str) -> dict[str, object]:
    """One row."""
    wanted = (breakdown, part, measure)
    return next(one for one in rows if (one["breakdown"], one["part"], one["measure"]) == wanted)


def test_people_who_are_linked_worse_are_seen() -> None:
    made = county()
    rows = by_group(made, measures_of(made), TODAY)

    worse = row(rows, "naming", "slavic_or_baltic", "linked")
    assert worse["people"] == pytest.approx(200 + 100, abs=15)
    assert worse["ratio_ppm"] == pytest.approx(MILLION / 2, rel=0.1)
    assert worse["ratio_high_ppm"] < 0.65 * MILLION  # type: ignore[operator]
    assert row(rows, "naming", "no_shape_known", "linked")["ratio_low_ppm"] > 1.5 * MILLION  # type: ignore[operator]


def test_where_there_is_no_difference_the_interval_says_so() -> None:
    made = county(worse=0.0)
    one = row(by_group(made, measures_of(made), TODAY), "naming", "slavic_or_baltic", "linked")

    assert one["value_ppm"] == MILLION and one["low_ppm"] < MILLION  # type: ignore[operator]
    assert one["ratio_low_ppm"] <= MILLION <= one["ratio_high_ppm"]  # type: ignore[operator]


def test_an_agency_that_knows_some_people_better_does_not_make_them_linked_better() -> None:
    # Women are mostly in a dataset that links well, men in one that does not; within each they are alike.
    records, people, sexes, datasets = [], [], [], []
    for one in range(600):
        good = one % 6 != 0 if one < 300 else one % 6 == 0
        joined = one % 10 < (9 if good else 3)
        records += [(2 * one, "police"), (2 * one + 1, "hospital")]
        people += [2 * one, 2 * one if joined else 2 * one + 1]
        sexes += ["f" if one < 300 else "m"] * 2
        datasets += ["good" if good else "poor"] * 2
    made = links(records, np.unique(people, return_inverse=True)[1].tolist(), sex=sexes, dataset=datasets)

    women = row(by_group(made, measures_of(made), TODAY), "sex", "f", "linked")
    men = row(by_group(made, measures_of(made), TODAY), "sex", "m", "linked")

    assert women["value_ppm"] > 1.5 * men["value_ppm"]  # type: ignore[operator]
    assert women["ratio_low_ppm"] < MILLION < women["ratio_high_ppm"]  # type: ignore[operator]


def test_records_that_do_not_say_are_in_nobodys_rest() -> None:
    # Those that do not say are linked to nobody; women and men are linked alike.
    records = [(one, agency) for one in range(40) for agency in ("police", "hospital")]
    records += [(one, "police") for one in range(40, 60)]
    sexes = ["f" if one < 20 else "m" if one < 40 else None for one, _ in records]
    made = links(records, list(range(60)), sex=sexes, dataset=["one"] * len(records))
    rows = by_group(made, measures_of(made), TODAY)

    assert row(rows, "sex", "f", "linked")["ratio_ppm"] == MILLION
    assert row(rows, "sex", NOT_SAID, "linked")["ratio_ppm"] < MILLION / 5  # type: ignore[operator]


def test_everything_each_agency_and_each_dataset_has_rows() -> None:
    made = county()
    table = quality_table(by_agency(made, measures_of(made)))

    parts = set(zip(table["breakdown"].to_pylist(), table["part"].to_pylist(), strict=True))
    assert parts == {
        ("all", "all"),
        *((kind, one) for kind in ("agency", "dataset") for one in ("hospital", "police")),
    }
    whole = row(table.to_pylist(), "all", "all", "linked")
    assert whole["ratio_ppm"] is None and whole["records"] == 800


def test_records_of_one_person_are_not_as_telling_as_records_of_many() -> None:
    value = np.repeat([0.0, 1.0] * 10, 20)
    group = np.zeros(400, dtype=np.int64)

    every = np.ones(400, dtype=np.bool_)

    few = shares(value, every, clusters_of(group, np.repeat(np.arange(20, dtype=np.int32), 20), 1))
    many = shares(value, every, clusters_of(group, np.arange(400, dtype=np.int32), 1))

    assert (few.people[0], many.people[0]) == (20, 400)
    assert few.effect[0] == pytest.approx(20, rel=0.1) and many.effect[0] == pytest.approx(1, rel=0.01)
    assert few.high[0] - few.low[0] > 3 * (many.high[0] - many.low[0])


def test_wilsons_interval_is_as_published() -> None:
    # Brown, Cai and DasGupta (2001): nothing out of 10 gives up to 0.278.
    low, high = wilson(np.array([0.0]), np.array([10.0]))

    assert (low[0], high[0]) == (0.0, pytest.approx(0.2775, abs=1e-3))


def test_nothing_at_all_against_something_has_a_ratio() -> None:
    layer = np.array([100.0])
    found = ratio(np.array([0.0]), layer, np.array([50.0]), layer, 1.0)

    assert found is not None and found[0] < 0.05 and found[2] < 1
    assert ratio(np.array([0.0]), layer, np.array([0.0]), layer, 1.0) is None


@pytest.mark.parametrize(
    ("given", "surname", "group"),
    [
        ("ewa", "kowalska", "slavic_or_baltic"),
        ("shaun", "obrien", "mac_and_o"),
        ("harpreet", "kaur", "south_asian"),
        ("omar", "al masri", "arabic_or_persian"),
        ("mei", "chen", "east_asian"),
        ("tunde", "adeyemi", "west_african"),
        ("pieter", "van dam", "with_particle"),
        ("ann", "smith jones", SEVERAL),
        ("ann", "smith", OTHER),
        ("ann", "ska", OTHER),
        ("ann", "", NOT_SAID),
    ],
)
def test_a_name_has_the_group_of_its_shape(given: str, surname: str, group: str) -> None:
    assert guessed(given, surname) == group


def test_groups_of_home_and_age_are_by_what_the_record_says() -> None:
    made = links(
        [(n, "police") for n in range(5)],
        list(range(5)),
        date_of_birth=["20201231", "19461123", None, "19461124", "18000101"],
        postcode=["ZY11AA", None, None, None, None],
        address_id=[None, "u1", "u2", None, None],
    )
    rows = by_group(
        made,
        measures_of(made),
        TODAY,
        homeless=np.array([0, 0, 0, 1, 0], dtype=bool),
        communal=np.array([0, 0, 1, 0, 0], dtype=bool),
    )

    ages = {
        one["part"]: one["records"]
        for one in rows
        if one["breakdown"] == "age" and one["measure"] == "linked"
    }
    homes = {
        one["part"]: one["records"]
        for one in rows
        if one["breakdown"] == "home" and one["measure"] == "linked"
    }
    assert ages == {"5-17": 1, "80+": 1, "65-79": 1, "not_said": 2}
    assert homes == dict.fromkeys(HOMES, 1)


def test_words_for_no_home_are_known_and_a_real_address_is_not_taken_for_them() -> None:
    told = ["NFA", "No fixed abode", "Sofa-surfing, York", None, "12 Roughley Road", "1 Nfa Street"]

    assert no_home(pa.array(told)).tolist() == [True, True, True, False, False, False]


def test_what_reviewers_found_stands_beside() -> None:
    found = Reviewed("all", "all", (0.99, 0.97, 1.0), None, 240)

    (one,) = reviewed_rows([found])
    assert (one["measure"], one["value_ppm"], one["records"]) == ("reviewed_precision", 990_000, 240)
    assert quality_table([one]).num_rows == 1
