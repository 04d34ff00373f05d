"""Questions as a table for a spreadsheet: two records side by side, and a place for the answer.

Nothing in it tells what the model thinks of a pair, what others have answered, or why a pair was chosen. No
cell is ever a formula. Each row ends with a check, made with the partnership's key of the question, the post
and what the row says of the two records: an answer that has slipped to another row is found out when it comes
back. It bears what a spreadsheet does to figures and days by itself.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roundtable.governance.keys import Keyring
from roundtable.governance.pseudonyms import SEPARATOR, keyed
from roundtable.ledger.review_batches import QuestionRecord
from roundtable.partnership.exchange.csv_tables import as_text

QUESTION, ANSWER, WHY, POST, CHECK = "question", "answer", "why", "post", "check"
#: What the key of the checks is derived for.
REVIEW = "review file"
_FIRST, _SECOND = "A", "B"
#: What is shown of a record: the heading, and the columns of `person_record` that it is put together of.
SHOWN: Mapping[str, tuple[str, ...]] = {
    "name": ("title", "given_name", "middle_names", "surname", "full_name"),
    "former surname": ("former_surname",),
    "known as": ("known_as",),
    "date of birth": ("date_of_birth",),
    "date of death": ("date_of_death",),
    "sex": ("sex",),
    "NHS number": ("nhs_number",),
    "phone": ("phone",),
    "email": ("email",),
    "address": ("address",),
    "postcode": ("postcode",),
    "property": ("uprn",),
    "number in the source": ("source_person_id",),
    "recorded": ("recorded_at",),
    "source": ("dataset",),
}
HEADINGS = (
    QUESTION,
    ANSWER,
    WHY,
    *(f"{heading} {which}" for heading in SHOWN for which in (_FIRST, _SECOND)),
    POST,
    CHECK,
)
#: What the answers and the check stand in, and what a row says of the two records.
OWN = (QUESTION, ANSWER, WHY, POST, CHECK)
SAID = tuple(heading for heading in HEADINGS if heading not in OWN)
#: A spreadsheet keeps eleven figures as they are; longer numbers it rounds or writes as a power of ten.
_LONG_NUMBER = re.compile(r"[0-9][0-9 ]{11,}")
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(frozen=True)
class Asking:
    """One question with its two records, as `person_record` has them."""

    question: QuestionRecord
    first: Mapping[str, Any]
    second: Mapping[str, Any]


def question_file(asking: Sequence[Asking], post: str, keyring: Keyring, sources: Mapping[str, str]) -> str:
    """The whole table as CSV.

    Args:
        asking: the questions; what the post may not see is null in their records.
        post: the post that they are for.
        keyring: by which the checks are made.
        sources: what people call each dataset.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for one in asking:
        said = _said(one, sources)
        check = check_of(one.question.name, post, said, keyring)
        writer.writerow([as_text(cell) for cell in (one.question.name, "", "", *said, post, check)])
    # With a byte-order mark, by which a spreadsheet knows that it is UTF-8.
    return "\ufeff" + text.getvalue()


def check_of(question: str, post: str, said: Iterable[str], keyring: Keyring) -> str:
    """The check of a row: 16 letters, which no spreadsheet takes for a number.

    Args:
        question: the name of the question.
        post: the post that it was written for.
        said: the cells of the two records, in the order of `SAID`.
        keyring: the partnership's keys.
    """
    parts = (question, post, *(_settled(cell) for cell in said))
    return keyed(keyring.derive(REVIEW, keyring.first), SEPARATOR.join(parts))[:16].translate(_LETTERS)


def _settled(cell: str) -> str:
    """A cell without what a spreadsheet changes: its parts, in any order, figures without leading noughts."""
    parts = (part.lstrip("0") or "0" for part in _PARTS.findall(cell.casefold()))
    return " ".join(sorted(parts))


def _said(one: Asking, sources: Mapping[str, str]) -> list[str]:
    return [
        _cell(heading, columns, record, sources)
        for heading, columns in SHOWN.items()
        for record in (one.first, one.second)
    ]


def _cell(heading: str, columns: Sequence[str], record: Mapping[str, Any], sources: Mapping[str, str]) -> str:
    values = [record.get(column) for column in columns]
    if heading == "source":
        return sources.get(str(values[0]), str(values[0]))
    if heading == "recorded":
        return str(values[0].date()) if values[0] is not None else ""
    text = " ".join(" ".join(str(value).split()) for value in values if value is not None)
    return f"no. {text}" if _LONG_NUMBER.fullmatch(text) else text
