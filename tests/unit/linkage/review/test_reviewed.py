"""How far a review has got, and what its sample comes to, out of the ledger."""

from __future__ import annotations

from pathlib import Path

from roundtable.data.linked_tables import LINK_QUALITY, without_purpose
from roundtable.ledger import subjects
from roundtable.ledger.links import Answer, keep_answers
from roundtable.ledger.models import LinkVerdict, ReviewKind
from roundtable.ledger.review_batches import QuestionRecord, every_question, keep_batch
from roundtable.linkage.review.reviewed import estimated_for, reviewed
from roundtable.linkage.review.settling import State
from roundtable.linkage.review.strata import Reach, Stratum
from roundtable.steps.link_people import link_steps, with_reviewed
from tests.factories_rights import NOW
from tests.postgres import postgres_server as postgres_server
from tests.stores import database_url as database_url
from tests.stores import folder as folder
from tests.stores import ledger as ledger
from tests.stores import writer as writer
from tests.unit.reviewing.county import agreed

STRATA = [
    Stratum("sure", Reach.LINKED, 10_000, 0.9, 60),
    Stratum("apart", Reach.WEIGHED, 2_000, 0.1, 40),
]
SAME, DIFFERENT, UNSURE = LinkVerdict.SAME, LinkVerdict.DIFFERENT, LinkVerdict.UNSURE


def _ask(kind: ReviewKind = ReviewKind.SAMPLE, purpose: str = "harm") -> int:
    names = [one.name for one in STRATA for _ in range(one.questions)]
    questions = [
        QuestionRecord(0, n, f"{n:032x}", f"{n + 500:032x}", name, 1.0, None)
        for n, name in enumerate(names, 1)
    ]
    strata = [one.as_json() for one in STRATA]
    return keep_batch(purpose, kind, "one", None, 1, ["police"], strata, questions, NOW)


def _say(post: str, verdicts: dict[int, LinkVerdict], purpose: str = "harm") -> None:
    questions = {one.number: one for one in every_question(purpose)}
    answers = [Answer(questions[number], verdict) for number, verdict in verdicts.items()]
    keep_answers(purpose, post, answers, NOW)


def test_answers_of_two_posts_come_to_figures(writer: Path) -> None:
    batch = _ask()
    assert estimated_for("harm") is None
    said = {number: SAME if number <= 57 else DIFFERENT for number in range(1, 101)}
    _say("one", said)
    assert reviewed("harm").states(batch) == {State.WAITS_FOR_SECOND: 100}
    _say("two", said | {1: DIFFERENT, 2: UNSURE})
    assert reviewed("harm").states(batch) == {State.SETTLED: 98, State.WAITS_FOR_THIRD: 2}
    _say("three", {1: UNSURE, 2: SAME})
    found = reviewed("harm")
    assert found.states(batch) == {State.SETTLED: 99, State.OPEN: 1}
    linked, apart = found.tallies(found.batches[0])
    assert (linked.same, linked.different, linked.undecided) == (56, 3, 1)
    assert (apart.same, apart.different) == (0, 40)
    told = estimated_for("harm")
    assert told is not None and told[0].number == batch
    assert told[1].precision.value == 56 / 59 and told[1].recall.value == 1.0
    assert told[1].precision.low < 0.9 and told[1].recall.low < 0.99


def test_what_reviewers_found_stands_among_the_measures_of_the_next_run(writer: Path) -> None:
    """Whether a link step has to run again hangs on it too."""
    step = link_steps(agreed())[0]
    assert step.decided is not None
    before = step.decided()
    _ask(purpose=step.purpose.value)
    quality = without_purpose(LINK_QUALITY).empty_table()
    assert with_reviewed(quality, step.purpose).num_rows == 0 and step.decided() == before
    for post in ("one", "two"):
        said = {number: SAME if number <= 57 else DIFFERENT for number in range(1, 101)}
        _say(post, said, step.purpose.value)
    rows = with_reviewed(quality, step.purpose).to_pylist()
    assert [(one["measure"], one["value_ppm"], one["records"]) for one in rows] == [
        ("reviewed_precision", 950_000, 100),
        ("reviewed_recall", 1_000_000, 100),
    ]
    assert step.decided() != before


def test_what_was_erased_goes_on_counting_and_is_asked_no_more(writer: Path) -> None:
    batch = _ask()
    _say("one", {1: SAME})
    _say("two", {1: SAME})
    subjects.forget([f"{1:032x}", f"{2:032x}"])
    found = reviewed("harm")
    assert found.states(batch) == {State.SETTLED: 1, State.UNANSWERED: 98}
    assert found.tallies(found.batches[0])[0].same == 1


def test_pairs_that_were_asked_for_their_worth_are_no_sample(writer: Path) -> None:
    _ask(ReviewKind.WORTH)
    assert reviewed("harm").samples == () and estimated_for("harm") is None
