"""What several posts' answers come to: settled when two agree, a third where they do not.

Two posts answer a question, and neither sees what the other said nor what the model thinks. If both say that
the records are of one person, or both that they are not, it is settled. If they differ, or one is unsure, a
third post answers, who is not told that there were two. It is then settled as more of them said, if two did.
Where even three come to nothing it stays open, and the records are linked as the model has it.

What a post undid counts at once and by itself, over every answer, until it is withdrawn; of two that undid
the same pair one way and the other, the later counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from roundtable.ledger.links import DecisionRecord, every_decision
from roundtable.ledger.models import LinkOrigin, LinkVerdict

#: How many posts have to say the same.
AGREEING = 2
#: How many are asked at most.
MOST_ASKED = 3


class State(StrEnum):
    """How far a question has got."""

    UNANSWERED = "unanswered"
    WAITS_FOR_SECOND = "waits for a second"
    WAITS_FOR_THIRD = "waits for a third"
    SETTLED = "settled"
    OPEN = "open after three"


@dataclass(frozen=True)
class Outcome:
    """What the answers to one question come to.

    Attributes:
        state: how far it has got.
        verdict: what it was settled as, `same` or `different`; None as long as it is not.
    """

    state: State
    verdict: LinkVerdict | None = None

    @property
    def wants_answers(self) -> bool:
        """Whether one more post is to be asked."""
        return self.state in (State.UNANSWERED, State.WAITS_FOR_SECOND, State.WAITS_FOR_THIRD)


def settle(verdicts: Sequence[LinkVerdict]) -> Outcome:
    """What answers come to, one of each post."""
    same, different = (verdicts.count(one) for one in (LinkVerdict.SAME, LinkVerdict.DIFFERENT))
    if max(same, different) >= AGREEING and same != different:
        return Outcome(State.SETTLED, LinkVerdict.SAME if same > different else LinkVerdict.DIFFERENT)
    waiting = (State.UNANSWERED, State.WAITS_FOR_SECOND, State.WAITS_FOR_THIRD)
    return Outcome(waiting[len(verdicts)] if len(verdicts) < MOST_ASKED else State.OPEN)


def by_question(decisions: Iterable[DecisionRecord]) -> Mapping[tuple[int, int], Sequence[DecisionRecord]]:
    """The answers that stand, by the batch and the number of the question."""
    found: dict[tuple[int, int], list[DecisionRecord]] = {}
    for one in decisions:
        if one.stands and one.question is not None:
            found.setdefault(one.question, []).append(one)
    return found


@dataclass(frozen=True)
class SettledLinks:
    """Pairs of records that are settled, for linking to go by. The lesser id of a pair stands first.

    Attributes:
        together: they are of one person.
        apart: they are not.
    """

    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Both."""
        return (*self.together, *self.apart)

    def as_json(self) -> list[list[list[str]]]:
        """The same for the key of a step."""
        return [[list(one) for one in pairs] for pairs in (self.together, self.apart)]


def settled_links(purpose: str) -> SettledLinks:
    """What reviewers and whoever undid something have settled for a purpose, in order. The ledger is open."""
    return settled_of(every_decision(purpose))


def settled_of(decisions: Iterable[DecisionRecord]) -> SettledLinks:
    """The same of decisions, in the order in which they were made."""
    answers: dict[tuple[str, str], dict[str, LinkVerdict]] = {}
    undone: dict[tuple[str, str], LinkVerdict] = {}
    for one in decisions:
        if not one.stands or not one.left:
            continue
        pair = (one.left, one.right)
        if one.origin is LinkOrigin.UNDO:
            undone[pair] = one.verdict
        else:
            # A post that was asked about the same two records in two batches has one word: its last.
            answers.setdefault(pair, {})[one.post] = one.verdict
    found = {pair: settle(list(said.values())).verdict for pair, said in answers.items()} | undone
    return SettledLinks(_those(found, LinkVerdict.SAME), _those(found, LinkVerdict.DIFFERENT))


def _those(
    found: Mapping[tuple[str, str], LinkVerdict | None], verdict: LinkVerdict
) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pair for pair, one in found.items() if one is verdict))


def answered_by(post: str, decisions: Collection[DecisionRecord]) -> frozenset[tuple[int, int]]:
    """The questions on which a post has a word that stands."""
    return frozenset(
        one.question for one in decisions if one.stands and one.post == post and one.question is not None
    )
