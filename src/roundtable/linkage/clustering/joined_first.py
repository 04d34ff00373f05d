"""Decisions that two profiles are one person, followed before any score, as far as no fact forbids it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roundtable.linkage.clustering.constraints import UNKNOWN, Constraints, Contradiction, Positions

APART = "they are known to be two people"
ALONE = "one of them joins nobody"


@dataclass(frozen=True)
class Joined:
    """Who is together by decision.

    Attributes:
        lowest: of each profile, the lowest position in its group.
        contradictions: decisions that were not followed, in order of position.
    """

    lowest: NDArray[np.int32]
    contradictions: tuple[Contradiction, ...]


@dataclass
class _Group:
    """Profiles joined so far, and what tells them apart: kind -> code and who has it."""

    members: list[int]
    codes: dict[int, tuple[int, int]]


def joined_first(count: int, constraints: Constraints) -> Joined:
    """Join what is decided to be together, one pair after another in order of position.

    A pair whose joining would bring together two that may not be is left out and told: what keeps people
    apart is kept without exception, for a wrong join is the worse error. The work grows with the decisions
    and not with the profiles.
    """
    lowest = np.arange(count, dtype=np.int32)
    together = constraints.together
    if not len(together):
        return Joined(lowest, ())
    decided = np.unique(np.concatenate([together.left, together.right]))
    groups = _singles(decided, constraints.kinds_for(count))
    barred = _barred(decided, constraints)
    alone = set(constraints.alone.tolist())
    found: list[Contradiction] = []
    for left, right in zip(together.left.tolist(), together.right.tolist(), strict=True):
        one, other = groups[left], groups[right]
        if one is other:
            continue
        why = _alone(left, right, alone) or _against(one, other, groups, barred, constraints.kind_names)
        if why is not None:
            found.append(Contradiction(left, right, *why))
            continue
        _merge(one, other, groups)
    for position in decided.tolist():
        # In order of position: the first of a group that comes by is its lowest.
        members = groups[position].members
        if lowest[position] == position:
            lowest[members] = position
    return Joined(lowest, tuple(found))


def _singles(decided: Positions, kinds: NDArray[np.int32]) -> dict[int, _Group]:
    groups = {}
    for position in decided.tolist():
        codes = {
            kind: (int(code), position) for kind, code in enumerate(kinds[:, position]) if code != UNKNOWN
        }
        groups[position] = _Group([position], codes)
    return groups


def _barred(decided: Positions, constraints: Constraints) -> dict[int, list[int]]:
    """Whom each of the decided may not be with, among the decided."""
    apart = constraints.apart
    both = np.isin(apart.left, decided) & np.isin(apart.right, decided)
    barred: dict[int, list[int]] = defaultdict(list)
    for left, right in zip(apart.left[both].tolist(), apart.right[both].tolist(), strict=True):
        barred[left].append(right)
        barred[right].append(left)
    return barred


def _alone(left: int, right: int, alone: set[int]) -> tuple[int, int, str] | None:
    return (left, right, ALONE) if left in alone or right in alone else None


def _against(
    one: _Group,
    other: _Group,
    groups: dict[int, _Group],
    barred: dict[int, list[int]],
    names: tuple[str, ...],
) -> tuple[int, int, str] | None:
    """Two of the two groups that may not be in one, the first of the first group, and why."""
    for kind in sorted(one.codes.keys() & other.codes.keys()):
        (code, who), (other_code, other_who) = one.codes[kind], other.codes[kind]
        if code != other_code:
            name = names[kind] if kind < len(names) else f"kind {kind}"
            return who, other_who, f"each has another {name}"
    if not barred:
        return None
    for member in one.members if len(one.members) <= len(other.members) else other.members:
        mine = one if groups[member] is one else other
        for partner in barred.get(member, ()):
            if groups[partner] is (other if mine is one else one):
                return (member, partner, APART) if mine is one else (partner, member, APART)
    return None


def _merge(one: _Group, other: _Group, groups: dict[int, _Group]) -> None:
    """The smaller into the larger, so that nobody is moved often."""
    large, small = (one, other) if len(one.members) >= len(other.members) else (other, one)
    for member in small.members:
        groups[member] = large
    large.members.extend(small.members)
    for kind, told in small.codes.items():
        large.codes.setdefault(kind, told)
