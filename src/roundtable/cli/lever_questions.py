"""The questions that `roundtable levers` takes, one at a time, and which wing answers each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from roundtable.errors import Place, Problem, SettingUnusable

if TYPE_CHECKING:
    from roundtable.partnership.dynamics.asked import Asked, Understood


@dataclass(frozen=True)
class Question:
    """The options as they were given."""

    outcome: str | None
    raised: tuple[str, ...]
    lowered: tuple[str, ...]
    loops: bool
    measures: bool
    up_from: str | None
    down_from: str | None
    between: tuple[str, str] | None
    around: str | None
    common: tuple[str, ...]
    all_of: tuple[str, ...]
    steps: int | None
    scenario: str | None
    most: int
    as_csv: bool
    as_json: bool

    @property
    def name(self) -> str:
        """The option that asks, the first where several do; empty for the lever table."""
        return next(iter(self._given()), "")

    def asked(self) -> Asked:
        """The ids that are named, to be checked all at once."""
        from roundtable.partnership.dynamics.asked import Asked

        nodes = [("--up-from", self.up_from), ("--down-from", self.down_from), ("--around", self.around)]
        nodes += [("--between", end) for end in self.between or ()]
        return Asked(
            scenario=self.scenario,
            outcome=self.outcome,
            raised=self.raised,
            lowered=self.lowered,
            nodes=tuple((option, node_id) for option, node_id in nodes if node_id is not None),
            scenarios=tuple((option, one) for option, several in self._several() for one in several),
        )

    def refuse_contradictions(self) -> None:
        """Options that do not go together are refused, all of them at once."""
        given = self._given()
        problems = []
        if len(given) > 1:
            what = f"{' and '.join(given)} are questions of their own"
            problems.append(_problem(given[0], what, "Ask one at a time."))
        if self.steps is not None and self.name not in _BOUNDED:
            what = "there is nothing here that has so many links"
            problems.append(_problem("--steps", what, f"Use it with {', '.join(_BOUNDED)}."))
        if self.as_csv and (not self.measures or self.as_json):
            what = "only --measures can be CSV, and not JSON at once"
            problems.append(_problem("--csv", what, "Use --measures --csv, or --json alone."))
        problems += self._too_few()
        if problems:
            raise SettingUnusable(problems)

    def _several(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The options that take scenarios, with those given."""
        return ("--common", self.common), ("--all-of", self.all_of)

    def _too_few(self) -> Iterator[Problem]:
        for option, scenarios in self._several():
            if len(scenarios) == 1:
                what = f"{scenarios[0]} is one scenario, and this is asked of two or more"
                yield _problem(option, what, f"Give it once for each: {option} {scenarios[0]} {option} ID.")
            if scenarios and self.scenario is not None:
                what = f"{option} names the scenarios that are meant, and --scenario another"
                yield _problem("--scenario", what, "Leave it out.")

    def _given(self) -> list[str]:
        asked = {
            "--outcome": self.outcome is not None,
            "--raise": bool(self.raised or self.lowered),
            "--loops": self.loops,
            "--measures": self.measures,
            "--up-from": self.up_from is not None,
            "--down-from": self.down_from is not None,
            "--between": self.between is not None,
            "--around": self.around is not None,
            "--common": bool(self.common),
            "--all-of": bool(self.all_of),
        }
        return [option for option, is_given in asked.items() if is_given]


_BOUNDED = ("--loops", "--up-from", "--down-from", "--between", "--around")


def _problem(option: str, what: str, remedy: str) -> Problem:
    return Problem(Place(option), "options-contradict", what, remedy)


def answer(question: Question, meant: Understood) -> Any:
    """The parts to print; with --json what JSON writes; with --csv the text of the table."""
    return _ANSWERS[question.name](question, meant)


