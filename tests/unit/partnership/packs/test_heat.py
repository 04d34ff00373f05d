"""Heat maps: every cell says in figures what its colour says, and a map too large says what it leaves out."""

from __future__ import annotations

from roundtable.pages.tables import Cell
from roundtable.partnership.packs.heat import MOST, square


def test_a_cell_stands_in_its_row_and_column() -> None:
    cells = {("a", "b"): Cell("3", css="l3")}
    heat = square("id", "c", "x", [("a", Cell("A")), ("b", Cell("B"))], [("a", "A"), ("b", "B")], cells, [])
    assert [[cell.text for cell in row.cells] for row in heat.rows] == [["", "3"], ["", ""]]
    assert [[cell.css for cell in row.cells] for row in heat.rows] == [["self", "l3"], ["none", "self"]]
    assert heat.left_out == ""


def test_a_map_too_large_keeps_those_with_most_to_show_and_says_so() -> None:
    ids = [f"a{i:02}" for i in range(MOST + 2)]
    cells = {(ids[-1], ids[-2]): Cell("0")}
    names = [(one, Cell(one)) for one in ids]
    heat = square("id", "c", "x", names, [(one, one) for one in ids], cells, [])
    assert len(heat.rows) == len(heat.heads) == MOST
    assert heat.rows[-1].head.text == ids[-1]
    assert heat.rows[-1].cells[-1].text == "0"
    assert heat.left_out.startswith("2 more do not fit")
