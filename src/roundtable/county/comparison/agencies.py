"""Rates of what the agencies know of, and their patterns, beside the published figures."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from roundtable.county.comparison.rows import Comparison, beside
from roundtable.county.comparison.whole import Whole


def agency_rows(whole: Whole) -> Iterator[Comparison]:
    """Missing people, adults, children, fire, health, school and homes."""
    years, count = whole.years, whole.counts
    thousand = years["people"] / 1000
    yield beside("Missing", "Episodes", "missing.incidents", count["missing"] / thousand)
    children = count.get("missing.code.child", 0.0) + count.get("missing.code.child in care", 0.0)
    episodes = max(1.0, count["missing"])
    yield beside("Missing", "Share that are children", "missing.children", children / episodes)
    found = episodes / max(1.0, count["missing.people"])
    yield beside("Missing", "Episodes a missing person, in a year", "missing.per_person", found)
    yield beside(
        "Missing", "Over in a day", "missing.resolved_in_a_day", count["missing.in a day"] / episodes
    )
    hurt = count.get("missing.harm.hurt", 0.0) / episodes
    yield beside("Missing", "Hurt", "missing.hurt", hurt, places=3)
    dead = count.get("missing.harm.dead", 0.0) / episodes
    yield beside("Missing", "Dead", "missing.dead", dead, places=4)
    adults = years["adults"] / 1000
    concerns = count["safeguarding_adult"] / adults
    yield beside("Adults", "Safeguarding concerns", "safeguarding.adult_concerns", concerns)
    children_now = whole.now["children"]
    in_need = count["open.in need"] / children_now * 1000
    yield beside("Children", "In need at one time", "children.in_need", in_need)
    plans = count["open.protection plans"] / children_now * 10_000
    yield beside("Children", "Protection plans at one time", "children.protection_plans", plans, places=1)
    yield from _fire_and_health(whole)
    yield from _school(whole)
    households = years["households"] / 1000
    yield beside("Homes", "Homelessness duties", "homelessness.duties", count["homelessness"] / households)
    prevention = count.get("homelessness.code.prevention", 0.0) / max(1.0, count["homelessness"])
    yield beside("Homes", "Of which to prevent it", "homelessness.prevention_share", prevention)
    notices = count.get("council_tax_arrears.code.final notice", 0.0)
    summonsed = (count["council_tax_arrears"] - notices) / households
    yield beside("Homes", "Council tax summonses", "arrears.council_tax_summonses", summonsed, places=1)
    owing = count["arrears.months of the last year"] / 12 / max(1.0, whole.now["social tenancies"])
    yield beside("Homes", "Social tenancies owing four weeks' rent", "arrears.rent_at_one_time", owing)


def _fire_and_health(whole: Whole) -> Iterator[Comparison]:
    years, count = whole.years, whole.counts
    thousand = years["people"] / 1000
    fires = sum(
        amount for name, amount in count.items() if name.startswith("fire.code") and name.endswith(" fire")
    )
    alarms = sum(amount for name, amount in count.items() if name.startswith("fire.code.false alarm"))
    all_fire = max(1.0, count["fire"])
    yield beside("Fire", "Incidents", "fire.incidents", count["fire"] / thousand)
    yield beside("Fire", "Fires", "fire.fires", fires / thousand)
    yield beside("Fire", "Share that are fires", "fire.share_fires", fires / all_fire)
    yield beside("Fire", "Share that are false alarms", "fire.share_false_alarms", alarms / all_fire)
    neither = (count["fire"] - fires - alarms) / all_fire
    yield beside("Fire", "Share that are neither", "fire.share_not_fire", neither)
    households = years["households"] / 1000
    dwelling = count.get("fire.code.dwelling fire", 0.0) / households
    yield beside("Fire", "Dwelling fires", "fire.dwelling", dwelling)
    visits = count["home_safety_visit"] / households
    yield beside("Fire", "Home safety visits", "fire.home_safety_visits", visits, places=1)
    for ages, name in (("65", "falls.aged_65"), ("80", "falls.aged_80")):
        fell = count[f"fell.{ages}"] / max(1.0, count[f"watched.{ages}"])
        yield beside("Falls", f"Fall in a year, aged {ages} and over", name, fell)
    admitted = count.get("hospital_admission.code.fall", 0.0) / (years["aged 65 and over"] / 100_000)
    yield beside("Falls", "Admissions after a fall", "falls.admissions", admitted, places=0)
    yield beside(
        "Health", "Ambulance incidents", "ambulance.incidents", count["ambulance"] / thousand, places=1
    )
    attended = count["ed_attendance"] / thousand
    yield beside("Health", "Emergency attendances", "ed.all_attendances", attended, places=0)
    assaults = count.get("ed_attendance.code.assault", 0.0) / thousand
    yield beside("Health", "Attendances for assault", "ed.assault", assaults)
    yield beside("Health", "Detentions under section 136", "s136.detentions", count["s136"] / thousand)
    department = count.get("s136.code.emergency department", 0.0) / max(1.0, count["s136"])
    yield beside("Health", "Taken to an emergency department", "s136.emergency_department", department)
    yield beside("Health", "Crisis contacts", "crisis.contacts", count["crisis_contact"] / thousand, places=1)


def _school(whole: Whole) -> Iterator[Comparison]:
    count = whole.counts
    pupils, poor = count["school.pupil years"], count["school.pupil years.meals"]
    suspended = count["school.suspensions"] / max(1.0, pupils)
    yield beside("School", "Suspensions", "school.suspensions", suspended * 10_000, places=0)
    permanent = count.get("exclusion.code.permanent", 0.0) / max(1.0, pupils) * 10_000
    yield beside("School", "Permanent exclusions", "school.permanent_exclusions", permanent, places=1)
    with_meals = count["school.suspensions.meals"] / max(1.0, poor)
    others = (count["school.suspensions"] - count["school.suspensions.meals"]) / max(1.0, pupils - poor)
    ratio = with_meals / max(1e-9, others)
    yield beside("School", "Free meals against others", "school.suspensions_free_meals", ratio)
    absence = count["school.missed"] / max(1.0, count["school.possible"])
    yield beside("School", "Absence", "school.absence", absence, places=3)
    poorer = count["school.missed.meals"] / max(1.0, count["school.possible.meals"])
    yield beside("School", "Absence with free meals", "school.absence_free_meals", poorer, places=3)
    persistent = count["school.persistent"] / max(1.0, count["school.terms"])
    yield beside("School", "Persistent absence", "school.persistent_absence", persistent, places=3)


def pattern_rows(whole: Whole) -> Iterator[Comparison]:
    """Age, sex and deprivation."""
    years, count = whole.years, whole.counts
    male = count["assault.male"] / (years["males"] / 1000)
    female = count["assault.female"] / (years["females"] / 1000)
    group = "Patterns"
    yield beside(group, "Attendances for assault, males", "ed.assault_male", male)
    yield beside(group, "Attendances for assault, females", "ed.assault_female", female)
    note = "Attendances here, admissions there: the graver the injury, the more of them are men."
    yield beside(group, "Assault, males against females", "assault.male", male / max(1e-9, female), note)
    yield from _gradients(whole)


def _gradients(whole: Whole) -> Iterator[Comparison]:
    """By deprivation, where the county has people in the deciles compared."""
    group = "Patterns"
    if not all(whole.years[f"decile {one}"] for one in (1, 10)):
        return
    fifth = [_decile_rate(whole, "assault", pair) for pair in ((1, 2), (9, 10))]
    found = fifth[0] / max(1e-9, fifth[1])
    yield beside(group, "Assault, most against least deprived fifth", "assault.deprivation", found)
    tenth = [_decile_rate(whole, "attendance", one) for one in ((1,), (10,))]
    found = tenth[0] / max(1e-9, tenth[1])
    yield beside(group, "Attendances, decile 1 against decile 10", "ed.deprivation", found)


def _decile_rate(whole: Whole, name: str, deciles: tuple[int, ...]) -> float:
    people = sum(whole.years[f"decile {one}"] for one in deciles)
    return sum(whole.counts[f"{name}.decile {one}"] for one in deciles) / max(1.0, people)


def overlap_rows(whole: Whole) -> Iterator[Comparison]:
    """People who are known in more ways than one in the same year."""
    homeless = np.unique(whole.last_year["homeless"])
    others = np.union1d(whole.last_year["offending"], whole.last_year["treatment"])
    share = float(np.isin(homeless, others).mean()) if len(homeless) else 0.0
    note = (
        "Hard Edges counts people in homelessness services, mostly single and rough sleeping; the county "
        "counts every household owed a duty, which is 13.4 in 1,000. Two thirds of these would be more "
        "people in offending or treatment than there are, so the two cannot be met together."
    )
    yield beside(
        "Overlap", "Homeless who are in offending or treatment too", "overlap.homeless_in_other", share, note
    )
    treated = np.unique(whole.last_year["treatment"])
    offending = np.unique(whole.last_year["offending"])
    chance = len(offending) / max(1.0, whole.now["people"])
    found = float(np.isin(treated, offending).mean()) if len(treated) else 0.0
    yield Comparison(
        "Overlap",
        "People in treatment suspected of a crime in the same year",
        "share",
        None,
        found,
        "none found",
        "",
        "not found",
        f"Against {chance:.3f} of everybody.",
        places=3,
    )
