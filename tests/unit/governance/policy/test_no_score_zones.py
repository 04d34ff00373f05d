"""What beats any agreement: a perfect one stands behind every question here, and each is refused."""

from __future__ import annotations

from typing import Any

import pytest

from roundtable.governance.permission import permitted_columns, permitted_for_any_purpose
from roundtable.governance.policy.actions import BY_THE_SYSTEM, Action
from roundtable.governance.policy.deciding import Decision, decide
from roundtable.governance.policy.no_score_zones import BEATS_ANY_PERMIT
from roundtable.governance.policy.principals import THE_SYSTEM, agency_asking
from roundtable.governance.policy.question import Circumstances, Question
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.model.zone import ZONES_IN_WORDS, Zone
from tests.factories import AS_OF
from tests.factories_sharing import party, records, share, table

PURPOSE = Purpose.SAFEGUARDING_ADULTS
COLUMNS = ["person", "risk", "faith", "visa_status", "due", "edd"]


def agreed() -> Partnership:
    """Every column granted on the highest rung; one falls in a zone by its contract and two by name."""
    zoned = {"customProperties": [{"property": "roundtable", "value": {"zone": "unborn"}}]}
    properties = [{"name": name} | (zoned if name == "edd" else {}) for name in COLUMNS]
    contract = records().model_copy(
        update={"schema_": (records().schema_[0].model_validate({"name": "rows", "properties": properties}),)}
    )
    return table(
        contract,
        share(
            rung=5,
            parties=[party("police", gives=True), party("council", receives=True)],
            grants=[{"dataset": "calls", "table": "rows", "columns": COLUMNS}],
        ),
    )


def ask(action: Action, *columns: str, **circumstances: Any) -> Decision:
    principal = THE_SYSTEM if action in BY_THE_SYSTEM else agency_asking("council")
    about = Circumstances(**circumstances)
    named = columns or ("person",)
    return decide(agreed(), Question(principal, action, "calls", "rows", named, PURPOSE, AS_OF, about))


AFTER_THE_DOOR = [one for one in Action if one not in (Action.TAKE_IN, Action.ERASE, Action.ADMINISTER)]


@pytest.mark.parametrize("action", AFTER_THE_DOOR)
def test_each_action_is_permitted_as_long_as_nothing_beats_it(action: Action) -> None:
    assert ask(action).permitted


@pytest.mark.parametrize("action", AFTER_THE_DOOR)
def test_what_is_sealed_is_used_for_nothing_until_a_named_post_releases_it(action: Action) -> None:
    refused = ask(action, sealed=True)
    assert refused.rules == ("seal",) and "until a named post releases it" in str(refused.refusal)
    assert ask(action, sealed=True, released=True).permitted


@pytest.mark.parametrize("action", AFTER_THE_DOOR)
def test_an_upheld_objection_binds_for_its_purpose_and_for_no_other(action: Action) -> None:
    refused = ask(action, objections=frozenset({PURPOSE}))
    assert refused.rules == ("upheld-objection",)
    assert refused.refusal == "An objection to this purpose has been upheld, and it binds."
    assert ask(action, objections=frozenset({Purpose.EVALUATION})).permitted


@pytest.mark.parametrize("zone", Zone)
@pytest.mark.parametrize("action", [Action.SCORE, Action.PROPOSE, Action.SHOW, Action.LINK])
def test_no_result_falls_in_a_no_score_zone(action: Action, zone: Zone) -> None:
    refused = ask(action, zone=zone)
    assert refused.rules == (f"no-score-zone: {zone}",)
    assert ZONES_IN_WORDS[zone] in str(refused.refusal)


@pytest.mark.parametrize(
    ("column", "zone"), [("faith", "faith"), ("visa_status", "immigration"), ("edd", "unborn")]
)
@pytest.mark.parametrize("action", [Action.TAKE_IN, *AFTER_THE_DOOR])
def test_a_column_of_a_zone_is_let_through_for_nothing(action: Action, column: str, zone: str) -> None:
    refused = ask(action, "person", column)
    assert not refused.permitted and refused.columns == {"person"}
    assert refused.rules == (f"no-score-zone: {zone} in calls/rows",)


def test_the_door_leaves_such_columns_out_and_takes_the_others_in() -> None:
    for answer in (
        permitted_columns(agreed(), "calls", "rows", PURPOSE, AS_OF),
        permitted_for_any_purpose(agreed(), "calls", "rows", AS_OF),
    ):
        assert answer.columns == {"person", "risk", "due"}


def test_where_only_such_columns_are_granted_the_reason_is_said() -> None:
    contract = agreed().datasets[0]
    only = share(grants=[{"dataset": "calls", "table": "rows", "columns": ["faith", "edd"]}])
    made = table(contract, only)
    for answer in (
        permitted_columns(made, "calls", "rows", PURPOSE, AS_OF),
        permitted_for_any_purpose(made, "calls", "rows", AS_OF),
    ):
        assert not answer.granted
        assert "about faith" in str(answer.refusal) and "about unborn children" in str(answer.refusal)


def test_beside_such_columns_the_reason_for_the_others_is_said_too() -> None:
    contract = agreed().datasets[0]
    grant = {"dataset": "calls", "table": "rows"}
    made = table(
        contract,
        share("a", grants=[grant | {"columns": ["faith"]}]),
        share("b", grants=[grant | {"columns": ["person"]}], ends="2026-01-31"),
    )
    answer = permitted_columns(made, "calls", "rows", PURPOSE, AS_OF)
    assert "about faith" in str(answer.refusal) and "Agreement 'b' ended on 2026-01-31" in str(answer.refusal)


def test_several_at_once_are_all_named() -> None:
    refused = ask(Action.SCORE, sealed=True, objections=frozenset({PURPOSE}), zone=Zone.BENEFIT_FRAUD)
    assert refused.rules == ("no-score-zone: benefit_fraud", "seal", "upheld-objection")


@pytest.mark.parametrize("action", [Action.ERASE, Action.ADMINISTER])
def test_what_must_always_be_possible_is(action: Action) -> None:
    about = Circumstances(sealed=True, objections=frozenset({PURPOSE}))
    asked = Question(THE_SYSTEM, action, "calls", "rows", (), PURPOSE, AS_OF, about)
    assert decide(agreed(), asked).permitted


def test_every_promise_has_its_rule() -> None:
    named = {rule.id for rule in BEATS_ANY_PERMIT}
    assert named == {"seal", "upheld-objection", *(f"no-score-zone: {zone}" for zone in Zone)}
    assert set(ZONES_IN_WORDS) == set(Zone)
