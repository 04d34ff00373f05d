"""Learns what is usual in records: see `usual.py` for what that is and what it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from math import log2

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.cleaning.coded import Coded, Codes, combined, either
from roundtable.linkage.cleaning.name_columns import NameBoxes
from roundtable.linkage.cleaning.nobodys import NUMBERS
from roundtable.linkage.cleaning.usual import SEPARATOR, Usual

#: A word is weighed by its places once it stands in so many different names.
_SEEN = 3
#: A given name that stands alone in so many different names often does.
_ALONE = 5
#: As many surnames as that, evenly spread, are more than one person has, whatever was mistyped.
_MANY_SURNAMES = 12.0
#: A day is nobody's if it has so many times as many people as the days of the same years.
_TIMES_USUAL = 10.0
#: And so large a part of the records of its dataset: what few have is mistyped, or does little harm.
_SHARE = 0.001
#: Two datasets number people in one series where so many numbers stand in both, and mean people who are
#: alike.
_IN_COMMON = 20
_ALIKE = 0.8
#: A dataset numbers homes where so many numbers, and so large a share of those that come again, have two
#: people.
_SEVERAL = 20
_SHARED = 0.02


def learn(boxes: NameBoxes, values: Mapping[str, Coded]) -> Usual:
    """What is usual in some records.

    Args:
        boxes: their names.
        values: `agency`, `dataset`, and the cleaned `date_of_birth`, `nhs_number`, `email` and
            `source_person_id`.
    """
    leaning, alone = leanings(boxes.given, boxes.surname)
    whole = boxes.full.replaced([one.before or one.after if one else None for one in boxes.wholes])
    surname, dataset = either(boxes.surname, whole), values["dataset"]
    days = nobodys_days(dataset, values["date_of_birth"], surname)
    born = values["date_of_birth"].values
    numbers = {
        f"{column}{SEPARATOR}{one}" for column in NUMBERS for one in nobodys_numbers(values[column], surname)
    }
    return Usual(
        leaning,
        alone,
        frozenset(f"{dataset.values[of]}{SEPARATOR}{born[day]}" for of, day in days),
        frozenset(numbers),
        registers(values["agency"], dataset, values["source_person_id"], values["date_of_birth"], surname),
    )


def leanings(given: Coded, surname: Coded) -> tuple[dict[str, float], frozenset[str]]:
    """How words lean, in bits, and given names that often stand alone; from boxes of their own.

    Every different pair of given name and surname counts once: whoever has many records would outvote others.
    """
    both = np.flatnonzero(given.has() & surname.has())
    _, first = combined([given.codes[both], surname.codes[both]])
    rows = both[first]
    givens, surnames = _counted(given, rows), _counted(surname, rows)
    as_given, as_surname = _words(givens), _words(surnames)
    all_given, all_surname = max(1, as_given.total()), max(1, as_surname.total())
    leaning = {
        word: log2((as_given[word] + 0.5) / all_given) - log2((as_surname[word] + 0.5) / all_surname)
        for word in sorted(as_given.keys() | as_surname.keys())
        if as_given[word] + as_surname[word] >= _SEEN
    }
    return leaning, frozenset(one for one, number in givens.items() if number >= _ALONE and " " not in one)


def nobodys_days(dataset: Coded, born: Coded, surname: Coded) -> frozenset[tuple[int, int]]:
    """Dates of birth that too many people of one dataset have, as codes of dataset and day.

    People are told apart by surname: many records of one person have few surnames, and a day that a form
    puts in has those of everybody. Where only the year is known many write its first of January; that is
    wrong by months and still tells the year, so a day must stand out among the same days of other years too.
    """
    known = born.has() & surname.has()
    (of, day), spread, records = _spread([dataset.codes, born.codes], surname.codes, known)
    if not len(spread):
        return frozenset()
    whole = np.array([int(one) if one else 0 for one in born.values])[day]
    year, in_year = whole // 10_000, whole % 10_000
    all_records = np.bincount(of, records)[of]
    near = _around(of, year, np.zeros_like(in_year), spread, 1) / (3 * 365.25 - 1)
    same = _around(of, year, in_year, spread, 5) / 10
    stands_out = (spread >= _TIMES_USUAL * near) & (spread >= _TIMES_USUAL * same)
    found = np.flatnonzero(stands_out & (spread >= _MANY_SURNAMES) & (records >= _SHARE * all_records))
    return frozenset((int(of[one]), int(day[one])) for one in found)


def _around(
    of: Codes, year: NDArray[np.int64], kind: NDArray[np.int64], spread: NDArray[np.float64], reach: int
) -> NDArray[np.float64]:
    """For each day the sum over days of its kind, in so many years before and after it, without its own."""
    place = (of.astype(np.int64) * 10_000 + kind) * 10_100 + year + 20
    places, group = np.unique(place, return_inverse=True)
    sums = np.bincount(group, spread)
    total = np.zeros(len(spread))
    for beside in range(-reach, reach + 1):
        at = np.minimum(np.searchsorted(places, place + beside), len(places) - 1)
        total += np.where(places[at] == place + beside, sums[at], 0.0)
    found: NDArray[np.float64] = total - spread
    return found


def nobodys_numbers(number: Coded, surname: Coded) -> frozenset[str]:
    """Numbers that stand with more surnames than one person has."""
    (numbers,), spread, _ = _spread([number.codes], surname.codes, number.has() & surname.has())
    found = (number.values[code] for code in numbers[spread >= _MANY_SURNAMES])
    return frozenset(one for one in found if one is not None)


def registers(agency: Coded, dataset: Coded, number: Coded, born: Coded, surname: Coded) -> dict[str, str]:
    """Datasets of one agency that number people in one series, and the first of them by name."""
    rows = np.flatnonzero(number.has())
    _, first = combined([agency.codes[rows], dataset.codes[rows], number.codes[rows]])
    rows = rows[first]
    of: dict[tuple[int, int], NDArray[np.int64]] = {}
    for agency_code, code in sorted(
        set(zip(agency.codes[rows].tolist(), dataset.codes[rows].tolist(), strict=True))
    ):
        of[agency_code, code] = rows[(agency.codes[rows] == agency_code) & (dataset.codes[rows] == code)]
    joined: dict[str, str] = {}
    for one, other in combinations(of, 2):
        if one[0] == other[0] and _one_series(of[one], of[other], number, (born, surname)):
            names = [str(dataset.values[code]) for code in (one[1], other[1])]
            series = {joined.get(name, name) for name in names}
            members = [name for name, its in joined.items() if its in series] + names
            joined |= dict.fromkeys(members, min(members))
    return joined


def accounts(dataset: Coded, number: Coded, given: Coded) -> frozenset[str]:
    """Datasets whose numbers are of homes: too many of them stand with given names that begin differently."""
    initial = given.changed(lambda one: one[0] if len(one) > 1 else None).compact()
    rows = np.flatnonzero(number.has() & initial.has() & dataset.has())
    of_row, first = combined([dataset.codes[rows], number.codes[rows]])
    _, one_each = combined([of_row, initial.codes[rows]])
    times, initials = np.bincount(of_row), np.bincount(of_row[one_each])
    codes = dataset.codes[rows][first]
    again = np.bincount(codes[times > 1], minlength=len(dataset.values))
    several = np.bincount(codes[initials > 1], minlength=len(dataset.values))
    found = np.flatnonzero((several >= _SEVERAL) & (several > _SHARED * again))
    return frozenset(str(dataset.values[code]) for code in found)


def _one_series(
    one: NDArray[np.int64], other: NDArray[np.int64], number: Coded, alike: tuple[Coded, ...]
) -> bool:
    common, left, right = np.intersect1d(number.codes[one], number.codes[other], return_indices=True)
    if len(common) < _IN_COMMON:
        return False
    same = np.zeros(len(common), dtype=np.bool_)
    for column in alike:
        codes = column.compact().codes
        mine, theirs = codes[one][left], codes[other][right]
        same |= (mine >= 0) & (mine == theirs)
    return bool(same.mean() >= _ALIKE)


def _spread(
    things: list[Codes], surname: Codes, known: NDArray[np.bool_]
) -> tuple[list[Codes], NDArray[np.float64], NDArray[np.float64]]:
    """Different things, with how many surnames each stands, and in how many records.

    Surnames are counted as if they were evenly spread: one over the sum of the squares of their shares.
    """
    rows = np.flatnonzero(known)
    if not len(rows):
        return [codes[:0] for codes in things], np.zeros(0), np.zeros(0)
    of_row, first = combined([codes[rows] for codes in things])
    with_name, of_name = combined([of_row, surname[rows]])
    counts = np.bincount(with_name).astype(np.float64)
    thing = of_row[of_name]
    total = np.bincount(thing, counts).astype(np.float64)
    squared = np.bincount(thing, counts**2)
    return [codes[rows][first] for codes in things], total**2 / squared, total


def _counted(column: Coded, rows: NDArray[np.int64]) -> Counter[str]:
    numbers = np.bincount(column.codes[rows], minlength=len(column.values))
    found: Counter[str] = Counter()
    for value, number in zip(column.values, numbers.tolist(), strict=True):
        if value is not None and number:
            found[value] += number
    return found


def _words(names: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, number in names.items():
        for word in name.split():
            found[word] += number
    return found
