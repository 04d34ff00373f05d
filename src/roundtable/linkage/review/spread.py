"""Half of the questions go where they are worth most, half to each agency and group in turn.

Worth alone would send every question to whoever has the most records. Then the links of people with few
records, and of agencies that send little, would never be looked at, and nobody would see that they are worse.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

import numpy as np

from roundtable.linkage.review.linked import Floats, Ints, Linked, Longs

#: The share of the questions that goes by worth alone.
BY_WORTH = 0.5
#: The most questions about one group of records in one batch: an answer changes what the others are worth.
MOST_OF_A_GROUP = 2


class ToAsk(Protocol):
    """Pairs of profiles with what they are worth."""

    @property
    def left(self) -> Ints:
        """One profile of each pair."""
        ...

    @property
    def right(self) -> Ints:
        """The other."""
        ...

    @property
    def worth(self) -> Floats:
        """In pairs of records."""
        ...


def spread(found: ToAsk, linked: Linked, number: int) -> list[int]:
    """Which of the pairs to ask about, by their places: those worth most, then each group's own, in turn."""
    order = np.lexsort((found.right, found.left, -found.worth))
    taking = _Taking(found, linked, number)
    for one in order:
        if len(taking.chosen) >= round(number * BY_WORTH):
            break
        taking.take(int(one))
    waiting = {name: map(int, own) for name, own in _by_group(found, linked, order)}
    while waiting and len(taking.chosen) < number:
        name = min(waiting, key=lambda one: (taking.of_group[one], one))
        if not taking.take_next(waiting[name]):
            del waiting[name]
    for one in order:
        if len(taking.chosen) >= number:
            break
        taking.take(int(one))
    return sorted(taking.chosen, key=lambda one: (-found.worth[one], one))


class _Taking:
    """What has been chosen so far."""

    def __init__(self, found: ToAsk, linked: Linked, number: int) -> None:
        self.chosen: list[int] = []
        self.of_group: Counter[tuple[str, int]] = Counter()
        self._found, self._linked, self._number = found, linked, number
        self._taken: set[int] = set()
        self._of_person: Counter[int] = Counter()

    def take(self, one: int) -> bool:
        """Choose a pair, unless there are enough, or enough about one of its people."""
        left, right = int(self._found.left[one]), int(self._found.right[one])
        people = {int(self._linked.people[left]), int(self._linked.people[right])}
        full = any(self._of_person[person] >= MOST_OF_A_GROUP for person in people)
        if full or one in self._taken or len(self.chosen) >= self._number:
            return False
        self._taken.add(one)
        self.chosen.append(one)
        self._of_person.update(people)
        for name, codes in self._linked.groups.items():
            self.of_group.update({(name, int(codes[side])) for side in (left, right) if codes[side] >= 0})
        return True

    def take_next(self, own: Iterator[int]) -> bool:
        """Choose the first of a group's pairs that can be; whether there was one."""
        return any(self.take(one) for one in own)


def _by_group(found: ToAsk, linked: Linked, order: Longs) -> Iterator[tuple[tuple[str, int], Longs]]:
    """Each group with the places of its pairs, the one worth most first."""
    for name, codes in sorted(linked.groups.items()):
        left, right = codes[found.left[order]], codes[found.right[order]]
        for code in np.unique(np.concatenate([left, right])).tolist():
            if code >= 0:
                yield (name, code), order[(left == code) | (right == code)]
