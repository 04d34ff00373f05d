"""What a year of each outcome costs: cases, measured before estimated, times the cost of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roundtable.partnership.measured import MeasuredFacts
from roundtable.partnership.model.outcome import Outcome
from roundtable.partnership.model.strict import UNKNOWN
from roundtable.partnership.study import Study

_POUNDS = "GBP"


@dataclass(frozen=True)
class Priced:
    """What the cases of a year cost.

    Attributes:
        outcome: its id.
        pounds: cases a year x pounds a case.
        price_base: the year whose prices these are.
        measured: whether the cases were counted from data; estimated otherwise.
    """

    outcome: str
    pounds: float
    price_base: str
    measured: bool


@dataclass(frozen=True)
class Unpriced:
    """An outcome whose cost is not known, which is never nought."""

    outcome: str
    why: str


def prices(study: Study) -> Mapping[str, Priced | Unpriced]:
    """Every outcome of the partnership, by its id."""
    return study.shared(_prices)


def one_price_base(study: Study, bases: Iterable[str]) -> str | None:
    """The price base to add up in: the one most outcomes use if it is among these, or else the latest.

    Pounds of different years are never added to one another.
    """
    found = sorted(set(bases))
    main = study.shared(_main_base)
    return main if main in found else (found[-1] if found else None)


def _prices(study: Study) -> Mapping[str, Priced | Unpriced]:
    return {one.id: _price(one, study.facts) for one in study.partnership.charter.outcomes}


def _main_base(study: Study) -> str | None:
    counts = Counter(one.price_base for one in prices(study).values() if isinstance(one, Priced))
    return max(counts, key=lambda base: (counts[base], base), default=None)


def _price(outcome: Outcome, facts: MeasuredFacts) -> Priced | Unpriced:
    cases = _cases(outcome, facts)
    cost = outcome.unit_cost
    if isinstance(cases, str):
        return Unpriced(outcome.id, cases)
    if cost is None or cost.value == UNKNOWN:
        return Unpriced(outcome.id, "nobody has priced one case")
    if cost.currency != _POUNDS:
        return Unpriced(outcome.id, f"it is priced in {cost.currency}")
    measured = outcome.id in facts.annual_cases
    return Priced(outcome.id, cases * float(cost.value), cost.price_base, measured)


def _cases(outcome: Outcome, facts: MeasuredFacts) -> float | str:
    """Cases a year; or why there is no number."""
    if outcome.id in facts.annual_cases:
        return float(facts.annual_cases[outcome.id].annual_cases)
    if outcome.annual_cases is None:
        return "no run has counted its cases yet"
    if outcome.annual_cases.value == UNKNOWN:
        return "nobody knows how many cases there are"
    return float(outcome.annual_cases.value)
