"""Whatever is agreed: one more sound agreement takes nothing away, and the order of things says nothing."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.sharing.classes import NeedClass, classed_needs
from roundtable.partnership.sharing.flows import flows
from roundtable.partnership.sharing.interoperability import flow_score, pair_matrix, scenario_scores
from roundtable.partnership.sharing.lawfulness import check
from roundtable.partnership.study import Study
from tests.factories import need, scenario
from tests.factories_sharing import basis, party, records, share, table

FOOTINGS = st.fixed_dictionaries(
    {},
    optional={
        "gateways": st.lists(
            st.sampled_from(["any.power", "cda98.s115", "cda98.s17", "ca04.s16LA", "dea17.s35.md"]),
            unique=True,
        ),
        "article_6": st.sampled_from([None, "6(1)(e)", "6(1)(ea)"]),
        "article_9": st.sampled_from([None, "9(2)(g)", "9(2)(h)"]),
        "schedule_1": st.none(),
        "impact_assessment": st.none(),
        "verified_by": st.none(),
        "regime": st.sampled_from(["uk_gdpr", "dpa_2018_part_3", "not_personal"]),
    },
)
SPOILT = st.fixed_dictionaries(
    {},
    optional={
        "starts": st.sampled_from(["2026-01-01", "2026-11-24"]),
        "ends": st.sampled_from(["2026-11-22", "2027-01-31", None]),
        "tier": st.sampled_from(["specific", "protocol"]),
        "scenarios": st.lists(st.sampled_from(["alone", "other"]), unique=True),
        "retention_days": st.none(),
        "parties": st.lists(
            st.sampled_from(
                [
                    party("police", gives=True),
                    party("council", receives=True),
                    party("charity", receives=True),
                ]
            ),
            min_size=1,
            unique_by=lambda one: one["agency"],
        ),
        "grants": st.lists(
            st.sampled_from(["person", "risk"]).map(
                lambda column: {"dataset": "calls", "table": "rows", "columns": [column]}
            ),
            min_size=1,
            max_size=2,
        ),
        "basis": FOOTINGS.map(lambda fields: basis(**fields)),
    },
)
AGREED = st.lists(SPOILT, max_size=3)
USES = [{"agency": one, "decision": "Whom to visit."} for one in ("council", "charity")]
PARTS = (
    records(consumedBy=USES),
    scenario(needs=[need("n", "calls", fields=["person", "risk"])], dea_factors=["homelessness"]),
    scenario("other", factors=[], needs=[]),
)


def _agreements(agreed: list[dict[str, Any]]) -> list[Agreement]:
    return [share(f"a{number}", **fields) for number, fields in enumerate(agreed)]


@given(AGREED)
def test_one_more_sound_agreement_never_makes_a_lawful_flow_unlawful(agreed: list[dict[str, Any]]) -> None:
    without = Study(table(*PARTS, *_agreements(agreed)), samples=0)
    with_one = Study(table(*PARTS, *_agreements(agreed), share("sound")), samples=0)

    for flow in flows(without):
        assert check(without, flow).lawful <= check(with_one, flow).lawful
        assert (flow_score(without, flow).at_most) <= flow_score(with_one, flow).at_most
    order = list(NeedClass)
    before, after = classed_needs(without)["n"], classed_needs(with_one)["n"]
    assert order.index(after.kind) <= order.index(before.kind)


@given(AGREED)
def test_a_flow_is_lawful_just_when_nothing_is_wrong_with_it(agreed: list[dict[str, Any]]) -> None:
    built = Study(table(*PARTS, *_agreements(agreed)), samples=0)

    for flow in flows(built):
        found = check(built, flow)
        assert found.lawful is (not found.faults)
        assert not found.lawful or found.agreement is not None


@given(AGREED, st.integers(0, 1000))
def test_the_order_of_things_changes_nothing(agreed: list[dict[str, Any]], seed: int) -> None:
    built = table(*PARTS, *_agreements(agreed))
    shuffled = list(built.agreements)
    random.Random(seed).shuffle(shuffled)
    turned = replace(
        built,
        agreements=tuple(shuffled),
        gateways=tuple(reversed(built.gateways)),
        agencies=tuple(reversed(built.agencies)),
        datasets=tuple(reversed(built.datasets)),
    )
    one, other = Study(built, samples=0), Study(turned, samples=0)

    assert [check(one, flow) for flow in flows(one)] == [check(other, flow) for flow in flows(other)]
    assert classed_needs(one) == classed_needs(other)
    assert pair_matrix(one) == pair_matrix(other)
    assert scenario_scores(one) == scenario_scores(other)
