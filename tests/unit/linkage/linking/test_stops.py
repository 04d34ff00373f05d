"""Among few identities nobody is joined on a guess that does more harm than good."""

from __future__ import annotations

from roundtable.linkage.clustering.threshold import STOPS
from roundtable.linkage.evidence.settings import shipped
from roundtable.linkage.linking.whole import stops_among
from roundtable.linkage.training.shipped import ENOUGH

UK = shipped("uk")


def test_with_enough_identities_every_stop_is_tried() -> None:
    assert stops_among(ENOUGH, UK) == STOPS


def test_with_fewer_a_merge_is_likelier_to_do_good_than_harm() -> None:
    for weight, least in ((1.0, 0.5), (2.0, 0.7), (4.0, 0.8), (1_000.0, 0.95)):
        careful = UK.model_copy(update={"precision_weight": weight})
        stops = stops_among(ENOUGH - 1, careful)
        assert min(stops) == least
        assert stops == tuple(stop for stop in STOPS if stop >= least)
