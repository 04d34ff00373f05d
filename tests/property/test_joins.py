"""Whatever is asserted: what is averted is part of what is at stake, and a wider range stays wider."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.partnership.joins.verdict import NeedVerdict, ranked, verdicts
from roundtable.partnership.study import Study
from tests.factories import capacity, link, need, outcome, service
from tests.unit.partnership.joins.priced import POUNDS, built

NEVER_OUT_OF_ORDER = 1e-6
strengths = st.tuples(st.integers(0, 10), st.integers(0, 10)).map(lambda ends: sorted(ends))
levels = st.none() | st.integers(0, 10).map(lambda tenth: tenth / 10)
numbers = st.sampled_from(["unknown", 0, 1, 9, 10, 500])
sizes = st.sampled_from(["unknown", -2.0, -0.5, -0.1, 0.0, 0.3])
signs = st.sampled_from(["positive", "negative", "unknown", "complex", "none"])


def _verdict(
    ends: list[int], level: float | None, size: Any, supply: Any, demand: Any, sign: str
) -> NeedVerdict:
    effect = {"factor": "isolation", "size": size, "evidence": "none", "source": "A guess"}
    calls = service("calls", effects=[effect], capacity=[capacity(supply, demand)])
    wants = [need("which-homes", "visits", current_level=level)]
    links = [link("isolation", "fires", ends[0] / 10, ends[1] / 10, sign=sign)]
    (one,) = verdicts(Study(built(calls, needs=wants, links=links), samples=0))
    return one


@settings(max_examples=120, deadline=None)
@given(strengths, levels, sizes, numbers, numbers, signs)
def test_what_could_be_averted_is_never_more_than_what_is_at_stake(
    ends: list[int], level: float | None, size: Any, supply: Any, demand: Any, sign: str
) -> None:
    found = _verdict(ends, level, size, supply, demand, sign)

    if found.at_stake is None:
        assert found.avertable is None
        return
    assert 0 <= found.at_stake.low <= found.at_stake.middle <= found.at_stake.high
    if found.avertable is None:
        assert "unknown" in (size, supply, demand) and found.stake.why_not
        return
    averted, stake = found.avertable, found.at_stake
    assert 0 <= averted.low <= averted.middle + NEVER_OUT_OF_ORDER
    assert averted.middle <= averted.high + NEVER_OUT_OF_ORDER
    assert averted.low <= stake.low + NEVER_OUT_OF_ORDER
    assert averted.middle <= stake.middle + NEVER_OUT_OF_ORDER
    assert averted.high <= stake.high + NEVER_OUT_OF_ORDER


@settings(max_examples=60, deadline=None)
@given(strengths, strengths, levels)
def test_a_wider_range_of_strength_never_narrows_the_range_at_stake(
    ends: list[int], more: list[int], level: float | None
) -> None:
    wide = [min(ends[0], more[0]), max(ends[1], more[1])]
    narrow_one, wide_one = (_verdict(one, level, -0.2, 10, 9, "positive").at_stake for one in (ends, wide))

    if narrow_one is not None:
        assert wide_one is not None
        assert wide_one.low <= narrow_one.low and narrow_one.high <= wide_one.high


@settings(max_examples=40, deadline=None)
@given(st.permutations([("a", 1), ("b", 4), ("c", 4), ("d", 9)]), st.permutations(["fires", "thefts"]))
def test_the_ranking_is_total_and_owes_nothing_to_order(
    needs: list[tuple[str, int]], outcomes: list[str]
) -> None:
    study = Study(
        built(
            others=(outcome("thefts", unit_cost=POUNDS),),
            needs=[need(name, current_level=known / 10) for name, known in needs],
            links=[link("isolation", one, 0.2, 0.4) for one in outcomes],
        ),
        samples=0,
    )

    assert [one.need.id for one in ranked(study)] == ["a", "b", "c", "d"]
