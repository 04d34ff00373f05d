"""What a sample is drawn from: parts of all pairs of records that do not overlap, each of a known size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Reach(StrEnum):
    """How the linking came upon the pairs of a stratum."""

    LINKED = "linked"
    """They were put to one person."""
    WEIGHED = "weighed"
    """They were weighed and left apart."""
    MISSED = "missed"
    """They were never weighed, or not kept: no key brought them together. They share a looser key."""
    FAR = "far"
    """They share not even that. There are far too many of them for a sample to say anything."""


@dataclass(frozen=True)
class Stratum:
    """A part of all pairs of records.

    Attributes:
        name: what is told of it.
        reach: how the linking came upon its pairs.
        size: how many pairs of records it has; where it was counted by chance draws, very nearly.
        expected: the share of them that the model expects to be of one person.
        questions: how many of them are asked about.
    """

    name: str
    reach: Reach
    size: float
    expected: float
    questions: int = 0

    def as_json(self) -> dict[str, Any]:
        """The same for the ledger."""
        return {
            "name": self.name,
            "reach": self.reach.value,
            "size": self.size,
            "expected": self.expected,
            "questions": self.questions,
        }

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Stratum:
        """A stratum as the ledger kept it."""
        return cls(
            str(held["name"]),
            Reach(held["reach"]),
            float(held["size"]),
            float(held["expected"]),
            int(held["questions"]),
        )
