"""Deny by default: each thing that an agreement can lack, alone, and the sentence that mends it."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from roundtable.governance.permission import permitted_columns
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from tests.factories import agency, agreement, dataset, partnership

ON = date(2026, 11, 23)
SIGNED = {"agency": "fire", "role": "controller", "gives": True, "signed_on": "2026-01-01"}
PURPOSE = Purpose.PREVENTION_OF_FIRE_AND_FALLS


def shared(id: str = "flags", **fields: Any) -> Any:
    """An agreement that permits, unless `fields` breaks it."""
    return agreement(id, "visits", **{"parties": [SIGNED]} | fields)


def agreed(*parts: object) -> Partnership:
    return partnership(dataset("visits", "fire"), *parts)


def ask(made: Partnership, purpose: Purpose = PURPOSE, on: date = ON) -> Any:
    return permitted_columns(made, "visits", "rows", purpose, on)


def test_an_agreement_in_force_lets_its_columns_through_and_no_other() -> None:
    answer = ask(agreed(shared()))
    assert answer.refusal is None and answer.granted
    assert answer.agreements == ("flags",)
    assert answer.columns == {"uprn"}


def test_several_agreements_add_up_and_are_named_in_order() -> None:
    more = [{"dataset": "visits", "table": "rows", "columns": ["smoker"]}]
    answer = ask(agreed(shared("z"), shared("a", grants=more)))
    assert answer.agreements == ("a", "z")
    assert answer.columns == {"uprn", "smoker"}


def test_it_is_in_force_on_its_first_and_on_its_last_day() -> None:
    made = agreed(shared(starts="2026-11-23", ends="2026-11-23"))
    assert ask(made).granted
    assert not ask(made, on=date(2026, 11, 22)).granted
    assert not ask(made, on=date(2026, 11, 24)).granted


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (
            {"ends": "2026-11-22"},
            "Agreement 'flags' ended on 2026-11-22: its parties must renew it and write the new 'ends'.",
        ),
        (
            {"starts": "2026-11-24"},
            "Agreement 'flags' does not begin until 2026-11-24: wait for that day, or have its parties "
            "sign an earlier one.",
        ),
        (
            {"purposes": ["evaluation", "crisis_care"]},
            "Agreement 'flags' is for crisis_care, evaluation and not for prevention_of_fire_and_falls: "
            "its parties must agree to that purpose and add it.",
        ),
        (
            {"tier": "protocol"},
            "Agreement 'flags' is a protocol, and a protocol alone grants nothing: write a specific "
            "agreement under it.",
        ),
        (
            {"parties": [SIGNED | {"gives": False}]},
            "Agreement 'flags' names no party that gives: write 'gives: true' for the party whose data it "
            "lets through.",
        ),
        (
            {"parties": [SIGNED | {"signed_on": None}]},
            "Agreement 'flags' has not been signed for Fire: have it signed and write 'signed_on'.",
        ),
        (
            {"parties": [SIGNED | {"signed_on": "2026-11-24"}]},
            "Agreement 'flags' has not been signed for Fire: have it signed and write 'signed_on'.",
        ),
        (
            {"grants": [{"dataset": "visits", "table": "others", "columns": ["uprn"]}]},
            "No agreement grants anything of table 'rows' of dataset 'visits', only of others: add a grant "
            "of it to an agreement.",
        ),
        (
            {"grants": [{"dataset": "visit", "table": "rows", "columns": ["uprn"]}]},
            "No agreement grants anything of table 'rows' of dataset 'visits' (the nearest dataset that one "
            "grants is 'visit'): write an agreement in agreements/ with a grant of it.",
        ),
    ],
    ids=[
        "expired",
        "not begun",
        "purpose",
        "protocol",
        "no giver",
        "unsigned",
        "signed later",
        "table",
        "grant",
    ],
)
def test_what_is_lacking_is_said(broken: dict[str, Any], sentence: str) -> None:
    answer = ask(agreed(shared(**broken)))
    assert answer.refusal == sentence
    assert (answer.agreements, answer.columns) == ((), frozenset())


#: Each thing that an agreement must have, and what it looks like without.
LACKS: tuple[dict[str, Any], ...] = (
    {"ends": "2026-11-22"},
    {"purposes": ["evaluation"]},
    {"tier": "protocol"},
    {"grants": [{"dataset": "visits", "table": "others", "columns": ["uprn"]}]},
)
PARTY_LACKS: tuple[dict[str, Any], ...] = ({"gives": False}, {"signed_on": None})


@pytest.mark.parametrize("body_ended", [False, True])
def test_only_an_agreement_that_lacks_nothing_permits(body_ended: bool) -> None:
    """Every combination of what can be lacking; one of them alone is the whole agreement."""
    ended = [agency("fire", to="2024-05-06", successor="council")] if body_ended else []
    for lacking in product((False, True), repeat=len(LACKS) + len(PARTY_LACKS)):
        chosen = [lack for lack, is_so in zip((*LACKS, *PARTY_LACKS), lacking, strict=True) if is_so]
        fields = {key: value for lack in chosen if lack in LACKS for key, value in lack.items()}
        party = SIGNED | {key: value for lack in chosen if lack in PARTY_LACKS for key, value in lack.items()}
        answer = ask(agreed(shared(**fields, parties=[party]), *ended))
        assert answer.granted is not (any(lacking) or body_ended), chosen
        assert (answer.refusal is None, bool(answer.columns)) == (answer.granted, answer.granted)


def test_what_a_body_that_has_ended_signed_permits_nothing_and_the_successor_is_named() -> None:
    made = agreed(shared(), agency("fire", to="2024-05-06", successor="council"))
    assert ask(made).refusal == (
        "Agreement 'flags' was given by Fire, which ended on 2024-05-06: have its successor Council "
        "('council') sign a new one."
    )


def test_a_body_that_ended_without_a_successor() -> None:
    made = agreed(shared(), agency("fire", to="2024-05-06"))
    assert ask(made).refusal == (
        "Agreement 'flags' was given by Fire, which ended on 2024-05-06: have the body that holds its "
        "powers now sign a new one, and name it as 'successor'."
    )


def test_a_body_that_does_not_exist_yet_gives_nothing() -> None:
    made = agreed(shared(), agency("fire", **{"from": "2027-04-01"}))
    assert "does not exist until 2027-04-01" in ask(made).refusal


def test_another_party_cannot_give_in_the_place_of_the_one_that_makes_the_data() -> None:
    council = {"agency": "council", "role": "controller", "gives": True, "signed_on": "2026-01-01"}
    made = agreed(shared(parties=[SIGNED, council]), agency("fire", to="2024-05-06", successor="council"))
    assert not ask(made).granted


def test_an_open_licence_needs_no_signature_but_the_rest() -> None:
    publisher = {"agency": "fire", "role": "publisher", "gives": True}
    assert ask(agreed(shared(tier="open_licence", parties=[publisher]))).granted
    assert not ask(agreed(shared(tier="open_licence", parties=[publisher], ends="2026-11-22"))).granted


def test_everything_that_is_lacking_is_said_at_once() -> None:
    answer = ask(
        agreed(shared("a", ends="2026-11-22", purposes=["evaluation"]), shared("b", tier="protocol"))
    )
    assert answer.refusal.count("Agreement") == 3


def test_nobody_agreed_on_anything() -> None:
    assert ask(agreed()).refusal == (
        "No agreement grants anything of table 'rows' of dataset 'visits': write an agreement in "
        "agreements/ with a grant of it."
    )


def test_the_day_of_the_folder_decides_nothing() -> None:
    made = partnership(dataset("visits", "fire"), shared(ends="2026-11-22"), as_of=date(2026, 6, 1))
    assert not ask(made).granted
