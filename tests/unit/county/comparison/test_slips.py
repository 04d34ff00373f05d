"""Errors fall on groups as stated: what records show is held to `group_rates.csv`, row by row."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
import pyarrow.compute as pc
import pytest

from roundtable.county.comparison.slips import SENDERS, SlipCount, slips_by_group, slips_page, summed
from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan
from roundtable.county.population.populate import populate
from roundtable.county.sends.groups import Group, group_rates, groups_of
from roundtable.county.sends.habits import habits_of, senders
from roundtable.county.sends.people_known import People, know
from tests.conftest import ROOT

PLAN = CountyPlan(20_000, 5, date(2026, 11, 23))


@pytest.fixture(scope="module")
def shards() -> list[People]:
    known = county_map(PLAN)
    return [know(populate(PLAN, shard, known)) for shard in PLAN.shards]


@pytest.fixture(scope="module")
def counts(shards: list[People]) -> tuple[SlipCount, ...]:
    return summed(slips_by_group(PLAN, number, people) for number, people in enumerate(shards))


def test_every_group_rate_is_measured(counts: tuple[SlipCount, ...]) -> None:
    assert {one.rate for one in counts} == set(group_rates())
    assert all(one.members > 10 for one in counts)
    rows = [(one.group, one.typing, one.habit) for one in group_rates()]
    assert len(rows) == len(set(rows))


def test_measured_rates_are_the_stated_ones(counts: tuple[SlipCount, ...]) -> None:
    for one in counts:
        for shown, stated, size in (
            (one.shown, one.stated, one.members),
            (one.others_shown, one.others_stated, one.others),
        ):
            if size:
                spread = np.sqrt(stated * (1 - stated / size))
                assert abs(shown - stated) <= 4 * spread + 1, one


def test_groups_differ_from_everybody_else(counts: tuple[SlipCount, ...]) -> None:
    ratio: dict[Group, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in counts:
        if one.others and one.rate.times > 1:
            ratio[one.rate.group][0] += one.shown
            ratio[one.rate.group][1] += one.others_shown / one.others * one.members
    assert {Group.OTHER_NAME, Group.NO_FIXED_ADDRESS, Group.WOMAN, Group.YOUNG_CHILD} <= set(ratio)
    assert all(shown > 1.1 * alike for shown, alike in ratio.values()), dict(ratio)


def test_stated_rates_follow_the_rows_by_hand(counts: tuple[SlipCount, ...]) -> None:
    (found,) = (
        one
        for one in counts
        if (one.rate.group, one.rate.habit, one.typing)
        == (Group.SURNAME_FIRST, "surname_first", "front_line")
    )
    # The police put the surname first for 30 in 100 of those who say it first; typed at the door 1.5 times.
    assert found.stated / found.members == pytest.approx(0.45)


def test_every_sender_types_in_one_of_the_ways() -> None:
    assert {habits_of(sender).manner("typing") for sender in senders()} == set(SENDERS)
    assert all(habits_of(sender).manner("typing") == typing for typing, sender in SENDERS.items())


def test_the_truth_says_who_belongs_to_which_group(shards: list[People]) -> None:
    people = shards[0]
    groups = groups_of(people, np.datetime64(PLAN.today))
    table = groups.table(people.persons)
    assert set(table["group"].to_pylist()) == {str(group) for group in Group}
    women = pc.sum(pc.equal(table["group"], "woman")).as_py()
    assert women == pc.sum(pc.equal(people.tables.persons["sex"], "F")).as_py()
    homeless = set(table.filter(pc.equal(table["group"], "no_fixed_address"))["person"].to_pylist())
    stays = people.tables.stays
    assert homeless == set(stays.filter(pc.equal(stays["kind"], "no_fixed_address"))["person"].to_pylist())


def test_the_page_sets_them_beside_each_other(counts: tuple[SlipCount, ...]) -> None:
    head, rule, *rows = slips_page(counts)
    assert "stated | measured" in head and set(rule) == set("|-")
    assert len(rows) == len(counts)
    written = (ROOT / "docs" / "county-slips.md").read_text(encoding="utf-8")
    assert head in written
    for row in rows:
        assert f"\n{row.split('|', 4)[0]}|{'|'.join(row.split('|')[1:4])}|" in written, row
    assert all(f"| `{group}` |" in written for group in Group)
    assert rows[0].startswith("| other_name | `slip_given` |")
