"""What may not be one person, and what is: facts and decisions that no score overrules."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

Positions = NDArray[np.int32]
#: The code of a profile that has no value of a kind.
UNKNOWN = -1


@dataclass(frozen=True)
class Pairs:
    """Pairs of profiles by position, each once, in order; the left one stands before the right one."""

    left: Positions
    right: Positions

    def __len__(self) -> int:
        return len(self.left)

    @staticmethod
    def of(left: ArrayLike, right: ArrayLike) -> Pairs:
        """Pairs given in any order, either way round and more than once; nobody is paired with himself."""
        one, other = np.asarray(left, np.int64), np.asarray(right, np.int64)
        apart = one != other
        pairs = np.unique(
            np.stack([np.minimum(one, other)[apart], np.maximum(one, other)[apart]], axis=1), axis=0
        )
        return Pairs(pairs[:, 0].astype(np.int32), pairs[:, 1].astype(np.int32))


NO_PAIRS = Pairs.of([], [])


@dataclass(frozen=True)
class Constraints:
    """Facts and decisions that stand beside the scores.

    Attributes:
        kinds: a row of codes for each kind of number that tells people apart, a column a profile: two groups
            with different codes of one kind are never one person. `UNKNOWN` where a profile has none.
        kind_names: what the kinds are, in words.
        apart: pairs that are known to be two people.
        together: pairs that are known to be one. They are joined before any score is looked at.
        alone: profiles that join nobody, whatever the scores say.
    """

    kinds: NDArray[np.int32] = field(default_factory=lambda: np.zeros((0, 0), np.int32))
    kind_names: tuple[str, ...] = ()
    apart: Pairs = NO_PAIRS
    together: Pairs = NO_PAIRS
    alone: Positions = field(default_factory=lambda: np.zeros(0, np.int32))

    def kinds_for(self, count: int) -> NDArray[np.int32]:
        """The kinds of `count` profiles, a row a kind.

        Raises:
            ValueError: there are kinds of another number of profiles.
        """
        if not self.kinds.size:
            return np.zeros((0, count), np.int32)
        if self.kinds.shape[1] != count:
            raise ValueError(f"kinds of {self.kinds.shape[1]} profiles where there are {count}")
        return np.ascontiguousarray(self.kinds, np.int32)

    def and_pairs(self, apart: Pairs = NO_PAIRS, together: Pairs = NO_PAIRS) -> Constraints:
        """These, with further pairs."""
        return Constraints(
            self.kinds,
            self.kind_names,
            _both(self.apart, apart),
            _both(self.together, together),
            self.alone,
        )


NO_CONSTRAINTS = Constraints()


def _both(some: Pairs, more: Pairs) -> Pairs:
    if not len(more):
        return some
    return Pairs.of(np.concatenate([some.left, more.left]), np.concatenate([some.right, more.right]))


@dataclass(frozen=True)
class Contradiction:
    """A decision that two profiles are one person, which what is known of them forbids: it was not followed.

    Attributes:
        left, right: the two that were to be joined.
        known_left, known_right: the two that may not be in one group, of which one had been joined with
            `left` and the other with `right` by then. They are often the same two.
        why: what forbids it, in words.
    """

    left: int
    right: int
    known_left: int
    known_right: int
    why: str

    @property
    def says(self) -> str:
        """The contradiction as a sentence."""
        through = "" if (self.left, self.right) == (self.known_left, self.known_right) else " through others"
        return (
            f"profiles {self.left} and {self.right} are decided to be one person, but that would "
            f"join{through} {self.known_left} and {self.known_right}: {self.why}"
        )
