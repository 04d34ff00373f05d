"""The questions that `roundtable levers` takes, one at a time, and which wing answers each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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

        nodes = [("--up-from", self.up_from), ("--down-from", self.down_from)]
        nodes += [("--between", end) for end in self.between or ()]
        return Asked(
            scenario=self.scenario,
            outcome=self.outcome,
            raised=self.raised,
            lowered=self.lowered,
            nodes=tuple((option, node_id) for option, node_id in nodes if node_id is not None),
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
        if problems:
            raise SettingUnusable(problems)

    def _given(self) -> list[str]:
        asked = {
            "--outcome": self.outcome is not None,
            "--raise": bool(self.raised or self.lowered),
            "--loops": self.loops,
            "--measures": self.measures,
            "--up-from": self.up_from is not None,
            "--down-from": self.down_from is not None,
            "--between": self.between is not None,
        }
        return [option for option, is_given in asked.items() if is_given]


_BOUNDED = ("--loops", "--up-from", "--down-from", "--between")


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
    from roundtable.partnership.dynamics.influence import causal_map

    whole = meant.study.shared(causal_map)
    source, target = question.between or ("", "")
    if question.as_json:
        part = part_between(whole, source, target, question.steps)
        return ways_values(ways(whole, source, target, question.steps), part)
    partnership = meant.study.partnership
    return told_between(partnership, whole, source, target, question.steps, question.most)


_ANSWERS: Mapping[str, Callable[[Question, Understood], Any]] = {
    "": _table,
    "--outcome": _goal,
    "--raise": _what_if,
    "--loops": _loops,
    "--measures": _measures,
    "--up-from": _up,
    "--down-from": _down,
    "--between": _between,
}
