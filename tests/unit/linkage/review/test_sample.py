"""Samples: strata that do not overlap and make up all pairs, each pair as likely as any other, none twice."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from roundtable.linkage.review import implied, missed
from roundtable.linkage.review.drawing import blocks_of, in_triangle
from roundtable.linkage.review.implied import through_others
from roundtable.linkage.review.sample import sampled
from roundtable.linkage.review.strata import Reach, Stratum
from tests.factories_review import linked_of, made_up


def test_a_triangle_is_counted_off_without_a_gap_and_to_its_far_end() -> None:
    high, low = in_triangle(np.arange(45))
    assert list(zip(high.tolist(), low.tolist(), strict=True)) == [
        (i, j) for i in range(10) for j in range(i)
    ]
    side = 5_000_000
    high, low = in_triangle(np.array([side * (side - 1) // 2 - 1, (side - 1) * (side - 2) // 2]))
    assert (high.tolist(), low.tolist()) == ([side - 1, side - 1], [side - 2, 0])


def test_blocks_have_every_pair_within_once() -> None:
    blocks = blocks_of(np.array([3, -1, 3, 7, 3, 7, -1]))
    left, right = blocks.at(np.arange(blocks.pairs))
    found = sorted(tuple(sorted(pair)) for pair in zip(left.tolist(), right.tolist(), strict=True))
    assert found == [(0, 2), (0, 4), (2, 4), (3, 5)]


def test_the_strata_make_up_all_pairs_of_records_and_each_is_drawn_from_its_own() -> None:
    linked, _, loose = made_up(1, people=100)
    whole = sampled(linked, loose, 10**9, 1)
    count = len(linked.record_ids)

    assert sum(one.size for one in whole.strata) == pytest.approx(count * (count - 1) / 2, rel=1e-9)
    asked = Counter(frozenset((one.left, one.right)) for one in whole.asked)
    assert set(asked.values()) == {1}
    by_stratum = Counter(one.stratum for one in whole.asked)
    sizes = {one.name: one.size for one in whole.strata if one.reach is not Reach.FAR}
    assert {name: by_stratum[name] for name in sizes} == pytest.approx(sizes)
    reach = {one.name: one.reach for one in whole.strata}
    people = linked.people[linked.of_record]
    for one in whole.asked:
        assert (people[one.left] == people[one.right]) == (reach[one.stratum] is Reach.LINKED)
        if reach[one.stratum] in (Reach.MISSED, Reach.FAR) or "weight" not in one.stratum:
            assert one.weight is None


def test_what_blocking_missed_is_drawn_by_the_tightest_key_that_a_pair_shares() -> None:
    linked, _, loose = made_up(2)
    whole = sampled(linked, loose, 10**9, 1)
    tight, wide = (codes[linked.of_record] for codes in loose.values())
    for one in whole.asked:
        shares_tight = tight[one.left] == tight[one.right] >= 0
        shares_wide = wide[one.left] == wide[one.right]
        if one.stratum.endswith("tight"):
            assert shares_tight
        elif one.stratum.endswith("wide"):
            assert shares_wide and not shares_tight


def test_each_pair_of_a_stratum_is_as_likely_as_any_other() -> None:
    """Identities of one and of five records: a pair of the larger must come up five times as often."""
    linked = linked_of([0, 1, 2, 3], [(0, 1, 0.4), (2, 3, 0.4)], [1, 1, 1, 5])
    drawn: Counter[bool] = Counter()
    for seed in range(600):
        (one,) = (one for one in sampled(linked, {}, 2, seed).asked if one.weight is not None)
        drawn[linked.of_record[one.right] == 3] += 1
    assert drawn[True] / drawn.total() == pytest.approx(5 / 6, abs=0.06)


def test_the_same_seed_draws_the_same_pairs_and_another_does_not() -> None:
    linked, _, loose = made_up(3)
    one, same, other = (sampled(linked, loose, 120, seed) for seed in (7, 7, 8))
    assert one == same
    assert one.asked != other.asked
    assert len(one.asked) == 120
    assert sum(pair.stands_for for pair in one.asked) == pytest.approx(sum(s.size for s in one.strata))


def test_a_person_with_very_many_records_is_not_gone_through_pair_by_pair(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(implied, "MOST_RECORDS", 10)
    linked = linked_of([0] * 60, [(i, i + 1, 0.9) for i in range(59)])
    stratum, draw = through_others(linked)
    left, right = draw(np.random.default_rng(1), 40)
    assert stratum.size == 60 * 59 / 2 - 59
    assert len(left) == 40 and (np.abs(left - right) > 1).all()
    assert len({frozenset(pair) for pair in zip(left.tolist(), right.tolist(), strict=True)}) == 40


def test_where_there_are_more_pairs_than_draws_the_size_is_nearly_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    linked, _, loose = made_up(4)
    exact = {one.name: one.size for one in sampled(linked, loose, 50, 1).strata}
    monkeypatch.setattr(missed, "DRAWS", 5_000)
    nearly = {one.name: one.size for one in sampled(linked, loose, 50, 1).strata}
    assert nearly == pytest.approx(exact, rel=0.05)


def test_records_that_are_all_alike_or_all_alone_make_no_trouble() -> None:
    alike = sampled(linked_of([0], [], [40]), {}, 10, 1)
    assert [one.name for one in alike.strata] == ["alike in everything"] and len(alike.asked) == 10
    alone = sampled(linked_of([0, 1, 2]), {"key": np.array([-1, -1, -1])}, 10, 1)
    assert [one.reach for one in alone.strata] == [Reach.FAR] and len(alone.asked) == 3
    assert sampled(linked_of([]), {}, 10, 1).asked == ()


def test_a_stratum_comes_back_from_the_ledger_as_it_was() -> None:
    one = Stratum("put together, weight 0 to 2", Reach.LINKED, 12.0, 0.5, 3)
    assert Stratum.from_json(one.as_json()) == one
