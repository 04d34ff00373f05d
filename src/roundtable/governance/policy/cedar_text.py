"""Rules written as Cedar: what the engine is given and what an officer or an auditor can read and test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from roundtable.governance.policy.days import ALWAYS, Days, Span
from roundtable.governance.policy.principals import PrincipalKind
from roundtable.governance.policy.rules import Circumstance, Rule, Rules


def cedar_text(rules: Rules) -> str:
    """All of them, in their order, with a comment and an `@id` each."""
    return "\n".join(_policy(rule) for rule in rules)


def _policy(rule: Rule) -> str:
    scope = ",\n  ".join((_principal(rule), _action(rule), _resource(rule)))
    when = "".join(f"\nwhen {{ {condition} }}" for condition in _conditions(rule))
    comment = " ".join(rule.says.split())
    return f"// {comment}\n@id({_text(rule.id)})\n{rule.effect} (\n  {scope}\n){when};\n"


def _principal(rule: Rule) -> str:
    who = rule.principal
    if who is None:
        return "principal"
    if who.kind is PrincipalKind.SYSTEM:
        return f"principal == System::{_text(who.id)}"
    return f"principal in Agency::{_text(who.id)}"


def _action(rule: Rule) -> str:
    return f"action in [{', '.join(f'Action::{_text(action)}' for action in rule.actions)}]"


def _resource(rule: Rule) -> str:
    if rule.table is None:
        return "resource"
    return f"resource == Table::{_text(f'{rule.dataset}/{rule.table}')}"


def _conditions(rule: Rule) -> Iterator[str]:
    if rule.dataset is not None and rule.table is None:
        yield f"context.dataset == {_text(rule.dataset)}"
    if rule.posts:
        yield f"principal is Post && {_set(rule.posts)}.contains(principal.kind)"
    if rule.columns is not None:
        yield f"{_set(rule.columns)}.contains(context.column)"
    if rule.purposes is not None:
        yield f"{_set(rule.purposes)}.contains(context.purpose)"
    if rule.days != ALWAYS:
        yield _days(rule.days)
    if rule.circumstance is Circumstance.SEALED:
        yield "context.sealed"
    if rule.circumstance is Circumstance.OBJECTED:
        yield "context.objections.contains(context.purpose)"
    if rule.zone is not None:
        yield f"context.zone == {_text(rule.zone)}"
    if rule.under is not None:
        yield f"context.under.contains({_text(rule.under)})"


def _days(days: Days) -> str:
    spans = [_span(one) for one in days]
    return " || ".join(f"({one})" for one in spans) if len(spans) > 1 else (spans or ["false"])[0]


def _span(one: Span) -> str:
    ends = []
    if one.first != date.min:
        ends.append(f'context.day >= datetime("{one.first}")')
    if one.last != date.max:
        ends.append(f'context.day <= datetime("{one.last}")')
    return " && ".join(ends)


def _set(values: Iterable[str]) -> str:
    return f"[{', '.join(_text(value) for value in values)}]"


def _text(value: str) -> str:
    """A string literal; whatever is no plain letter, figure or mark is written by its number."""
    plain = (c if c.isprintable() and c not in '\\"' else f"\\u{{{ord(c):x}}}" for c in value)
    return f'"{"".join(plain)}"'
