from typing import Any

import pytest

from roundtable.partnership.sharing.flows import flows_of_need
from roundtable.partnership.sharing.interoperability import (
    FlowScore,
    flow_score,
    legal_level,
    pair_matrix,
    scenario_scores,
)
from roundtable.partnership.sharing.layers import Layer, means, next_step
from tests.factories import need, scenario
from tests.factories_sharing import Fields, basis, party, records, share, study, today

PUBLISHED = {"published_url": "https://example.org/share"}


def level(layer: str, value: int | str, **fields: Any) -> Fields:
    base: Fields = {"layer": layer, "level": value, "evidence": "Seen", "by": "council", "on": "2026-09-01"}
    return base | fields


def assessed(*values: int | str, **fields: Any) -> list[Fields]:
    """The four layers that are assessed, each verified by a post."""
    layers = ("organisational", "semantic", "technical", "confidence")
    return [
        level(layer, value, post="council-post", **fields)
        for layer, value in zip(layers, values, strict=True)
    ]


def _use(levels: list[Fields]) -> Fields:
    return {"consumedBy": [{"agency": "council", "decision": "Whom to visit.", "levels": levels}]}


def _scored(levels: list[Fields], *parts: object, **terms: Any) -> FlowScore:
    built = study(records(**(_use(levels) | terms)), *(parts or (share(),)))
    return flow_score(built, today(built))


def _legal(*parts: object, **terms: Any) -> int:
    built = study(records(**terms), *parts)
    return legal_level(built, today(built))


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        (PUBLISHED, 4),
        (PUBLISHED | {"review_by": "2026-11-22"}, 3),
        ({}, 3),
        ({"basis": basis(verified_by=None)}, 2),
        ({"ends": "2026-11-22"}, 2),
        ({"ends": "2026-11-22", "basis": basis(verified_by=None)}, 1),
        ({"grants": [{"dataset": "calls", "table": "rows", "columns": ["person"]}]}, 2),
        ({"basis": basis(impact_assessment=None)}, 1),
        ({"basis": basis(gateways=["cda98.s17"])}, 0),
        ({"parties": [party("police", gives=True)]}, 0),
    ],
)
def test_the_legal_level_follows_from_the_agreement(spoilt: Fields, expected: int) -> None:
    assert _legal(share(**spoilt)) == expected


def test_figures_about_areas_need_no_power() -> None:
    assert _legal(share(basis=basis(regime="not_personal", gateways=[])), subjects="areas") == 3
    assert _legal(share(basis=basis(gateways=[]), ends="2026-11-22"), subjects="areas") == 2


def test_the_score_is_the_weakest_layer_and_the_mean_parts_equals() -> None:
    found = _scored(assessed(3, 3, 1, 4))

    assert list(found.levels.values()) == [3, 3, 3, 1, 4]
    assert (found.score, found.at_most, found.weakest) == (1, 1, Layer.TECHNICAL)
    assert found.geometric_mean == pytest.approx(108 ** (1 / 5))
    assert found.next_step == "To reach technical level 2: it goes as a file."
    assert (found.unverified, found.blocked) == (False, True)


def test_an_unknown_layer_leaves_the_score_unknown_and_bounds_it() -> None:
    found = _scored(assessed(3, "unknown", 2, 4))

    assert (found.score, found.at_most, found.geometric_mean) == (None, 2, None)
    assert found.levels[Layer.SEMANTIC] is None
    assert found.next_step == "Assess the semantic level of the flow."


def test_nothing_is_weaker_than_nought_whatever_is_unknown() -> None:
    found = _scored(assessed(3, "unknown", 0, 4))

    assert (found.score, found.weakest) == (0, Layer.TECHNICAL)


def test_a_layer_that_nobody_has_assessed_is_unknown() -> None:
    assert list(_scored([]).levels.values()) == [3, None, None, None, None]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"matchRate": 0.96}, 4),
        ({"matchRate": 0.95}, 2),
        ({"matchRate": "unknown"}, 1),
        ({"keys": []}, 1),
        ({"subjects": "areas", "matchRate": "unknown"}, 4),
    ],
)
def test_the_semantic_level_goes_no_higher_than_what_is_measured(terms: Fields, expected: int) -> None:
    assert _scored(assessed(4, 4, 4, 4), **terms).levels[Layer.SEMANTIC] == expected


