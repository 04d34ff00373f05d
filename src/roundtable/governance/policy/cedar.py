"""The engine that decides: Cedar. Nothing else of the house knows it.

Parsing a set costs several times a decision by it (six for one dataset's rules, fifty for a whole policy:
`docs/policy.md`), so a parsed set is kept for as long as its rules stay the same; so is an answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from roundtable.governance.policy.cedar_text import cedar_text
from roundtable.governance.policy.principals import Principal, PrincipalKind
from roundtable.governance.policy.question import Question
from roundtable.governance.policy.rules import Rules

if TYPE_CHECKING:
    import cedarpy

#: How many policy sets, and how many answers, are kept.
_SETS, _ANSWERS = 256, 4096
_TYPES = {PrincipalKind.SYSTEM: "System", PrincipalKind.AGENCY: "Agency", PrincipalKind.POST: "Post"}


@dataclass(frozen=True)
class Answer:
    """What an engine says of one column.

    Attributes:
        permitted: whether some rule permits it and none forbids it.
        by: the ids of the rules that decided, in order: those that permit, or those that forbid. None
            where no rule fits at all.
    """

    permitted: bool
    by: tuple[str, ...]


class PolicyEngine(Protocol):
    """All that the house asks of an engine."""

    def answers(self, rules: Rules, question: Question) -> tuple[Answer, ...]:
        """An answer for each of the question's columns, in their order; one answer where it names none."""
        ...


class Cedar:
    """Cedar, through cedarpy."""

    def answers(self, rules: Rules, question: Question) -> tuple[Answer, ...]:
        """See `PolicyEngine`.

        Raises:
            RuntimeError: Cedar could not evaluate a rule, which is a bug of the compiler and no refusal.
        """
        return _answers(rules, question)


def forget() -> None:
    """Forget what was parsed and answered: for measuring, and for tests."""
    for kept in (_answers, _parsed, _entities):
        kept.cache_clear()


@lru_cache(maxsize=_ANSWERS)
def _answers(rules: Rules, question: Question) -> tuple[Answer, ...]:
    import cedarpy

    names = [rule.id for rule in rules]
    columns = question.columns or ("",)
    alike = {column: _naming(rules, column) for column in columns}
    first = {naming: column for column, naming in reversed(alike.items())}
    requests = [_request(question, column) for column in first.values()]
    results = cedarpy.is_authorized_batch(requests, _parsed(rules), _entities(question.principal))
    found = {naming: _answer(one, names) for naming, one in zip(first, results, strict=True)}
    return tuple(found[alike[column]] for column in columns)


def _naming(rules: Rules, column: str) -> tuple[int, ...]:
    """Which rules name a column: columns that the same rules name have one answer, and are asked once."""
    return tuple(i for i, rule in enumerate(rules) if rule.columns is not None and column in rule.columns)


@lru_cache(maxsize=_SETS)
def _parsed(rules: Rules) -> cedarpy.PolicySet:
    import cedarpy

    return cedarpy.PolicySet.from_str(cedar_text(rules))


@lru_cache(maxsize=_SETS)
def _entities(principal: Principal) -> cedarpy.Entities:
    """Who asks: a post belongs to its agency."""
    import cedarpy

    attributes = {"kind": principal.post.value} if principal.post else {}
    parents = [{"type": "Agency", "id": principal.agency}] if principal.kind is PrincipalKind.POST else []
    one = {"uid": _uid(principal), "attrs": attributes, "parents": parents}
    return cedarpy.Entities.from_json_str(json.dumps([one]))


def _uid(principal: Principal) -> dict[str, str]:
    return {"type": _TYPES[principal.kind], "id": principal.id}


def _request(question: Question, column: str) -> dict[str, Any]:
    about = question.circumstances
    return {
        "principal": _uid(question.principal),
        "action": {"type": "Action", "id": question.action.value},
        "resource": {"type": "Table", "id": f"{question.dataset}/{question.table}"},
        "context": {
            "dataset": question.dataset,
            "column": column,
            "purpose": question.purpose.value if question.purpose else "",
            "day": {"__extn": {"fn": "datetime", "arg": question.on.isoformat()}},
            "sealed": about.sealed and not about.released,
            "objections": sorted(about.objections),
            "zone": about.zone.value if about.zone else "",
            "under": sorted(about.under),
        },
    }


def _answer(result: cedarpy.AuthzResult, names: Sequence[str]) -> Answer:
    """Cedar numbers the policies of a text in their order: `policy0` is the first."""
    if result.diagnostics.errors:
        raise RuntimeError(f"Cedar could not evaluate a rule: {result.diagnostics.errors}")
    by = (names[int(reason.removeprefix("policy"))] for reason in result.diagnostics.reasons)
    return Answer(result.allowed, tuple(sorted(by)))
