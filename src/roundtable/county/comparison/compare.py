"""The comparison itself: every published figure beside what the county gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from roundtable.county.comparison.agencies import agency_rows, overlap_rows, pattern_rows
from roundtable.county.comparison.harm import harm_rows
from roundtable.county.comparison.people import people_rows
from roundtable.county.comparison.rows import GATHERS, Comparison, beside
from roundtable.county.comparison.tally import Tally
from roundtable.county.comparison.weights import Weights
from roundtable.county.comparison.whole import Whole, together
from roundtable.county.happenings.crime import FIGURES


def compare(tallies: Sequence[Tally], weights: Sequence[Weights]) -> tuple[Comparison, ...]:
    """Every published figure beside the county's.

    Args:
        tallies: of every shard, in their order.
        weights: the weight sets that harm is measured with; without one nothing is said of how it gathers.
    """
    whole = together(tallies)
    rows = [*people_rows(whole.population), *_rates(whole)]
    rows += [*agency_rows(whole), *pattern_rows(whole), *overlap_rows(whole)]
    for one in weights:
        rows += [replace(row, chapter=GATHERS) for row in harm_rows(whole, one)]
    return tuple(rows)


def _rates(whole: Whole) -> Iterator[Comparison]:
    thousand = whole.years["people"] / 1000
    group = "Recorded crime"
    count = whole.counts
    yield beside(
        group,
        "All records, anti-social behaviour among them",
        "crime.all_records",
        (count["crime"] + count["antisocial"]) / thousand,
        places=1,
    )
    for category, name in FIGURES.items():
        found = count.get(f"crime.category.{category}", 0.0) / thousand
        yield beside(group, category, name, found, _NOTES.get(name, ""))
    found = count["antisocial"] / thousand
    yield beside(group, "Anti-social behaviour", "antisocial.reports", found, _NOTES["antisocial.reports"])
    group = "Domestic abuse"
    crimes = count.get("domestic_abuse.code.domestic crime", 0.0)
    yield beside(group, "Domestic crimes", "domestic_abuse.crimes", crimes / thousand)
    other = count.get("domestic_abuse.code.domestic incident", 0.0) / thousand
    yield beside(group, "Incidents without a crime", "domestic_abuse.incidents", other)
    both = count["domestic_abuse"] / thousand
    note = "The county follows North Yorkshire's 6.8 and 7.5, which come to 14.3."
    yield beside(group, "Crimes and incidents", "domestic_abuse.england_wales", both, note)
    violence = count.get("crime.category.Violence and sexual offences", 0.0)
    note = (
        "Cannot be met with 6.8 domestic crimes and 24.6 of violence, which allow 0.28 at most: "
        "the share is of 2018/19, when less violence was recorded."
    )
    share = count["domestic violence"] / max(1.0, violence)
    yield beside(group, "Share of violence that is domestic", "domestic_abuse.share_of_violence", share, note)
    women = whole.years["women 16 and over"] / 10_000
    yield beside(group, "Cases heard at MARAC", "marac.cases", count["marac"] / women, places=1)
    repeats = count.get("marac.code.repeat", 0.0) / max(1.0, count["marac"])
    yield beside(group, "Repeat cases", "marac.repeats", repeats)


_NOTES = {
    "antisocial.reports": "The pilot of the last two years takes away a few; the base rate meets the figure.",
    "crime.drugs": "One officer's extra records add to it in one shard of the county.",
    "crime.weapons": "One officer's extra records add to it in one shard of the county.",
}
