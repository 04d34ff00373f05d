"""Answers taken in, and taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from roundtable.errors import ForeignFileUnusable, Place, Problem, SettingUnusable
from roundtable.governance.keys import needed_keyring
from roundtable.governance.rights.four_eyes import known_post
from roundtable.ledger.faults import ledger_transaction
from roundtable.ledger.links import DecisionRecord, every_decision, keep_answers, withdraw
from roundtable.ledger.review_batches import every_batch, every_question, question_name
from roundtable.linkage.review.answer_file import Answers, Known, read_answers
from roundtable.partnership.model.whole import Partnership
from roundtable.rights.office import plain_words

#: More than any file of questions comes to.
MOST_BYTES = 20_000_000


def take_answers(
    partnership: Partnership, path: Path, post: str, at: datetime, *, unfinished: bool = False
) -> Answers:
    """Take in what a post answered: the whole file, or nothing of it.

    Args:
        partnership: what is agreed; its ledger is open, and this process may write.
        path: the file, as `give_questions` wrote it, with answers.
        post: the post that answered.
        at: the trusted clock's time.
        unfinished: whether rows without an answer are left for another time.

    Raises:
        SettingUnusable: there is no such post.
        ForeignFileUnusable: the file cannot be read, or something in it is wrong; every mistake is told.
    """
    known_post(partnership, post, "--post")
    content = _content(path)
    purposes = {one.number: one.purpose for one in every_batch()}
    questions = {one.name: one for one in every_question()}
    words = {name: one.verdict for name, one in _standing(post, purposes.values()).items()}
    known = Known(post, questions, words, needed_keyring(partnership.folder), unfinished)
    found = read_answers(content, str(path), known)
    with ledger_transaction():
        for purpose in sorted(set(purposes.values())):
            own = [one for one in found.new if purposes[one.question.batch] == purpose]
            keep_answers(purpose, post, own, at)
    return found


def take_back(partnership: Partnership, post: str, names: Sequence[str], why: str, at: datetime) -> int:
    """Withdraw what a post answered to questions; how many answers. They stay, as withdrawn.

    Args:
        partnership: what is agreed; its ledger is open, and this process may write.
        post: the post, which takes back its own answers and no other's.
        names: the questions, such as `Q3-17`.
        why: in words that name nobody.
        at: the trusted clock's time.

    Raises:
        SettingUnusable: there is no such post, it has not answered one of these, or no reason is given.
    """
    known_post(partnership, post, "--post")
    said = plain_words(why, "--why")
    own = _standing(post, (one.purpose for one in every_batch()))
    _see_that_answered(names, own, post)
    return withdraw([own[name].number for name in names], post, said, at)


def _standing(post: str, purposes: Iterable[str]) -> dict[str, DecisionRecord]:
    """What a post has answered and not withdrawn, by the name of the question."""
    return {
        question_name(*one.question): one
        for purpose in sorted(set(purposes))
        for one in every_decision(purpose)
        if one.post == post and one.stands and one.question is not None
    }


def _see_that_answered(names: Sequence[str], own: Iterable[str], post: str) -> None:
    missing = sorted(set(names) - set(own))
    if missing:
        remedy = "Give the names of questions as the file has them, such as Q3-17, that this post answered."
        place = Place("command line", key="--question")
        raise SettingUnusable(
            [
                Problem(place, "not-answered", f"'{post}' has no answer to '{name}' that stands", remedy)
                for name in missing
            ]
        )


def _content(path: Path) -> bytes:
    """The bytes of a file of answers.

    Raises:
        ForeignFileUnusable: it is not there, cannot be read, or is far too large.
    """
    what, remedy = "", "Give the name of the CSV file that was answered."
    try:
        if not path.is_file():
            what = "there is no such file"
        elif path.stat().st_size > MOST_BYTES:
            what = f"it is larger than {MOST_BYTES // 1_000_000} MB, as no file of questions is"
        else:
            return path.read_bytes()
    except OSError as error:
        what = f"it cannot be read: {error.strerror}"
    raise ForeignFileUnusable(Problem(Place(str(path)), "unreadable", what, remedy))