def _table(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import lever_values
    from roundtable.partnership.findings.lever_table import levers
    from roundtable.partnership.findings.lever_words import told_levers

    if question.as_json:
        return [lever_values(one) for one in levers(meant.study)]
    return told_levers(meant.study, question.most)


def _goal(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import goal_values
    from roundtable.partnership.dynamics.goal_seek import goal_seek
    from roundtable.partnership.dynamics.told import told_goal

    found = goal_seek(meant.study, question.outcome or "", question.most)
    return goal_values(found) if question.as_json else told_goal(meant.study, found)


def _what_if(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import what_if_values
    from roundtable.partnership.dynamics.told import told_what_if
    from roundtable.partnership.dynamics.what_if import what_if

    found = what_if(meant.study, meant.changes)
    return what_if_values(found) if question.as_json else told_what_if(meant.study, found)


def _loops(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import loop_values
    from roundtable.partnership.causal.loops import loop_register
    from roundtable.partnership.causal.loops_told import told_loops
    from roundtable.partnership.dynamics.influence import causal_map
    from roundtable.partnership.findings.lever_table import loops

    whole = meant.study.shared(causal_map)
    found = loops(meant.study) if question.steps is None else loop_register(whole, longest=question.steps)
    if question.as_json:
        return loop_values(found)
    return told_loops(meant.study.partnership, whole, found, question.most)


def _measures(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import measures_values
    from roundtable.partnership.causal.measures import measures
    from roundtable.partnership.causal.measures_told import told_measures
    from roundtable.partnership.dynamics.influence import causal_map
    from roundtable.partnership.exchange.measures_csv import measures_csv

    found = measures(meant.study.shared(causal_map))
    if question.as_csv:
        return measures_csv(found)
    return measures_values(found) if question.as_json else told_measures(found)


def _up(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import map_values
    from roundtable.partnership.causal.parts_told import told_upstream
    from roundtable.partnership.causal.submaps import upstream
    from roundtable.partnership.dynamics.influence import causal_map

    whole, place = meant.study.shared(causal_map), question.up_from or ""
    if question.as_json:
        return map_values(upstream(whole, [place], question.steps))
    return told_upstream(meant.study.partnership, whole, place, question.steps)


def _down(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import map_values
    from roundtable.partnership.causal.parts_told import told_downstream
    from roundtable.partnership.causal.submaps import downstream
    from roundtable.partnership.dynamics.influence import causal_map

    whole, place = meant.study.shared(causal_map), question.down_from or ""
    if question.as_json:
        return map_values(downstream(whole, [place], question.steps))
    return told_downstream(meant.study.partnership, whole, place, question.steps)


def _between(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import ways_values
    from roundtable.partnership.causal.parts_told import part_between, told_between, ways
    from roundtable.partnership.causal.submaps import shortest
    from roundtable.partnership.dynamics.influence import causal_map

    whole = meant.study.shared(causal_map)
    source, target = question.between or ("", "")
    if question.as_json:
        part = part_between(whole, source, target, question.steps)
        return ways_values(ways(whole, source, target, question.steps), shortest(whole, source, target), part)
    partnership = meant.study.partnership
    return told_between(partnership, whole, source, target, question.steps, question.most)


def _around(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import map_values
    from roundtable.partnership.causal.parts_told import told_around
    from roundtable.partnership.causal.submaps import around
    from roundtable.partnership.dynamics.influence import causal_map

    whole, place = meant.study.shared(causal_map), question.around or ""
    steps = question.steps or 1
    if question.as_json:
        return map_values(around(whole, [place], steps))
    return told_around(meant.study.partnership, whole, place, steps)


def _common(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import common_values
    from roundtable.partnership.causal.shared import behind_all, shared_part
    from roundtable.partnership.causal.shared_told import told_common
    from roundtable.partnership.findings.lever_table import levers

    partnership = meant.study.partnership
    order = [lever.id for lever in levers(meant.study)]
    part = shared_part(partnership, question.common)
    behind = behind_all(partnership, question.common, order)
    if question.as_json:
        return common_values(part, behind)
    return told_common(partnership, question.common, part, behind, question.most)


def _all_of(question: Question, meant: Understood) -> Any:
    from roundtable.cli.lever_values import map_values
    from roundtable.partnership.causal.shared import joint_part
    from roundtable.partnership.causal.shared_told import told_all_of

    partnership = meant.study.partnership
    part = joint_part(partnership, question.all_of)
    return map_values(part) if question.as_json else told_all_of(partnership, question.all_of, part)


_ANSWERS: Mapping[str, Callable[[Question, Understood], Any]] = {
    "": _table,
    "--outcome": _goal,
    "--raise": _what_if,
    "--loops": _loops,
    "--measures": _measures,
    "--up-from": _up,
    "--down-from": _down,
    "--between": _between,
    "--around": _around,
    "--common": _common,
    "--all-of": _all_of,
}
