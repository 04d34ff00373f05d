"""Facts about who is not whom, from profiles as they are."""

from __future__ import annotations

import numpy as np

from roundtable.linkage.clustering.constraints import UNKNOWN, Pairs
from roundtable.linkage.clustering.known import (
    CROWD,
    by_birth,
    by_birth_and_name,
    by_decisions,
    by_events,
    by_numbers,
)
from roundtable.linkage.evidence.encoded import encode
from roundtable.linkage.evidence.levels import levels_of
from roundtable.linkage.evidence.settings import shipped
from tests.factories_profiles import profiles

UK = shipped("uk")
#: A father and his son of the same name, the father again with a slip, and his wife; then nobody known.
HOME = encode(
    profiles(
        {"given": "ruth", "surname": "hill", "date_of_birth": "19520611", "nhs_number": "9990000018"},
        {"given": "carl", "surname": "hill", "date_of_birth": "19500102", "nhs_number": "9990000026"},
        {"given": "carl", "surname": "hill", "date_of_birth": "19840917"},
        {"given": "karl", "surname": "hill", "date_of_birth": "19500103", "nhs_number": "9990000026"},
        {},
    ),
    UK,
)
EVERY = Pairs.of(*np.triu_indices(5, 1))


def said(pairs: Pairs) -> list[tuple[int, int]]:
    return list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))


def test_two_numbers_are_two_people() -> None:
    found = by_numbers(HOME)
    assert found.kind_names == ("NHS number",)
    codes = found.kinds[0]
    assert codes[0] != codes[1] == codes[3]
    assert codes[2] == codes[4] == UNKNOWN


def test_another_birth_and_another_name() -> None:
    levels = levels_of(UK, HOME, EVERY.left, EVERY.right)
    # The son of the father's name is another person too: nothing but the names says otherwise.
    assert said(by_birth_and_name(EVERY.left, EVERY.right, levels)) == [
        (0, 1),
        (0, 2),
        (0, 3),
        (1, 2),
        (2, 3),
    ]
    assert said(by_birth(EVERY.left, EVERY.right, levels, HOME)) == [(0, 1), (0, 2), (0, 3), (1, 2), (2, 3)]


def test_twins_are_two_people_where_one_source_numbers_them_or_the_sex_differs() -> None:
    twins = {"surname": "hill", "date_of_birth": "20110329", "postcode": "ZY12AN"}
    born = encode(
        profiles(
            {"given": "ruth", "source_person": "school␟1", **twins},
            {"given": "carol", "source_person": "school␟2", **twins},
            {"given": "ruth", "source_person": "school␟3", **twins},
            {"given": "carl", "sex": "m", **twins},
            {"given": "ruth", "sex": "f", **twins},
        ),
        UK,
    )
    levels = levels_of(UK, born, EVERY.left, EVERY.right)
    assert said(by_birth_and_name(EVERY.left, EVERY.right, levels)) == [(0, 1), (1, 2), (3, 4)]


def test_two_of_one_event_are_two_people_unless_they_may_be_one() -> None:
    """All five stand in event 7; the father twice. Of nobody known, nothing can be said."""
    of_record = np.array([0, 1, 2, 3, 4, 1], np.int32)
    found = by_events(np.array([7, 7, 7, 7, 7, UNKNOWN]), of_record, UK, HOME)
    assert found.crowds == 0
    assert (0, 1) in said(found.apart)
    assert (1, 3) not in said(found.apart)
    assert (1, 2) not in said(found.apart)
    assert not any(4 in pair for pair in said(found.apart))
    apart = by_events(np.array([1, 2, 3, 4, 5, 6]), of_record, UK, HOME)
    assert said(apart.apart) == []


def test_a_crowd_says_nothing() -> None:
    many = encode(
        profiles(
            *({"given": "ruth" if number % 2 else "carl", "surname": "hill"} for number in range(CROWD + 1))
        ),
        UK,
    )
    everyone = np.arange(CROWD + 1, dtype=np.int32)
    found = by_events(np.zeros(CROWD + 1, np.int64), everyone, UK, many)
    assert (len(found.apart), found.crowds) == (0, 1)
    fewer = by_events(np.where(everyone < CROWD, 0, 1), everyone, UK, many)
    assert (len(fewer.apart), fewer.crowds) == ((CROWD // 2) ** 2, 0)


def test_decisions_on_records_are_decisions_on_profiles() -> None:
    of_record = np.array([0, 0, 1, 2], np.int32)
    found = by_decisions(np.array([0, 1, 0]), np.array([1, 2, 3]), np.array([False, True, False]), of_record)
    assert said(found.together) == [(0, 1)]
    assert said(found.apart) == [(0, 2)]
    assert found.one_identity.tolist() == [0]
