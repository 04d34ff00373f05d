"""One map for each agency: what it says of the links, in its own signs, strengths and delays.

An agency holds the links that it asserts, less those that it disputes. Where its dispute gives a sign, a
strength or a delay of its own, it holds the link with that. An agency that said nothing of a link is
silent about it, which is not to be against it. Votes are counted apart, in `votes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

from roundtable.partnership.causal.graph import CausalMap, whole_map
from roundtable.partnership.model.causal import Delay, Link, LinkDispute, Sign, Strength
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.strict import Confidence
from roundtable.partnership.model.whole import Partnership

#: The two ends of a link: what moves, and what is moved.
Ends = tuple[str, str]


class Stance(StrEnum):
    """Where an agency stands on a link that it spoke of."""

    HOLDS = "holds"
    AGAINST = "against"


@dataclass(frozen=True)
class Said:
    """What one agency says of one link of one scenario.

    Attributes:
        scenario: the id of the scenario.
        source: the id of what moves.
        target: the id of what is moved.
        stance: whether it holds the link, in its own version, or is against it.
        sign: the sign that it gives; None when it is against the link.
        strength: the range that it gives; None when it gives none.
        delay: the delay that it gives.
        on: the day it said so.
        confidence: how sure it is; unknown where it disputes.
        words: what it says in its dispute, word for word.
    """

    scenario: str
    source: str
    target: str
    stance: Stance
    sign: Sign | None
    strength: Strength | None
    delay: Delay
    on: date
    confidence: Confidence = Confidence.UNKNOWN
    words: str | None = None


@dataclass(frozen=True)
class Voice:
    """An agency, and everything it says of the links, in order of scenario and ends."""

    agency: str
    said: tuple[Said, ...]

    @cached_property
    def positions(self) -> Mapping[Ends, Sign | None]:
        """The sign that it gives each link it spoke of, over all scenarios; None where it is against it.

        One that holds a link in one scenario and is against it in another holds it; one that gives it
        two signs says that it is complex.
        """
        held: dict[Ends, set[Sign]] = {}
        for one in self.said:
            signs = held.setdefault((one.source, one.target), set())
            if one.sign is not None:
                signs.add(one.sign)
        return {ends: _one_sign(signs) for ends, signs in sorted(held.items())}


def voices(partnership: Partnership) -> tuple[Voice, ...]:
    """Every agency that spoke of at least one link, in order of id."""
    heard: dict[str, list[Said]] = {}
    for scenario in partnership.scenarios:
        for link in scenario.links:
            for agency, said in _heard(scenario, link):
                heard.setdefault(agency, []).append(said)
    return tuple(Voice(agency, tuple(sorted(said, key=_key))) for agency, said in sorted(heard.items()))


def agency_map(partnership: Partnership, voice: Voice) -> CausalMap:
    """The causal map as one agency holds it: the links it holds, and what they join."""
    held = {_key(one): one for one in voice.said if one.stance is Stance.HOLDS}
    scenarios = tuple(_as_held(scenario, voice.agency, held) for scenario in partnership.scenarios)
    whole = whole_map(replace(partnership, scenarios=scenarios))
    joined = {end for edge in whole.edges for end in (edge.source, edge.target)}
    return CausalMap(tuple(node for node in whole.nodes if node.id in joined), whole.edges)


def _heard(scenario: Scenario, link: Link) -> Iterator[tuple[str, Said]]:
    """What each agency that spoke of a link says of it; its last dispute stands for it."""
    disputes = {one.by: one for one in sorted(link.disputed, key=lambda one: (one.on, one.says))}
    for agency in sorted({*link.asserted.by, *disputes}):
        dispute = disputes.get(agency)
        yield agency, _asserted(scenario, link) if dispute is None else _disputed(scenario, link, dispute)


def _asserted(scenario: Scenario, link: Link) -> Said:
    return Said(
        scenario.id,
        link.from_,
        link.to,
        Stance.HOLDS,
        link.sign,
        link.strength,
        link.delay,
        link.asserted.on,
        link.asserted.confidence,
    )


def _disputed(scenario: Scenario, link: Link, dispute: LinkDispute) -> Said:
    own = dispute.sign is not None or dispute.strength is not None or dispute.delay is not None
    sign = (dispute.sign or link.sign) if own else None
    # A strength that others gave to another sign says nothing of the strength of this one.
    lent = link.strength if own and sign is link.sign else None
    return Said(
        scenario.id,
        link.from_,
        link.to,
        Stance.HOLDS if own else Stance.AGAINST,
        sign,
        dispute.strength or lent,
        dispute.delay or (link.delay if own else Delay.UNKNOWN),
        dispute.on,
        words=dispute.says,
    )


def _as_held(scenario: Scenario, agency: str, held: Mapping[tuple[str, str, str], Said]) -> Scenario:
    said = ((link, held.get((scenario.id, link.from_, link.to))) for link in scenario.links)
    links = tuple(_own(link, agency, one) for link, one in said if one is not None)
    return scenario.model_copy(update={"links": links})


def _own(link: Link, agency: str, said: Said) -> Link:
    asserted = link.asserted.model_copy(
        update={"by": (agency,), "on": said.on, "confidence": said.confidence}
    )
    return link.model_copy(
        update={
            "sign": said.sign,
            "strength": said.strength,
            "delay": said.delay,
            "asserted": asserted,
            "disputed": (),
            "votes": (),
        }
    )


def _one_sign(signs: set[Sign]) -> Sign | None:
    if len(signs) > 1:
        return Sign.COMPLEX
    return next(iter(signs), None)


def _key(said: Said) -> tuple[str, str, str]:
    return said.scenario, said.source, said.target
