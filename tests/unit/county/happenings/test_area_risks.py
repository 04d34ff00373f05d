"""Town centres and rough areas: what an area adds to the rates of those who live and walk there."""

from datetime import date

import numpy as np
import pytest

from roundtable.county.happenings.area_risks import area_risks
from roundtable.county.happenings.needs import needs
from roundtable.county.places.county_map import county_map
from roundtable.county.plan import CountyPlan
from tests.county_made import made

PLAN = CountyPlan(300_000, 1, date(2026, 9, 30))
MAP = county_map(PLAN)
CODES = MAP.areas["area"].to_pylist()


def test_the_first_area_of_a_town_of_many_draws_the_more() -> None:
    risks = area_risks(PLAN, MAP, CODES)
    settlements = np.array(MAP.areas["settlement"].to_pylist())
    rural = MAP.areas["rural"].to_numpy(zero_copy_only=False)
    towns = [name for name in np.unique(settlements[~rural]) if (settlements == name).sum() >= 5]
    firsts = [risks.own[np.flatnonzero(settlements == name)[0]] for name in towns]
    others = np.concatenate([risks.own[np.flatnonzero(settlements == name)[1:]] for name in towns])
    assert len(towns) >= 5
    assert np.median(firsts) > 2 * np.median(others)


@pytest.mark.parametrize("name", sorted(needs()))
def test_what_areas_add_leaves_the_rate_of_the_county_as_it_is(name: str) -> None:
    need, risks = needs()[name], area_risks(PLAN, MAP, CODES)
    weights = risks.people * need.gradient ** ((10 - risks.decile) / 9)
    mix = risks.for_the_mix(need)
    assert np.average(risks.at_homes(need), weights=weights) == pytest.approx(mix)
    assert mix == pytest.approx(1, abs=0.05)
    if not need.place:
        assert risks.at_homes(need) == pytest.approx(mix)


def test_a_small_county_with_few_deprived_areas_makes_up_for_them() -> None:
    plan = CountyPlan(30_000, 1, date(2026, 9, 30))
    known = county_map(plan)
    risks, need = area_risks(plan, known, known.areas["area"].to_pylist()), needs()["violence"]
    here, there = (need.gradient ** ((10 - one.decile) / 9) for one in (risks, area_risks(PLAN, MAP, CODES)))
    assert here.mean() < 0.95 * there.mean()
    assert here.mean() * risks.for_the_mix(need) == pytest.approx(there.mean(), rel=0.03)


def test_the_streets_of_the_county_have_its_rate() -> None:
    risks = area_risks(PLAN, MAP, CODES)
    assert np.average(risks.streets, weights=risks.people) == pytest.approx(1)


def test_a_shard_s_areas_are_found_by_their_codes() -> None:
    every, some = area_risks(PLAN, MAP, CODES), area_risks(PLAN, MAP, ["SYN00008", "SYN00003"])
    assert some.streets.tolist() == [every.streets[7], every.streets[2]]


def test_violence_gathers_where_areas_are_rough() -> None:
    """Among people alike but for where they live, those of rough areas have the more need."""
    county = made()
    risks = area_risks(county.plan, county.county_map, county.county_map.areas["area"].to_pylist())
    factor = dict(
        zip(county.county_map.areas["area"].to_pylist(), risks.at_homes(needs()["violence"]), strict=True)
    )
    crimes = county.table("crime")
    violent = [
        (row["area"], row["category"] == "Violence and sexual offences" and not row["domestic"])
        for row in crimes.select(["area", "category", "domestic"]).to_pylist()
    ]
    counts = {code: sum(area == code and is_violent for area, is_violent in violent) for code in factor}
    rough = sorted(factor, key=lambda code: factor[code])
    third = len(rough) // 3
    assert sum(counts[code] for code in rough[-third:]) > 2 * sum(counts[code] for code in rough[:third])
