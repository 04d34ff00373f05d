"""Loose keys: what two records of one person hardly ever fail to share, whatever was mistyped."""

from __future__ import annotations

import pyarrow as pa
import pytest

from roundtable.linkage.review.loose_keys import LOOSE_KEYS, frame, loose_keys
from roundtable.linkage.schemas import PROFILE


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("thompson", "tmp"),
        ("tompson", "tmp"),
        ("mcallister", "mcl"),
        ("o'neill", "onl"),
        ("eeyore", "er"),
        ("li", "l"),
        ("", None),
        (None, None),
        ("'-", None),
    ],
)
def test_the_frame_of_a_name(name: str | None, says: str | None) -> None:
    assert frame(name) == says


def _shared(one: dict[str, str | None], other: dict[str, str | None]) -> list[bool]:
    table = pa.Table.from_pylist([{"profile": 0, **one}, {"profile": 1, **other}], schema=PROFILE)
    return [bool(codes[0] == codes[1] >= 0) for codes in loose_keys(table).values()]


BASE: dict[str, str | None] = {
    "given": "kathryn",
    "given_root": "katherine",
    "surname": "thompson",
    "date_of_birth": "19500213",
    "postcode": "YO121AA",
}


@pytest.mark.parametrize(
    ("changed", "shared"),
    [
        ({}, [True, True, True, True, True]),
        ({"date_of_birth": "19501302"}, [True, True, True, True, True]),
        ({"date_of_birth": "19510213"}, [True, True, False, False, False]),
        ({"surname": "tompson", "postcode": "HU11AA"}, [False, True, True, True, True]),
        ({"surname": "okafor"}, [True, False, True, False, True]),
        ({"given": "mary", "given_root": "mary"}, [False, False, False, True, False]),
        ({"given": "katie", "given_root": None}, [False, False, True, True, False]),
        ({"date_of_birth": None}, [True, True, False, False, False]),
        ({"surname": None, "postcode": None}, [False, False, True, False, True]),
    ],
)
def test_which_keys_two_records_share(changed: dict[str, str | None], shared: list[bool]) -> None:
    assert _shared(BASE, BASE | changed) == shared


def test_what_says_nothing_shares_nothing() -> None:
    assert _shared({}, {}) == [False] * len(LOOSE_KEYS)
    assert all(len(codes) == 0 for codes in loose_keys(PROFILE.empty_table()).values())
