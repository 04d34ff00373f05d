"""What is planted can be found again with the truth's labels."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from roundtable.county.effects.planted import months_before, plant, service_effects
from roundtable.county.happenings.officers import DISCRETIONARY
from roundtable.county.truth.planted_tables import planted_tables
from tests.county_made import made
from tests.factories_county import plain_map, plan


def rate_ratio(table: pa.Table, pilot_name: str) -> tuple[float, float]:
    """The logarithm of the ratio of ratios, of a pilot's areas and others, after and before; its error."""
    county = made()
    pilot = next(one for one in county.planted.pilots if one.pilot == pilot_name)
    inside = np.isin(table["area"].to_numpy(zero_copy_only=False).astype(str), sorted(pilot.areas))
    after = table["at"].cast(pa.int64()).to_numpy() >= (pilot.begins - date(1970, 1, 1)).days * 86_400
    counts = [(inside == where) & (after == when) for where in (True, False) for when in (True, False)]
    treated_after, treated_before, other_after, other_before = (int(one.sum()) for one in counts)
    log = np.log(treated_after / treated_before) - np.log(other_after / other_before)
    error = np.sqrt(sum(1 / one for one in (treated_after, treated_before, other_after, other_before)))
    return float(log), float(error)


def test_the_pilot_s_effect_is_recovered_within_its_interval() -> None:
    log, error = rate_ratio(made().table("antisocial"), "place-problem-solving")
    truth = next(one for one in made().planted.pilots if one.pilot == "place-problem-solving").rate_ratio
    assert abs(log - np.log(truth)) < 1.96 * error
    assert log + 1.96 * error < 0


def test_the_other_pilot_does_nothing() -> None:
    table = made().table("missing")
    children = table.filter(pc.not_equal(table["code"], "adult"))
    log, error = rate_ratio(children, "coastal-outreach")
    assert next(one for one in made().planted.pilots if one.pilot == "coastal-outreach").rate_ratio == 1
    assert abs(log) < 2.6 * error
    assert "coastal-outreach" not in made().truth("prevented")["cause"].to_pylist()


def test_pilots_have_areas_of_their_own_and_leave_some_alone() -> None:
    for people in (3_000, 30_000, 100_000):
        of = plan(people)
        first, second = plant(of, plain_map(of)).pilots
        assert first.areas
        assert second.areas
        assert not first.areas & second.areas
        assert len(first.areas | second.areas) < 3 * len(of.shards)


def test_a_course_takes_away_the_share_of_later_falls_that_it_should() -> None:
    courses, falls, prevented = (made().truth("courses"), made().table("fall"), made().truth("prevented"))
    mine = courses.filter(
        pc.and_(pc.equal(courses["service"], "strength-and-balance"), pc.is_valid(courses["started"]))
    )
    began = dict(zip(mine["person"].to_pylist(), mine["started"].cast(pa.int64()).to_pylist(), strict=True))
    after = sum(
        at > began.get(person, 2**60)
        for person, at in zip(
            falls["person"].to_pylist(), falls["at"].cast(pa.int64()).to_pylist(), strict=True
        )
    )
    gone = len(prevented.filter(pc.equal(prevented["cause"], "strength-and-balance")))
    effect = next(one for one in service_effects() if one.service == "strength-and-balance")
    share = after / (after + gone)
    assert after > 500
    assert share == pytest.approx(effect.rate_ratio, abs=3 * np.sqrt(0.2 / (after + gone)))


def test_nothing_is_prevented_before_a_course_began() -> None:
    courses, prevented = made().truth("courses"), made().truth("prevented")
    began = {
        (row["service"], row["person"]): row["started"]
        for row in courses.to_pylist()
        if row["started"] is not None
    }
    pilots = {one.pilot for one in made().planted.pilots}
    rows = [row for row in prevented.to_pylist() if row["cause"] not in pilots]
    assert len(rows) > 500
    # The effect of a visit is that of the home: whoever is eldest there at the fire may be another.
    for row in rows:
        if row["cause"] != "home-fire-safety-visit":
            assert row["at"] > began[row["cause"], row["person"]]


def test_the_service_that_does_nothing_prevents_nothing() -> None:
    courses, prevented = made().truth("courses"), made().truth("prevented")
    assert "community-connectors" in courses["service"].to_pylist()
    assert "community-connectors" not in prevented["cause"].to_pylist()
    assert [one.service for one in service_effects() if one.rate_ratio == 1] == ["community-connectors"]


