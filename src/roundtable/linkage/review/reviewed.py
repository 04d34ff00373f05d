"""How far the review has got, and what the samples that were reviewed come to. The ledger is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roundtable.ledger.links import DecisionRecord, every_decision
from roundtable.ledger.models import LinkVerdict, ReviewKind
from roundtable.ledger.review_batches import BatchRecord, QuestionRecord, every_batch, every_question
from roundtable.linkage.review.estimate import Estimates, Tally, estimated
from roundtable.linkage.review.settling import Outcome, State, by_question, settle
from roundtable.linkage.review.strata import Stratum


@dataclass(frozen=True)
class Reviewed:
    """The questions for a purpose, and what the answers come to.

    Attributes:
        batches: the batches, in order.
        questions: their questions, in order; of those that were erased, what was answered still counts.
        outcomes: what the answers to each come to, in the same order.
        decisions: every decision for the purpose.
    """

    batches: Sequence[BatchRecord]
    questions: Sequence[QuestionRecord]
    outcomes: Sequence[Outcome]
    decisions: Sequence[DecisionRecord]

    def states(self, batch: int) -> Mapping[State, int]:
        """How many questions of a batch have got how far; what was erased unanswered is left out."""
        return Counter(
            outcome.state
            for question, outcome in zip(self.questions, self.outcomes, strict=True)
            if question.batch == batch and not (question.erased and outcome.wants_answers)
        )

    @property
    def samples(self) -> tuple[BatchRecord, ...]:
        """The batches that were drawn by chance."""
        return tuple(one for one in self.batches if one.kind is ReviewKind.SAMPLE)

    def tallies(self, batch: BatchRecord) -> list[Tally]:
        """What was said of each stratum of a sample."""
        strata = [Stratum.from_json(one) for one in batch.strata]
        said: dict[str, Counter[str]] = {one.name: Counter() for one in strata}
        for question, outcome in zip(self.questions, self.outcomes, strict=True):
            if question.batch == batch.number:
                said[question.stratum][outcome.verdict or outcome.state] += 1
        return [
            Tally(
                one,
                said[one.name][LinkVerdict.SAME],
                said[one.name][LinkVerdict.DIFFERENT],
                said[one.name][State.OPEN],
            )
            for one in strata
        ]


def reviewed(purpose: str) -> Reviewed:
    """Everything that was asked and answered for a purpose."""
    questions, decisions = every_question(purpose), every_decision(purpose)
    answers = by_question(decisions)
    outcomes = [
        settle([one.verdict for one in answers.get((question.batch, question.number), ())])
        for question in questions
    ]
    return Reviewed(every_batch(purpose), questions, outcomes, decisions)


def estimated_for(purpose: str) -> tuple[BatchRecord, Estimates] | None:
    """The figures of the newest sample of a purpose that says anything; None where there is none."""
    found = reviewed(purpose)
    for batch in reversed(found.samples):
        told = estimated(found.tallies(batch))
        if told.precision.value is not None:
            return batch, told
    return None
