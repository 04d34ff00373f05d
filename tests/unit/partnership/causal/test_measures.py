"""All measures side by side, and one scenario's map by itself."""

from __future__ import annotations

import csv
import io

import pytest

from roundtable.partnership.causal.eigenvector import Standing
from roundtable.partnership.causal.graph import Node, NodeKind, scenario_map, whole_map
from roundtable.partnership.causal.measures import Part, measures
from roundtable.partnership.causal.measures_told import told_measures
from roundtable.partnership.causal.one_scenario import only
from roundtable.partnership.exchange.measures_csv import measure_values, measures_csv
from tests.factories import partnership, scenario
from tests.unit.partnership.causal.drawn import drawn, numbered
from tests.unit.partnership.dynamics.test_what_if import factor, link


def test_the_part_of_each_by_hand() -> None:
    """Mean of six links over five: 1.2. a gives 3, gets 0; h gives 2, gets 3; s gives 0, gets 2."""
    found = measures(drawn("a+h b+h c+h h+s h+t a+s a+t"))
    parts = {one.node.id: one.part for one in found.nodes}
    # Seven links over six: 1.17. a 3/0, b 1/0, c 1/0, h 2/3, s 0/2, t 0/2.
    assert parts == {
        "a": Part.DRIVES,
        "b": Part.APART,
        "c": Part.APART,
        "h": Part.RELAYS,
        "s": Part.FOLLOWS,
        "t": Part.FOLLOWS,
    }


def test_a_measure_that_does_not_exist_is_no_nought() -> None:
    found = measures(drawn("a+b"))
    assert found.eigenvector is Standing.NO_LOOP
    first, second = csv.DictReader(io.StringIO(measures_csv(found)))
    assert (first["leverage"], first["eigenvector"]) == ("", "")
    assert (second["leverage"], second["reach_efficiency"]) == ("0", "")
    assert (first["articulation"], first["links_out"], first["part"]) == ("no", "1", "drives")


def test_text_that_a_spreadsheet_would_run_is_guarded() -> None:
    causal_map = numbered((), ("a",))
    evil = type(causal_map)((Node("a", "=cmd()", NodeKind.STATE),), ())
    (row,) = csv.DictReader(io.StringIO(measures_csv(measures(evil))))
    assert row["label"] == "'=cmd()"


def test_an_empty_map_has_no_measures() -> None:
    found = measures(drawn(""))
    assert found.nodes == ()
    assert measures_csv(found) == ""
    assert told_measures(found)[0].points == ()


def test_the_appendix_says_what_it_is_and_what_is_not_defined() -> None:
    (part,) = told_measures(measures(drawn("a+b b+c")))
    assert part.before[0].startswith("This is an appendix.")
    assert "Of strengths only influence and dependence say anything (MICMAC)" in part.before[0]
    assert part.before[1].endswith("no loop, so its powers run out: all of them are summed.")
    assert "Eigenvector centrality not defined: the map has no loop." in part.before
    assert part.points[1].text == "b: 'B' moves much and is moved much. Without it the map falls apart."
    assert measure_values(measures(drawn("a+b b+c")).nodes[1])["betweenness"] == pytest.approx(0.5)


def test_the_appendix_says_what_stands_for_an_order_that_did_not_settle() -> None:
    (part,) = told_measures(measures(drawn("a+b b+a x+a y+a a+p a+q a+r")))
    assert part.before[1] == (
        "Indirect influence and dependence: the order did not settle, so all powers are summed, each link "
        "after the first counting half or less (60 powers were tried)."
    )
    (settled,) = told_measures(measures(drawn("a+b b+a")))
    assert settled.before[1].endswith("the order settled (at power 4).")


def test_one_scenario_alone_has_its_own_map_and_the_factors_that_it_names() -> None:
    whole = partnership(
        scenario("one", factors=[factor("a"), factor("b")], links=[link("a", "b", 0.1, 0.2)]),
        scenario("two", factors=[factor("c")], links=[link("a", "c", 0.1, 0.2), link("c", "harm", 0.3, 0.4)]),
    )
    alone = only(whole, "two")
    assert whole_map(alone) == scenario_map(whole, whole.scenario("two"))
    assert [node.id for node in whole_map(alone).nodes] == ["a", "c", "harm"]
    assert alone.agencies == whole.agencies