def test_each_agencys_last_word_counts_and_of_two_agencies_the_lower() -> None:
    said = [
        level("technical", 1, on="2026-01-01"),
        level("technical", 3, on="2026-09-01"),
        level("technical", 2, on="2026-03-01", by="police"),
        level("technical", 0, on="2026-11-24"),
    ]

    assert _scored(said).levels[Layer.TECHNICAL] == 2
    assert _scored([*said, level("technical", "unknown", by="police")]).levels[Layer.TECHNICAL] is None


def test_the_need_has_a_word_too() -> None:
    wants = scenario(needs=[need("n", "calls", fields=["risk"], levels=[level("technical", 1)])])
    built = study(records(**_use(assessed(3, 3, 3, 3, on="2026-01-01"))), wants, share())
    (flow,) = flows_of_need(built, "n")

    assert flow_score(built, flow).levels[Layer.TECHNICAL] == 1
    assert flow_score(built, today(built)).levels[Layer.TECHNICAL] == 3


def test_what_no_post_has_verified_is_shown_layer_by_layer() -> None:
    levels = [*assessed(3, 3, 3, 3)[:3], level("confidence", 3)]

    assert _scored(levels).unverified_layers == (Layer.CONFIDENCE,)
    unverified = share(basis=basis(verified_by=None))
    assert _scored(levels, unverified).unverified_layers == (Layer.LEGAL, Layer.CONFIDENCE)


def test_the_next_step_in_law_is_the_first_fault_or_the_verification() -> None:
    ended = _scored(assessed(4, 4, 4, 4), share(ends="2026-11-22"))
    unverified = _scored(assessed(4, 4, 4, 4), share(basis=basis(verified_by=None)))

    assert "write the new 'ends' in agreement/share.yaml" in ended.next_step
    assert unverified.next_step.startswith("Have a named post verify the legal footing of 'Agreement share'")


def test_every_layer_that_is_as_weak_has_its_step() -> None:
    step = _scored(assessed(3, 3, 1, 1)).next_step

    assert step == f"{next_step(Layer.TECHNICAL, 1)} {next_step(Layer.CONFIDENCE, 1)}"


def test_the_highest_level_asks_for_nothing() -> None:
    assert next_step(Layer.LEGAL, 4) == "The legal layer stands at its highest level."
    assert all(means(layer, value) for layer in Layer for value in range(5))


def test_a_scenario_is_as_good_as_its_weakest_essential_flow() -> None:
    stories = scenario(
        needs=[
            need("a", "calls", fields=["risk"], levels=assessed(3, 3, 2, 3)),
            need("b", "visits", fields=["risk"], levels=assessed(3, 3, 1, 3)),
            need("c", "calls", fields=["risk"], levels=assessed(0, 0, 0, 0), essential=False),
            need("d", fields=["nothing"]),
        ]
    )
    built = study(records(), records("visits"), stories, share("share", "calls", "visits"))
    (found,) = scenario_scores(built)

    assert [one.flow.need for one in found.essential] == ["b", "a"]
    assert found.weakest is not None and found.weakest.at_most == 1
    assert found.not_created == ("d",)


def test_a_pair_is_as_good_as_its_weakest_flow_one_way() -> None:
    back = records(
        "cases", created_by="council", consumedBy=[{"agency": "police", "decision": "Whom to see."}]
    )
    visits = records("visits", **_use(assessed(3, 3, 1, 3)))
    built = study(records(**_use(assessed(3, 3, 2, 3))), visits, back, share("share", "calls", "visits"))
    council, police = pair_matrix(built)

    assert (council.source, council.target, council.weakest.at_most) == ("council", "police", 0)
    assert (police.source, police.target, len(police.flows)) == ("police", "council", 2)
    assert police.weakest.flow.dataset == "visits"
