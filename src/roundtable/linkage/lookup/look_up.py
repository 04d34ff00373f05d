"""One record against everybody: the people that it may be of, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from roundtable.linkage.evidence.pairs import Pairs
from roundtable.linkage.evidence.waterfall import Waterfall, waterfall
from roundtable.linkage.lookup.clean_one import clean_one
from roundtable.linkage.lookup.index import Index
from roundtable.linkage.lookup.one import One
from roundtable.linkage.lookup.reach import Reach
from roundtable.linkage.lookup.search import Scored, Search
from roundtable.linkage.lookup.sources import Source

#: How many people are told at the most, unless more are asked for.
MOST = 10


@dataclass(frozen=True)
class Fit:
    """A record that fits: whose it is, its id, and how well it fits."""

    source: Source
    record_id: str
    weight: float
    probability: float


@dataclass(frozen=True)
class Candidate:
    """A person that the record may be of.

    Attributes:
        person_id: the person's durable id.
        weight, probability: of the record of theirs that fits best, in bits and as a share.
        records: those of their records that fit, the best first.
        best: the pair with the best one, among those that were scored.
    """

    person_id: str
    weight: float
    probability: float
    records: tuple[Fit, ...]
    best: tuple[Scored, int] = field(compare=False)


@dataclass(frozen=True)
class Found:
    """What a lookup finds.

    Attributes:
        one: the record that was looked up, in the index's words.
        people: who it may be, the likeliest first.
        by: the families of keys by which it could be looked for; none where too little is known.
        too_many: those by which so many were found that they were left out, as linkage leaves them out.
    """

    one: One
    people: tuple[Candidate, ...]
    by: tuple[str, ...]
    too_many: tuple[str, ...]


def look_up(
    index: Index, sent: Mapping[str, str | None], reach: Reach | None = None, most: int = MOST
) -> Found:
    """Look a record up.

    Args:
        index: everybody.
        sent: the record by the columns of PERSON_RECORD, as text; see `sent_of`.
        reach: whose records may be looked at, and by what; without it, all.
        most: how many people are told at the most.
    """
    return look_up_one(index, index.encoder.one(clean_one(sent, index.usual)), reach, most)


def look_up_one(index: Index, one: One, reach: Reach | None = None, most: int = MOST) -> Found:
    """Look up a record that is in the index's words already; see `look_up`."""
    search = Search(index, one)
    scored = search.scored(reach)
    return Found(one, _people(index, scored, most), search.by, search.too_many)


def reasons(index: Index, found: Found, candidate: Candidate, *, show: bool = False) -> Waterfall:
    """Why a person is near or not: the weight of their best record, step by step.

    Args:
        index: everybody.
        found: what the lookup found.
        candidate: one of its people.
        show: whether the reader may see what the two records say. Without, only how they agree.
    """
    scored, place = candidate.best
    at = np.array([place])
    pairs = Pairs(scored.encoded, found.one.encoded, at, np.zeros(1, np.int32))
    levels = {name: level[at] for name, level in scored.levels.items()}
    parts = index.scales.parts(pairs, levels)
    said = _said(index, found.one, scored, place) if show else None
    return waterfall(index.settings, index.model.log2_prior_match, parts, candidate.weight, said)


def _people(index: Index, scored: Sequence[Scored], most: int) -> tuple[Candidate, ...]:
    """The people whose profiles were scored, by the one that fits best."""
    near: dict[str, list[tuple[float, int, Scored, int]]] = {}
    for number, part in enumerate(scored):
        weight = part.weights.weight
        for place in np.flatnonzero(weight >= index.settings.keep).tolist():
            records = index.records_of(int(part.profiles[place]))
            if len(records):
                person = index.person_id[int(records[0])].as_py()
                near.setdefault(person, []).append((-float(weight[place]), number, part, place))
    ordered = sorted(near.items(), key=lambda one: (min(found[:2] for found in one[1]), one[0]))
    return tuple(_person(index, person, pairs) for person, pairs in ordered[:most])


def _person(index: Index, person: str, pairs: list[tuple[float, int, Scored, int]]) -> Candidate:
    pairs = sorted(pairs, key=lambda one: (one[0], one[1], one[3]))
    _, _, best, place = pairs[0]
    fits = tuple(fit for _, _, part, at in pairs for fit in _fits(index, part, at))
    weight, probability = best.weights.weight[place], best.weights.probability[place]
    return Candidate(person, float(weight), float(probability), fits, (best, place))


def _fits(index: Index, scored: Scored, place: int) -> list[Fit]:
    """The records of a profile, less those that are out of reach."""
    weight, probability = scored.weights.weight[place], scored.weights.probability[place]
    records = index.records_of(int(scored.profiles[place]))
    if scored.sources is not None:
        records = records[scored.sources[index.sources.code[records]]]
    found = [
        Fit(index.source_of(at), index.record_id[at].as_py(), float(weight), float(probability))
        for at in records.tolist()
    ]
    return sorted(found, key=lambda fit: (fit.source, fit.record_id))


def _said(index: Index, one: One, scored: Scored, place: int) -> dict[str, tuple[str | None, str | None]]:
    """What the two say, by comparison: the record of the index first."""
    said = {}
    for comparison in index.settings.comparisons:
        column = comparison.needs[0]
        code = int(scored.encoded.codes[column][place])
        word = scored.encoded.vocabulary(column)[code] if code >= 0 else None
        said[comparison.name] = (word, one.words[column])
    return said
