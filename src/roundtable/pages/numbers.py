"""Numbers as a reader meets them: thousands separated, rounded half up, never through a double."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MILLION = 1_000_000
#: What stands where a figure does not exist or nobody knows it.
ABSENT = "–"


def fixed(value: Decimal | int, places: int = 0) -> str:
    """A number with thousands separated and so many decimals, rounded half up."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:,}"


def scaled(value: int, divisor: int, places: int = 0) -> str:
    """A whole number of small parts as a number of whole things: thousandths to ones, say."""
    return fixed(Decimal(value) / divisor, places)


def percent(ppm: int) -> str:
    """Parts per million as a percentage with one decimal; a share that is not nought never reads 0.0%."""
    if 0 < ppm < MILLION // 2000:
        return "under 0.1%"
    return f"{scaled(ppm, 10_000, 1)}%"


def percentage_points(ppm: int) -> str:
    """The same without its sign, for a column whose heading has it."""
    return percent(ppm).removesuffix("%")


def coefficient(ppm: int) -> str:
    """Parts per million as a number between -1 and 1."""
    return scaled(ppm, MILLION, 2)


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 area`, `2 areas`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(value: date) -> str:
    """A day in full: 1 November 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """A month in full: November 2026."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def short_month(value: date) -> str:
    """A month in a narrow place: Nov 2026."""
    return f"{MONTHS[value.month - 1][:3]} {value.year}"


def listed(words: tuple[str, ...], last: str = "and") -> str:
    """Words as a sentence lists them."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def harm_amount(thousandths: int, unit: str) -> str:
    """An amount of harm in a sentence: £12.3 million, 4,321 days."""
    if unit == "GBP":
        return money(Decimal(thousandths) / 1000)
    return f"{scaled(thousandths, 1000)} {unit}"


def money(pounds: Decimal) -> str:
    """Pounds, with no more figures than the sum can bear."""
    if pounds >= MILLION:
        return f"£{fixed(pounds / MILLION, 1)} million"
    return f"£{fixed(pounds)}"


def unit_heading(unit: str) -> str:
    """The unit as a column's heading has it."""
    return "£ thousand" if unit == "GBP" else unit


def unit_sign(unit: str) -> str:
    """The unit where there is room for a sign alone."""
    return "£" if unit == "GBP" else unit


def in_heading_unit(thousandths: int, unit: str) -> str:
    """An amount of harm in the unit that `unit_heading` names."""
    return scaled(thousandths, 1_000_000 if unit == "GBP" else 1000)


def rate(thousandths: int, unit: str) -> str:
    """A rate per 1,000 people a year: one decimal for records, whole pounds or days otherwise."""
    return scaled(thousandths, 1000, 1) if unit == "records" else scaled(thousandths, 1000)
