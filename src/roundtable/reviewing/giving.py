"""Questions given to a post: those that still want an answer first, and so many new ones.

Questions that nobody, one post or two have answered stand in one file in an order of chance: whoever answers
cannot tell which are which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from roundtable.data.private_file import see_that_free, write_privately
from roundtable.errors import Place, Problem, SettingUnusable
from roundtable.ledger import copies
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.looks import note_look
from roundtable.ledger.models import CopyKind, ReviewKind
from roundtable.ledger.review_batches import QuestionRecord, in_order, keep_batch, note_given
from roundtable.linkage.review.from_state import linked_from, loose_keys_from
from roundtable.linkage.review.linked import Asked, Linked
from roundtable.linkage.review.question_file import Asking, question_file
from roundtable.linkage.review.queue import worth_most
from roundtable.linkage.review.reviewed import Reviewed, reviewed
from roundtable.linkage.review.sample import sampled
from roundtable.linkage.review.settling import State, answered_by, settled_of
from roundtable.linkage.review.strata import Stratum
from roundtable.reviewing.desk import Desk
from roundtable.reviewing.seen_by_post import SeenByPost, seen_by_post

#: What such a file is called in the register of copies.
WHAT = "questions on whether records are of one person, with the records"
_MOST_FIRST = (State.WAITS_FOR_THIRD, State.WAITS_FOR_SECOND, State.UNANSWERED)


@dataclass(frozen=True)
class Given:
    """What was given out.

    Attributes:
        questions: how many questions there are in the file.
        new: how many of them nobody was asked before.
        copy: the number of the file in the register of copies.
    """

    questions: int
    new: int
    copy: int


def give_questions(desk: Desk, post: str, kind: ReviewKind, number: int, to: Path) -> Given:
    """Write questions for a post that may have the records they are about.

    Args:
        desk: open for writing: what is asked is written down.
        post: the post that is to answer.
        kind: the pairs that are worth most, or a sample drawn by chance.
        number: how many questions at most.
        to: the CSV file, which must not exist yet, outside the partnership folder.

    Raises:
        SettingUnusable: there is no such post, the file stands where it must not, nobody has been linked yet,
            or there is nothing to ask.
        NotPermitted: the agreements give this post nobody's records for the purpose.
        StoreUnusable: this process has no keys to the vault.
    """
    agency = desk.agency_of(post)
    see_that_free(to, desk.partnership.folder)
    keyring = desk.keyring
    seen = seen_by_post(desk.partnership, post, desk.purpose, desk.now.date())
    before = reviewed(desk.purpose.value)
    choice = _Choice(desk, post, kind, seen, before)
    asking = choice.made(number)
    if not asking:
        what = f"there is nothing to ask '{post}' for {desk.purpose.value}"
        remedy = "All pairs of records that it may see are decided, asked about or beyond doubt."
        raise SettingUnusable(Problem(Place("command line", key="--post"), "nothing-to-ask", what, remedy))
    with ledger_transaction():
        asking = choice.kept(asking)
        copy = _note(desk, post, agency, kind, asking, to)
    sources = {one.id: one.name for one in desk.partnership.datasets}
    write_privately(to, question_file(_shuffled(asking), post, keyring, sources))
    return Given(len(asking), sum(one.question.batch == choice.batch for one in asking), copy)


class _Choice:
    """Which questions a post is given."""

    def __init__(self, desk: Desk, post: str, kind: ReviewKind, seen: SeenByPost, before: Reviewed) -> None:
        self.batch = 0
        self._desk, self._post, self._kind, self._seen, self._before = desk, post, kind, seen, before
        self._strata: Sequence[Stratum] = ()
        self._seed = 1 + max((one.number for one in before.batches), default=0)

    def made(self, number: int) -> list[Asking]:
        """The questions with their records: open ones, and new ones where there are not enough of those.

        A sample is filled up from no other: its figures rest on how it was drawn.
        """
        waiting = self._with_records(self._waiting())[:number]
        if len(waiting) == number or (waiting and self._kind is ReviewKind.SAMPLE):
            return waiting
        return waiting + self._with_records(self._new(number - len(waiting)))

    def kept(self, asking: Sequence[Asking]) -> list[Asking]:
        """The same, the new ones kept as a batch with its number."""
        new = [one.question for one in asking if not one.question.batch]
        if not new:
            return list(asking)
        self.batch = keep_batch(
            self._desk.purpose.value,
            self._kind,
            self._post,
            self._desk.lake.current_snapshot() or None,
            self._seed,
            self._seen.datasets,
            [one.as_json() for one in self._strata],
            new,
            self._desk.now,
        )
        return [
            one if one.question.batch else replace(one, question=replace(one.question, batch=self.batch))
            for one in asking
        ]

    def _waiting(self) -> list[QuestionRecord]:
        """Questions of this kind that want one more answer and have none of this post, most wanted first."""
        kinds = {one.number: one.kind for one in self._before.batches}
        answered = answered_by(self._post, self._before.decisions)
        found = [
            (_MOST_FIRST.index(outcome.state), question.batch, question.number, question)
            for question, outcome in zip(self._before.questions, self._before.outcomes, strict=True)
            if outcome.wants_answers
            and not question.erased
            and kinds[question.batch] is self._kind
            and (question.batch, question.number) not in answered
        ]
        return [one[-1] for one in sorted(found, key=lambda one: one[:-1])]

    def _new(self, number: int) -> list[QuestionRecord]:
        state = self._desk.state()
        agencies = self._desk.agencies(state.records["record_id"], self._seen)
        linked = linked_from(state, agencies).seen(np.asarray(agencies.is_valid(), dtype=np.bool_))
        if self._kind is ReviewKind.SAMPLE:
            drawn = sampled(linked, loose_keys_from(state), number, self._seed)
            self._strata = drawn.strata
            return _numbered(linked, drawn.asked)
        settled = settled_of(self._before.decisions).pairs
        asked = [(one.left, one.right) for one in self._before.questions if not one.erased]
        chosen = worth_most(linked, number, settled, asked)
        order = np.random.default_rng(self._seed).permutation(len(chosen))
        return _numbered(linked, [chosen[place] for place in order])

    def _with_records(self, questions: Sequence[QuestionRecord]) -> list[Asking]:
        """Those of which the post may be given both records; what is under seal or gone is not among them."""
        ids = {record for one in questions for record in (one.left, one.right)}
        records: Mapping[str, Mapping[str, Any]] = self._desk.records(ids, self._seen)
        return [
            Asking(one, records[one.left], records[one.right])
            for one in questions
            if one.left in records and one.right in records
        ]


def _numbered(linked: Linked, asked: Sequence[Asked]) -> list[QuestionRecord]:
    """Questions of a batch that has no number yet."""
    ids = linked.record_ids
    found = []
    for number, one in enumerate(asked, 1):
        left, right = in_order(ids[one.left].as_py(), ids[one.right].as_py())
        found.append(QuestionRecord(0, number, left, right, one.stratum, one.stands_for, one.weight))
    return found


def _shuffled(asking: Sequence[Asking]) -> list[Asking]:
    """In an order of chance: neither the batch nor how far a question has got can be told by its place."""
    seed = sum(one.question.batch * 1_000_003 + one.question.number for one in asking)
    order = np.random.default_rng(seed).permutation(len(asking))
    return [asking[place] for place in order]


def _note(desk: Desk, post: str, agency: str, kind: ReviewKind, asking: Sequence[Asking], to: Path) -> int:
    """Say that the file leaves, before it does: whose records, to whom, and where it will stand."""
    purpose, at = desk.purpose.value, desk.now
    records = {record for one in asking for record in (one.question.left, one.question.right)}
    note_look(f"review for {purpose}", records, {"by": post, "purpose": purpose, "how": "review"}, at)
    note_given(purpose, post, agency, len(asking), kind, at)
    snapshot = desk.lake.current_snapshot() or None
    place = str(to.absolute())
    return copies.register(CopyKind.EXPORT, WHAT, at, place=place, recipient=agency, snapshot=snapshot)
