"""Discounting: the Green Book's own factors, present values worked by hand, and the schedule of the day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from roundtable.errors import PartnershipUnusable
from roundtable.partnership.discounting import factor, present_value, schedule_on
from roundtable.partnership.model.reference import Discounting, DiscountRateTable
from tests.town import Town


def schedule(id: str, dated: str, *bands: tuple[int, int, float], **fields: Any) -> DiscountRateTable:
    """A schedule of rates."""
    rows = [{"years_from": start, "years_to": end, "rate": rate} for start, end, rate in bands]
    base = {"table": "discount_rates", "id": id, "title": id, "source": "A test", "status": "illustrative"}
    return DiscountRateTable.model_validate(
        base | {"dated": dated, "used_for": "standard", "rows": rows} | fields
    )


FLAT = schedule("flat", "2020-01-01", (0, 50, 0.1))


@pytest.mark.parametrize(
    ("year", "published"),
    # The Green Book's table of long-term factors, to four places.
    [(0, "1.0000"), (1, "0.9662"), (10, "0.7089"), (30, "0.3563"), (31, "0.3459"), (75, "0.0942")],
)
def test_the_shipped_schedule_gives_the_published_factors(town: Town, year: int, published: str) -> None:
    standard = schedule_on(town.load().discount_rates, date(2026, 11, 23))

    assert round(factor(standard, year), 4) == Decimal(published)


def test_health_and_long_lives_have_schedules_of_their_own(town: Town) -> None:
    tables = town.load().discount_rates
    health = schedule_on(tables, date(2026, 11, 23), Discounting.HEALTH)
    long_life = schedule_on(tables, date(2026, 11, 23), Discounting.LONG_LIFE)

    assert round(factor(health, 1), 6) == Decimal("0.985222")
    assert round(factor(long_life, 31), 6) == round(1 / (Decimal("1.03") ** 30 * Decimal("1.0257")), 6)


def test_a_present_value_worked_by_hand() -> None:
    # 100 now, 110 in a year and 121 in two, at 10 %: each is worth 100 today.
    amounts = {0: Decimal(100), 1: Decimal(110), 2: Decimal(121)}

    assert round(present_value(amounts, FLAT), 12) == 300
    assert present_value({}, FLAT) == 0


def test_the_rate_of_a_year_is_that_of_its_own_band() -> None:
    stepped = schedule("stepped", "2020-01-01", (0, 1, 0.10), (2, 3, 0.05))

    assert round(1 / factor(stepped, 3), 10) == Decimal("1.10") * Decimal("1.05") * Decimal("1.05")


def test_the_schedule_is_that_of_the_day() -> None:
    newer = schedule("newer", "2026-02-01", (0, 50, 0.03))

    assert schedule_on([newer, FLAT], date(2026, 1, 31)) is FLAT
    assert schedule_on([newer, FLAT], date(2026, 2, 1)) is newer


def test_a_day_before_every_schedule_is_told() -> None:
    with pytest.raises(PartnershipUnusable, match="no standard discount rates are in force on 2019-12-31"):
        schedule_on([FLAT], date(2019, 12, 31))


@pytest.mark.parametrize("year", [-1, 51])
def test_a_year_of_which_the_schedule_says_nothing_is_a_bug(year: int) -> None:
    with pytest.raises(ValueError, match="says nothing of year"):
        factor(FLAT, year)


@pytest.mark.parametrize("bands", [[(1, 5, 0.1)], [(0, 5, 0.1), (7, 9, 0.1)], [(0, 5, 0.1), (5, 9, 0.1)]])
def test_bands_with_a_gap_or_an_overlap_are_refused(bands: list[tuple[int, int, float]]) -> None:
    with pytest.raises(ValidationError, match="do not follow on from"):
        schedule("gap", "2020-01-01", *bands)
