"""How signs are read and written where a tool has no place for them, and what each format says it lacks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from roundtable.partnership.exchange.dot import write_dot
from roundtable.partnership.exchange.foreign_map import (
    ForeignFactor,
    ForeignLink,
    ForeignLoop,
    ForeignMap,
    Heading,
    cleaned,
)
from roundtable.partnership.exchange.formats import read_map, write_map
from roundtable.partnership.exchange.lz_string import NotPacked, TooMuch, unpacked
from roundtable.partnership.exchange.marks import mark, marked, sign_in_legend, sign_said
from roundtable.partnership.exchange.mermaid import write_mermaid
from roundtable.partnership.exchange.of_partnership import chosen_map, map_of
from roundtable.partnership.exchange.prsm import write_prsm
from roundtable.partnership.exchange.prsm_sheets import write_prsm_sheets
from roundtable.partnership.model.causal import Delay, Sign
from tests.factories import ASSERTED, partnership, scenario
from tests.unit.partnership.exchange.foreign_files import FACTORS, packed, prsm, tables, workbook

TWO = (ForeignFactor("debt", "Debt", "cause"), ForeignFactor("worry", "Worry", "outcome"))
LINK = ForeignLink("debt", "worry", Sign.NEGATIVE, (0.2, 0.5), Delay.MONTHS, note="Seen at the desk")
MAP = ForeignMap("Debt", TWO, (LINK,))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        *(("+", Sign.POSITIVE), ("−", Sign.NEGATIVE), ("–", Sign.NEGATIVE), ("+/-", Sign.COMPLEX)),
        *((" Positive ", Sign.POSITIVE), ("o", Sign.NEGATIVE), ("?", Sign.UNKNOWN), ("0", Sign.NONE)),
        *(("rather positive", None), ("", None), ("++", None), ("aries", None)),
    ],
)
def test_a_sign_is_read_only_where_it_is_said(text: str, sign: Sign | None) -> None:
    assert sign_said(text) is sign


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        *(("Positive influence", Sign.POSITIVE), ("negative", Sign.NEGATIVE), ("+ link", Sign.POSITIVE)),
        *(
            ("No influence", Sign.NONE),
            ("Mixed influence", Sign.COMPLEX),
            ("Unknown influence", None),
        ),
        *(("Reciprocal influence", None), ("Positive feedback on cost", None), ("None", None), ("s", None)),
        *(("", None), ("green", None), ("Negative and positive", None)),
    ],
)
def test_the_name_of_a_style_says_a_sign_only_in_so_many_words(name: str, sign: Sign | None) -> None:
    assert sign_in_legend(name) is sign


def test_a_mark_says_sign_strength_and_delay_and_is_read_back() -> None:
    assert mark(Sign.NEGATIVE, (0.2, 0.5), Delay.MONTHS) == "− 0.2 to 0.5, months"
    assert marked("− 0.2 to 0.5, months") == (Sign.NEGATIVE, (0.2, 0.5), Delay.MONTHS)
    assert marked("+") == (Sign.POSITIVE, None, Delay.UNKNOWN)
    assert marked("+ more of it") is None
    assert mark(Sign.UNKNOWN, (0.2, 0.5)) == ""


def test_prsm_is_given_the_sign_as_style_colour_label_and_exact_values(tmp_path: Path) -> None:
    content, told = write_prsm(MAP)
    value = json.loads(content)
    (edge,) = value["edges"]
    style = value["styles"]["edges"][edge["grp"]]

    assert (style["groupLabel"], style["color"]["color"]) == ("Negative influence", "#c00000")
    assert edge["label"] == "− 0.2 to 0.5, months"
    assert edge["roundtable"]["texts"]["Strength high"] == "0.5"
    assert told == ()


def test_a_map_that_prsm_saved_anew_keeps_what_is_drawn(tmp_path: Path) -> None:
    """PRSM drops keys that it does not know; the sign, strength and delay stand in the label as well."""
    value = json.loads(write_prsm(MAP)[0])
    del value["edges"][0]["roundtable"]

    map = read_map(prsm(tmp_path / "a.prsm", **value))

    assert map.links == MAP.links


def test_a_link_that_somebody_changed_in_prsm_is_read_as_it_is_drawn_now(tmp_path: Path) -> None:
    value = json.loads(write_prsm(MAP)[0])
    value["edges"][0]["label"] = "+"
    map = read_map(prsm(tmp_path / "a.prsm", **value))

    # The label says positive and the style negative: nobody can know which was meant.
    assert map.links[0].sign is Sign.UNKNOWN
    assert "Links changed in PRSM were read from how they are drawn there." in map.said
    assert any("different signs, so its sign is unknown" in sentence for sentence in map.said)


def test_a_link_that_somebody_drew_in_another_style_is_read_as_it_is_drawn_now(tmp_path: Path) -> None:
    value = json.loads(write_prsm(replace(MAP, links=(replace(LINK, label="at the desk"),)))[0])
    value["styles"]["edges"]["edge5"] = {"groupLabel": "Positive influence"}
    value["edges"][0]["grp"] = "edge5"

    map = read_map(prsm(tmp_path / "a.prsm", **value))

    assert (map.links[0].sign, map.links[0].label) == (Sign.POSITIVE, "at the desk")
    assert "Links changed in PRSM were read from how they are drawn there." in map.said


def test_a_colour_alone_is_no_sign(tmp_path: Path) -> None:
    edges = [{"from": "1", "to": "2", "grp": "edge3", "color": {"color": "green"}}]

    (link,) = read_map(prsm(tmp_path / "a.prsm", edges=edges)).links

    assert (link.sign, link.style) == (Sign.UNKNOWN, "edge3")


def test_older_and_newer_files_of_prsm_are_read(tmp_path: Path) -> None:
    old: dict[str, Any] = {
        "nodes": [{"id": "1", "label": "Debt", "title": "owed"}, {"id": "2", "label": "Worry"}]
    }
    old["samples"] = {"edges": {"edge2": {"groupLabel": "Negative influence"}}}
    old["edges"] = [{"from": "1", "to": "2", "group": 2}]
    (tmp_path / "old.prsm").write_text(json.dumps(old), encoding="utf-8")
    map = read_map(tmp_path / "old.prsm")
    assert map.factors[0].note == "owed"
    assert map.links[0].sign is Sign.NEGATIVE

    new = (tmp_path / "old.prsm").read_text(encoding="utf-8").replace("owed", "owed: žluťoučký 🐎")
    (tmp_path / "new.prsm").write_text(_packed(new), encoding="utf-8")
    assert read_map(tmp_path / "new.prsm").factors[0].note == "owed: žluťoučký 🐎"


def test_packed_text_that_is_cut_or_grows_too_far_is_refused() -> None:
    whole = _packed("the same, the same, the same")
    assert unpacked(whole, 100) == "the same, the same, the same"
    with pytest.raises(TooMuch):
        unpacked(whole, 10)
    with pytest.raises(NotPacked):
        unpacked(whole[:-4], 100)
    with pytest.raises(NotPacked):
        unpacked("\x01 no letter of bits", 100)


def test_people_whom_prsm_names_do_not_come_along(tmp_path: Path) -> None:
    factors = [
        ["Label", "creator", "createdTime"],
        ["Debt", "Somebody", "2026"],
        ["Worry"],
    ]
    map = read_map(workbook(tmp_path / "a.prsm.xlsx", Factors=factors, Links=[["From", "To"]]))

    assert all(not factor.attributes for factor in map.factors)
    assert any("names no person" in sentence for sentence in map.said)


def test_prsm_own_workbook_numbers_its_styles(tmp_path: Path) -> None:
    factors = [["Label", "Style", "groupLabel"], ["Debt", 2, "Policy actions"], ["Worry", 1, None]]
    links = [["From", "To", "Style"], ["Debt", "Worry", 8]]
    map = read_map(workbook(tmp_path / "a.prsm.xlsx", Factors=factors, Links=links))

    assert [factor.style for factor in map.factors] == ["Policy actions", ""]
    assert map.links[0].style == "edge7"
    assert read_map(workbook(tmp_path / "b.xlsx", Factors=FACTORS, Links=links)).links[0].style == "edge7"


def test_a_tenth_style_and_a_label_twice_are_told_to_whoever_writes_for_prsm() -> None:
    factors = tuple(ForeignFactor(f"f{i}", "Debt", style=f"Style {i}") for i in range(11))
    told = write_prsm_sheets(ForeignMap("", factors))[1]

    assert "PRSM has 9 styles for factors; 2 styles beyond them." in told
    assert "Links name labels there, so a second 'Debt' is 'Debt (2)'." in told


def test_kumu_separates_many_values_and_many_ends_by_a_bar(tmp_path: Path) -> None:
    elements = [["Label", "Tags"], ["Debt", "money|home"], ["Worry", None], ["a|b", None]]
    connections = [
        ["From", "To", "Direction"],
        ["Debt", "a|b", "directed"],
    ]
    path = workbook(tmp_path / "kumu.xlsx", Elements=elements, Connections=connections)

    map = read_map(path)
    assert map.factors[0].attributes == {"Tags": "money|home"}
    assert [(link.target, link.heading) for link in map.links] == [("a|b", Heading.DIRECTED)]

    many = [["From", "To"], ["Debt", "Worry|Debt"]]
    map = read_map(workbook(tmp_path / "b.xlsx", Elements=elements, Connections=many))
    assert [(link.target, link.heading) for link in map.links] == [
        ("Worry", Heading.UNDIRECTED),
        ("Debt", Heading.UNDIRECTED),
    ]


def test_a_backup_of_kumu_is_read_like_a_blueprint(tmp_path: Path) -> None:
    attributes = {"label": "Debt", "tags": ["money", "home"], "count": 3}
    backup = {
        "elements": [
            {"_id": "e1", "attributes": attributes},
            {"_id": "e2", "attributes": {"label": "Worry"}},
        ],
        "connections": [
            {"_id": "c1", "from": "e1", "to": "e2", "direction": "directed", "attributes": {"type": "+"}}
        ],
        "loops": [{"attributes": {"label": "R1"}, "connections": ["c1"]}],
        "maps": [{}],
    }
    (tmp_path / "a.json").write_text(json.dumps(backup), encoding="utf-8")

    map = read_map(tmp_path / "a.json")

    assert map.factors[0] == ForeignFactor("e1", "Debt", attributes={"tags": "money|home", "count": "3"})
    assert map.links[0].sign is Sign.POSITIVE
    assert map.loops == (ForeignLoop("R1", links=(0,)),)
    assert any("maps" in sentence for sentence in map.said)


def test_loops_stay_with_kumu_and_are_told_elsewhere(tmp_path: Path) -> None:
    map = replace(MAP, loops=(ForeignLoop("R1", "The debt loop", (0,)),))

    assert write_map(map, tmp_path / "kumu.json") == ()
    assert read_map(tmp_path / "kumu.json") == map
    assert write_map(map, tmp_path / "a.gexf") == (
        "GEXF does not hold the loops that somebody drew: 1 loop.",
    )


def test_what_a_picture_cannot_hold_is_counted() -> None:
    placed = replace(MAP, factors=(replace(TWO[0], note="owed", x=1.0, y=2.0), TWO[1]))

    text, told = write_mermaid(placed)

    assert text.decode().splitlines() == [
        "---",
        'title: "Debt"',
        "---",
        "flowchart LR",
        '    f1["Debt"]',
        '    f2(["Worry"])',
        '    f1 -.->|"− 0.2 to 0.5, months"| f2',
    ]
    assert told == (
        "Mermaid does not hold the note of a factor: 1 factor.",
        "Mermaid does not hold the place of a factor on the page: 1 factor.",
        "Mermaid does not hold the note of a link: 1 link.",
    )


def test_awkward_labels_do_not_break_out_of_mermaid_or_dot() -> None:
    odd = ForeignMap("", (ForeignFactor("a", 'say "no"; [x] <b> #1'), ForeignFactor("b", 'end\\"')), ())

    assert '    f1["say #34;no#34;#59; [x] #60;b#62; #35;1"]' in write_mermaid(odd)[0].decode()
    assert '  "b" [label="end\\\\\\"", shape="box"];' in write_dot(odd)[0].decode()


def test_csv_cells_are_never_formulas_and_come_back(tmp_path: Path) -> None:
    map = ForeignMap("", (ForeignFactor("a", "=1+1", note="'@home"), ForeignFactor("b", "'tis")), ())
    write_map(map, tmp_path / "map.csv")
    text = (tmp_path / "map.csv" / "factors.csv").read_text(encoding="utf-8-sig")

    assert "'=1+1" in text
    assert "''@home" in text
    assert read_map(tmp_path / "map.csv") == map


def test_semicolons_and_tabs_separate_as_well_as_commas(tmp_path: Path) -> None:
    map = read_map(tables(tmp_path / "t", "id;label\na;Debt\nb;Worry\n", "from\tto\tsign\na\tb\t+\n"))

    assert map.links == (ForeignLink("a", "b", Sign.POSITIVE),)


def test_a_zip_with_the_tables_in_a_folder_is_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", factors_csv=b"label\nDebt\nWorry\n", links_csv=b"from,to\nDebt,Worry\n")

    assert len(read_map(path).links) == 1


def test_the_folder_gives_its_factors_and_links_with_who_said_them() -> None:
    link: dict[str, Any] = {"from": "isolation", "to": "harm", "sign": "positive", "asserted": ASSERTED}
    dispute = {"by": "fire", "on": "2026-09-02", "says": "No"}
    link |= {
        "evidence": ["A count"],
        "delay": "weeks",
        "disputed": [dispute],
    }
    town = partnership(scenario(links=[link]))

    map = map_of(town, chosen_map(town, "alone", None), "Alone")

    assert [(one.id, one.kind, one.style) for one in map.factors] == [
        ("harm", "outcome", "Outcome"),
        ("isolation", "state", "State"),
    ]
    assert len({(one.x, one.y) for one in map.factors}) == 2
    assert map.links == (
        ForeignLink(
            "isolation",
            "harm",
            Sign.POSITIVE,
            None,
            Delay.WEEKS,
            note="A count",
            attributes={
                "Asserted by": "council",
                "Disputed by": "fire",
                "Confidence": "medium",
                "Scenarios": "alone",
            },
        ),
    )
    assert cleaned(map) == map


def _packed(text: str) -> str:
    """The text as PRSM packs it, each letter by itself: LZ-string allows a letter to be brought in again."""
    bits: list[int] = []
    width, room = 2, 1
    units = text.encode("utf-16-le", "surrogatepass")
    letters = [units[i] | units[i + 1] << 8 for i in range(0, len(units), 2)]
    for at, letter in enumerate(letters):
        bits += [1 >> i & 1 for i in range(width)] + [letter >> i & 1 for i in range(16)]
        # The first letter makes one entry, every later one two: itself, and the phrase before it.
        for _ in range(1 if at == 0 else 2):
            room -= 1
            if room == 0:
                room, width = 1 << width, width + 1
    bits += [2 >> i & 1 for i in range(width)]
    bits += [0] * (15 - len(bits) % 15)
    words = [bits[i : i + 15] for i in range(0, len(bits), 15)]
    return "".join(chr(32 + int("".join(map(str, word)), 2)) for word in words)
