"""Which of a dataset's deliveries stand: worked out from what they claim, whatever the order they came in.

A correction stands in the place of what it corrects, and so on along a chain of them. Two deliveries that are
each the whole of the same period cannot both stand:

- where both say when they were drawn up, the one drawn up later stands and the other is superseded;
- otherwise nobody can know which is right. The one that brings more periods stands, then the one whose name
  comes first, and the other is refused until somebody says what it is. That is arbitrary, and the same
  whichever came first.

A withdrawn delivery, one that cannot be read and one that waits for a person are as if they had not been
sent, but for this: what corrects them need not wait for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime

from roundtable.data.intake.claims import Claim
from roundtable.data.intake.contradicting import again, corrects_nothing, corrects_part, corrects_superseded
from roundtable.errors import Problem
from roundtable.ledger.models import DeliveryStatus

#: Refusals that another delivery's coming or going can lift, though nothing of this one has changed.
LIFTED_BY_OTHERS = frozenset({"period-again", "corrects-nothing", "corrects-superseded", "corrects-part"})
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Verdict:
    """What becomes of one delivery among the others.

    Attributes:
        status: accepted, superseded or refused.
        by: the delivery that took its place, when it is superseded.
        why: why it is refused.
    """

    status: DeliveryStatus
    by: str = ""
    why: Problem | None = None

    @property
    def stands(self) -> bool:
        """Whether its rows belong in the lake."""
        return self.status is DeliveryStatus.ACCEPTED


@dataclass
class Resolution:
    """What becomes of every delivery of a dataset.

    Attributes:
        verdicts: by delivery; of those alone that could stand.
        corrects: the delivery that each correction corrects, where it is known.
        roots: the delivery at the beginning of each one's chain of corrections.
        overtaken: of those that could not stand, the later delivery that stands for all that they bring.
    """

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    corrects: dict[str, str] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    overtaken: dict[str, str] = field(default_factory=dict)

    def stands(self, delivery_id: str) -> bool:
        """Whether a delivery's rows belong in the lake."""
        verdict = self.verdicts.get(delivery_id)
        return verdict is not None and verdict.stands


def resolve(claims: Mapping[str, Claim], out: AbstractSet[str]) -> Resolution:
    """Say which deliveries of a dataset stand.

    Args:
        claims: every delivery that has ever come, by id.
        out: those that cannot stand, for a reason of their own.
    """
    found = Resolution()
    found.corrects = {
        claim.delivery_id: target.delivery_id
        for claim in claims.values()
        if (target := _target(claim, claims.values())) is not None
    }
    for claim in claims.values():
        root = _root(claim.delivery_id, claims, found.corrects)
        if root is not None:
            found.roots[claim.delivery_id] = root
        elif claim.delivery_id not in out:
            found.verdicts[claim.delivery_id] = _refused(corrects_nothing(claim))
    _refuse_parts(claims, out, found)
    _Choosing(claims, frozenset({*out, *found.verdicts}), found).choose()
    return found


def _refuse_parts(claims: Mapping[str, Claim], out: AbstractSet[str], found: Resolution) -> None:
    """Refuse corrections that leave something out; what corrects one of them is then not a part of the chain.

    Otherwise it would stand for a delivery that it does not bring again, and those rows would be gone.
    """
    for claim in claims.values():
        left_out = _left_out(claim, claims, found)
        if left_out and claim.delivery_id not in out and claim.delivery_id in found.roots:
            target = claims[found.corrects[claim.delivery_id]]
            found.verdicts[claim.delivery_id] = _refused(corrects_part(claim, target, left_out))
    for refused in found.verdicts.keys() & found.corrects.keys():
        del found.corrects[refused]
    for delivery in found.roots:
        at = delivery
        while at in found.corrects:
            at = found.corrects[at]
        found.roots[delivery] = at


def _target(claim: Claim, claims: Iterable[Claim]) -> Claim | None:
    """The delivery that a claim says it corrects; of several of that name, the one that nothing corrects."""
    if claim.corrects is None:
        return None
    said = claim.corrects
    named = [one for one in claims if one is not claim and one.is_named(said)]
    last = [
        one
        for one in named
        if not any(other.corrects and one.is_named(other.corrects) for other in named if other is not one)
    ]
    return min(last or named, key=lambda one: (not one.here, one.delivery_id), default=None)


def _root(delivery_id: str, claims: Mapping[str, Claim], corrects: Mapping[str, str]) -> str | None:
    """Where a chain of corrections begins; None where what it needs is not there, or it goes in a circle."""
    seen: set[str] = set()
    at = delivery_id
    while claims[at].corrects is not None:
        if at in seen or at not in corrects:
            return None
        seen.add(at)
        at = corrects[at]
    return at


def _left_out(claim: Claim, claims: Mapping[str, Claim], found: Resolution) -> list[tuple[str, str]]:
    target = found.corrects.get(claim.delivery_id)
    return [] if target is None else sorted(claims[target].covers - claim.covers)


