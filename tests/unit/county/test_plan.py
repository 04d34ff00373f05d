"""The plan of a county: its shards, its days and its random streams."""

from datetime import date

import pytest

from roundtable.county.plan import SHARD_IDS, CountyPlan, Shard, day_number, day_of, stream

TODAY = date(2026, 11, 23)


def test_a_county_is_cut_into_shards_of_five_thousand_and_the_rest() -> None:
    assert CountyPlan(12_001, 1, TODAY).shards == (Shard(0, 5_000), Shard(1, 5_000), Shard(2, 2_001))
    assert CountyPlan(10_000, 1, TODAY).shards == (Shard(0, 5_000), Shard(1, 5_000))
    assert CountyPlan(3, 1, TODAY).shards == (Shard(0, 3),)


def test_each_shard_has_ids_and_areas_of_its_own() -> None:
    second = CountyPlan(10_000, 1, TODAY).shards[1]
    assert second.first_id == SHARD_IDS
    assert list(second.areas) == [3, 4, 5]


def test_the_years_end_today_and_begin_on_the_same_day_of_the_year() -> None:
    plan = CountyPlan(10, 1, TODAY)
    assert plan.begins == date(2016, 11, 23)
    assert day_of(plan.last_day) == TODAY
    assert plan.first_day == day_number(plan.begins)
    assert CountyPlan(10, 1, date(2024, 2, 29), years=1).begins == date(2023, 2, 28)


def test_streams_depend_on_seed_shard_and_topic_and_on_nothing_else() -> None:
    plan = CountyPlan(10, 7, TODAY)
    drawn = {
        name: stream(of, shard, topic).random()
        for name, of, shard, topic in (
            ("first", plan, 0, "life"),
            ("county", plan, None, "life"),
            ("next", plan, 1, "life"),
            ("topic", plan, 0, "names"),
            ("seed", CountyPlan(10, 8, TODAY), 0, "life"),
        )
    }
    assert len(set(drawn.values())) == len(drawn)
    assert stream(CountyPlan(99_999, 7, date(2020, 1, 1)), 0, "life").random() == drawn["first"]


@pytest.mark.parametrize(
    ("people", "seed", "years"), [(0, 1, 10), (6_600_001, 1, 10), (10, -1, 10), (10, 1, 0), (10, 1, 16)]
)
def test_what_cannot_be_planned_is_refused(people: int, seed: int, years: int) -> None:
    with pytest.raises(ValueError, match=r"county|seed"):
        CountyPlan(people, seed, TODAY, years)
