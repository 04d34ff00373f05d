"""What the data themselves say of who is not whom: numbers, dates and names that differ, and one event.

Each is a fact about two profiles that no score overrules. What is merely unlikely is left to the scores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import UNKNOWN, Constraints, Pairs, Positions
from roundtable.linkage.evidence.encoded import Encoded
from roundtable.linkage.evidence.levels import levels_of
from roundtable.linkage.evidence.settings import Settings

#: Levels by comparison.
Found = Mapping[str, NDArray[np.int8]]
#: Kinds of number of which a person has one, and what they are called. Only numbers whose check digit is
#: right reach a profile.
KINDS: Mapping[str, str] = {"nhs_number": "NHS number"}
#: An event with more people than this (a public order offence, a list) says nothing of two of them.
CROWD = 40
_NAME, _BIRTH, _NUMBER = "given", "date_of_birth", "nhs_number"
#: Numbers that a source or a register gives its people: one each, but for slips.
_NUMBERED = ("other_number", "source_person")
#: The level of two values that no other level holds of: they differ.
_DIFFER = 0


@dataclass(frozen=True)
class OneEvent:
    """What events say.

    Attributes:
        apart: profiles that stood in one event as two people.
        crowds: events left out because more than `CROWD` profiles stand in them.
    """

    apart: Pairs
    crowds: int


def by_numbers(encoded: Encoded) -> Constraints:
    """Two people wherever two valid numbers of a kind differ."""
    there = [column for column in KINDS if column in encoded.codes]
    kinds = [encoded.codes[column] for column in there]
    return Constraints(
        np.array(kinds, np.int32).reshape(len(kinds), len(encoded)), tuple(KINDS[column] for column in there)
    )


def by_birth_and_name(left: Positions, right: Positions, levels: Found) -> Pairs:
    """Two people wherever two of three things differ outright, or births do and no number is shared.

    The three are the date of birth, the given name, and the number that one source or register gives its
    people; a sex that differs counts beside a given name that does. Neither a slip, a short form nor an
    initial that fits counts as a difference: the levels say so. A father and a son of one rare name, and
    twins, are told apart by this where no score would.
    """
    name, birth = _differ(levels, _NAME), _differ(levels, _BIRTH)
    numbered = np.any([_differ(levels, one) for one in _NUMBERED], axis=0)
    shared = np.any([_agree(levels, one) for one in (*_NUMBERED, _NUMBER, "email")], axis=0)
    otherwise_named = name & (numbered | _differ(levels, "sex")) & ~_agree(levels, _NUMBER)
    return _of(left, right, (birth & (name | ~shared)) | otherwise_named)


def by_birth(left: Positions, right: Positions, levels: Found, encoded: Encoded) -> Pairs:
    """Two people wherever dates of birth differ outright, unless the two have one NHS number.

    A father and a son of one name and one home are two people. Outright means that no level of the
    comparison holds: not a slip, not a swap, not the same year. Pairs that weigh too little to be kept are
    worth giving as well, since groups come together through others.
    """
    return _of(left, right, _differ(levels, _BIRTH) & ~_one_number(encoded, left, right))


def by_events(
    event: NDArray[np.int64], of_record: Positions, settings: Settings, encoded: Encoded
) -> OneEvent:
    """Two people wherever one event has two profiles that differ clearly.

    Args:
        event: the event of each record as a code, `UNKNOWN` where it stands in none.
        of_record: the profile of each record.
        settings: the comparisons.
        encoded: the profiles.

    The same person may stand in an event twice (who called and who was hurt), each time a little differently.
    So two profiles of an event are two people only if their given names differ outright, or their dates of
    birth do and their given names are not the same; and never if they have one NHS number.
    """
    left, right, crowds = _of_one_event(event, of_record)
    levels = levels_of(settings, encoded, left, right)
    same_name = _at_best(levels, settings, _NAME)
    clear = _differ(levels, _NAME) | (_differ(levels, _BIRTH) & ~same_name)
    return OneEvent(_of(left, right, clear & ~_one_number(encoded, left, right)), crowds)


@dataclass(frozen=True)
class Decided:
    """What decisions on two records say of their profiles.

    Attributes:
        apart, together: profiles that are two people, and profiles that are one.
        one_identity: decisions, by their place, that records are of two people that say the very same of who
            they are. They cannot be told apart, and somebody has to look at the records themselves.
    """

    apart: Pairs
    together: Pairs
    one_identity: NDArray[np.int64]


def by_decisions(
    left: Positions, right: Positions, together: NDArray[np.bool_], of_record: Positions
) -> Decided:
    """What was decided of pairs of records: one person where `together` says so, two where it does not."""
    one, other = of_record[left], of_record[right]
    return Decided(
        _of(one, other, ~together),
        _of(one, other, together),
        np.flatnonzero(~together & (one == other)),
    )


def _of_one_event(event: NDArray[np.int64], of_record: Positions) -> tuple[Positions, Positions, int]:
    """Every two different profiles of an event, and how many events are too large to say anything."""
    stands = event != UNKNOWN
    rows = np.unique(np.stack([event[stands], of_record[stands].astype(np.int64)], axis=1), axis=0)
    _, where, size = np.unique(rows[:, 0], return_inverse=True, return_counts=True)
    few = size[where] <= CROWD
    events, profiles = rows[few, 0], rows[few, 1]
    lefts, rights = [], []
    for step in range(1, min(CROWD, len(events))):
        together = np.flatnonzero(events[step:] == events[:-step])
        if not len(together):
            break
        lefts.append(profiles[together])
        rights.append(profiles[together + step])
    none = np.zeros(0, np.int64)
    pairs = Pairs.of(np.concatenate([none, *lefts]), np.concatenate([none, *rights]))
    return pairs.left, pairs.right, int(np.count_nonzero(size > CROWD))


def _one_number(encoded: Encoded, left: Positions, right: Positions) -> NDArray[np.bool_]:
    """Whether both sides of a pair have one and the same NHS number."""
    if _NUMBER not in encoded.codes:
        return np.zeros(len(left), np.bool_)
    number = encoded.codes[_NUMBER]
    same: NDArray[np.bool_] = (number[left] == number[right]) & (number[left] != UNKNOWN)
    return same


def _differ(levels: Found, comparison: str) -> NDArray[np.bool_]:
    """Whether two values are known and differ; nowhere, where nothing of the kind is compared."""
    if comparison not in levels:
        return np.zeros(len(next(iter(levels.values()))), np.bool_)
    differ: NDArray[np.bool_] = levels[comparison] == _DIFFER
    return differ


def _agree(levels: Found, comparison: str) -> NDArray[np.bool_]:
    """Whether two values are known and do not differ."""
    if comparison not in levels:
        return np.zeros(len(next(iter(levels.values()))), np.bool_)
    agree: NDArray[np.bool_] = levels[comparison] > _DIFFER
    return agree


def _at_best(levels: Found, settings: Settings, comparison: str) -> NDArray[np.bool_]:
    if comparison not in levels:
        return np.zeros(len(next(iter(levels.values()))), np.bool_)
    best: NDArray[np.bool_] = levels[comparison] == len(settings.comparison(comparison).levels)
    return best


def _of(left: Positions, right: Positions, chosen: NDArray[np.bool_]) -> Pairs:
    return Pairs.of(left[chosen], right[chosen])
