"""Leaves out days and numbers that too many people have for them to be anybody's."""

from __future__ import annotations

import numpy as np

from roundtable.linkage.cleaning.coded import Coded, combined
from roundtable.linkage.cleaning.rule import Tells
from roundtable.linkage.cleaning.told import Teller
from roundtable.linkage.cleaning.usual import SEPARATOR, Usual

NOBODYS_DAY = "nobodys-day"
NOBODYS_NUMBER = "nobodys-number"
#: The columns whose values are one person's, so that many people with one of them are a mistake.
NUMBERS = ("nhs_number", "source_person_id", "email")


def without_nobodys_days(born: Coded, dataset: Coded, usual: Usual, teller: Teller) -> Coded:
    """Dates of birth without the days that are nobody's in their dataset."""
    if not usual.nobodys_days:
        return born
    of_row, first = combined([dataset.codes, born.codes])
    known = born.has()
    nobodys = [
        bool(known[row])
        and f"{dataset.values[dataset.codes[row]]}{SEPARATOR}{born.values[born.codes[row]]}"
        in usual.nobodys_days
        for row in first.tolist()
    ]
    rows = np.array(nobodys, dtype=np.bool_)[of_row]
    teller.count("date_of_birth", NOBODYS_DAY, Tells.REFUSED, teller.datasets(rows))
    return born.only(~rows)


def without_nobodys(column: str, numbers: Coded, usual: Usual, teller: Teller) -> Coded:
    """A column without the numbers that are nobody's."""
    marks = {
        one.partition(SEPARATOR)[2] for one in usual.nobodys_numbers if one.startswith(column + SEPARATOR)
    }
    rows = numbers.marked(marks.__contains__)
    teller.count(column, NOBODYS_NUMBER, Tells.REFUSED, teller.datasets(rows))
    return numbers.only(~rows)
