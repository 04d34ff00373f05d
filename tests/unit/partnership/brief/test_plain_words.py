"""Remedies in plain words: the file, the line and the key set apart, names for ids."""

from __future__ import annotations

import pytest

from roundtable.partnership.brief.plain_words import fields_told, plain, with_fields_told
from roundtable.partnership.study import Study
from tests.factories import agency, dataset, need, partnership, role, scenario

COUNCIL = agency("council", name="The council", roles=[role("lead", title="Head of care")])
STUDY = Study(partnership(COUNCIL, agency("fire"), scenario(title="Alone"), dataset("calls", "fire")))


@pytest.mark.parametrize(
    ("remedy", "text", "where"),
    [
        (
            "In scenarios/alone.yaml, line 273, write one post in 'lead_posts', such as 'lead'.",
            "Write one post in ‘lead post’, such as the Head of care, The council.",
            "scenarios/alone.yaml, line 273 (lead_posts)",
        ),
        (
            "Write an agreement in agreements/ that grants 'calls'; or mend one in datasets/calls.yaml.",
            "Write an agreement that grants ‘Dataset calls’; or mend one.",
            "agreements/; datasets/calls.yaml",
        ),
        (
            "When the post is filled, take 'vacant_since' out of agencies/council.yaml, line 18.",
            "When the post is filled, take ‘vacant since’ out.",
            "agencies/council.yaml, line 18 (vacant_since)",
        ),
        ("Agree it at a meeting.", "Agree it at a meeting.", ""),
    ],
)
def test_files_and_keys_are_set_apart(remedy: str, text: str, where: str) -> None:
    found = plain(STUDY, remedy)

    assert (found.text, found.where) == (text, where)


def test_a_field_is_told_by_what_its_contract_says_of_it() -> None:
    table = {
        "name": "calls",
        "properties": [
            {"name": "calls_90d", "description": "Calls in the ninety days before; none is 0."},
            {"name": "uprn", "business_name": "UPRN of the home"},
        ],
    }
    built = partnership(COUNCIL, dataset("calls", "council", schema=[table]))

    asked = scenario(needs=[need("who", "calls", fields=["calls_90d", "uprn", "home_oxygen"])]).needs[0]

    assert fields_told(built, asked) == "calls in the ninety days before; UPRN of the home; home oxygen"

    why = "It does not let 'calls_90d' and 'home_oxygen' of 'Calls' through."
    assert with_fields_told(built, asked, why) == (
        "It does not let ‘calls in the ninety days before’ and 'home_oxygen' of 'Calls' through."
    )
