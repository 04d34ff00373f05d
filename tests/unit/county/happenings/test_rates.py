"""The rates of a county of 30,000 people are those published, within what so small a county allows."""

from functools import cache

import pytest

from roundtable.county.comparison.compare import compare
from roundtable.county.comparison.rows import Comparison
from roundtable.county.happenings.calibration import measured_means
from roundtable.county.happenings.needs import needs
from tests.county_made import made

#: How far each may stray, up or down: a tenth where there are many, more where they are few or unequal.
WITHIN = {
    "All records, anti-social behaviour among them": 0.08,
    "Violence and sexual offences": 0.10,
    "Shoplifting": 0.10,
    "Criminal damage and arson": 0.15,
    "Other theft": 0.12,
    "Public order": 0.12,
    "Burglary": 0.15,
    "Vehicle crime": 0.15,
    "Drugs": 0.20,
    "Other crime": 0.15,
    "Bicycle theft": 0.20,
    "Anti-social behaviour": 0.15,
    "Domestic crimes": 0.20,
    "Incidents without a crime": 0.20,
    "Cases heard at MARAC": 0.30,
    "Repeat cases": 0.50,
    "Episodes": 0.30,
    "Share that are children": 0.25,
    "Over in a day": 0.05,
    "Safeguarding concerns": 0.15,
    "In need at one time": 0.30,
    "Protection plans at one time": 0.50,
    "Incidents": 0.12,
    "Fires": 0.15,
    "Dwelling fires": 0.20,
    "Home safety visits": 0.15,
    "Fall in a year, aged 65 and over": 0.10,
    "Fall in a year, aged 80 and over": 0.20,
    "Admissions after a fall": 0.20,
    "Ambulance incidents": 0.10,
    "Attendances for assault": 0.20,
    "Detentions under section 136": 0.35,
    "Crisis contacts": 0.20,
    "Suspensions": 0.20,
    "Free meals against others": 0.40,
    "Absence": 0.10,
    "Absence with free meals": 0.15,
    "Persistent absence": 0.15,
    "Homelessness duties": 0.15,
    "Council tax summonses": 0.15,
    "Social tenancies owing four weeks' rent": 0.25,
    "Attendances for assault, males": 0.25,
    "Attendances for assault, females": 0.25,
}


@cache
def compared() -> dict[str, Comparison]:
    """The rows of the comparison by what they are about."""
    return {row.about: row for row in compare(made().tallies, ())}


@pytest.mark.parametrize("about", WITHIN)
def test_a_rate_is_as_published(about: str) -> None:
    row = compared()[about]
    assert row.ratio is not None
    assert abs(row.ratio - 1) <= WITHIN[about], (row.generated, row.published)


def test_a_person_brings_about_ten_rows_in_ten_years() -> None:
    rows = sum(len(table) for one in made().happened for table in one.tables.values())
    assert 8 < rows / made().plan.people < 11


def test_the_stored_means_are_those_of_the_population() -> None:
    """If this fails the population has changed: measure calibration.csv again, as calibration.py says."""
    county = made()
    found = measured_means(county.plan, county.county_map, county.people)
    assert set(found) == set(needs())
    for name, mean in found.items():
        assert mean == pytest.approx(needs()[name].mean, rel=0.12), name


def test_what_cannot_be_met_together_says_so() -> None:
    for about in (
        "Share of violence that is domestic",
        "Share that are fires",
        "Assault, males against females",
    ):
        row = compared()[about]
        assert row.ratio is not None
        assert abs(row.ratio - 1) > 0.1
        assert row.note
