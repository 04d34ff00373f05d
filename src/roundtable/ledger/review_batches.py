"""Questions to reviewers as the ledger keeps them: which pairs were asked about, and how they were chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from roundtable.ledger import audit
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import ReviewBatch, ReviewKind, ReviewQuestion
from roundtable.ledger.numbering import lock_the_head, next_number

_AT_A_TIME = 200


@dataclass(frozen=True)
class BatchRecord:
    """Questions that were chosen together.

    Attributes:
        number: what posts call it.
        purpose: the purpose that records are linked for.
        kind: what the questions are for.
        made_at: when they were chosen.
        made_for: the post that asked first.
        snapshot: the snapshot of the lake they were chosen from; None where that is not known.
        seed: what chance began with.
        datasets: the datasets that the records are of: those that the post may see, by id, in order.
        strata: for a sample, what it was drawn from, stratum by stratum, as `Stratum.as_json` writes it.
    """

    number: int
    purpose: str
    kind: ReviewKind
    made_at: datetime
    made_for: str
    snapshot: int | None
    seed: int
    datasets: tuple[str, ...]
    strata: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class QuestionRecord:
    """Two records that are asked about.

    Attributes:
        batch: the number of the batch.
        number: counted from 1 within it.
        left: the lesser of the two record ids; empty, as `right` is, once either was erased.
        right: the other.
        stratum: what the pair was drawn from.
        stands_for: how many pairs of records it stands for, itself among them.
        weight: the model's weight, which no reviewer sees; None where the model never weighed the pair.
    """

    batch: int
    number: int
    left: str
    right: str
    stratum: str
    stands_for: float
    weight: float | None

    @property
    def erased(self) -> bool:
        """Whether a record of it was erased: it can be asked no more."""
        return not self.left

    @property
    def name(self) -> str:
        """What reviewers call it."""
        return question_name(self.batch, self.number)


def question_name(batch: int, number: int) -> str:
    """What reviewers call a question. It begins with a letter, or a spreadsheet would take it for a day."""
    return f"Q{batch}-{number}"


def in_order(one: str, other: str) -> tuple[str, str]:
    """Two record ids as the ledger keeps a pair: the lesser first.

    Raises:
        ValueError: they are one record.
    """
    if one == other:
        raise ValueError("a record is always the same as itself")
    return (one, other) if one < other else (other, one)


def keep_batch(
    purpose: str,
    kind: ReviewKind,
    made_for: str,
    snapshot: int | None,
    seed: int,
    datasets: Sequence[str],
    strata: Sequence[Mapping[str, Any]],
    questions: Sequence[QuestionRecord],
    at: datetime,
) -> int:
    """Keep questions before anybody is asked them; the number of their batch, whatever they say it is."""
    with ledger_transaction():
        lock_the_head()
        number = next_number(ReviewBatch.objects, "number")
        ReviewBatch.objects.create(
            number=number,
            purpose=purpose,
            kind=kind.value,
            made_at=at,
            made_for=made_for,
            snapshot=snapshot,
            seed=seed,
            datasets=sorted(datasets),
            strata=[dict(one) for one in strata],
        )
        rows = [_row(number, one) for one in questions]
        ReviewQuestion.objects.bulk_create(rows, batch_size=_AT_A_TIME)
    return number


def note_given(purpose: str, post: str, agency: str, questions: int, kind: ReviewKind, at: datetime) -> None:
    """Have the chain say that a file of questions leaves, before it does."""
    detail = {"post": post, "agency": agency, "kind": kind.value, "questions": questions}
    audit.append("review.given", f"review for {purpose}", detail, at)


def every_batch(purpose: str | None = None) -> tuple[BatchRecord, ...]:
    """Every batch, for a purpose or for all, in order."""
    rows = ReviewBatch.objects.order_by("number")
    with plain_faults():
        return tuple(_batch(row) for row in (rows if purpose is None else rows.filter(purpose=purpose)))


def every_question(purpose: str | None = None) -> tuple[QuestionRecord, ...]:
    """Every question, for a purpose or for all, in order."""
    rows = ReviewQuestion.objects.order_by("batch_id", "number")
    with plain_faults():
        found = rows if purpose is None else rows.filter(batch__purpose=purpose)
        return tuple(_question(row) for row in found)


def _row(batch: int, one: QuestionRecord) -> ReviewQuestion:
    left, right = in_order(one.left, one.right)
    return ReviewQuestion(
        batch_id=batch,
        number=one.number,
        left_record_id=left,
        right_record_id=right,
        stratum=one.stratum,
        stands_for=one.stands_for,
        weight=one.weight,
    )


def _batch(row: ReviewBatch) -> BatchRecord:
    return BatchRecord(
        row.number,
        row.purpose,
        ReviewKind(row.kind),
        row.made_at,
        row.made_for,
        row.snapshot,
        row.seed,
        tuple(row.datasets),
        tuple(row.strata),
    )


def _question(row: ReviewQuestion) -> QuestionRecord:
    return QuestionRecord(
        row.batch_id,
        row.number,
        row.left_record_id,
        row.right_record_id,
        row.stratum,
        row.stands_for,
        row.weight,
    )
