"""Who asserts each link, who disputes it, how the table voted, and which contested links matter most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from roundtable.partnership.causal.graph import CausalMap
from roundtable.partnership.disagreement.voices import Ends
from roundtable.partnership.dynamics.damping import damping
from roundtable.partnership.dynamics.influence import Floats, Influences, causal_map, influences
from roundtable.partnership.model.causal import Answer, Link
from roundtable.partnership.model.scenario import Scenario
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.study import Study

#: Influences are compared to here, so that what is alike on one machine is alike on all.
_DIGITS = 9


@dataclass(frozen=True)
class LinkVotes:
    """What the table says of one link of one scenario: ids of agencies, each group in order."""

    scenario: str
    source: str
    target: str
    asserted_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    agree: tuple[str, ...]
    disagree: tuple[str, ...]
    unsure: tuple[str, ...]

    @property
    def ends(self) -> Ends:
        """What moves, and what is moved."""
        return self.source, self.target

    @property
    def contested(self) -> bool:
        """Whether anybody disputes it or voted against it. To be unsure is not to contest."""
        return bool(self.disputed_by or self.disagree)

    @property
    def against(self) -> tuple[str, ...]:
        """The agencies that dispute it or voted against it, in order."""
        return tuple(sorted({*self.disputed_by, *self.disagree}))


@dataclass(frozen=True)
class Bearing:
    """How much a link bears on the outcome that it moves most.

    Attributes:
        outcome: the outcome's id; None when the link leads to none.
        influence: 0 to 1: the middle of the link's strengths, times one where it moves the outcome itself,
            and the damped influence on the outcome of what it moves otherwise.
        rank: its place among all links of the partnership, from 1; links alike share the better place.
        of: how many links there are.
    """

    outcome: str | None
    influence: float
    rank: int
    of: int


@dataclass(frozen=True)
class ContestedLink:
    """A link that somebody contests, and what turns on it."""

    votes: LinkVotes
    bearing: Bearing


def link_votes(partnership: Partnership) -> tuple[LinkVotes, ...]:
    """Every link of every scenario, in order of scenario and ends."""
    found = (_votes(scenario, link) for scenario in partnership.scenarios for link in scenario.links)
    return tuple(sorted(found, key=lambda one: (one.scenario, one.source, one.target)))


def contested_links(study: Study) -> tuple[ContestedLink, ...]:
    """The contested links, those with most influence on an outcome first."""
    bearings = study.shared(link_bearings)
    contested = (
        ContestedLink(votes, bearings[votes.ends])
        for votes in link_votes(study.partnership)
        if votes.contested
    )
    return tuple(sorted(contested, key=lambda one: (one.bearing.rank, one.votes.ends, one.votes.scenario)))


def link_bearings(study: Study) -> Mapping[Ends, Bearing]:
    """What turns on each link of the whole map, by its ends; ask for it through `study.shared`."""
    whole = study.shared(causal_map)
    reach = influences(study)
    if not whole.edges or not reach.outcomes:
        return {(e.source, e.target): Bearing(None, 0.0, 1, len(whole.edges)) for e in whole.edges}
    parts = _parts(whole, reach)
    best = parts.argmax(axis=1).tolist()
    scores = parts.max(axis=1).round(_DIGITS).tolist()
    ranks: dict[float, int] = {}
    for place, score in enumerate(sorted(scores, reverse=True), start=1):
        ranks.setdefault(score, place)
    return {
        (edge.source, edge.target): Bearing(
            reach.outcomes[on] if score else None, score, ranks[score], len(scores)
        )
        for edge, on, score in zip(whole.edges, best, scores, strict=True)
    }


def _parts(whole: CausalMap, reach: Influences) -> Floats:
    """Each link's own part of the influence of its source on each outcome, shape (links, outcomes).

    The part of a link from i to j in the influence of i on o, as `dynamics.influence` adds it up, with the
    size of what it may be in place of its middle: a sign that nobody knows is no influence of nought.
    """
    strengths = np.array([(edge.low + edge.high) / 2 for edge in whole.edges])
    targets = np.array([whole.index[edge.target] for edge in whole.edges])
    sizes = (np.abs(reach.low) + np.abs(reach.high)) / 2
    ends = np.array([edge.target for edge in whole.edges], dtype=object)
    direct = ends[:, None] == np.array(reach.outcomes, dtype=object)
    beyond = damping(whole)[:, None] * sizes[targets]
    parts: Floats = strengths[:, None] * np.minimum(1.0, direct + beyond)
    return parts


def _votes(scenario: Scenario, link: Link) -> LinkVotes:
    answered = {answer: tuple(sorted(v.by for v in link.votes if v.answer is answer)) for answer in Answer}
    return LinkVotes(
        scenario=scenario.id,
        source=link.from_,
        target=link.to,
        asserted_by=tuple(sorted(link.asserted.by)),
        disputed_by=tuple(sorted({dispute.by for dispute in link.disputed})),
        agree=answered[Answer.AGREE],
        disagree=answered[Answer.DISAGREE],
        unsure=answered[Answer.UNSURE],
    )