def test_those_who_decline_differ_from_those_who_accept() -> None:
    traits = pa.concat_tables([who.traits for _, who in made().people])
    rank = dict(zip(traits["person"].to_pylist(), traits["substance"].to_pylist(), strict=True))
    courses = [row for row in made().truth("courses").to_pylist() if row["service"] != "substance-treatment"]
    means = [
        np.mean([rank[row["person"]] for row in courses if (row["started"] is None) == declined])
        for declined in (True, False)
    ]
    assert means[0] > means[1] + 0.02


def test_one_officer_stands_out_in_what_is_at_its_discretion_and_nowhere_else() -> None:
    crimes = made().table("crime")
    discretionary = pc.is_in(crimes["category"], pa.array(DISCRETIONARY))
    counts = {
        kind: {
            row["values"]: row["counts"]
            for row in pc.value_counts(crimes.filter(which)["officer"]).to_pylist()
        }
        for kind, which in (("own", discretionary), ("sent", pc.invert(discretionary)))
    }
    heavy = made().planted.officer.officer
    share = {name: counts["own"].get(name, 0) / counts["sent"][name] for name in counts["sent"]}
    others = np.array([one for name, one in share.items() if name != heavy])
    assert share[heavy] > others.max()
    assert share[heavy] > others.mean() + 4 * others.std()
    sent = np.array(list(counts["sent"].values()))
    assert counts["sent"][heavy] < sent.mean() + 3 * sent.std()


def _born(column: str) -> dict[int, object]:
    table = pa.concat_tables([who.persons for _, who in made().people])
    return dict(zip(table["person"].to_pylist(), table[column].to_pylist(), strict=True))


@pytest.mark.parametrize(
    ("need", "table", "group"),
    [
        ("domestic_abuse", "domestic_abuse", "aged 65 and over"),
        ("crisis", "crisis_contact", "men aged 16 to 44"),
    ],
)
def test_of_one_group_less_is_recorded(need: str, table: str, group: str) -> None:
    birth, sex = _born("born"), _born("sex")
    rule = made().planted.under_recording(need)
    assert rule.group == group
    recorded = {True: 0, False: 0}
    for row in made().table(table).select(["person", "at"]).to_pylist():
        age = (row["at"].date() - birth[row["person"]]).days / 365.25
        mine = rule.from_age <= age < (rule.under_age or 200) and rule.sex in ("", sex[row["person"]])
        recorded[mine] += 1
    missed = [row["group"] for row in made().truth("unrecorded").to_pylist() if row["need"] == need]
    known = {True: missed.count(group), False: missed.count("others")}
    odds = {mine: recorded[mine] / (recorded[mine] + known[mine]) for mine in (True, False)}
    assert recorded[True] + known[True] > 80
    assert odds[True] / odds[False] == pytest.approx(rule.relative, abs=0.12)


def test_who_compares_what_is_recorded_with_true_need_finds_the_group() -> None:
    # People who were of those ages all the ten years, men beside women: what is recorded for each true need.
    birth, sex = _born("born"), _born("sex")
    ages = {one: (made().plan.today - day).days / 365.25 for one, day in birth.items()}  # type: ignore[operator]
    expected, found = {"M": 0.0, "F": 0.0}, {"M": 0, "F": 0}
    needs = made().truth("needs").select(["person", "years", "crisis"]).to_pylist()
    of_age = {row["person"] for row in needs if 26 <= ages[row["person"]] < 45}
    for row in needs:
        if row["person"] in of_age and sex[row["person"]] in expected:
            expected[str(sex[row["person"]])] += row["years"] * row["crisis"]
    for person in made().table("crisis_contact")["person"].to_pylist():
        if person in of_age and sex[person] in found:
            found[str(sex[person])] += 1
    share = {one: found[one] / expected[one] for one in found}
    assert min(found.values()) > 100
    assert share["M"] / share["F"] == pytest.approx(
        made().planted.under_recording("crisis").relative, abs=0.12
    )


def test_every_agency_that_records_too_little_is_named() -> None:
    table = planted_tables(made().planted)["under_recording"].to_pylist()
    assert {row["agency"] for row in table} == {"nyp", "tewv"}
    assert {row["agency"] for row in made().truth("unrecorded").to_pylist()} == {"nyp", "tewv"}


def test_months_before_a_day() -> None:
    assert months_before(date(2026, 9, 30), 24) == date(2024, 9, 1)
    assert months_before(date(2026, 1, 15), 1) == date(2025, 12, 1)
