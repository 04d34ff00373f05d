"""Loops in plain words: which way round, what it does to a change, how slow, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from roundtable.partnership.causal.graph import CausalMap, Edge
from roundtable.partnership.causal.loops import Loop, LoopKind, LoopRegister
from roundtable.partnership.causal.submaps import along
from roundtable.partnership.model.causal import Delay, Sign
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.outline import Part, Point
from roundtable.partnership.wording import counted, listed, named

_DOES = {
    LoopKind.REINFORCING: "Feeds itself",
    LoopKind.BALANCING: "Holds itself in check",
    LoopKind.UNKNOWN: "Nobody knows what it does",
}
#: What is said of one loop of a kind, and of more.
_MEANING = {
    LoopKind.REINFORCING: (
        "One feeds itself: a change there goes on working, for better or worse.",
        "{} feed themselves: a change there goes on working, for better or worse.",
    ),
    LoopKind.BALANCING: (
        "One holds itself in check: a change there is worked against.",
        "{} hold themselves in check: a change there is worked against.",
    ),
    LoopKind.UNKNOWN: (
        "Of one nobody knows what it does, because a link of it has no known sign.",
        "Of {} nobody knows what they do, because a link of each has no known sign.",
    ),
}
_SLOWEST = (Delay.NONE, Delay.DAYS, Delay.WEEKS, Delay.MONTHS, Delay.YEARS)


def told_loops(
    partnership: Partnership, causal_map: CausalMap, register: LoopRegister, most: int
) -> tuple[Part, ...]:
    """The loops of a map, shortest first, and honestly whether there may be more."""
    shown = register.loops[:most]
    hidden = len(register.loops) - len(shown)
    return (
        Part(
            f"{counted(len(register.loops), 'loop')}: where a change comes back upon itself",
            tuple(told_loop(partnership, causal_map, loop) for loop in shown),
            before=(*_counted(register), bound(register)),
            after=(f"And {hidden} more: --most {len(register.loops)} shows all.",) if hidden else (),
            ranked=True,
        ),
    )


def _counted(register: LoopRegister) -> Iterator[str]:
    for kind, (of_one, of_more) in _MEANING.items():
        count = sum(loop.kind is kind for loop in register.loops)
        if count:
            yield of_one if count == 1 else of_more.format(count)


def bound(register: LoopRegister) -> str:
    """Whether these are all the loops there are; if not, what the register was bounded by."""
    if register.complete:
        return "These are all the loops of the map."
    return (
        f"There may be more: only loops of up to {counted(register.longest, 'link')} are looked for, at most "
        f"{register.most} of them, for a bounded time; the shortest come first."
    )


def told_loop(partnership: Partnership, causal_map: CausalMap, loop: Loop) -> Point:
    """One loop: what it does, the way round, how slow, who asserts it and where."""
    edges = along(causal_map, (*loop.nodes, loop.nodes[0]))
    names = (f"'{causal_map.node(node).label}'" for node in loop.nodes)
    if loop.kind is LoopKind.UNKNOWN:
        way = ", then ".join((*names, "back"))
    else:
        way = ", so ".join(_signed_way(names, edges))
    return Point(
        f"{_DOES[loop.kind]}: {way}.",
        (
            _pace(edges),
            f"Said by {named(partnership, loop.agencies)}.",
            f"On the map of {_titles(partnership, loop.scenarios)}.",
        ),
    )


def _signed_way(names: Iterable[str], edges: tuple[Edge, ...]) -> Iterator[str]:
    """`more 'A'`, `less 'B'`, and round to the beginning."""
    more = True
    first = None
    for name, edge in zip(names, edges, strict=True):
        first = first or name
        yield f"{'more' if more else 'less'} of {name}"
        more = more == (edge.sign is Sign.POSITIVE)
    yield f"{'still more' if more else 'less again'} of {first}"


def _pace(edges: tuple[Edge, ...]) -> str:
    known = [edge.delay for edge in edges if edge.delay is not Delay.UNKNOWN]
    unknown = len(edges) - len(known)
    guess = (
        f"nobody has said how soon {counted(unknown, 'link')} of it {'is' if unknown == 1 else 'are'} felt"
    )
    if not known:
        return f"How long a round takes: {guess}."
    slowest = max(known, key=_SLOWEST.index)
    told = "at once" if slowest is Delay.NONE else f"{slowest.value} for its slowest link"
    return f"How long a round takes: {told}{f'; {guess}' if unknown else ''}."


def _titles(partnership: Partnership, scenarios: Iterable[str]) -> str:
    return listed(f"'{partnership.scenario(one).title}'" for one in scenarios)
