"""Files of answers: whatever a spreadsheet or a bad day has made of them is borne, or told with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from roundtable.errors import ForeignFileUnusable
from roundtable.governance.keys import Keyring, KeyVersion
from roundtable.ledger.models import LinkVerdict
from roundtable.ledger.review_batches import QuestionRecord
from roundtable.linkage.review.answer_file import Answers, Known, read_answers
from roundtable.linkage.review.question_file import HEADINGS, Asking, question_file

Rows = list[dict[str, str]]
KEYS = Keyring("test", (KeyVersion(1, date(2026, 1, 1), b"k" * 32),))
QUESTIONS = [QuestionRecord(1, n, f"{n:032x}", f"{n + 50:032x}", "s", 1.0, 12.345) for n in range(1, 7)]
SURNAMES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "=Fir")


def _record(question: QuestionRecord, dataset: str) -> dict[str, Any]:
    return {
        "given_name": "Robin",
        "surname": SURNAMES[question.number - 1],
        "date_of_birth": date(1950 + question.number, 2, 11),
        "nhs_number": "0990000018",
        "phone": "07700 900123",
        "uprn": "999000000001",
        "source_person_id": "12345678901234567",
        "recorded_at": datetime(2026, 3, 4, 23, 0, tzinfo=UTC),
        "dataset": dataset,
    }


def _given(post: str = "one") -> str:
    asking = [Asking(one, _record(one, "police"), _record(one, "care")) for one in QUESTIONS]
    return question_file(asking, post, KEYS, {"police": "Police calls"})


def _rows(answer: str = "same") -> Rows:
    rows = list(csv.DictReader(io.StringIO(_given().removeprefix("\ufeff"), newline="")))
    for row in rows:
        row["answer"] = answer
    return rows


def _written(rows: Rows, **form: Any) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), **form)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _read(content: bytes, post: str = "one", **known: Any) -> Answers:
    by_name = {one.name: one for one in known.pop("questions", QUESTIONS)}
    return read_answers(content, "a.csv", Known(post, by_name, known.pop("words", {}), KEYS, **known))


def _refused(content: bytes, **known: Any) -> str:
    with pytest.raises(ForeignFileUnusable) as caught:
        _read(content, **known)
    assert all(problem.remedy for problem in caught.value.problems)
    return "\n".join(str(problem) for problem in caught.value.problems)


def test_a_file_says_of_two_records_what_it_may_and_nothing_of_the_model() -> None:
    row = _rows("")[0]
    assert tuple(row) == HEADINGS
    assert (row["question"], row["post"], row["source A"]) == ("Q1-1", "one", "Police calls")
    assert row["name A"] == row["name B"] == "Robin Alder"
    assert (row["recorded A"], row["known as A"]) == ("2026-03-04", "")
    assert row["property A"] == "no. 999000000001", "a spreadsheet would round it"
    assert "12.3" not in _given() and f"{1:032x}" not in _given()
    assert _rows()[5]["name A"] == "Robin =Fir"


def test_no_cell_is_a_formula_whatever_a_record_says() -> None:
    for bad in ("=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "'=1"):
        asking = [Asking(QUESTIONS[0], {"surname": bad, "dataset": bad}, {"email": bad, "dataset": "care"})]
        text = question_file(asking, "one", KEYS, {}).removeprefix("\ufeff")
        (row,) = csv.DictReader(io.StringIO(text, newline=""))
        assert not [cell for cell in row.values() if cell[:1] in "=+-@\t" and cell]
        row["answer"] = "same"
        assert len(_read(_written([row])).new) == 1


def test_answers_come_back_with_their_reasons() -> None:
    rows = _rows()
    rows[0].update(answer=" Different ", why="'-another birth year")
    rows[1].update(answer="UNSURE")
    found = _read(_written(rows))
    assert [one.verdict for one in found.new[:3]] == [
        LinkVerdict.DIFFERENT,
        LinkVerdict.UNSURE,
        LinkVerdict.SAME,
    ]
    assert found.new[0].why == "-another birth year" and found.new[0].question == QUESTIONS[0]


def test_what_a_spreadsheet_does_is_borne() -> None:
    """Days turned round, leading noughts gone, rows in another order, columns moved and added, empty rows."""
    rows = _rows()[::-1]
    for row in rows:
        for which in ("A", "B"):
            year, month, day = row[f"date of birth {which}"].split("-")
            row[f"date of birth {which}"] = f"{int(day)}/{int(month)}/{year}"
            row[f"NHS number {which}"] = row[f"NHS number {which}"].lstrip("0")
            row[f"recorded {which}"] = "04.03.2026"
    moved = [dict(reversed(row.items())) | {"my notes": "seen on Monday"} for row in rows]
    moved.insert(2, dict.fromkeys(moved[0], " "))
    for delimiter in (",", ";", "\t"):
        assert len(_read(_written(moved, delimiter=delimiter)).new) == 6


def test_a_row_that_was_answered_before_is_known_and_another_answer_is_not_taken() -> None:
    words = {"Q1-1": LinkVerdict.SAME}
    found = _read(_written(_rows()), words=words)
    assert (len(found.new), found.known) == (5, 1)
    told = _refused(_written(_rows("different")), words=words)
    assert "you have answered 'Q1-1' before, and differently" in told and "review withdraw" in told


def test_a_row_without_an_answer_is_left_where_the_file_is_unfinished() -> None:
    rows = _rows()
    rows[3]["answer"] = " "
    assert "delete the row or bring the file in with --unfinished" in _refused(_written(rows))
    found = _read(_written(rows), unfinished=True)
    assert (len(found.new), found.unanswered) == (5, 1)
    rows[4]["answer"] = "maybe"
    assert "'maybe' is no answer" in _refused(_written(rows), unfinished=True)


def test_a_question_whose_record_was_erased_is_told() -> None:
    questions = [QuestionRecord(1, 1, "", "", "s", 1.0, None), *QUESTIONS[1:]]
    assert "a record of 'Q1-1' has been erased since" in _refused(_written(_rows()), questions=questions)


def _swapped(rows: Rows) -> None:
    rows[1]["question"], rows[2]["question"] = rows[2]["question"], rows[1]["question"]


#: What is done to a file that is right, and what is said of its second row.
WRONG: dict[str, tuple[Callable[[Rows], object], str]] = {
    "no answer": (lambda rows: rows[1].update(answer=""), "'Q1-2' has no answer"),
    "not an answer": (lambda rows: rows[1].update(answer="sam"), "Did you mean 'same'?"),
    "no such answer": (lambda rows: rows[1].update(answer="42"), "Write same, different, unsure."),
    "no such question": (lambda rows: rows[1].update(question="Q9-99"), "there is no question 'Q9-99'"),
    "no question": (lambda rows: rows[1].update(question=""), "does not say which question"),
    "a question twice": (lambda rows: rows[1].update(rows[0]), "is answered already on line 2"),
    "a name edited": (
        lambda rows: rows[1].update({"name A": "Robin Zelkova"}),
        "does not say of the two records what it said",
    ),
    "a day edited": (
        lambda rows: rows[1].update({"date of birth B": "1952-02-12"}),
        "does not say of the two records what it said",
    ),
    "a cell emptied": (
        lambda rows: rows[1].update({"phone B": ""}),
        "does not say of the two records what it said",
    ),
    "columns sorted apart": (_swapped, "columns sorted apart"),
    "another check": (lambda rows: rows[1].update(check="a" * 16), "does not say of the two records"),
    "no check": (lambda rows: rows[1].update(check=""), "does not say of the two records"),
    "another's row": (lambda rows: rows[1].update(post="two"), "was given to 'two', and not to 'one'"),
    "a postcode": (lambda rows: rows[1].update(why="of YO1 7HH"), "it holds what looks like a postcode"),
    "a novel": (lambda rows: rows[1].update(why="x" * 501), "longer than 500 characters"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told_with_its_line(wrong: str) -> None:
    spoil, said = WRONG[wrong]
    rows = _rows()
    spoil(rows)
    told = _refused(_written(rows))
    assert said in told and "a.csv:3 (" in told


def test_every_mistake_is_told_at_once() -> None:
    rows = _rows()
    for place, row in enumerate(rows):
        row["answer"] = "perhaps" if place % 2 else ""
    told = _refused(_written(rows))
    assert told.count("has no answer") == told.count("'perhaps' is no answer") == 3


def test_one_post_cannot_answer_in_the_file_of_another() -> None:
    assert "was given to 'one', and not to 'two'" in _refused(_written(_rows()), post="two")
    rows = _rows()
    for row in rows:
        row["post"] = "two"
    assert "does not say of the two records" in _refused(_written(rows), post="two")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.encode("utf-16"), "UTF-16"),
        (lambda text: text.replace("Alder", "Aldér").encode("cp1252"), "Windows-1252"),
        (lambda text: b"", "there is no column 'question'"),
        (lambda text: text.split("\r\n")[0].encode(), "the file has no rows"),
        (lambda text: text.replace("answer", "reply", 1).encode(), "there is no column 'answer'"),
        (lambda text: text.replace("why", "answer", 1).encode(), "two columns are headed 'answer'"),
        (lambda text: text.replace("Q1-3,", '"Q1-3,', 1).encode(), "every quotation mark is closed"),
        (lambda text: (text.rstrip() + ",more\r\n").encode(), "cells under"),
        (lambda text: text.encode() + b"\x00", "NUL"),
        (lambda text: text[: len(text) // 2].encode(), ":"),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(spoil: Callable[[str], bytes], said: str) -> None:
    assert said in _refused(spoil(_written(_rows()).decode("utf-8-sig")))
