"""Foreign maps that cannot be read: each fault told with its place, all at once, and never a traceback."""

from __future__ import annotations

import json
import time
import zipfile
from pathlib import Path

import pytest

from roundtable.errors import ForeignFileUnusable, SettingUnusable
from roundtable.partnership.exchange.foreign_map import Heading
from roundtable.partnership.exchange.formats import read_map
from roundtable.partnership.model.causal import Sign
from tests.unit.partnership.exchange.foreign_files import (
    FACTORS,
    LINKS,
    complaints,
    packed,
    prsm,
    tables,
    workbook,
)

GRAPHML = '<graphml><graph edgedefault="directed">{}</graph></graphml>'
BOMB = '<!DOCTYPE graphml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + GRAPHML.format(
    "<node id='&b;'/>"
)


def test_every_fault_of_a_workbook_is_told_with_its_sheet_and_row(tmp_path: Path) -> None:
    factors = [["Label", "Note"], ["Debt", "owed"], [None, "nameless"], ["Worry", ""], ["Debt", "again"]]
    links = [["From", "To"], ["Debt", "Worry"], ["Debt", "Wory"], [None, "Worry"]]

    assert complaints(workbook(tmp_path / "a.prsm.xlsx", Factors=factors, Links=links)) == [
        "a.prsm.xlsx:3 (sheet Factors): a factor has no label",
        "a.prsm.xlsx:3 (sheet Links): there is no factor 'Wory', which 'to' names",
        "a.prsm.xlsx:4 (sheet Links): a link has nothing in 'from'",
        "a.prsm.xlsx:5 (sheet Factors): 'Debt' stands already at "
        f"{tmp_path}/a.prsm.xlsx:2 (sheet Factors)".replace(f"{tmp_path}/", ""),
    ]


