"""The three joins, need by need: as a row of the overview's heat map, and as a card of a scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from roundtable.pages.numbers import plural
from roundtable.pages.tables import Cell, Column, Group, Table, cells
from roundtable.partnership.brief.plain_words import fields_told, with_fields_told
from roundtable.partnership.joins.join import Join, Question
from roundtable.partnership.joins.verdict import NeedVerdict
from roundtable.partnership.packs.material import Link, Material
from roundtable.partnership.packs.words import (
    GRAINS,
    QUESTIONS,
    amount,
    answer,
    draws_told,
    number_told,
    share_told,
)
from roundtable.partnership.wording import listed

COLUMNS = (
    Column("What somebody would do on knowing it", header=True, css="roomy"),
    Column(QUESTIONS[Question.KNOW]),
    Column(QUESTIONS[Question.ACT]),
    Column(QUESTIONS[Question.WILL]),
    Column("Harm at stake a year", numeric=True),
    Column("Of which avertable", numeric=True),
)


@dataclass(frozen=True)
class JoinShown:
    """One question and its answer."""

    question: str
    css: str
    verdict: str
    why: str
    note: str


@dataclass(frozen=True)
class NeedShown:
    """One need with its three answers.

    Attributes:
        id: for the page's own links.
        decision: what somebody would do on knowing it.
        wants: who wants which fields, how finely and how fresh.
        agency: who needs it.
        joins: the three answers.
        verdict: the whole in a sentence: live, or what fails first.
        live: whether all three hold.
        at_stake: harm at stake a year.
        avertable: how much of it the best service could avert, and which service that is.
        left_out: what is not in the sum.
        without: what happens if it is not given.
        least: the least that would do.
        stability: how sure its rank is.
    """

    id: str
    decision: str
    wants: str
    agency: Link
    joins: tuple[JoinShown, ...]
    verdict: str
    live: bool
    at_stake: Cell
    avertable: Cell
    left_out: str
    without: str
    least: str
    stability: str


def summary(found: Sequence[NeedVerdict]) -> str:
    """How many needs are live, and where the others fail first."""
    if not found:
        return ""
    live = sum(one.live for one in found)
    told = f"Of {plural(len(found), 'data need')}, {live} {'is' if live == 1 else 'are'} live: "
    told += f"{'it passes' if live == 1 else 'they pass'} all three questions."
    if not live:
        told = f"Of {plural(len(found), 'data need')}, none is live: not one passes all three questions."
    counts = Counter(one.first_failing for one in found if one.first_failing is not None)
    parts = [f"“{QUESTIONS[question]}” for {counts[question]}" for question in Question if counts[question]]
    return f"{told} The first to fail is {listed(parts)}." if parts else told


def table(material: Material, groups: Sequence[tuple[str, Sequence[NeedVerdict]]]) -> Table:
    """The heat map of needs by joins, under the headings given."""
    rows = tuple(
        Group(tuple(cells(COLUMNS, row(material, one)) for one in found), heading)
        for heading, found in groups
        if found
    )
    caption = "Every data need and the three questions it has to pass"
    return Table("joins", caption, COLUMNS, rows, css="joins-map")


def row(material: Material, one: NeedVerdict) -> list[Cell]:
    """One need as a row of the heat map."""
    name = material.partnership.agency(one.need.agency).name
    page = material.scenario(one.scenario.id).href
    first = Cell(one.need.decision, f"{page}#need-{one.need.id}" if page else "", note=name)
    answers = [answer(join, join.question is one.first_failing) for join in one.joins]
    base = material.price_base
    sums = amount(one.at_stake, base), amount(one.avertable, base, "Cannot be said")
    return [first, *answers, *sums]


def shown(material: Material, one: NeedVerdict) -> NeedShown:
    """One need as a card."""
    need = one.need
    factor = material.partnership.factor(need.factor).label
    fresh = "" if need.max_age_days is None else f", at most {_days(need.max_age_days)} old"
    known = "" if need.current_level is None else f" About {share_told(need.current_level)} is known today."
    name = material.partnership.agency(need.agency).name
    return NeedShown(
        id=need.id,
        decision=need.decision,
        wants=(
            f"{name} wants to know, {GRAINS[need.granularity]}{fresh}: "
            f"{fields_told(material.partnership, need)}. It is about “{factor}”.{known}"
        ),
        agency=material.agency(need.agency),
        joins=tuple(_join(material, one, join) for join in one.joins),
        verdict=_verdict(one),
        live=one.live,
        at_stake=amount(one.at_stake, material.price_base),
        avertable=_avertable(material, one),
        left_out=_left_out(material, one),
        without=need.impact_if_not_given,
        least=need.minimum_alternative or "",
        stability=_stability(one),
    )


def _days(number: float) -> str:
    return f"{number_told(number)} {'day' if number == 1 else 'days'}"


def _join(material: Material, one: NeedVerdict, join: Join) -> JoinShown:
    cell = answer(join, join.question is one.first_failing)
    return JoinShown(QUESTIONS[join.question], cell.css, cell.text, why(material, one, join), cell.note)


def why(material: Material, one: NeedVerdict, join: Join) -> str:
    """The reason for an answer, with fields by what their contracts say of them."""
    return with_fields_told(material.partnership, one.need, join.why)


def _verdict(one: NeedVerdict) -> str:
    if one.first_failing is not None:
        return f"Not live. It fails first at “{QUESTIONS[one.first_failing]}”"
    return "Live." if one.verified else "Live, on grounds that no named post has verified."


def _avertable(material: Material, one: NeedVerdict) -> Cell:
    if one.avertable is None:
        return Cell("Cannot be said", css="words", note=one.stake.why_not)
    cell = amount(one.avertable, material.price_base)
    if one.stake.why_not:
        return Cell(cell.text, css=cell.css, note=one.stake.why_not)
    if one.best_service is None:
        return cell
    service = material.partnership.service(one.best_service).name
    return Cell(cell.text, css=cell.css, note=f"{cell.note}{'; ' if cell.note else ''}by {service}")


def _left_out(material: Material, one: NeedVerdict) -> str:
    names = [material.partnership.outcome(gap.outcome).name for gap in one.stake.unpriced]
    return f"Not in the sum, because nobody has priced it: {'; '.join(names)}." if names else ""


def _stability(one: NeedVerdict) -> str:
    if one.top_share is None:
        return ""
    return f"Among the five needs with most at stake in {draws_told(one.top_share)} of the links’ strengths."
