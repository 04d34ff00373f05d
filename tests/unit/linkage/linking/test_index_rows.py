"""The index of a purpose comes back from its rows as it was, however large a part of it is."""

from __future__ import annotations

import pytest

from roundtable.data.linked_tables import LINK_INDEX, without_purpose
from roundtable.linkage.linking import index_rows as module
from roundtable.linkage.linking.index_rows import PIECE, index_parts, index_rows

PARTS = {"codes": bytes(range(256)) * 3, "empty": b"", "a": b"1", "whole": bytes(20), "one more": bytes(21)}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of ten bytes."""
    monkeypatch.setattr(module, "PIECE", 10)


def test_the_parts_come_back_as_they_were() -> None:
    assert index_parts(index_rows(PARTS)) == PARTS


def test_pieces_are_put_together_by_their_numbers_whatever_order_they_are_read_in() -> None:
    """There are more than nine of them: the tenth comes after the ninth and not after the first."""
    rows = index_rows(PARTS)
    backwards = rows.take(list(reversed(range(rows.num_rows))))
    assert index_parts(backwards) == PARTS


def test_no_piece_is_larger_than_it_may_be_and_none_is_needless() -> None:
    rows = index_rows(PARTS).to_pylist()
    numbers = {name: [row["piece"] for row in rows if row["part"] == name] for name in PARTS}
    assert max(len(row["data"]) for row in rows) == 10
    assert numbers == {
        "codes": list(range(1, 78)),
        "empty": [1],
        "a": [1],
        "whole": [1, 2],
        "one more": [1, 2, 3],
    }


def test_the_rows_are_as_the_lake_has_them() -> None:
    assert index_rows(PARTS).schema == without_purpose(LINK_INDEX)
    assert index_rows({}).schema == without_purpose(LINK_INDEX)
    assert index_parts(index_rows({})) == {}


def test_a_piece_fits_in_a_column_of_a_file() -> None:
    """What a column holds in one go is counted in 31 bits."""
    assert 128 * PIECE <= 1 << 31
