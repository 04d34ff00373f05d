"""The engine: what it is given is what was meant, whatever names people choose; and it is given it once."""

from __future__ import annotations

from datetime import date
from typing import Any

import cedarpy
import pytest

from roundtable.governance.policy import cedar
from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.cedar import Answer, Cedar
from roundtable.governance.policy.cedar_text import cedar_text
from roundtable.governance.policy.compiling import compiled
from roundtable.governance.policy.deciding import decide, decided
from roundtable.governance.policy.principals import THE_SYSTEM, agency_asking
from roundtable.governance.policy.question import Question
from roundtable.governance.policy.rules import Effect, Rule, Rules
from roundtable.partnership.model.purpose import Purpose
from tests.factories import AS_OF, agreement, dataset, partnership, signed

PURPOSE = Purpose.EVALUATION


def question(*columns: str, **changed: Any) -> Question:
    base: dict[str, Any] = {
        "principal": THE_SYSTEM,
        "action": Action.READ,
        "dataset": "visits",
        "table": "rows",
        "columns": columns or ("uprn",),
        "purpose": PURPOSE,
        "on": AS_OF,
    }
    return Question(**base | changed)


def permit(number: int, **changed: Any) -> Rule:
    base: dict[str, Any] = {
        "id": f"rule {number:02d}",
        "effect": Effect.PERMIT,
        "says": "It may.",
        "actions": (Action.READ,),
        "columns": (f"c{number}",),
    }
    return Rule(**base | changed)


def test_the_rule_that_decided_is_named_among_many() -> None:
    rules = tuple(permit(number) for number in range(25))
    answers = Cedar().answers(rules, question(*(f"c{number}" for number in range(25)), "other"))
    assert [answer.by for answer in answers[:-1]] == [(f"rule {number:02d}",) for number in range(25)]
    assert answers[-1] == Answer(False, ())


def test_one_that_forbids_beats_any_number_that_permit() -> None:
    rules = (
        *(permit(n, columns=None) for n in range(12)),
        permit(12, effect=Effect.FORBID, columns=("uprn",)),
    )
    uprn, other = Cedar().answers(rules, question("uprn", "other"))
    assert uprn == Answer(False, ("rule 12",))
    assert other.permitted and len(other.by) == 12


HOSTILE = (
    'a"b',
    "a\\",
    "x}; permit(principal, action, resource); //",
    'uprn", "secret',
    "névé 漢字",
    "tab\tline\nend",
    "principal.kind",
    "\u2028",
)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_a_name_and_never_policy(name: str) -> None:
    rules = (permit(1, columns=(name,), says=f"It says\n{name}", id=name),)
    mine, other = Cedar().answers(rules, question(name, "secret"))
    assert mine == Answer(True, (name,))
    assert other == Answer(False, ())


def test_the_whole_text_is_policy_that_cedar_itself_formats() -> None:
    made = partnership(
        dataset("visits", "fire"),
        agreement("flags", "visits", parties=[signed("fire", gives=True), signed("council", receives=True)]),
    )
    text = cedar_text(compiled(made, "visits"))
    assert cedarpy.format_policies(text).count("@id(") == text.count("@id(") == len(compiled(made, "visits"))
    assert 'context.day >= datetime("2026-01-01") && context.day <= datetime("2027-12-31")' in text


def test_a_policy_set_is_parsed_once_and_an_answer_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    asked: list[int] = []
    parse, answer = cedarpy.PolicySet.from_str, cedarpy.is_authorized_batch

    class Counting:
        @staticmethod
        def from_str(text: str) -> cedarpy.PolicySet:
            parsed.append(text)
            return parse(text)

    def counting(requests: list[dict[str, Any]], *rest: Any) -> Any:
        asked.append(len(requests))
        return answer(requests, *rest)

    monkeypatch.setattr(cedarpy, "PolicySet", Counting)
    monkeypatch.setattr(cedarpy, "is_authorized_batch", counting)
    cedar.forget()
    rules = (permit(1),)
    for day in (date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 1)):
        Cedar().answers(rules, question("c1", "c2", on=day))
    assert len(parsed) == 1
    assert asked == [2, 2]
    cedar.forget()


def test_a_rule_that_cannot_be_evaluated_is_a_bug_and_no_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    cedar.forget()
    monkeypatch.setattr(
        cedar, "cedar_text", lambda _: "permit(principal, action, resource) when { context.no };"
    )
    with pytest.raises(RuntimeError, match="could not evaluate"):
        Cedar().answers((permit(1),), question())
    cedar.forget()


class Obstinate:
    """An engine that refuses everything."""

    def answers(self, rules: Rules, asked: Question) -> tuple[Answer, ...]:
        return tuple(Answer(False, ()) for _ in asked.columns)


def test_another_engine_can_stand_in_and_may_not_refuse_without_a_reason() -> None:
    made = partnership(
        dataset("visits", "fire"), agreement("flags", "visits", parties=[signed("fire", gives=True)])
    )
    other = question(purpose=PURPOSE)
    assert not decide(made, other, Obstinate()).permitted
    mine = question(purpose=Purpose.PREVENTION_OF_FIRE_AND_FALLS)
    assert decide(made, mine).permitted
    with pytest.raises(RuntimeError, match="no reason is known"):
        decide(made, mine, Obstinate())


def test_only_what_can_matter_to_whoever_asks_is_compiled() -> None:
    parties = [
        signed("fire", gives=True, receives=True),
        signed("council", receives=True),
    ]
    made = partnership(dataset("visits", "fire"), agreement("flags", "visits", parties=parties))
    own = {rule.id for rule in compiled(made, "visits", agency_asking("council"))}
    assert "flags: visits/rows to council" in own
    assert not {"flags: visits/rows to system", "flags: visits/rows to fire"} & own
    whole = {rule.id for rule in compiled(made, "visits")}
    assert own < whole
    assert decided(made, question(), (), [Answer(False, ())]).refusal
