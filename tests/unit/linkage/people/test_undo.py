"""Undoing a move: the next run has the people of before, under their ids, and the runs after it keep them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pytest

from roundtable.errors import SettingUnusable
from roundtable.linkage.clustering.average import average_linkage
from roundtable.linkage.clustering.constraints import Constraints
from roundtable.linkage.people.decisions import NOTHING_DECIDED, Decisions
from roundtable.linkage.people.durable import Assigned, assign
from roundtable.linkage.people.link_tables import PERSON_MOVE, PERSON_MOVED
from roundtable.linkage.people.undo import Undoing, undoing
from tests.unit.linkage.people.town import KEY, groups

#: What is scored between records, by their ids of one letter; a pair that is not told is nought.
Scores = dict[str, float]


@dataclass
class Runs:
    """One run after another: every record is a profile of its own."""

    records: str
    decisions: Decisions = NOTHING_DECIDED
    link: pa.Table | None = None
    moves: pa.Table = field(default_factory=PERSON_MOVE.empty_table)
    moved: pa.Table = field(default_factory=PERSON_MOVED.empty_table)
    run: int = 0

    def linked(self, scores: Scores) -> dict[str, frozenset[str]]:
        """The people after a run with these scores."""
        self.run += 1
        ids = pa.chunked_array([pa.array(list(self.records))])
        pairs = [[self.records.index(one) for one in two] for two in scores]
        left, right = np.array(pairs, np.int32).reshape(-1, 2).T
        decided = self.decisions.between(ids, np.arange(len(ids), dtype=np.int32))
        labels = average_linkage(
            len(ids), left, right, np.array(list(scores.values())), Constraints().and_pairs(*decided), 0.5
        )
        made: Assigned = assign(self.link, labels, ids, KEY, self.run)
        self.link = made.link
        self.moves = pa.concat_tables([self.moves, made.moves])
        self.moved = pa.concat_tables([self.moved, made.moved])
        return groups(made.link)

    def number_of(self, kind: str) -> int:
        """The number of the last run's only move of a kind."""
        (number,) = [
            row["number"] for row in self.moves.to_pylist() if row["run"] == self.run and row["kind"] == kind
        ]
        return int(number)

    def undone(self, kind: str) -> Undoing:
        """Undo the last run's only move of a kind."""
        assert self.link is not None
        found = undoing(self.run, self.number_of(kind), self.moves, self.moved, self.link, self.decisions)
        apart = set(self.decisions.apart) - set(found.withdrawn.apart)
        together = set(self.decisions.together) - set(found.withdrawn.together)
        self.decisions = Decisions.of(apart, together).and_also(found.decisions)
        return found


TWO = {"ab": 0.9, "bc": 0.9, "ac": 0.9, "de": 0.9}
ONE = TWO | {"ad": 0.8, "ae": 0.8, "bd": 0.8, "be": 0.8, "cd": 0.8, "ce": 0.8}


def test_a_merge_is_undone_and_stays_so() -> None:
    runs = Runs("abcde")
    before = runs.linked(TWO)
    assert len(runs.linked(ONE)) == 1
    found = runs.undone("merge")
    assert runs.linked(ONE) == before
    assert runs.linked(ONE) == before
    assert found.says == (
        "Move 1 of run 2, a merge, is undone: "
        "the 2 records that it brought to another person are a person of their own."
    )


def test_an_undone_merge_holds_where_nothing_else_does() -> None:
    runs = Runs("abcde")
    before = runs.linked(TWO)
    runs.linked(ONE)
    runs.undone("merge")
    assert runs.linked({}) == before


def test_an_undone_merge_holds_against_surer_scores_and_more_records() -> None:
    runs = Runs("abcde")
    before = runs.linked(TWO)
    runs.linked(ONE)
    runs.undone("merge")
    runs.linked(ONE)
    runs.records = "abcdefgh"
    surer = dict.fromkeys([one + other for one in "abcdefgh" for other in "abcdefgh" if one < other], 1.0)
    after = runs.linked(surer)
    assert sorted(len(records) for records in after.values()) in ([2, 6], [3, 5])
    assert all(records <= after[person] for person, records in before.items())


def test_a_split_is_undone_and_stays_so() -> None:
    runs = Runs("abcde")
    before = runs.linked(ONE)
    assert len(runs.linked(TWO)) == 2
    found = runs.undone("split")
    assert runs.linked(TWO) == before
    assert runs.linked({}) == before
    assert "belong to the person whom they were taken from" in found.says


