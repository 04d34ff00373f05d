"""Distances are distances, agreement lies between nought and one, and merging loses nothing that was said."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.errors import Place
from roundtable.partnership.disagreement.concordance import concordance, ranks
from roundtable.partnership.disagreement.merging import merge
from roundtable.partnership.disagreement.priorities import distance, priorities
from roundtable.partnership.disagreement.similarity import similarity
from roundtable.partnership.model.scenario import Scenario
from tests.factories import agency, outcome, partnership
from tests.unit.partnership.disagreement.table import dispute, link, story, wanting_all

AGENCIES = ["council", "fire", "health"]
OUTCOMES = ["harm", "falls", "fires", "debt"]
SIGNS = ["positive", "negative", "none", "unknown", "complex"]

POINTS = st.dictionaries(st.sampled_from(OUTCOMES), st.integers(0, 100), max_size=4)
SHARES = st.dictionaries(st.sampled_from(OUTCOMES), st.integers(1, 100), min_size=1).map(
    lambda points: {outcome: given / sum(points.values()) for outcome, given in points.items()}
)
SOME = st.lists(st.sampled_from(AGENCIES), unique=True, min_size=1).map(sorted)


@st.composite
def stories(draw: st.DrawFn, names: str) -> Scenario:
    """A story whose factors have the names given, with links that some assert and some dispute."""
    ends = st.sampled_from([*names, "harm"])
    pairs = draw(
        st.lists(st.tuples(ends, ends).filter(lambda two: two[0] != two[1]), unique=True, max_size=6)
    )
    links = []
    for source, target in pairs:
        signs = st.none() | st.sampled_from(SIGNS)
        disputed = [dispute(by, sign=draw(signs)) for by in draw(st.just([]) | SOME)]
        links.append(link(source, target, draw(st.sampled_from(SIGNS)), *draw(SOME), disputed=disputed))
    return story(*links)


@given(SHARES, SHARES, SHARES)
def test_distance_is_a_distance_from_nought_to_one(
    one: dict[str, float], other: dict[str, float], third: dict[str, float]
) -> None:
    assert 0 <= distance(one, other) <= 1
    assert distance(one, other) == distance(other, one)
    assert distance(one, one) == 0
    assert distance(one, third) <= distance(one, other) + distance(other, third) + 1e-9


@settings(max_examples=50)
@given(st.lists(POINTS, min_size=3, max_size=3))
def test_priorities_hold_whatever_points_are_given(given_points: list[dict[str, int]]) -> None:
    agencies = [wanting_all(name, points) for name, points in zip(AGENCIES, given_points, strict=True)]
    stands = priorities(partnership(*agencies, outcomes=tuple(outcome(one) for one in OUTCOMES[1:])))

    assert all(abs(sum(one.shares.values()) - 1) < 1e-9 for one in stands.wants)
    assert {one.agency for one in stands.wants} | set(stands.silent) == set(AGENCIES)
    assert all(0 <= pair.distance <= 1 for pair in stands.pairs)
    assert not stands.divides or abs(sum(one.share for one in stands.divides) - 1) < 1e-9


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=2, max_size=9))
def test_concordance_lies_between_nought_and_one(scores: list[list[int]]) -> None:
    found = concordance([ranks(row) for row in scores])

    assert found.w is None or -1e-12 <= found.w <= 1 + 1e-12
    turned = concordance([ranks(row) for row in reversed(scores)])
    assert (found.w is None) == (turned.w is None)
    assert found.w is None or abs(found.w - (turned.w or 0.0)) < 1e-9


@settings(max_examples=50)
@given(stories("abc"))
def test_likeness_is_the_same_both_ways_and_within_bounds(told: Scenario) -> None:
    alike = similarity(partnership(agency("health"), told))

    for one in alike.agencies:
        for other in alike.agencies:
            if one != other:
                pair = alike.of(one, other)
                assert pair == alike.of(other, one)
                assert 0 <= pair.same <= pair.both <= pair.either
                assert 0 <= pair.jaccard <= 1


@settings(max_examples=50)
@given(stories("abc"), stories("xyz"), st.dictionaries(st.sampled_from("xyz"), st.sampled_from("abc")))
def test_merging_loses_no_link_and_nobody_who_spoke(
    kept: Scenario, other: Scenario, matching: dict[str, str]
) -> None:
    ours, theirs = ({factor.id for factor in one.factors} for one in (kept, other))
    possible = {new: old for old, new in sorted(matching.items()) if old in theirs and new in ours}
    sound = {old: new for new, old in possible.items()}
    merged = merge(kept, other, sound, Place("matching.csv")).scenario

    ends = {(one.from_, one.to) for one in merged.links}
    assert {(one.from_, one.to) for one in kept.links} <= ends
    assert {(sound.get(one.from_, one.from_), sound.get(one.to, one.to)) for one in other.links} <= ends
    assert len(merged.links) == len(ends)
    spoke = {
        (sound.get(one.from_, one.from_), sound.get(one.to, one.to)): {*one.asserted.by}
        for one in other.links
    }
    for one in merged.links:
        heard = {*one.asserted.by, *(dispute.by for dispute in one.disputed)}
        assert spoke.get((one.from_, one.to), set()) <= heard