def test_an_unknown_end_is_met_with_the_nearest_label(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.prsm.xlsx", Factors=FACTORS, Links=[["From", "To"], ["Debt", "Wory"]])

    with pytest.raises(ForeignFileUnusable) as caught:
        read_map(path)

    assert caught.value.problems[0].remedy == "Did you mean 'Worry'? Add the factor, or delete the link."


def test_wrong_sheets_and_missing_columns_are_told_together(tmp_path: Path) -> None:
    assert complaints(workbook(tmp_path / "a.prsm.xlsx", Factors=[["Name"], ["Debt"]], Link=LINKS)) == [
        "a.prsm.xlsx: there is no sheet 'Links', which a map of PRSM has",
        "a.prsm.xlsx:1 (sheet Factors): there is no column 'Label'",
    ]
    assert complaints(workbook(tmp_path / "b.xlsx", Nodes=FACTORS)) == [
        "b.xlsx: no sheet of it is known: it has Nodes"
    ]


def test_a_cell_without_a_heading_and_a_heading_twice_are_refused(tmp_path: Path) -> None:
    factors = [["Label", "Note", "Note"], ["Debt", "a", "b", "stray"], ["Worry"]]

    assert complaints(workbook(tmp_path / "a.prsm.xlsx", Factors=factors, Links=LINKS)) == [
        "a.prsm.xlsx (sheet Factors): two columns are headed 'Note'",
        "a.prsm.xlsx:2 (sheet Factors): 'stray' stands in a column without a heading",
    ]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.prsm.xlsx", b"Label,Note\n", "this is not an Excel workbook (.xlsx)"),
        ("a.prsm", b'{"nodes": [], "edg', "it was cut short"),
        ("a.prsm", b'{"elements": []}', "no map of PRSM: it has no 'nodes' and 'edges'"),
        ("a.prsm", b'{"version": "7.0", "items": []}', "(it says it is of version 7.0)"),
        ("a.prsm", b'{"nodes": [], "nodes": [], "edges": []}', "the key 'nodes' stands twice"),
        ("a.prsm", b'{"nodes": [{"id": 1, "label": "a", "x": NaN}], "edges": []}', "'NaN' is not a figure"),
        ("a.prsm", b'{"nodes": [], "edges": []}', "the map is empty"),
        ("a.prsm", b'{"nodes": 3, "edges": []}', "'nodes' is not a list"),
        ("a.prsm", b'{"nodes": [3], "edges": []}', "there is a number where an object should be"),
        ("a.prsm", b"[" * 100_000, "deeper than any map"),
        ("a.prsm", b"packed, but not by PRSM", "no file of PRSM, or it was cut short"),
        ("a.prsm", b"\x89PNG\r\n\x1a\n\xff", "no file of PRSM"),
        ("a.json", b'{"nodes": [], "edges": []}', "no blueprint of Kumu: it has no list of 'elements'"),
        ("a.json", '{"elements": [{"label": "é"}]}'.encode("utf-16"), "UTF-16"),
        ("a.json", '{"elements": [{"label": "é"}]}'.encode("cp1252"), "Windows-1252"),
        ("a.graphml", GRAPHML.format("<node id='a'>").encode(), "this is not XML"),
        ("a.graphml", b"<graphml><graph>", "it was cut short"),
        ("a.graphml", b"<gexf/>", "this is <gexf>, where <graphml> should be"),
        ("a.graphml", b"<graphml/>", "there is no <graph> in it"),
        ("a.graphml", BOMB.encode(), "declares a document type or entities"),
        ("a.graphml", BOMB.encode("utf-16"), "declares a document type or entities"),
        ("a.graphml", b"<graphml>" + b"<a>" * 5000, "deeper than any map"),
        ("a.graphml", GRAPHML.format("<edge source='a' target='b'/>").encode(), "there is no factor 'a'"),
        ("a.gexf", b"<gexf><graph/></gexf>", "the map is empty"),
        ("a.zip", b"not a zip", "not a ZIP of two CSV tables"),
        ("a.prsm", b"", "the file is empty"),
    ],
)
def test_what_is_no_map_is_refused_in_words(name: str, content: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    told = complaints(path)

    assert any(what in one for one in told), told


def test_a_packed_file_that_grows_without_end_is_not_opened(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.xlsx", xl_workbook_xml=b"\0" * 60_000_000)
    assert path.stat().st_size < 100_000
    start = time.perf_counter()

    assert "it would unpack to 60 MB in 1 entries, as no map does" in complaints(path)[0]
    assert time.perf_counter() - start < 1


def test_a_bomb_inside_a_workbook_is_found_before_it_is_read(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "whole.prsm.xlsx", Factors=FACTORS, Links=LINKS)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tmp_path / "a.prsm.xlsx", "w") as target:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == "xl/workbook.xml":
                body = b'<!DOCTYPE x [<!ENTITY a "aa">]>' + body
            target.writestr(entry, body)

    assert "its XML declares a document type" in complaints(tmp_path / "a.prsm.xlsx")[0]


def test_a_workbook_with_a_part_missing_is_refused(tmp_path: Path) -> None:
    assert "not a whole Excel workbook" in complaints(packed(tmp_path / "a.prsm.xlsx", a_xml=b"<a/>"))[0]


def test_faults_of_csv_tables_are_told_with_file_and_line(tmp_path: Path) -> None:
    bad = tables(tmp_path / "bad", "id,label\na,Debt\nb,\n", "from,to,,\na,Debt,loose\n\nz,a\n")
    assert complaints(bad) == [
        "bad/factors.csv:3: a factor has no label",
        "bad/links.csv:2: the row has 3 cells under 2 headings",
        "bad/links.csv:4: there is no factor 'z', which 'from' names",
    ]
    open_quote = tables(tmp_path / "open", 'id,label\na,"Debt\n')
    assert "the table cannot be read" in complaints(open_quote)[0]
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "factors.csv").write_text("id,label\na,Debt\n", encoding="utf-8")
    assert complaints(tmp_path / "half") == ["half: there is no 'links.csv' in it"]


