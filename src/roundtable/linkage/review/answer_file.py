"""Answers that come back from a spreadsheet: read line by line, and every mistake in it told at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from roundtable.errors import Place
from roundtable.governance.keys import Keyring
from roundtable.ledger.impersonal import looks_like
from roundtable.ledger.links import Answer
from roundtable.ledger.models import LinkVerdict
from roundtable.ledger.review_batches import QuestionRecord
from roundtable.linkage.review.question_file import ANSWER, CHECK, OWN, POST, QUESTION, SAID, WHY, check_of
from roundtable.partnership.exchange.csv_tables import MAX_CELL
from roundtable.partnership.exchange.faults import Faults, unusable
from roundtable.partnership.exchange.reading_bytes import as_utf_8
from roundtable.partnership.nearest import nearest

#: The longest reason.
MOST_WHY = 500
_WORDS = {one.value: one for one in LinkVerdict}


@dataclass(frozen=True)
class Known:
    """What is known of questions when answers come in.

    Attributes:
        post: the post that answers.
        questions: every question, by its name.
        words: what this post has answered before and has not withdrawn, by the name of the question.
        keyring: by which the checks were made.
        unfinished: whether a row without an answer is one for another time, and not a mistake.
    """

    post: str
    questions: Mapping[str, QuestionRecord]
    words: Mapping[str, LinkVerdict]
    keyring: Keyring
    unfinished: bool = False


@dataclass(frozen=True)
class Answers:
    """What a file holds.

    Attributes:
        new: the answers that are not known yet, in the order of the lines.
        known: how many rows say what this post has said before.
        unanswered: how many rows have no answer yet.
    """

    new: tuple[Answer, ...]
    known: int
    unanswered: int


def read_answers(content: bytes, file: str, known: Known) -> Answers:
    """The answers in a file.

    Args:
        content: its bytes.
        file: what the user calls it.
        known: what is known of questions.

    Raises:
        ForeignFileUnusable: with every mistake in it, each at its line with what mends it. Nothing of such a
            file is taken.
    """
    faults = Faults(file)
    reading = _Reading(known, faults)
    for place, row in _rows(as_utf_8(content, file), file, faults):
        reading.take(place, row)
    faults.end()
    if not (reading.new or reading.known or reading.unanswered):
        raise unusable(file, "empty", "the file has no rows", "Answer the questions in it, or name another.")
    return Answers(tuple(reading.new), reading.known, reading.unanswered)


class _Reading:
    """A file on its way to becoming answers."""

    def __init__(self, known: Known, faults: Faults) -> None:
        self.new: list[Answer] = []
        self.known = self.unanswered = 0
        self._told, self._faults = known, faults
        self._lines: dict[str, int | None] = {}

    def take(self, place: Place, row: Mapping[str, str]) -> None:
        """Take one row, or note what is wrong with it."""
        name = row[QUESTION]
        question = self._told.questions.get(name)
        tell = self._teller(place)
        if question is None:
            what = f"there is no question '{name}'" if name else "the row does not say which question it is"
            tell("question-unknown", QUESTION, what, "Leave that column as it was given out.")
            return
        if name in self._lines:
            what = f"'{name}' is answered already on line {self._lines[name]}"
            tell("same-question", QUESTION, what, "Keep one of the two rows.")
            return
        self._lines[name] = place.line
        if self._is_theirs(row, name, tell) and (verdict := self._verdict(row, tell)) is not None:
            self._keep(question, verdict, row[WHY], tell)

    def _is_theirs(self, row: Mapping[str, str], name: str, tell: Callable[..., None]) -> bool:
        post = self._told.post
        if row[POST] != post:
            what = f"'{name}' was given to '{row[POST]}', and not to '{post}'"
            tell("another-post", POST, what, "Bring each file in with the post that it was written for.")
            return False
        if check_of(name, post, [row[heading] for heading in SAID], self._told.keyring) == row[CHECK]:
            return True
        what = f"the row of '{name}' does not say of the two records what it said when it was given out"
        remedy = (
            "Answer in a fresh file from `roundtable review out` and change nothing but 'answer' and 'why': "
            "cells were edited or columns sorted apart. Mistakes in a record are for its source to mend."
        )
        tell("row-changed", CHECK, what, remedy)
        return False

    def _verdict(self, row: Mapping[str, str], tell: Callable[..., None]) -> LinkVerdict | None:
        said = row[ANSWER].casefold()
        if not said and self._told.unfinished:
            self.unanswered += 1
            return None
        if said in _WORDS:
            return _WORDS[said]
        near = nearest(said, list(_WORDS)) if said else None
        what = f"'{row[ANSWER]}' is no answer" if said else f"'{row[QUESTION]}' has no answer"
        remedy = f"Did you mean '{near}'?" if near else f"Write {', '.join(_WORDS)}."
        more = (
            ""
            if said
            else " To answer it another time, delete the row or bring the file in with --unfinished."
        )
        tell("no-answer", ANSWER, what, f"{remedy}{more}")
        return None

    def _keep(
        self, question: QuestionRecord, verdict: LinkVerdict, why: str, tell: Callable[..., None]
    ) -> None:
        before = self._told.words.get(question.name)
        kind = looks_like(why)
        if before is verdict:
            self.known += 1
        elif before is not None:
            what = f"you have answered '{question.name}' before, and differently"
            remedy = (
                "Take that back first: `roundtable review withdraw DIR --question ... --post ... --why ...`."
            )
            tell("answered-before", ANSWER, what, remedy)
        elif question.erased:
            what = f"a record of '{question.name}' has been erased since"
            tell("question-erased", QUESTION, what, "Delete the row, and the file when you have done.")
        elif kind is not None or len(why) > MOST_WHY:
            what = f"it holds what looks like {kind}" if kind else f"it is longer than {MOST_WHY} characters"
            tell(
                "words-personal",
                WHY,
                what,
                "Say why in a few words that name nobody, as 'another birth year'.",
            )
        else:
            self.new.append(Answer(question, verdict, why))

    def _teller(self, place: Place) -> Callable[..., None]:
        def tell(rule: str, column: str, what: str, remedy: str) -> None:
            self._faults.add(rule, what, remedy, place=Place(place.file, place.line, key=column))

        return tell


def _rows(text: str, file: str, faults: Faults) -> Iterator[tuple[Place, Mapping[str, str]]]:
    """The rows with what they say in each column that is known; others that a user added do not matter."""
    csv.field_size_limit(MAX_CELL)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        headings = [cell.strip() for cell in next(reader, [])]
        _see_that_headed(headings, file)
        line = reader.line_num + 1
        for cells in reader:
            place, line = Place(file, line), reader.line_num + 1
            if any(cell.strip() for cell in cells):
                if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
                    what = f"the row has {len(cells)} cells under {len(headings)} headings"
                    remedy = "Put a text that holds the separator into quotation marks."
                    faults.add("no-heading", what, remedy, place=place)
                    continue
                whole = dict(zip(headings, [*cells, *[""] * len(headings)], strict=False))
                yield place, {heading: _plain(whole[heading]) for heading in (*OWN, *SAID)}
    except csv.Error as error:
        what = f"the table cannot be read: {error}"
        remedy = "See that every quotation mark is closed, and that the file is whole."
        raise unusable(file, "not-csv", what, remedy, reader.line_num) from None


def _see_that_headed(headings: Sequence[str], file: str) -> None:
    faults = Faults(file)
    for heading in (*OWN, *SAID):
        if headings.count(heading) != 1:
            what = f"there is no column '{heading}'"
            if heading in headings:
                what = f"two columns are headed '{heading}'"
            remedy = "Keep every column as it was given out, and save the sheet as CSV."
            faults.add("columns", what, remedy, place=Place(file, 1, key=heading))
    faults.end()


def _plain(cell: str) -> str:
    """A cell without what was put before it so that no spreadsheet works it out."""
    text = cell.strip()
    return text.lstrip("'").strip() if text.startswith("'") else text
