"""The words that the pages use for the model's closed lists, and how they tell amounts."""

from __future__ import annotations

from roundtable.pages.numbers import ABSENT, fixed
from roundtable.pages.tables import Cell
from roundtable.partnership.joins.join import Join, Question
from roundtable.partnership.joins.pounds import Pounds
from roundtable.partnership.model.need import Granularity
from roundtable.partnership.model.scenario import Stage
from roundtable.partnership.model.service import EvidenceGrade
from roundtable.partnership.model.strict import UNKNOWN, Estimate

STAGES = {
    Stage.DISCOVERY: "Being discovered",
    Stage.PILOT: "On trial",
    Stage.SCALED: "At scale",
    Stage.ENDED: "Ended",
}
QUESTIONS = {
    Question.KNOW: "Can we know?",
    Question.ACT: "Can we act?",
    Question.WILL: "Will we act?",
}
GRAINS = {
    Granularity.PERSON: "about each person",
    Granularity.HOUSEHOLD: "about each household",
    Granularity.PROPERTY: "about each property",
    Granularity.AREA: "about each area",
    Granularity.AGGREGATE: "as totals",
}
EVIDENCE = {
    EvidenceGrade.RANDOMISED: "randomised trial",
    EvidenceGrade.QUASI_EXPERIMENTAL: "compared with others",
    EvidenceGrade.BEFORE_AND_AFTER: "before and after",
    EvidenceGrade.EXPERT_JUDGEMENT: "judgement",
    EvidenceGrade.NONE: "no evidence",
}


def amount(pounds: Pounds | None, base: str, otherwise: str = "Not priced") -> Cell:
    """A sum in a table: the middle, with its range beneath.

    Args:
        pounds: the sum; None where there is none.
        base: the year of the prices that the page says once; another year is said with the sum.
        otherwise: what stands where there is no sum.
    """
    if pounds is None:
        return Cell(otherwise, css="words")
    other = "" if pounds.price_base == base else f"; {pounds.price_base} prices"
    if pounds.high == 0:
        return Cell("£0", css="sum", note=other.removeprefix("; "))
    told = f"{sum_told(pounds.low)} to {sum_told(pounds.high)}".replace(" million", "m")
    return Cell(sum_told(pounds.middle), css="sum", note=f"{told}{other}")


def sum_told(pounds: float) -> str:
    """A sum to the two figures that its uncertainty deserves: £1.2 million, £340,000, £90."""
    whole = round(pounds)
    unit = 10 ** max(0, len(str(whole)) - 2)
    rounded = round(pounds / unit) * unit
    if rounded >= 1_000_000:
        millions = f"{rounded / 1_000_000:.1f}".removesuffix(".0") if rounded < 10_000_000 else ""
        return f"£{millions or f'{rounded // 1_000_000:,}'} million"
    return f"£{rounded:,}"


def answer(join: Join, first: bool = False) -> Cell:
    """Yes or no to one of the three questions; a yes that no post has checked says so.

    Args:
        join: the answer.
        first: whether it is the first of the three that fails.
    """
    if join.holds and join.verified:
        return Cell("✓ Yes", css="yes")
    if join.holds:
        return Cell("✓ Yes", css="yes unsure", note="unverified")
    return Cell("✗ No", css="no first", note="fails first") if first else Cell("✗ No", css="no")


def share_told(share: float | None) -> str:
    """A share as a whole percentage."""
    return ABSENT if share is None else f"{fixed(round(share * 100))}%"


def as_part(sentence: str) -> str:
    """A sentence as part of another: its first letter small, unless the word is a name."""
    first, _, _ = sentence.partition(" ")
    return sentence[0].lower() + sentence[1:] if first[1:].islower() or len(first) == 1 else sentence


def draws_told(share: float | None) -> str:
    """In how many draws of the links' strengths something holds: 98 of 100 draws."""
    return ABSENT if share is None else f"{fixed(round(share * 100))} of 100 draws"


def estimate_told(estimate: Estimate) -> str:
    """An estimate with its range and unit."""
    if estimate.value == UNKNOWN:
        return f"Nobody knows how many {estimate.unit}"
    spread = ""
    if estimate.low is not None and estimate.high is not None:
        spread = f" ({number_told(estimate.low)} to {number_told(estimate.high)})"
    return f"About {number_told(float(estimate.value))}{spread} {estimate.unit}"


def number_told(value: float) -> str:
    """A number as one writes it: 1,240 or 0.5."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"


def maybe_number(value: float | str) -> str:
    """A number, or that nobody knows it."""
    return "nobody knows" if isinstance(value, str) else number_told(value)
