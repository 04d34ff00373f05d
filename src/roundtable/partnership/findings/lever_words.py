"""The lever table in plain words: where one more hour helps most, how surely, and what nobody can move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from roundtable.partnership.dynamics.amounts import A_LITTLE, moves, ranged, signed
from roundtable.partnership.dynamics.influence import Range, influences
from roundtable.partnership.dynamics.what_if import way
from roundtable.partnership.findings.lever_table import TOP, Lever, levers
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.study import Study
from roundtable.partnership.wording import counted, listed

#: So many outcomes of a factor are told, and so many factors that come from outside.
_SHOWN = 3
_POUNDS = (
    "The pounds are the harm a year that a factor has a hand in: the cost of every outcome, times how far "
    "the factor moves it. They say which factor comes before which, and not what an hour would save."
)
_DRAWS = (
    "Nobody knows exactly how strong a link is, so every strength is a range. Each strength was drawn from "
    "its range {draws} times: what is among the first {top} in nearly all draws surely belongs there."
)
#: What stands for each number up to the one that a table takes in.
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


def told_levers(study: Study, most: int) -> tuple[Part, ...]:
    """Every factor that reaches an outcome: what the table could move, then what comes from outside."""
    found = levers(study)
    movable = [lever for lever in found if lever.controllable]
    outside = [lever for lever in found if not lever.controllable]
    if not found:
        none = Point("No factor on this map reaches an outcome.")
        return (Part("Where one more hour helps most", (none,)),)
    before = [_POUNDS]
    if study.samples:
        before.append(_DRAWS.format(draws=study.samples, top=_NUMBERS[TOP]))
    more = f"And {len(movable) - most} more: --most {len(movable)} shows all." if len(movable) > most else ""
    parts = [_part(study, "Where one more hour helps most", movable[:most], tuple(before), more)]
    if outside:
        more = f"And {len(outside) - _SHOWN} more: --json has all." if len(outside) > _SHOWN else ""
        heading = "What nobody at the table can move"
        parts.append(_part(study, heading, outside[:_SHOWN], (), more))
    return tuple(parts)


def _part(study: Study, heading: str, shown: Sequence[Lever], before: tuple[str, ...], more: str) -> Part:
    points = tuple(Point(lever.sentence, tuple(_under(study, lever))) for lever in shown)
    return Part(heading, points, before=before, after=(more,) if more else (), ranked=True)


def _under(study: Study, lever: Lever) -> Iterator[str]:
    """What it moves most, where that matters, and how sure its place is."""
    moved = _most_moved(study, lever)
    told = [_outcome(study, lever, outcome, amount) for outcome, amount in moved]
    others = len(lever.outcomes) - len(moved)
    rest = f"; {counted(others, 'other')}, by less" if others else ""
    yield f"If there is more of it: {'; '.join(told)}{rest}."
    near = {outcome for outcome, _ in moved}
    titles = [f"'{one.title}'" for one in study.partnership.scenarios if near & set(one.outcomes)]
    yield f"{'Scenario' if len(titles) == 1 else 'Scenarios'}: {listed(titles)}."
    often = ""
    if lever.harm is None:
        often = "Ranked by how far it moves them, since nobody has priced them. "
    elif lever.top_share is not None:
        often = f"Among the first {_NUMBERS[TOP]} in {lever.top_share * 100:.0f} of 100 draws. "
    yield f"{often}Its id: {lever.id}."


def _most_moved(study: Study, lever: Lever) -> list[tuple[str, Range]]:
    """The outcomes that it moves more than a little, at least one and not too many; the most moved first."""
    known = influences(study)
    found = [(one, known.on(one)[lever.id]) for one in lever.outcomes]
    found.sort(key=lambda pair: (-pair[1].size.middle, -pair[1].size.high, pair[0]))
    return [pair for place, pair in enumerate(found[:_SHOWN]) if not place or pair[1].size.middle >= A_LITTLE]


def _outcome(study: Study, lever: Lever, outcome: str, amount: Range) -> str:
    name = study.partnership.outcome(outcome).name
    unpriced = ", not priced" if outcome in lever.unpriced else ""
    if not way(amount.middle) and way(amount.size.high):
        return f"'{name}' up or down, nobody knows which ({ranged(amount)}{unpriced})"
    return f"'{name}' {moves(amount.middle)} ({signed(amount.middle)}{unpriced})"
