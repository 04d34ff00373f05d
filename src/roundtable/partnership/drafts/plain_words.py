"""What an agreement says, for the people whom it is about: no column names, and no counts of days."""

from __future__ import annotations

from roundtable.partnership.drafts.document import Answer
from roundtable.partnership.drafts.facts import AgreementFacts
from roundtable.partnership.model.agreement import Grant
from roundtable.partnership.model.contract import Column
from roundtable.partnership.wording import counted

_NUMBERS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
#: The mean lengths of a year and a month of the Gregorian calendar, in days.
_YEAR, _MONTH = 365.25, 30.4375


def what_is_shared(facts: AgreementFacts) -> Answer:
    """Each dataset with its columns in the words of their contracts; those without any are left to be put.

    A column is told by its `businessName`, or else by its `description`; its name is never shown.
    """
    lines = []
    for grant in facts.agreement.grants:
        found = (_plain(column) for column in _columns(facts, grant))
        told = list(dict.fromkeys(words for words in found if words))
        if told:
            lines.append(f"{facts.partnership.dataset(grant.dataset).name}: {'; '.join(told)}")
    return Answer("What we share", tuple(lines), (facts.source("grants"), "datasets/, businessName"))


def still_to_be_put(facts: AgreementFacts) -> tuple[Answer, ...]:
    """A blank for each dataset with columns that nobody has described, to be put in plain words."""
    answers = []
    for grant in facts.agreement.grants:
        names = [one.name for one in _columns(facts, grant) if _plain(one) is None]
        names += sorted(set(grant.columns) - {one.name for one in _columns(facts, grant)})
        if names:
            dataset = facts.partnership.dataset(grant.dataset)
            question = f"To be put in plain words: {counted(len(names), 'item')} of '{dataset.name}'"
            answers.append(Answer(question, sources=(f"datasets/{dataset.id}, businessName",)))
    return tuple(answers)


def plain_time(days: int) -> str:
    """A number of days as one says it: `two years`, `about three months`, `two weeks`, `10 days`."""
    for length, unit, about in ((_YEAR, "year", ""), (_MONTH, "month", "about ")):
        number = round(days / length)
        # Months of thirty days and years of 365 are meant as months and as years.
        if number >= 1 and abs(days - length * number) <= 0.6 + number * (length - int(length)):
            return f"{about}{_said(number, unit)}"
    return _said(days // 7, "week") if days % 7 == 0 else _said(days, "day")


def _said(number: int, unit: str) -> str:
    word = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{word} {unit}{'' if number == 1 else 's'}"


def _columns(facts: AgreementFacts, grant: Grant) -> list[Column]:
    tables = facts.partnership.dataset(grant.dataset).schema_
    return [
        column
        for table in tables
        if table.name == grant.table
        for column in table.properties
        if column.name in grant.columns
    ]


def _plain(column: Column) -> str | None:
    """A column in words, its first sentence: never one that is only its name again."""
    for words in (column.business_name, column.description):
        if words and "_" not in words and words.casefold() != column.name.casefold():
            return words.split(". ")[0].rstrip(".")
    return None
