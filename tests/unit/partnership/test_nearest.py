"""The name that somebody probably meant."""

import pytest

from roundtable.partnership.nearest import Suggestions, nearest


@pytest.mark.parametrize(
    ("written", "known", "near"),
    [
        ("polise", ["fire", "police"], "police"),
        ("POLICE", ["fire", "police"], "police"),
        ("Crime Type", ["Crime type", "Crime ID"], "Crime type"),
        ("ambulance", ["fire", "police"], None),
        ("anything", [], None),
        ("ab", ["aa", "bb"], None),
        ("council-1", ["council-3", "council-2"], "council-3"),
    ],
)
def test_the_nearest_name(written: str, known: list[str], near: str | None) -> None:
    assert nearest(written, known) == near
    assert nearest(written, list(reversed(known))) == near


def test_only_as_many_are_looked_for_as_anybody_reads() -> None:
    suggestions = Suggestions()
    for i in range(Suggestions.LIMIT):
        assert suggestions.nearest("agency", f"police{i}", ["police"]) == "police"

    assert suggestions.nearest("agency", "polise", ["police"]) is None
    assert suggestions.nearest("agency", "police0", ["police"]) == "police"
