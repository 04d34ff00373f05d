"""What somebody asks of the causal map, in the words of their command line, checked all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.partnership.causal.graph import CausalMap, whole_map
from roundtable.partnership.causal.one_scenario import only
from roundtable.partnership.nearest import nearest
from roundtable.partnership.study import Study
from roundtable.partnership.wording import listed

#: So many ids are named in a remedy at most.
_NAMED = 20


@dataclass(frozen=True)
class Asked:
    """What was written.

    Attributes:
        scenario: the scenario whose map is meant; None for all together.
        outcome: the outcome that is to move.
        raised: factors to raise, each `id` or `id=amount` with an amount above 0, to 1.
        lowered: factors to lower, in the same way.
        nodes: other places of the map that are named, each with the option that names it.
        scenarios: scenarios that are named besides, each with the option that names it.
    """

    scenario: str | None = None
    outcome: str | None = None
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    nodes: tuple[tuple[str, str], ...] = ()
    scenarios: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Understood:
    """What was meant.

    Attributes:
        study: of all scenarios, or of the one asked for by itself.
        changes: for each factor to be moved how far, -1 to 1.
    """

    study: Study
    changes: Mapping[str, float]


def understood(study: Study, asked: Asked) -> Understood:
    """What was meant by what was written.

    Raises:
        SettingUnusable: naming every id that there is not, with the nearest that there is, every amount that
            is none, and every factor that is moved twice.
    """
    partnership = study.partnership
    known = [one.id for one in partnership.scenarios]
    problems = [problem for named in _scenarios(asked) for problem in _scenario(*named, known)]
    meant = study
    if asked.scenario in known:
        meant = Study(only(partnership, asked.scenario), study.facts, study.samples, study.seed)
    moves = [_Move.of(option, text) for option, text in _moves(asked)]
    here, everywhere = whole_map(meant.partnership), whole_map(partnership)
    problems += _outcome(asked, [one.id for one in partnership.charter.outcomes])
    for option, node_id in [*((move.option, move.id) for move in moves), *asked.nodes]:
        problems += _node(option, node_id, here, everywhere, asked.scenario)
    problems += [problem for move in moves for problem in move.problems()]
    problems += _twice(moves)
    if problems:
        raise SettingUnusable(list(dict.fromkeys(problems)))
    return Understood(meant, {move.id: move.change for move in moves})


def _moves(asked: Asked) -> Iterator[tuple[str, str]]:
    yield from (("--raise", text) for text in asked.raised)
    yield from (("--lower", text) for text in asked.lowered)


@dataclass(frozen=True)
class _Move:
    """One factor to be moved, as it was written."""

    option: str
    id: str
    amount: str

    @classmethod
    def of(cls, option: str, text: str) -> _Move:
        node_id, equals, amount = text.partition("=")
        return cls(option, node_id.strip(), amount.strip() if equals else "1")

    @property
    def change(self) -> float:
        return self._value() * (1 if self.option == "--raise" else -1)

    def problems(self) -> Iterator[Problem]:
        if not 0 < self._value() <= 1:
            what = f"'{self.amount}' is no amount to change '{self.id}' by"
            remedy = f"Give more than 0, and at most 1 (as far as can be): {self.option} {self.id}=0.3."
            yield Problem(Place(self.option), "change-out-of-range", what, remedy)

    def _value(self) -> float:
        try:
            return float(self.amount)
        except ValueError:
            return 0.0


def _scenarios(asked: Asked) -> Iterator[tuple[str, str]]:
    if asked.scenario is not None:
        yield "--scenario", asked.scenario
    yield from asked.scenarios


def _scenario(option: str, scenario_id: str, known: list[str]) -> Iterator[Problem]:
    if scenario_id not in known:
        yield _unknown(option, f"there is no scenario '{scenario_id}'", scenario_id, known)


def _outcome(asked: Asked, known: list[str]) -> Iterator[Problem]:
    if asked.outcome is not None and asked.outcome not in known:
        yield _unknown("--outcome", f"the charter has no outcome '{asked.outcome}'", asked.outcome, known)


def _node(
    option: str, node_id: str, here: CausalMap, everywhere: CausalMap, scenario: str | None
) -> Iterator[Problem]:
    if node_id in here:
        return
    if node_id in everywhere:
        holding = listed(f"'{one}'" for one in everywhere.node(node_id).scenarios)
        what = f"the map of '{scenario}' has no '{node_id}'"
        remedy = f"It stands on the map of {holding}; or leave --scenario out."
        yield Problem(Place(option), "unknown-node", what, remedy)
    else:
        known = [node.id for node in here.nodes]
        yield _unknown(option, f"the map has no '{node_id}'", node_id, known)


def _unknown(option: str, what: str, written: str, known: Collection[str]) -> Problem:
    near = nearest(written, known)
    if near:
        remedy = f"Did you mean '{near}'?"
    elif len(known) <= _NAMED:
        remedy = f"Name one of: {', '.join(sorted(known)) or 'none yet'}."
    else:
        remedy = "`roundtable levers DIR --measures` prints every id."
    return Problem(Place(option), "unknown-id", what, remedy)


def _twice(moves: list[_Move]) -> Iterator[Problem]:
    for node_id, times in sorted(Counter(move.id for move in moves).items()):
        if times > 1:
            what = f"'{node_id}' is moved {times} times"
            remedy = "Say once how far it is moved, and which way."
            yield Problem(Place("--raise, --lower"), "moved-twice", what, remedy)
