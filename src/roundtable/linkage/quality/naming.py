"""The naming tradition of a record, guessed from the shape of its name, to see whom the linkage serves worse.

A guess about names and never about anybody: it looks at letters alone. The table of shapes is small and from
common knowledge. It misses most people of a tradition whose names have no shape of their own, and takes for
one who married into a name. So groups are compared with one another, and a single guess is shown to nobody,
stored nowhere and used for nothing else.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from roundtable.linkage.quality.compared import NOT_SAID
from roundtable.linkage.quality.references import rows_of

#: A surname of several words, such as a double-barrelled one, that no other shape fits.
SEVERAL = "several_surnames"
#: No shape that the table knows.
OTHER = "no_shape_known"
_BETWEEN = "\x1f"
_Known = dict[tuple[str, bool], int]


def naming_groups() -> tuple[str, ...]:
    """Every group, those of the table first."""
    return (*dict.fromkeys(row["group"] for row in rows_of("naming_shapes")), SEVERAL, OTHER, NOT_SAID)


def naming_of(cleaned: pa.Table) -> NDArray[np.int64]:
    """The number of each record's group in `naming_groups`; each different name is looked at once."""
    given, surname = (cleaned[name].fill_null("").combine_chunks() for name in ("given", "surname"))
    names = pc.binary_join_element_wise(given, surname, _BETWEEN).dictionary_encode()
    number = {group: place for place, group in enumerate(naming_groups())}
    known: _Known = {}
    parted = (text.split(_BETWEEN) for text in names.dictionary.to_pylist())
    found = [number[_guess(first, last, known)] for first, last in parted]
    groups: NDArray[np.int64] = np.array([*found, 0], dtype=np.int64)[np.asarray(names.indices)]
    return groups


def guessed(given: str, surname: str) -> str:
    """The group of one name, folded as the cleaning folds it: the first line of the table that fits."""
    return _guess(given, surname, {})


def _guess(given: str, surname: str, known: _Known) -> str:
    """The same; `known` is what was found of words before, so that each is looked at once."""
    if not surname:
        return NOT_SAID
    last = surname.split()
    lines = [_line(word, True, known) for word in last] + [
        _line(word, False, known) for word in given.split()
    ]
    first = min(lines)
    if first < len(_shapes()):
        return _shapes()[first][0]
    return SEVERAL if len(last) > 1 else OTHER


def _line(word: str, of_surname: bool, known: _Known) -> int:
    """The first line of the table that fits a word; the length of the table where none does."""
    if (word, of_surname) not in known:
        known[word, of_surname] = next(
            (
                number
                for number, (_, place, match, text) in enumerate(_shapes())
                if (of_surname or place == "any") and _fits(word, match, text)
            ),
            len(_shapes()),
        )
    return known[word, of_surname]


def _fits(word: str, match: str, text: str) -> bool:
    if match == "whole":
        return word == text
    # A name that is no longer than the shape has no shape: Ska is not a name in -ska.
    if len(word) <= len(text) + 1:
        return False
    return word.startswith(text) if match == "start" else word.endswith(text)


@cache
def _shapes() -> tuple[tuple[str, str, str, str], ...]:
    return tuple((row["group"], row["place"], row["match"], row["text"]) for row in rows_of("naming_shapes"))
