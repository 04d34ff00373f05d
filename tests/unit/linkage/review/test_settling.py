"""Answers: settled when two agree, a third where they do not, and what was undone over all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from roundtable.ledger.links import DecisionRecord
from roundtable.ledger.models import LinkOrigin, LinkVerdict
from roundtable.linkage.review.settling import Outcome, State, answered_by, by_question, settle, settled_of

SAME, DIFFERENT, UNSURE = LinkVerdict.SAME, LinkVerdict.DIFFERENT, LinkVerdict.UNSURE
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
A, B, C = ("a" * 32, "b" * 32, "c" * 32)


def _said(
    number: int, post: str, verdict: LinkVerdict, pair: tuple[str, str] = (A, B), batch: int = 1
) -> DecisionRecord:
    return DecisionRecord(
        number, "harm", LinkOrigin.REVIEW, (batch, 1), *pair, verdict, post, NOW, "it says so"
    )


def _undone(number: int, verdict: LinkVerdict, pair: tuple[str, str] = (A, B)) -> DecisionRecord:
    return replace(_said(number, "lead", verdict, pair), origin=LinkOrigin.UNDO, question=None)


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ((), Outcome(State.UNANSWERED)),
        ((SAME,), Outcome(State.WAITS_FOR_SECOND)),
        ((SAME, SAME), Outcome(State.SETTLED, SAME)),
        ((DIFFERENT, DIFFERENT), Outcome(State.SETTLED, DIFFERENT)),
        ((SAME, DIFFERENT), Outcome(State.WAITS_FOR_THIRD)),
        ((SAME, UNSURE), Outcome(State.WAITS_FOR_THIRD)),
        ((UNSURE, UNSURE), Outcome(State.WAITS_FOR_THIRD)),
        ((SAME, DIFFERENT, DIFFERENT), Outcome(State.SETTLED, DIFFERENT)),
        ((UNSURE, SAME, SAME), Outcome(State.SETTLED, SAME)),
        ((SAME, DIFFERENT, UNSURE), Outcome(State.OPEN)),
        ((UNSURE, UNSURE, SAME), Outcome(State.OPEN)),
        ((SAME, SAME, DIFFERENT, DIFFERENT), Outcome(State.OPEN)),
    ],
)
def test_two_that_agree_settle_it(verdicts: tuple[LinkVerdict, ...], outcome: Outcome) -> None:
    assert settle(verdicts) == outcome


def test_the_order_of_answers_says_nothing() -> None:
    for verdicts in product(LinkVerdict, repeat=3):
        assert settle(verdicts) == settle(sorted(verdicts))


def test_pairs_are_settled_by_posts_and_not_by_answers() -> None:
    twice = [_said(1, "one", SAME), _said(2, "one", SAME, batch=2)]
    assert settled_of(twice).pairs == ()
    assert settled_of([*twice, _said(3, "two", SAME)]).together == ((A, B),)


def test_a_post_that_answers_a_pair_again_has_one_word_its_last() -> None:
    said = [_said(1, "one", SAME), _said(2, "two", DIFFERENT), _said(3, "one", DIFFERENT, batch=2)]
    assert settled_of(said).apart == ((A, B),)


def test_what_was_withdrawn_or_erased_settles_nothing() -> None:
    said = [_said(1, "one", SAME), _said(2, "two", SAME)]
    assert settled_of([said[0], replace(said[1], withdrawn_at=NOW)]).pairs == ()
    assert settled_of([replace(one, left="", right="") for one in said]).pairs == ()


def test_what_was_undone_counts_at_once_over_reviewers_and_the_later_over_the_earlier() -> None:
    reviewed = [_said(1, "one", SAME), _said(2, "two", SAME)]
    assert settled_of([*reviewed, _undone(3, DIFFERENT)]).apart == ((A, B),)
    assert settled_of([_undone(1, DIFFERENT), *reviewed]).apart == ((A, B),)
    assert settled_of([_undone(1, DIFFERENT), _undone(2, SAME)]).together == ((A, B),)
    withdrawn = replace(_undone(3, DIFFERENT), withdrawn_at=NOW)
    assert settled_of([*reviewed, withdrawn]).together == ((A, B),)


def test_settled_links_are_in_order_whatever_the_order_of_decisions() -> None:
    said = [_undone(1, SAME, (B, C)), _undone(2, SAME, (A, B)), _undone(3, DIFFERENT, (A, C))]
    found = settled_of(said)
    assert found.together == ((A, B), (B, C)) and found.apart == ((A, C),)
    assert found.as_json() == [[[A, B], [B, C]], [[A, C]]]


def test_a_question_has_the_answers_that_stand() -> None:
    said = [_said(1, "one", SAME), replace(_said(2, "two", SAME), withdrawn_at=NOW), _undone(3, SAME)]
    assert by_question(said) == {(1, 1): [said[0]]}
    assert answered_by("one", said) == {(1, 1)} and answered_by("two", said) == frozenset()