def test_a_move_is_undone_and_stays_so() -> None:
    runs = Runs("abcde")
    before = runs.linked(TWO)
    other = {"ab": 0.9, "cd": 0.9, "ce": 0.9, "de": 0.9}
    assert len(runs.linked(other)) == 2
    found = runs.undone("move")
    assert runs.linked(other) == before
    assert runs.linked(other) == before
    assert "the 1 record that it took from one person to another belong" in found.says


def test_an_undoing_is_undone_in_its_turn() -> None:
    runs = Runs("abcde")
    runs.linked(TWO)
    merged = runs.linked(ONE)
    runs.undone("merge")
    assert len(runs.linked(ONE)) == 2
    found = runs.undone("split")
    assert found.withdrawn.apart
    assert runs.linked(ONE) == merged
    assert runs.linked({}) == merged


def test_a_decision_that_made_a_merge_is_withdrawn_with_it() -> None:
    nearly = TWO | dict.fromkeys(ONE.keys() - TWO.keys(), 0.4)
    runs = Runs("abcde")
    before = runs.linked(nearly)
    assert len(before) == 2
    runs.decisions = Decisions.of(together=[("c", "d")])
    assert len(runs.linked(nearly)) == 1
    assert runs.undone("merge").withdrawn == Decisions.of(together=[("c", "d")])
    assert runs.linked(nearly) == before


def test_of_two_merges_in_one_run_one_is_undone() -> None:
    three = TWO | {"fg": 0.9}
    runs = Runs("abcdefg")
    before = runs.linked(three)
    every = dict.fromkeys([one + other for one in "abcdefg" for other in "abcdefg" if one < other], 0.9)
    assert len(runs.linked(every)) == 1
    assert runs.link is not None
    merges = [row for row in runs.moves.to_pylist() if row["run"] == 2 and row["kind"] == "merge"]
    (those,) = [
        row for row in merges if row["person_from"] in before and before[row["person_from"]] == set("fg")
    ]
    runs.decisions = undoing(2, those["number"], runs.moves, runs.moved, runs.link).decisions
    assert set(runs.linked(every).values()) == {frozenset("abcde"), frozenset("fg")}


def test_records_that_came_with_the_merge_are_left_free() -> None:
    runs = Runs("abcde")
    before = runs.linked(TWO)
    runs.records = "abcdef"
    runs.linked(ONE | {"cf": 0.9, "df": 0.9, "ef": 0.9, "af": 0.9, "bf": 0.9})
    found = runs.undone("merge")
    assert not any("f" in two for two in (*found.decisions.apart, *found.decisions.together))
    after = runs.linked(TWO | {"df": 0.9, "ef": 0.9})
    assert sorted(after.values(), key=len) == [frozenset("abc"), frozenset("def")]
    assert after.keys() == before.keys()


def _refused(runs: Runs, run: int, number: int) -> str:
    assert runs.link is not None
    with pytest.raises(SettingUnusable) as caught:
        undoing(run, number, runs.moves, runs.moved, runs.link)
    return caught.value.problems[0].what


def test_what_cannot_be_undone_says_why() -> None:
    runs = Runs("abcde")
    runs.linked(TWO)
    assert _refused(runs, 1, 9) == "there is no such move"
    assert _refused(runs, 1, 1) == "a 'new' took no record from one person to another"
    runs.linked(ONE)
    number = runs.number_of("merge")
    runs.linked(TWO)
    assert _refused(runs, 2, number) == "its records have moved on since; undo what moved them first"
    runs.records = "abc"
    runs.linked({"ab": 0.9, "bc": 0.9, "ac": 0.9})
    assert _refused(runs, 2, number) == "none of its records is there any more"


def test_a_merge_into_somebody_who_is_left_with_nothing_else_cannot_be_undone() -> None:
    runs = Runs("abcde")
    runs.linked(TWO)
    runs.linked(ONE)
    number = runs.number_of("merge")
    runs.records = "de"
    runs.linked({"de": 0.9})
    assert "are there no more" in _refused(runs, 2, number)


def test_a_move_is_undone_once() -> None:
    runs = Runs("abcde")
    runs.linked(TWO)
    runs.linked(ONE)
    number = runs.number_of("merge")
    place = runs.moves.schema.get_field_index("undone_by")
    runs.moves = runs.moves.set_column(
        place, PERSON_MOVE.field(place), pa.array([7] * runs.moves.num_rows, pa.int64())
    )
    assert _refused(runs, 2, number) == "the move is undone already"
