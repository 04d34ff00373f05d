"""One of the three questions that are put to every data need, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from roundtable.partnership.evidence import Evidence


class Question(StrEnum):
    """The three questions, in the order in which they are asked."""

    KNOW = "can we know?"
    ACT = "can we act?"
    WILL = "will we act?"


@dataclass(frozen=True)
class Join:
    """The answer to one question.

    Attributes:
        question: what was asked.
        holds: whether the answer is yes. What nobody knows is not a yes.
        verified: whether what the answer rests on has been checked by a post (what counts as checked
            is said by the module that answers).
        why: one sentence: the yes, or the first link that is missing.
        evidence: the rows of the folder that it rests on.
    """

    question: Question
    holds: bool
    verified: bool
    why: str
    evidence: tuple[Evidence, ...] = ()
