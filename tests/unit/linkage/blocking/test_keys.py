"""Keys: alike where all parts are, and the same on every night."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from roundtable.linkage.blocking.keys import keys_of
from roundtable.linkage.blocking.pairs import NONE, candidate_pairs
from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.settings import Settings, shipped
from tests.factories_profiles import profiles

ROWS: tuple[dict[str, Any], ...] = (
    {"given": "ruth", "surname": "hill", "date_of_birth": "19520611", "name_tokens": ["hill", "ruth"]},
    {
        "given": "ruth",
        "surname": "hilton",
        "date_of_birth": "19521213",
        "name_tokens": ["ann", "hilton", "ruth"],
    },
    {"given": "hill", "surname": "ruth", "name_tokens": ["ann", "hill", "ruth"]},
    {},
)


def settings(*parts: str) -> Settings:
    written = shipped("uk").model_dump(mode="json")
    written["keys"] = [{"name": "tried", "parts": list(parts), "why": "A test."}]
    return Settings.model_validate(written)


def met(*parts: str) -> list[tuple[int, int]]:
    chosen = settings(*parts)
    blocked = candidate_pairs(keys_of(chosen, encode(profiles(*ROWS), chosen)), 10)
    return list(zip(blocked.left.tolist(), blocked.right.tolist(), strict=True))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("given",), [(0, 1)]),
        (("given", "surname"), []),
        (("given", "surname[:3]"), [(0, 1)]),
        (("given", "date_of_birth[:4]"), [(0, 1)]),
        (("given", "date_of_birth[4:]"), []),
        (("token_pair",), [(0, 2), (1, 2)]),
        (("token_each",), [(0, 1), (0, 2), (1, 2)]),
        (("nhs_number",), []),
    ],
)
def test_profiles_meet_where_all_parts_are_alike(
    parts: tuple[str, ...], expected: list[tuple[int, int]]
) -> None:
    assert met(*parts) == expected


def test_who_lacks_a_part_has_no_key() -> None:
    chosen = settings("given", "date_of_birth[:4]")
    keys = keys_of(chosen, encode(profiles(*ROWS), chosen))["tried"]
    assert (keys == NONE).tolist() == [False, False, True, True]


def test_new_profiles_change_no_old_key_and_meet_the_old() -> None:
    chosen = shipped("uk")
    first = encode(profiles(*ROWS[:1]), chosen)
    old, grown = keys_of(chosen, first), keys_of(chosen, first.extended(profiles(*ROWS[1:], ROWS[0])))
    for name, keys in old.items():
        assert np.array_equal(grown[name][:1], keys)
        assert grown[name][0] == grown[name][4]
    alone = keys_of(chosen, first.beside(profiles(ROWS[0])))
    assert all(np.array_equal(alone[name], keys) for name, keys in old.items())
