"""Questions and decisions on links: kept in order, taken back and never changed, forgotten with a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError

from roundtable.ledger import audit, subjects
from roundtable.ledger.links import Answer, Undone, every_decision, keep_answers, keep_undone, withdraw
from roundtable.ledger.models import LinkOrigin, LinkVerdict, ReviewKind
from roundtable.ledger.review_batches import (
    QuestionRecord,
    every_batch,
    every_question,
    in_order,
    keep_batch,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A, B, C = ("a" * 32, "b" * 32, "c" * 32)
SAME, DIFFERENT = LinkVerdict.SAME, LinkVerdict.DIFFERENT
STRATA = [{"name": "s", "reach": "linked", "size": 2.5, "expected": 0.5, "questions": 2}]


def _batch(purpose: str = "harm", pairs: tuple[tuple[str, str], ...] = ((A, B), (C, A))) -> int:
    questions = [
        QuestionRecord(0, number, *pair, "s", 1.25, None if number == 2 else -3.5)
        for number, pair in enumerate(pairs, 1)
    ]
    return keep_batch(purpose, ReviewKind.SAMPLE, "dpo", 4, 7, ["two", "one"], STRATA, questions, NOW)


def _answered(post: str = "dpo", verdict: LinkVerdict = SAME) -> None:
    keep_answers("harm", post, [Answer(one, verdict, "a reason") for one in every_question("harm")], NOW)


def test_questions_come_back_as_they_were_the_lesser_record_first(writer: Path) -> None:
    assert _batch() == 1 and _batch("care", ((B, C),)) == 2
    (batch,) = every_batch("harm")
    assert (batch.number, batch.kind, batch.seed, batch.datasets) == (1, ReviewKind.SAMPLE, 7, ("one", "two"))
    assert (batch.snapshot, list(batch.strata), batch.made_at) == (4, STRATA, NOW)
    first, second = every_question("harm")
    assert first == QuestionRecord(1, 1, A, B, "s", 1.25, -3.5)
    assert second == QuestionRecord(1, 2, A, C, "s", 1.25, None)
    assert [one.name for one in every_question()] == ["Q1-1", "Q1-2", "Q2-1"]
    with pytest.raises(ValueError, match="same as itself"):
        in_order(A, A)


def test_answers_are_kept_with_who_when_and_why_and_the_chain_is_not_told_which(writer: Path) -> None:
    _batch()
    _answered()
    _answered("siro", DIFFERENT)
    found = every_decision("harm")
    assert [(one.number, one.post, one.verdict, one.question) for one in found] == [
        (1, "dpo", SAME, (1, 1)),
        (2, "dpo", SAME, (1, 2)),
        (3, "siro", DIFFERENT, (1, 1)),
        (4, "siro", DIFFERENT, (1, 2)),
    ]
    assert {(one.decided_at, one.why, one.origin) for one in found} == {(NOW, "a reason", LinkOrigin.REVIEW)}
    assert every_decision("care") == () and keep_answers("harm", "dpo", [], NOW) == 0
    told = [event.detail for event in audit.events()]
    assert told == [{"post": "dpo", "answers": 2}, {"post": "siro", "answers": 2}]
    assert not audit.verify().problems


def test_a_post_has_one_word_on_a_question_until_it_takes_it_back(writer: Path) -> None:
    _batch()
    _answered()
    with pytest.raises(IntegrityError):
        _answered()
    assert withdraw([1, 2], "dpo", "a slip", NOW) == 2
    assert withdraw([1, 2], "dpo", "again", NOW) == 0
    _answered(verdict=DIFFERENT)
    found = every_decision("harm")
    assert [one.stands for one in found] == [False, False, True, True]
    assert (found[0].withdrawn_by, found[0].withdrawn_why, found[0].verdict) == ("dpo", "a slip", SAME)


def test_what_is_undone_is_kept_and_withdraws_what_said_the_contrary(writer: Path) -> None:
    _batch()
    _answered()
    first = keep_undone("harm", Undone(together=[(C, B)]), "siro", "they are one", NOW)
    undone = Undone(apart=[(C, B), (B, A)], no_longer_together=[(B, C), (A, B)], no_longer_apart=[(A, C)])
    second = keep_undone("harm", undone, "siro", "they are not", NOW)
    assert (first, second) == (3, 4)
    found = {one.number: one for one in every_decision("harm")}
    assert [one.number for one in found.values() if not one.stands] == [1, 3]
    assert [(found[n].left, found[n].right, found[n].verdict) for n in (4, 5)] == [
        (A, B, DIFFERENT),
        (B, C, DIFFERENT),
    ]
    assert {found[n].origin for n in (3, 4, 5)} == {LinkOrigin.UNDO} and found[4].question is None


def test_what_is_undone_says_which_move_and_so_does_the_chain(writer: Path) -> None:
    _batch()
    _answered()
    keep_undone("harm", Undone(apart=[(B, C)], move=(7, 2)), "siro", "no", NOW)
    assert [one.undoes for one in every_decision("harm")] == [None, None, (7, 2)]
    told = [event.detail for event in audit.events() if event.action == "link.undone"]
    assert told == [{"by": "siro", "pairs": 1, "run": 7, "move": 2}]
    subjects.forget([C])
    assert every_decision("harm")[-1].undoes == (7, 2), "that it was undone stays"


def test_a_record_is_forgotten_with_what_was_said_of_it_and_the_counts_stay(writer: Path) -> None:
    _batch()
    _answered()
    keep_undone("harm", Undone(apart=[(B, C)]), "siro", "no", NOW)
    assert subjects.holds([C]) == {"review questions": 1, "link decisions": 2}
    assert subjects.forget([C]) == {"review questions": 1, "link decisions": 2}
    assert not subjects.holds([C])
    kept, erased = every_question("harm")
    assert not kept.erased and erased.erased and (erased.left, erased.right) == ("", "")
    assert erased.stratum == "s" and subjects.holds([A]) == {"review questions": 1, "link decisions": 1}
    said = [(one.left, one.why, one.verdict) for one in every_decision("harm")]
    assert said == [(A, "a reason", SAME), ("", "", SAME), ("", "", DIFFERENT)]
    assert C not in str([event for event in audit.events()])


def test_a_batch_is_kept_whole_or_not_at_all(writer: Path) -> None:
    one = QuestionRecord(0, 1, A, B, "s", 1.0, None)
    with pytest.raises(IntegrityError):
        keep_batch("harm", ReviewKind.WORTH, "dpo", None, 1, [], [], [one, replace(one, left=C)], NOW)
    assert every_batch() == () and every_question() == ()
