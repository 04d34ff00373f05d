"""The decision: permitted or refused, by which agreement, and if refused why, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from roundtable.governance.policy.cedar import Answer, Cedar, PolicyEngine
from roundtable.governance.policy.compiling import compiled
from roundtable.governance.policy.explaining import reasons_against
from roundtable.governance.policy.question import Question
from roundtable.governance.policy.rules import Effect, Rules
from roundtable.partnership.model.whole import Partnership

#: What decides, unless a test or a later engine stands in for it.
ENGINE: PolicyEngine = Cedar()


@dataclass(frozen=True)
class Decision:
    """The answer to one question.

    Attributes:
        question: what was asked.
        permitted: whether all of it may be done.
        agreements: where it is permitted, the agreements that permit it, by id, in order; none where
            a rule of the house does, whatever the data came under.
        columns: those of its columns that are permitted.
        rules: the ids of the rules that decided: those that permit it, or those that forbid it.
        refusal: where it is refused, why and what would mend it, in sentences.
    """

    question: Question
    permitted: bool
    agreements: tuple[str, ...]
    columns: frozenset[str]
    rules: tuple[str, ...]
    refusal: str | None

    def as_audit(self) -> dict[str, Any]:
        """The decision for the audit chain: who, what and by what, and about whom nothing at all."""
        asked = self.question
        return {
            "principal": asked.principal.as_json(),
            "action": asked.action.value,
            "dataset": asked.dataset,
            "table": asked.table,
            "columns": sorted(asked.columns),
            "purpose": asked.purpose.value if asked.purpose else None,
            "on": asked.on.isoformat(),
            "permitted": self.permitted,
            "agreements": list(self.agreements),
            "rules": list(self.rules),
        }


def decide(partnership: Partnership, question: Question, engine: PolicyEngine | None = None) -> Decision:
    """Answer one question.

    Args:
        partnership: what is agreed.
        question: what is asked, by the trusted clock's day.
        engine: what decides; without it, Cedar.
    """
    rules = compiled(partnership, question.dataset, question.principal)
    return decided(partnership, question, rules, (engine or ENGINE).answers(rules, question))


def decided(
    partnership: Partnership, question: Question, rules: Rules, answers: Sequence[Answer]
) -> Decision:
    """Put an engine's answers together, and say why not where they refuse.

    Raises:
        RuntimeError: the engine refuses, and nobody can say why: a bug, for the two must agree.
    """
    by_id = {rule.id: rule for rule in rules}
    columns = question.columns or ("",)
    let = [column for column, answer in zip(columns, answers, strict=True) if answer.permitted]
    if len(let) == len(columns):
        names = sorted({rule_id for answer in answers for rule_id in answer.by})
        speaking = (by_id[name].agreement or by_id[name].under for name in names)
        agreements = {agreement for agreement in speaking if agreement is not None}
        return Decision(
            question, True, tuple(sorted(agreements)), frozenset(question.columns), tuple(names), None
        )
    refused = {c: a for c, a in zip(columns, answers, strict=True) if not a.permitted}
    forbidding = {name: None for answer in refused.values() for name in answer.by}
    said = [by_id[name].says for name in forbidding if by_id[name].effect is Effect.FORBID]
    bare = [column for column, answer in refused.items() if not answer.by]
    if bare:
        said += reasons_against(partnership, question, [column for column in bare if column])
    if not said:
        raise RuntimeError(f"refused, and no reason is known: {question}")
    return Decision(
        question,
        False,
        (),
        frozenset(column for column in let if column),
        tuple(sorted(forbidding)),
        " ".join(dict.fromkeys(said)),
    )
