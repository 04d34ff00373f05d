"""The questions that `roundtable disagreement` takes, one at a time, and which wing answers each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roundtable.errors import Place, Problem, SettingUnusable

if TYPE_CHECKING:
    from roundtable.partnership.model.whole import Partnership
    from roundtable.partnership.study import Study


@dataclass(frozen=True)
class Question:
    """The options as they were given."""

    between: tuple[str, str] | None
    history: bool
    agency: str | None
    merge: tuple[str, str] | None
    matches: Path | None
    to: Path | None
    replace: bool
    most: int
    as_json: bool

    def refuse_contradictions(self) -> None:
        """Options that do not go together are refused, all of them at once."""
        asked = {"--between": self.between, "--history": self.history, "--merge": self.merge}
        given = [option for option, value in asked.items() if value]
        problems = []
        if len(given) > 1:
            what = f"{' and '.join(given)} are questions of their own"
            problems.append(_problem(given[0], "options-contradict", what, "Ask one at a time."))
        needed = (
            ("--agency", self.agency is not None, "--history", self.history),
            ("--matches", self.matches is not None, "--merge", self.merge is not None),
            ("--to", self.to is not None, "--matches", self.matches is not None),
            ("--replace", self.replace, "--to", self.to is not None),
        )
        for option, is_given, other, stands in needed:
            if is_given and not stands:
                what = f"it says nothing without {other}"
                problems.append(_problem(option, "options-contradict", what, f"Give {other} with it."))
        for option, pair in (("--between", self.between), ("--merge", self.merge)):
            if pair is not None and pair[0] == pair[1]:
                what = f"'{pair[0]}' is named twice"
                problems.append(_problem(option, "same-twice", what, "Name two."))
        if problems:
            raise SettingUnusable(problems)

    def refuse_unknown(self, partnership: Partnership) -> None:
        """Every id that there is not, with the nearest that there is."""
        agencies = [one.id for one in partnership.agencies]
        scenarios = [one.id for one in partnership.scenarios]
        named = [("--between", "agency", one, agencies) for one in self.between or ()]
        named += [("--agency", "agency", self.agency, agencies)] if self.agency is not None else []
        named += [("--merge", "scenario", one, scenarios) for one in self.merge or ()]
        problems = [_unknown(*one) for one in named if one[2] not in one[3]]
        if problems:
            raise SettingUnusable(problems)


def answer(question: Question, study: Study) -> Any:
    """The parts to print; with --json what JSON writes; a text where it is a file to be filled in."""
    if question.between is not None:
        return _between(question, study, *question.between)
    if question.history:
        return _history(question, study)
    if question.merge is not None:
        return _merge(question, study, *question.merge)
    return _table(question, study)


def _problem(option: str, rule: str, what: str, remedy: str) -> Problem:
    return Problem(Place(option), rule, what, remedy)


def _unknown(option: str, kind: str, written: str, known: list[str]) -> Problem:
    from roundtable.partnership.nearest import nearest

    near = nearest(written, known)
    remedy = f"Did you mean '{near}'?" if near else f"There are: {', '.join(sorted(known)) or 'none yet'}."
    return _problem(option, "unknown-id", f"there is no {kind} '{written}'", remedy)


def _table(question: Question, study: Study) -> Any:
    if question.as_json:
        from roundtable.cli.disagreement_values import table_values

        return table_values(study)
    from roundtable.partnership.disagreement.told import told_disagreement

    return told_disagreement(study, question.most)


def _between(question: Question, study: Study, one: str, other: str) -> Any:
    if question.as_json:
        from roundtable.cli.disagreement_values import pair_values

        return pair_values(study, one, other)
    from roundtable.partnership.disagreement.pair_told import told_pair

    return told_pair(study, one, other)


def _history(question: Question, study: Study) -> Any:
    from dataclasses import asdict

    from roundtable.partnership.disagreement.history import history
    from roundtable.partnership.disagreement.history_told import told_history

    remarks = history(study.partnership, question.agency)
    if question.as_json:
        return [asdict(one) for one in remarks]
    return told_history(study.partnership, remarks, question.agency)


def _merge(question: Question, study: Study, first: str, second: str) -> Any:
    from roundtable.cli.disagreement_values import merged_values
    from roundtable.partnership.disagreement.merging_told import told_merged
    from roundtable.partnership.exchange.merging_out import export_merged, merge_by_file
    from roundtable.partnership.outline import Part

    partnership = study.partnership
    kept, other = partnership.scenario(first), partnership.scenario(second)
    if question.matches is None:
        return _proposed(question, kept, other)
    merged = merge_by_file(kept, other, question.matches)
    written = None
    if question.to is not None:
        written = export_merged(partnership, merged, question.to, replace=question.replace)
    if question.as_json:
        return merged_values(merged, written)
    parts = told_merged(merged, other)
    return parts if written is None else (*parts, Part(written.summary, before=written.losses))


def _proposed(question: Question, kept: Any, other: Any) -> Any:
    from dataclasses import asdict

    from roundtable.partnership.disagreement.merging import candidates
    from roundtable.partnership.exchange.merging_file import matches_file

    likely = candidates(kept, other)
    return [asdict(one) for one in likely] if question.as_json else matches_file(kept, other, likely)