@dataclass
class _Choosing:
    """The choice among deliveries that could stand, chain by chain."""

    claims: Mapping[str, Claim]
    out: frozenset[str]
    found: Resolution
    standing: list[Claim] = field(default_factory=list)
    corrections: dict[str, list[Claim]] = field(default_factory=lambda: defaultdict(list))

    def choose(self) -> None:
        """Give each of them its verdict."""
        chains: dict[str, list[Claim]] = defaultdict(list)
        for delivery, root in self.found.roots.items():
            chains[root].append(self.claims[delivery])
        for one, of in self.found.corrects.items():
            self.corrections[of].append(self.claims[one])
        ranked = sorted(chains, key=lambda root: self._rank(root, chains[root]))
        as_at = {root: self._as_at(root, chains[root]) for root in chains}
        for root in ranked:
            self._chain(root, as_at)
        for root in ranked:
            self._see_who_was_overtaken(root, chains[root], as_at)

    def _see_who_was_overtaken(
        self, root: str, members: Sequence[Claim], as_at: Mapping[str, datetime | None]
    ) -> None:
        """See which deliveries that could not stand nobody needs any more, as if they had never been read.

        Where another of the chain stands, it stands in their place whatever was wrong with them.
        """
        if any(self.found.stands(one.delivery_id) for one in members):
            return
        for claim in members:
            rival = self._rival(claim)
            if claim.delivery_id not in self.out - self.found.verdicts.keys() or rival is None:
                continue
            told = [one.as_at for one in (*self._live(members), claim) if one.as_at is not None]
            drawn_up = self.claims[root].as_at or max(told, default=None)
            older = _is_older(drawn_up, as_at[self.found.roots[rival.delivery_id]])
            if _after(claim, rival, older).status is DeliveryStatus.SUPERSEDED:
                self.found.overtaken[claim.delivery_id] = rival.delivery_id

    def _rank(self, root: str, members: Sequence[Claim]) -> tuple[object, ...]:
        """A chain's place: those that stay within their periods, more periods, later, name, id."""
        first, live = self.claims[root], self._live(members)
        own = first.covers or next((one.covers for one in live), frozenset())
        brings_more = any(one.covers - own for one in live)
        as_at = self._as_at(root, members)
        age = 0.0 if as_at is None else -(as_at - _LONG_AGO).total_seconds()
        return brings_more, -len(own), sorted(own), age, first.in_order_of_names, first.here, root

    def _as_at(self, root: str, members: Sequence[Claim]) -> datetime | None:
        """When a chain was drawn up: a correction stands in the place of what it corrects, in time too."""
        told = [one.as_at for one in self._live(members) if one.as_at is not None]
        return self.claims[root].as_at or max(told, default=None)

    def _live(self, members: Sequence[Claim]) -> list[Claim]:
        return sorted(
            (one for one in members if one.delivery_id not in self.out), key=lambda one: one.delivery_id
        )

    def _chain(self, root: str, as_at: Mapping[str, datetime | None]) -> None:
        chosen: Claim | None = None
        for claim in self._last_corrections_first(root):
            if claim.delivery_id in self.out:
                continue
            if chosen is not None:
                self.found.verdicts[claim.delivery_id] = self._beside(claim, chosen)
                continue
            rival = self._rival(claim)
            if rival is None:
                chosen = claim
                self.standing.append(claim)
                self.found.verdicts[claim.delivery_id] = Verdict(DeliveryStatus.ACCEPTED)
            else:
                older = _is_older(as_at[root], as_at[self.found.roots[rival.delivery_id]])
                self.found.verdicts[claim.delivery_id] = _after(claim, rival, older)

    def _rival(self, claim: Claim) -> Claim | None:
        return next((one for one in self.standing if one.covers & claim.covers), None)

    def _last_corrections_first(self, root: str) -> Iterator[Claim]:
        """A chain from its ends to its beginning; of two corrections of one delivery the later first."""
        waiting, found = [self.claims[root]], []
        while waiting:
            found.append(waiting.pop())
            waiting += sorted(self.corrections.get(found[-1].delivery_id, ()), key=_later_first)
        return reversed(found)

    def _beside(self, claim: Claim, chosen: Claim) -> Verdict:
        """What becomes of a delivery when another of its chain stands."""
        at = chosen.delivery_id
        while at in self.found.corrects:
            if self.found.corrects[at] == claim.delivery_id:
                return Verdict(DeliveryStatus.SUPERSEDED, by=at)
            at = self.found.corrects[at]
        if _is_older(claim.as_at, chosen.as_at):
            return Verdict(DeliveryStatus.SUPERSEDED, by=chosen.delivery_id)
        target = self.claims[self.found.corrects[claim.delivery_id]]
        return _refused(corrects_superseded(claim, target, chosen))


def _later_first(claim: Claim) -> tuple[float, tuple[str, str], str]:
    age = 0.0 if claim.as_at is None else -(claim.as_at - _LONG_AGO).total_seconds()
    return age, claim.in_order_of_names, claim.delivery_id


def _is_older(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one < other


def _after(claim: Claim, rival: Claim, older: bool) -> Verdict:
    if older and claim.covers <= rival.covers:
        return Verdict(DeliveryStatus.SUPERSEDED, by=rival.delivery_id)
    return _refused(again(claim, rival))


def _refused(why: Problem) -> Verdict:
    return Verdict(DeliveryStatus.REFUSED, why=why)
