"""The words that names are made of, and how common each is: by tradition, sex and, if British, year of birth.

Every word has a number. A draw among many lists at once is one search in one long row: the cumulated shares
of list number n run from n to n + 1.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from roundtable.county.population.traditions import traditions
from roundtable.county.reference_table import reference_rows

#: The first decade for which there are British lists, and how many decades there are.
FIRST_DECADE, DECADES = 1910, 12
#: Words that no list has: titles of respect, Vietnamese middle names, the names of Sikhs.
_RESPECT = ("Begum", "Bibi", "Khatun", "Akhter")
NO_WORD = -1

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lists:
    """Lists of words to draw from, laid end to end."""

    ends: npt.NDArray[np.float64]
    words: Codes

    def draw(self, rng: np.random.Generator, which: npt.NDArray[np.integer]) -> Codes:
        """A word for each, from the list of this number."""
        at = np.searchsorted(self.ends, which + rng.random(len(which)), side="right")
        return self.words[np.minimum(at, len(self.words) - 1)]


@dataclass(frozen=True)
class Words:
    """All words, and the lists of them."""

    texts: pa.Array
    number: Mapping[str, int]
    #: The form that a woman bears of each word; mostly the word itself.
    feminine: Codes
    given: Lists
    surnames: Lists
    #: The list of short forms of each word; `NO_WORD` where it has none.
    short_list: Codes
    short: Lists
    respect: Codes
    #: Weekday (0 is Monday) × sex (0 woman, 1 man).
    of_day: Codes

    def of_given(
        self,
        rng: np.random.Generator,
        tradition: npt.NDArray[np.integer],
        man: npt.NDArray[np.bool_],
        year: npt.NDArray[np.integer],
    ) -> Codes:
        """A given name for each: of its tradition and sex, and where it is British of its year of birth."""
        decade = np.clip((year - FIRST_DECADE) // 10, 0, DECADES - 1)
        # The British lists come first, a sex and a decade each; then two for each other tradition.
        which = np.where(tradition == 0, man * DECADES + decade, 2 * DECADES + 2 * (tradition - 1) + man)
        return self.given.draw(rng, which)


class _Numbering:
    """Numbers words as they come."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __getitem__(self, word: str) -> int:
        return self.of.setdefault(word, len(self.of))


@cache
def words() -> Words:
    """Read all lists; done once a process."""
    number = _Numbering()
    given = _lists(_given_lists(number))
    feminine: dict[int, int] = {}
    surnames: dict[int, list[tuple[int, float]]] = defaultdict(list)
    place = {tradition.name: index for index, tradition in enumerate(traditions())}
    for row in reference_rows("population", "surnames"):
        word = number[row["surname"]]
        surnames[place[row["tradition"]]].append((word, float(row["weight"])))
        if row["feminine"]:
            feminine[word] = number[row["feminine"]]
    feminine[number["Singh"]] = number["Kaur"]
    feminine[number["Văn"]] = number["Thị"]
    shorts: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row in reference_rows("population", "short_names"):
        shorts[number[row["name"]]].append((number[row["known_as"]], float(row["weight"])))
    respect = np.array([number[word] for word in _RESPECT])
    of_day = np.zeros((7, 2), dtype=np.int64)
    for row in reference_rows("population", "day_names"):
        of_day[int(row["weekday"]), int(row["sex"] == "M")] = number[row["name"]]
    count = len(number.of)
    form = np.arange(count)
    form[list(feminine)] = list(feminine.values())
    short_list = np.full(count, NO_WORD, dtype=np.int64)
    short_list[list(shorts)] = np.arange(len(shorts))
    return Words(
        pa.array(list(number.of), pa.string()),
        dict(number.of),
        form,
        given,
        _lists([surnames[index] for index in range(len(place))]),
        short_list,
        _lists(list(shorts.values())),
        respect,
        of_day,
    )


def _given_lists(number: _Numbering) -> list[list[tuple[int, float]]]:
    """The lists of given names: British women and men by decade, then women and men of each other."""
    place = {tradition.name: index for index, tradition in enumerate(traditions())}
    lists: list[dict[int, float]] = [defaultdict(float) for _ in range(2 * DECADES + 2 * (len(place) - 1))]
    for row in reference_rows("population", "given_names"):
        word, man, weight = number[row["name"]], int(row["sex"] == "M"), float(row["weight"])
        tradition = place[row["tradition"]]
        if tradition:
            lists[2 * DECADES + 2 * (tradition - 1) + man][word] += weight
            continue
        for decade in range(DECADES):
            years = FIRST_DECADE + 10 * decade + 5 - int(row["peak"])
            lists[man * DECADES + decade][word] += weight * math.exp(
                -0.5 * (years / float(row["spread"])) ** 2
            )
    return [list(found.items()) for found in lists]


def _lists(lists: list[list[tuple[int, float]]]) -> Lists:
    ends, found = [], []
    for index, entries in enumerate(lists):
        weights = np.array([weight for _, weight in entries])
        shares = np.cumsum(weights) / weights.sum()
        shares[-1] = 1.0
        ends.append(index + shares)
        found.append(np.array([word for word, _ in entries], dtype=np.int64))
    return Lists(np.concatenate(ends), np.concatenate(found))
