"""Names as texts: from the numbers of words to the table of names."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from roundtable.county.population.columns import days, words_of
from roundtable.county.population.lives import NEVER
from roundtable.county.population.name_changes import (
    GIVEN,
    GIVEN_JOIN,
    GIVEN_TWO,
    KNOWN_AS,
    MAN,
    MIDDLE,
    MIDDLE_TWO,
    SURNAME,
    SURNAME_JOIN,
    SURNAME_TWO,
)
from roundtable.county.population.name_lists import NO_WORD, words
from roundtable.county.population.naming import HYPHEN
from roundtable.county.population.tables import NAMES, NameReason


def names_table(states: npt.NDArray[np.int64], first_id: int) -> pa.Table:
    """The states as the table of names."""
    who, day, reason = states[:3]
    until = np.full(len(who), NEVER, dtype=np.int64)
    same = who[1:] == who[:-1]
    until[:-1][same] = day[1:][same]
    man = states[3 + MAN] == 1
    return pa.table(
        {
            "person": who + first_id,
            "from_day": days(day),
            "to_day": days(until),
            "given": _joined(states[3 + GIVEN], states[3 + GIVEN_TWO], states[3 + GIVEN_JOIN]),
            "middle": _joined(_formed(states[3 + MIDDLE], man), states[3 + MIDDLE_TWO], None),
            "surname": _joined(
                _formed(states[3 + SURNAME], man),
                _formed(states[3 + SURNAME_TWO], man),
                states[3 + SURNAME_JOIN],
            ),
            "known_as": _texts(states[3 + KNOWN_AS]),
            "reason": words_of(reason, tuple(NameReason)),
        },
        schema=NAMES,
    )


def _formed(codes: npt.NDArray[np.int64], man: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Surnames in the form for the bearer's sex."""
    return np.where(man | (codes == NO_WORD), codes, words().feminine[codes])


def _texts(codes: npt.NDArray[np.int64]) -> pa.Array:
    return words().texts.take(pa.array(codes, mask=codes == NO_WORD))


def _joined(
    first: npt.NDArray[np.int64], second: npt.NDArray[np.int64], join: npt.NDArray[np.int64] | None
) -> pa.Array:
    """One word or two, joined by a space or a hyphen; null where there is none."""
    one = _texts(first)
    two = np.flatnonzero((second != NO_WORD) & (first != NO_WORD))
    if not len(two):
        return one
    hyphen = np.zeros(len(two), np.bool_) if join is None else join[two] == HYPHEN
    joins = pa.array(np.where(hyphen, "-", " "))
    both = pc.binary_join_element_wise(_texts(first[two]), _texts(second[two]), joins)
    mask = np.zeros(len(first), np.bool_)
    mask[two] = True
    return pc.replace_with_mask(one, pa.array(mask), both)
