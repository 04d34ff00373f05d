"""May these columns be used for this, today? Everything is refused unless an agreement in force says so.

The questions that the intake and the steps of a run ask, answered from the compiled policy for the
partnership's own system: see `policy/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from roundtable.governance.policy.actions import Action
from roundtable.governance.policy.cedar import Answer
from roundtable.governance.policy.compiling import compiled
from roundtable.governance.policy.deciding import ENGINE
from roundtable.governance.policy.explaining import grants_of, obstacles_of, reasons_against
from roundtable.governance.policy.principals import THE_SYSTEM
from roundtable.governance.policy.question import Question
from roundtable.governance.policy.rules import Effect, Rules
from roundtable.partnership.model.agreement import Agreement
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership

_NO_PURPOSE: Mapping[Purpose, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Permission:
    """The answer.

    Attributes:
        agreements: the agreements that permit it, by id, in order.
        columns: what they let through together, by the contract's names. None where refused.
        refusal: when nothing is permitted, why not and what would mend it, in sentences.
        by_purpose: the same columns for each purpose that lets any of them through.
    """

    agreements: tuple[str, ...]
    columns: frozenset[str]
    refusal: str | None
    by_purpose: Mapping[Purpose, frozenset[str]] = field(default_factory=lambda: _NO_PURPOSE)

    @property
    def granted(self) -> bool:
        """Whether anything at all is permitted."""
        return self.refusal is None


def permitted_columns(
    partnership: Partnership,
    dataset_id: str,
    table: str,
    purpose: Purpose,
    on: date,
    action: Action = Action.READ,
) -> Permission:
    """The columns of a table that agreements in force let through for a purpose.

    Args:
        partnership: what is agreed.
        dataset_id: the dataset, by id; one that nobody knows is refused like any other.
        table: the table, by its name in the contract.
        purpose: what the data are wanted for.
        on: the trusted clock's day; never the folder's `as_of`.
        action: what the partnership's own system does with them.
    """
    granting = _granting(partnership, dataset_id, table)
    question = _question(dataset_id, table, _columns(granting, dataset_id, table), purpose, on, action)
    rules = compiled(partnership, dataset_id, THE_SYSTEM)
    agreements, columns = _answered(rules, question)
    if columns:
        return Permission(agreements, columns, None, MappingProxyType({purpose: columns}))
    return Permission((), frozenset(), _refusal(partnership, question, rules))


def permitted_for_any_purpose(partnership: Partnership, dataset_id: str, table: str, on: date) -> Permission:
    """The columns of a table that agreements in force let through for one purpose or another.

    This is what is taken in at the door; whoever uses it asks again, for a purpose.

    Args:
        partnership: what is agreed.
        dataset_id: the dataset, by id.
        table: the table, by its name in the contract.
        on: the trusted clock's day.
    """
    granting = _granting(partnership, dataset_id, table)
    named = _columns(granting, dataset_id, table)
    rules = compiled(partnership, dataset_id, THE_SYSTEM)
    agreements: set[str] = set()
    by_purpose: dict[Purpose, frozenset[str]] = {}
    for purposes in _alike(granting, rules):
        question = _question(dataset_id, table, named, purposes[0], on, Action.TAKE_IN)
        by, columns = _answered(rules, question)
        agreements |= set(by)
        if columns:
            by_purpose |= dict.fromkeys(purposes, columns)
    if by_purpose:
        union = frozenset(column for columns in by_purpose.values() for column in columns)
        in_order = MappingProxyType(dict(sorted(by_purpose.items())))
        return Permission(tuple(sorted(agreements)), union, None, in_order)
    question = _question(dataset_id, table, named, None, on, Action.TAKE_IN)
    obstacles = (
        sentence
        for agreement in granting
        for sentence in obstacles_of(partnership, agreement, question, any_purpose=True)
    )
    refusal = " ".join(dict.fromkeys(obstacles)) or _refusal(partnership, question, rules)
    return Permission((), frozenset(), refusal)


def meant_for(partnership: Partnership, dataset_id: str, table: str) -> frozenset[Purpose]:
    """The purposes for which any agreement, whatever its dates, names something of a table."""
    granting = _granting(partnership, dataset_id, table)
    return frozenset(purpose for agreement in granting for purpose in agreement.purposes)


def _question(
    dataset_id: str, table: str, columns: tuple[str, ...], purpose: Purpose | None, on: date, action: Action
) -> Question:
    return Question(THE_SYSTEM, action, dataset_id, table, columns, purpose, on)


def _granting(partnership: Partnership, dataset_id: str, table: str) -> list[Agreement]:
    """The agreements that name something of a table, in order."""
    every = sorted(partnership.agreements, key=lambda agreement: agreement.id)
    return [one for one in every if grants_of(one, dataset_id, table)]


def _alike(granting: Iterable[Agreement], rules: Rules) -> list[list[Purpose]]:
    """Purposes that the same rules are for: what the system may have is the same for all of them."""
    found: dict[tuple[int, ...], list[Purpose]] = {}
    for purpose in sorted({purpose for agreement in granting for purpose in agreement.purposes}):
        for_it = (n for n, rule in enumerate(rules) if rule.purposes is not None and purpose in rule.purposes)
        found.setdefault(tuple(for_it), []).append(purpose)
    return list(found.values())


def _columns(granting: Iterable[Agreement], dataset_id: str, table: str) -> tuple[str, ...]:
    """Every column that any of them names: no other could be let through."""
    named = {
        column
        for agreement in granting
        for grant in grants_of(agreement, dataset_id, table)
        for column in grant.columns
    }
    return tuple(sorted(named))


def _answered(rules: Rules, question: Question) -> tuple[tuple[str, ...], frozenset[str]]:
    """The agreements that permit something of it, and the columns."""
    if not question.columns:
        return (), frozenset()
    answers: tuple[Answer, ...] = ENGINE.answers(rules, question)
    by_id = {rule.id: rule.agreement for rule in rules}
    let = [(c, one) for c, one in zip(question.columns, answers, strict=True) if one.permitted]
    agreements = {name for _, one in let for rule in one.by if (name := by_id[rule]) is not None}
    return tuple(sorted(agreements)), frozenset(column for column, _ in let)


def _refusal(partnership: Partnership, question: Question, rules: Rules) -> str:
    """Why nothing is permitted, in sentences.

    Raises:
        RuntimeError: nobody can say why: a bug, for the engine and the reasons must agree.
    """
    zones = [one for one in rules if one.effect is Effect.FORBID and one.table == question.table]
    closed = {column for one in zones for column in one.columns or ()}
    said = [one.says for one in zones if set(one.columns or ()) & set(question.columns)]
    others = [column for column in question.columns if column not in closed]
    if others or not question.columns:
        said += reasons_against(partnership, question, others)
    if not said:
        raise RuntimeError(f"refused, and no reason is known: {question}")
    return " ".join(dict.fromkeys(said))