def test_two_factors_of_one_label_are_told_apart_by_id_or_refused(tmp_path: Path) -> None:
    twins = "id,label\na,Debt\nb,Debt\n"
    assert complaints(tables(tmp_path / "by-id", twins, "from,to\na,b\n")) == []
    assert complaints(tables(tmp_path / "by-label", twins, "from,to\na,Debt\n")) == [
        "by-label/links.csv:2: 2 factors are called 'Debt', and 'to' names that label"
    ]


def test_oddities_that_are_no_faults_are_read(tmp_path: Path) -> None:
    """Self-links, links of opposite sign between the same two, and factors that no link names."""
    factors = "id,label\na,Debt\nb,Worry\nc,Alone\n"
    links = "from,to,sign\na,a,+\na,b,+\na,b,-\n"

    map = read_map(tables(tmp_path / "odd", factors, links))

    assert [(link.source, link.target, link.sign) for link in map.links] == [
        ("a", "a", Sign.POSITIVE),
        ("a", "b", Sign.POSITIVE),
        ("a", "b", Sign.NEGATIVE),
    ]
    assert len(map.factors) == 3


def test_what_cannot_be_read_as_what_it_is_named_for_stays_and_is_told(tmp_path: Path) -> None:
    links = "from,to,sign,strength low,strength high,delay,direction\na,b,aries,0.9,0.2,later,thither\n"

    map = read_map(tables(tmp_path / "odd", links=links))

    (link,) = map.links
    assert (link.sign, link.strength, link.heading) == (Sign.UNKNOWN, None, Heading.DIRECTED)
    assert link.attributes == {
        "sign": "aries",
        "strength low": "0.9",
        "strength high": "0.2",
        "delay": "later",
        "direction": "thither",
    }
    assert len(map.said) == 5


def test_a_map_with_cycles_in_the_thousands_is_read_in_a_moment(tmp_path: Path) -> None:
    """Sixty factors, each linked to every other: more cycles than could ever be listed."""
    nodes = [{"id": str(i), "label": f"F{i}"} for i in range(60)]
    edges = [{"from": str(i), "to": str(j), "label": "+"} for i in range(60) for j in range(60)]
    path = prsm(tmp_path / "a.prsm", nodes=nodes, edges=edges)
    start = time.perf_counter()

    map = read_map(path)

    assert len(map.links) == 3600
    assert {link.sign for link in map.links} == {Sign.POSITIVE}
    assert time.perf_counter() - start < 5


def test_hundreds_of_faults_are_counted_and_not_all_shown(tmp_path: Path) -> None:
    edges = [{"from": "1", "to": f"x{i}"} for i in range(500)]

    told = complaints(prsm(tmp_path / "a.prsm", edges=edges))

    assert len(told) == 201
    assert "a.prsm: 300 more problems of this file are not shown" in told


def test_a_name_that_is_no_format_is_met_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"x")
    with pytest.raises(SettingUnusable, match=r"does not end as a format that is read"):
        read_map(path)
    with pytest.raises(SettingUnusable, match=r"\.prsm.*\.graphml"):
        read_map(tmp_path / "a.mmd")
    assert complaints(tmp_path / "gone.prsm") == [
        "gone.prsm: the file cannot be read: No such file or directory"
    ]


def test_control_characters_are_left_out_and_counted(tmp_path: Path) -> None:
    nodes = [{"id": "1", "label": "De\u0000bt\u0007"}, {"id": "2", "label": "Worry"}]

    map = read_map(prsm(tmp_path / "a.prsm", nodes=nodes))

    assert map.factors[0].label == "Debt"
    assert "2 control characters left out: no text file can hold them." in map.said
    assert json.loads((tmp_path / "a.prsm").read_text())["nodes"][0]["label"] != "Debt"
