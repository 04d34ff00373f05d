"""Concentration of crime and harm, by street, area, victim and pair, each beside its null model."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from scipy.stats import spearmanr

from roundtable.county.comparison.concentration import by_unit, half_share, shuffled, thrown, top_share
from roundtable.county.comparison.crime_rows import SUBGROUPS
from roundtable.county.comparison.rows import Comparison, beside
from roundtable.county.comparison.weights import Weights
from roundtable.county.comparison.whole import Whole
from roundtable.county.happenings.lives import Floats, Ints


def harm_rows(whole: Whole, weights: Weights) -> Iterator[Comparison]:
    """Every comparison of harm under one set of weights, and those of counts."""
    harm = weights.array[whole.subgroup]
    yield from _streets(whole, weights, harm)
    yield from _areas(whole, weights, harm)
    yield from _victims(whole, weights, harm)
    yield from _pairs(whole, weights)


def _streets(whole: Whole, weights: Weights, harm: Floats) -> Iterator[Comparison]:
    group, size = f"Concentration by street ({weights.name})", len(whole.street_houses)
    counts = by_unit(whole.street, size, np.ones(len(harm)))
    null = thrown(whole.street_houses, len(harm), half_share, 1)
    note = "Streets with no crime count too. A generated street is longer than a street segment."
    yield beside(
        group, "Streets that hold half of crime", "streets.half_of_crime", half_share(counts), note, null, 3
    )
    null = shuffled(whole.street, size, harm, half_share, 2)
    found = half_share(by_unit(whole.street, size, harm))
    yield beside(group, "Streets that hold half of harm", "streets.half_of_harm", found, note, null, 3)
    late = whole.year == whole.year.max(initial=0)
    last = by_unit(whole.street[late], size, np.ones(int(late.sum())))
    for share, name in ((0.01, "points.top_1_percent"), (0.05, "points.top_5_percent")):
        null = thrown(whole.street_houses, int(late.sum()), _top_used(share), 3)
        about = f"Crime in the top {share:.0%} of streets with any"
        note = "One year here, eight months there; a street has several of the open data's points."
        yield beside(group, about, name, top_share(last[last > 0], share), note, null, 3)


def _areas(whole: Whole, weights: Weights, harm: Floats) -> Iterator[Comparison]:
    group, size = f"Concentration by area ({weights.name})", len(whole.area_years)
    amounts = by_unit(whole.area, size, harm)
    for share, name in (
        (0.01, "areas.top_1_percent"),
        (0.05, "areas.top_5_percent"),
        (0.10, "areas.top_10_percent"),
    ):
        null = shuffled(whole.area, size, harm, _top(share), 4)
        about = f"Harm in the top {share:.0%} of areas"
        yield beside(group, about, name, top_share(amounts, share), _few(size, share), null, 3)
    null = shuffled(whole.area, size, harm, half_share, 5)
    yield beside(
        group, "Areas that hold half of harm", "areas.half", half_share(amounts), _few(size, 0.2), null, 3
    )
    head = amounts / np.maximum(whole.area_years, 1.0)
    low, high = (_head(amounts, whole, decile) for decile in (1, 10))
    if low is not None and high is not None:
        yield beside(group, "Harm a head, decile 1 against 10", "deprivation.harm_1_to_10", low / high)
    if size > 2 and np.ptp(whole.area_deciles) and np.ptp(head):
        found = float(spearmanr(whole.area_deciles, head).statistic)
        yield beside(group, "Rank correlation of decile with harm a head", "deprivation.spearman", found)


def _top(share: float) -> Callable[[Floats], float]:
    return lambda amounts: top_share(amounts, share)


def _top_used(share: float) -> Callable[[Floats], float]:
    return lambda amounts: top_share(amounts[amounts > 0], share)


def _few(size: int, share: float) -> str:
    top = max(1, round(size * share))
    return f"The top {top} of {size} areas." if size < 200 else ""


def _head(amounts: Floats, whole: Whole, decile: int) -> float | None:
    mine = whole.area_deciles == decile
    people = whole.area_years[mine].sum()
    return float(amounts[mine].sum() / people) if people > 0 and amounts[mine].sum() > 0 else None


def _victims(whole: Whole, weights: Weights, harm: Floats) -> Iterator[Comparison]:
    group = f"Victims ({weights.name})"
    known = whole.victim >= 0
    people, victim = np.unique(whole.victim[known] * 100 + whole.year[known], return_inverse=True)
    amounts = by_unit(victim, len(people), harm[known])
    note = (
        "Counted within a year, as in Dorset, and all years together. Dorset weighed each offence code; "
        "here a subgroup has one weight, so that its gravest crimes count no more than its lightest, and the "
        "share cannot be met."
    )
    null = shuffled(victim, len(people), harm[known], lambda one: top_share(one, 0.0375), 6)
    found = top_share(amounts, 0.0375)
    yield beside(
        group, "Harm on the worst 3.75 % of victims", "victims.top_4_percent_harm", found, note, null
    )
    crimes = np.bincount(victim, minlength=len(people))
    again = crimes > 1
    repeat = float(amounts[again].sum() / max(1e-9, amounts.sum()))
    null = shuffled(
        victim, len(people), harm[known], lambda one: float(one[again].sum() / max(1e-9, one.sum())), 7
    )
    yield beside(group, "Harm on repeat victims", "victims.repeat_harm", repeat, note, null)
    worst = np.sort(np.where(again, amounts, 0.0))[::-1][: max(1, round(0.01 * len(people)))]
    found = float(worst.sum() / max(1e-9, amounts.sum()))
    yield beside(
        group, "Harm on the worst 1 % who are repeat victims", "victims.repeat_1_percent_harm", found, note
    )
    grave = np.isin(whole.subgroup, _places("Rape", "Other sexual offences", "Robbery of personal property"))
    found = float(harm[grave & known].sum() / max(1e-9, harm[known].sum()))
    yield beside(group, "Harm from sexual offences and robbery", "victims.sexual_and_robbery_harm", found)


def _pairs(whole: Whole, weights: Weights) -> Iterator[Comparison]:
    first, second, subgroup = whole.pairs
    low, high = np.minimum(first, second), np.maximum(first, second)
    pairs, number = np.unique(low * 2**31 + high, return_inverse=True)
    harm = np.where(subgroup >= 0, weights.array[np.maximum(subgroup, 0)], 0.0)
    often = np.bincount(number, minlength=len(pairs)) >= 2
    amounts = by_unit(number, len(pairs), harm)[often]
    if not often.any() or amounts.sum() == 0:
        return
    inside = often[number]
    place = np.cumsum(often) - 1
    null = shuffled(place[number[inside]], len(amounts), harm[inside], lambda one: top_share(one, 0.05), 8)
    note = "High incidence: two recorded incidents or more here; the study does not say from how many on."
    yield beside(
        f"Pairs ({weights.name})",
        "Harm in the worst 5 % of repeated pairs",
        "dyads.top_5_percent_harm",
        top_share(amounts, 0.05),
        note,
        null,
    )


def _places(*names: str) -> Ints:
    return np.array([SUBGROUPS.index(name) for name in names])
