"""What money later is worth today, by a dated schedule of rates.

HM Treasury, The Green Book: a cost or benefit in year t is divided by the product of (1 + rate) over years
1 to t, each year at the rate of its own band; year 0 is not discounted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from roundtable.errors import PartnershipUnusable, Place, Problem
from roundtable.partnership.model.reference import Discounting, DiscountRateTable


def schedule_on(
    tables: Iterable[DiscountRateTable], day: date, used_for: Discounting = Discounting.STANDARD
) -> DiscountRateTable:
    """The schedule in force on a day: the latest that is dated on or before it.

    Raises:
        PartnershipUnusable: there is none.
    """
    in_force = [one for one in tables if one.used_for is used_for and one.dated <= day]
    if not in_force:
        what = f"no {used_for.value} discount rates are in force on {day}"
        remedy = "Write a table of discount_rates in reference/, with the day from which it holds as 'dated'."
        raise PartnershipUnusable(Problem(Place("reference"), "no-discount-rates", what, remedy))
    return max(in_force, key=lambda one: (one.dated, one.id))


def factor(schedule: DiscountRateTable, year: int) -> Decimal:
    """What a pound in a year is worth in year 0.

    Args:
        schedule: the rates.
        year: whole years after the first, which is 0.

    Raises:
        ValueError: the year is before 0 or after the schedule ends.
    """
    if year < 0 or year > max(band.years_to for band in schedule.rows):
        raise ValueError(f"'{schedule.id}' says nothing of year {year}")
    worth = Decimal(1)
    for band in schedule.rows:
        years = min(year, band.years_to) - max(1, band.years_from) + 1
        if years > 0:
            worth /= (1 + Decimal(str(band.rate))) ** years
    return worth


def present_value(amounts: Mapping[int, Decimal], schedule: DiscountRateTable) -> Decimal:
    """The worth in year 0 of amounts by year, in the same pounds; not rounded."""
    return sum((amounts[year] * factor(schedule, year) for year in sorted(amounts)), Decimal(0))
