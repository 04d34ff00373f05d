"""The real files of other tools: a map that PRSM saved and a workbook for Kumu, in, out and in again."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from roundtable.partnership.exchange.foreign_map import ForeignMap, Heading
from roundtable.partnership.exchange.formats import read_map, write_map
from roundtable.partnership.exchange.into_scenario import Brought, Taking
from roundtable.partnership.exchange.losses import Holding, without
from roundtable.partnership.exchange.lz_string import unpacked
from roundtable.partnership.exchange.matching import KindOf, Known, Undirected, proposed
from roundtable.partnership.exchange.of_partnership import chosen_map, map_of
from roundtable.partnership.loading import load_partnership
from roundtable.partnership.model.causal import FactorKind, Sign
from roundtable.partnership.model.whole import Partnership
from tests.conftest import ROOT, SHARED_DATA
from tests.needs import needs

MAPS = SHARED_DATA / "maps"
PRSM = MAPS / "supply_chain.prsm"
KUMU = MAPS / "kumu_paypal_mafia.xlsx"
NAMES = ("a.prsm", "a.prsm.xlsx", "kumu.json", "kumu.xlsx", "a.graphml", "a.gexf", "a.zip", "a.csv")

pytestmark = pytest.mark.real


def _read(path: Path) -> ForeignMap:
    needs(str(path.name), path.exists())
    return read_map(path)


def test_prsm_own_map_has_its_factors_its_links_and_the_signs_its_legend_gives() -> None:
    map = _read(PRSM)

    assert map.title == "Supply Chain and Logistics System"
    assert (len(map.factors), len(map.links)) == (16, 26)
    # Counted in the file: 16 edges of style edge7, "Positive influence", one of edge2, "Negative influence".
    assert Counter(link.sign for link in map.links) == {Sign.POSITIVE: 16, Sign.NEGATIVE: 1, Sign.UNKNOWN: 9}
    assert Counter(factor.style for factor in map.factors)["Policy actions"] == 2
    (negative,) = (link for link in map.links if link.sign is Sign.NEGATIVE)
    assert negative.note == "Reduced ventilation causing a detrimental effect?"
    assert any("16 times" in sentence and "Positive influence" in sentence for sentence in map.said)
    assert any("history" in sentence for sentence in map.said)


def test_kumu_own_workbook_has_its_elements_and_says_that_no_direction_is_given() -> None:
    map = _read(KUMU)

    assert (len(map.factors), len(map.links)) == (34, 49)
    assert {factor.kind for factor in map.factors} == {"Company", "Person"}
    assert {link.heading for link in map.links} == {Heading.UNDIRECTED}
    assert {link.sign for link in map.links} == {Sign.UNKNOWN}
    assert any("49 links not said to point either way" in sentence for sentence in map.said)
    assert sum(" Founder" not in link.style and "Founder" in link.style for link in map.links) > 0


def test_the_types_of_kumu_links_that_do_not_come_in_are_told(example: Partnership) -> None:
    map = _read(KUMU)
    known = Known.of(example)
    decided = {
        "outcomes": (example.charter.outcomes[0].id,),
        "undirected": Undirected.FORWARD,
        "kinds": tuple(KindOf(called=one, kind=FactorKind.STATE) for one in ("Company", "Person")),
    }
    matching = proposed(map, known, KUMU.name).model_copy(update=decided)
    taking = Taking(map, matching, known, Brought("mafia", "nyc", date(2026, 11, 20), KUMU.name))

    scenario = taking.scenario()

    assert any("Founder" in link.style for link in map.links)
    assert not any(factor.style or factor.x is not None for factor in map.factors)
    assert len(scenario["links"]) == 47 and "Founder" not in str(scenario["links"])
    assert "Styles, types of links and places on the page stay behind." in taking.said


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", [PRSM, KUMU], ids=["prsm", "kumu"])
def test_in_and_out_and_in_again_is_the_same(file: Path, name: str, tmp_path: Path) -> None:
    map = _read(file)
    told = write_map(map, tmp_path / name)

    again = read_map(tmp_path / name)

    lost = {Holding.TITLE} if any("title" in sentence for sentence in told) else set()
    assert again == without(map, frozenset(lost))


@pytest.fixture(scope="module")
def example() -> Partnership:
    return load_partnership(ROOT / "examples" / "north-yorkshire")


@pytest.mark.parametrize("name", NAMES)
def test_the_example_goes_out_and_comes_back(name: str, tmp_path: Path, example: Partnership) -> None:
    causal = chosen_map(example, None, None)
    map = map_of(example, causal, "York and North Yorkshire")

    told = write_map(map, tmp_path / name)
    back = read_map(tmp_path / name)

    assert {(one.source, one.target, one.sign) for one in causal.edges} == {
        (one.source, one.target, one.sign) for one in back.links
    }
    assert back.factors == map.factors
    assert set(told) <= {"CSV does not hold the title."}


def test_what_prsm_itself_packed_is_unpacked() -> None:
    needs(PRSM.name, PRSM.exists())
    packed = json.loads(PRSM.read_text(encoding="utf-8"))["history"][0]["state"]

    state = json.loads(unpacked(packed, 1_000_000))

    assert set(state) >= {"nodes", "edges"}
    assert len(packed) < len(json.dumps(state)) / 4
