"""Decisions on whether two records are of one person: made, withdrawn, never changed.

What a decision comes to, beside the decisions of others, is not the ledger's question: see linkage/review.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from roundtable.ledger import audit
from roundtable.ledger.faults import ledger_transaction, plain_faults
from roundtable.ledger.models import LinkDecision, LinkOrigin, LinkVerdict, ReviewQuestion
from roundtable.ledger.numbering import lock_the_head, next_number
from roundtable.ledger.review_batches import QuestionRecord, in_order

_AT_A_TIME = 200


@dataclass(frozen=True)
class DecisionRecord:
    """One post's word on two records.

    Attributes:
        number: counted from 1; a later one has a higher number.
        purpose: the purpose that records are linked for.
        origin: a question that was answered, or a merge or split that was undone.
        question: the batch and the number of the question; None for what was undone.
        left: the lesser of the two record ids; empty, as `right` is, once either was erased.
        right: the other.
        verdict: what was said.
        post: who said it.
        decided_at: when.
        why: in words that name nobody; empty where none were given.
        withdrawn_at: when it was taken back; None while it stands.
        withdrawn_by: by which post.
        withdrawn_why: why.
        undoes: the run and the number of the move that it undoes; None for an answer.
    """

    number: int
    purpose: str
    origin: LinkOrigin
    question: tuple[int, int] | None
    left: str
    right: str
    verdict: LinkVerdict
    post: str
    decided_at: datetime
    why: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = ""
    undoes: tuple[int, int] | None = None

    @property
    def stands(self) -> bool:
        """Whether it counts for anything."""
        return self.withdrawn_at is None


@dataclass(frozen=True)
class Answer:
    """What a post says to a question."""

    question: QuestionRecord
    verdict: LinkVerdict
    why: str = ""


def keep_answers(purpose: str, post: str, answers: Sequence[Answer], at: datetime) -> int:
    """Keep what a post answered, all of it or nothing, with one audit event; how many there are.

    The post must have no word on any of these questions that stands.
    """
    if not answers:
        return 0
    with ledger_transaction():
        lock_the_head()
        first = next_number(LinkDecision.objects, "number")
        ids = _ids_of(one.question for one in answers)
        rows = [
            LinkDecision(
                number=first + place,
                purpose=purpose,
                origin=LinkOrigin.REVIEW.value,
                question_id=ids[one.question.batch, one.question.number],
                left_record_id=one.question.left,
                right_record_id=one.question.right,
                verdict=one.verdict.value,
                post=post,
                decided_at=at,
                why=one.why,
            )
            for place, one in enumerate(answers)
        ]
        LinkDecision.objects.bulk_create(rows, batch_size=_AT_A_TIME)
        # What was answered is not told: who reviews next may read the chain.
        audit.append("review.answered", f"review for {purpose}", {"post": post, "answers": len(rows)}, at)
    return len(rows)


@dataclass(frozen=True)
class Undone:
    """What a post says of pairs of records when it undoes a merge or a split, the two of a pair either way.

    Attributes:
        together: they are of one person.
        apart: they are not.
        no_longer_together: that they are of one person was decided once, and is withdrawn.
        no_longer_apart: that they are not, likewise.
        move: the run and the number of the move that is undone.
    """

    together: Collection[tuple[str, str]] = ()
    apart: Collection[tuple[str, str]] = ()
    no_longer_together: Collection[tuple[str, str]] = ()
    no_longer_apart: Collection[tuple[str, str]] = ()
    move: tuple[int, int] | None = None


def keep_undone(purpose: str, undone: Undone, post: str, why: str, at: datetime) -> int:
    """Keep that a post undid a merge or a split, with what it withdraws; the number of its first decision.

    Args:
        purpose: the purpose that records are linked for.
        undone: which records belong together and which do not, and what was decided to the contrary.
        post: who says so.
        why: in words that name nobody.
        at: when.
    """
    said = {in_order(*pair): LinkVerdict.SAME for pair in undone.together}
    said |= {in_order(*pair): LinkVerdict.DIFFERENT for pair in undone.apart}
    run, move = undone.move or (None, None)
    with ledger_transaction():
        lock_the_head()
        contrary = [
            *_about(purpose, undone.no_longer_together, LinkVerdict.SAME),
            *_about(purpose, undone.no_longer_apart, LinkVerdict.DIFFERENT),
        ]
        withdraw(contrary, post, why, at)
        first = next_number(LinkDecision.objects, "number")
        rows = [
            LinkDecision(
                number=first + place,
                purpose=purpose,
                origin=LinkOrigin.UNDO.value,
                undoes_run=run,
                undoes_move=move,
                left_record_id=left,
                right_record_id=right,
                verdict=verdict.value,
                post=post,
                decided_at=at,
                why=why,
            )
            for place, ((left, right), verdict) in enumerate(sorted(said.items()))
        ]
        LinkDecision.objects.bulk_create(rows, batch_size=_AT_A_TIME)
        which = {"run": run, "move": move} if undone.move else {}
        audit.append("link.undone", f"links for {purpose}", {"by": post, "pairs": len(rows), **which}, at)
    return first


def _about(purpose: str, pairs: Collection[tuple[str, str]], verdict: LinkVerdict) -> list[int]:
    """The decisions that stand, say this and are about these pairs."""
    wanted = {in_order(*pair) for pair in pairs}
    if not wanted:
        return []
    rows = LinkDecision.objects.filter(purpose=purpose, verdict=verdict.value, withdrawn_at=None)
    return [row.number for row in rows if (row.left_record_id, row.right_record_id) in wanted]


def withdraw(numbers: Iterable[int], by: str, why: str, at: datetime) -> int:
    """Take decisions back that stand; how many. They stay, and say who took them back."""
    wanted = sorted(set(numbers))
    with ledger_transaction():
        lock_the_head()
        gone = 0
        for start in range(0, len(wanted), _AT_A_TIME):
            some = LinkDecision.objects.filter(
                number__in=wanted[start : start + _AT_A_TIME], withdrawn_at=None
            )
            gone += some.update(withdrawn_at=at, withdrawn_by=by, withdrawn_why=why)
        if gone:
            audit.append("link.withdrawn", "decisions on links", {"by": by, "decisions": gone}, at)
    return gone


def every_decision(purpose: str) -> tuple[DecisionRecord, ...]:
    """Every decision for a purpose, also the withdrawn, in the order in which they were made."""
    with plain_faults():
        rows = tuple(
            LinkDecision.objects.filter(purpose=purpose).select_related("question").order_by("number")
        )
    return tuple(_decision(row) for row in rows)


def _ids_of(questions: Iterable[QuestionRecord]) -> dict[tuple[int, int], int]:
    batches = sorted({one.batch for one in questions})
    rows = ReviewQuestion.objects.filter(batch_id__in=batches).values_list("batch_id", "number", "id")
    return {(batch, number): own for batch, number, own in rows}


def _decision(row: LinkDecision) -> DecisionRecord:
    asked = row.question
    return DecisionRecord(
        row.number,
        row.purpose,
        LinkOrigin(row.origin),
        (asked.batch_id, asked.number) if asked is not None else None,
        row.left_record_id,
        row.right_record_id,
        LinkVerdict(row.verdict),
        row.post,
        row.decided_at,
        row.why,
        row.withdrawn_at,
        row.withdrawn_by,
        row.withdrawn_why,
        (row.undoes_run, row.undoes_move)
        if row.undoes_run is not None and row.undoes_move is not None
        else None,
    )
