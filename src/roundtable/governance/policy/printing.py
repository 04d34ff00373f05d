"""The compiled policy and its decisions in words, for officers and for tests that read as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from roundtable.governance.policy import days, principals
from roundtable.governance.policy.actions import BY_THE_HOUSE, IN_WORDS, Action
from roundtable.governance.policy.compiling import compiled
from roundtable.governance.policy.crossings import crossings_in, crossings_of
from roundtable.governance.policy.deciding import Decision
from roundtable.governance.policy.question import Question
from roundtable.governance.policy.rules import Effect, Rule, Rules
from roundtable.partnership.ladder import RUNGS
from roundtable.partnership.model.agreement import Agreement, Tier
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import day, listed


def every_rule(partnership: Partnership, dataset: str | None = None, agreement: str | None = None) -> Rules:
    """The whole compiled policy, each rule once; of one dataset or one agreement alone where that is asked.

    What beats every agreement is always among it.
    """
    named = {grant.dataset for one in partnership.agreements for grant in one.grants}
    ids = sorted(named | {one.id for one in partnership.datasets})
    found = {rule.id: rule for one in ids if dataset in (None, one) for rule in compiled(partnership, one)}
    wanted = (
        rule for rule in found.values() if rule.effect is Effect.FORBID or agreement in (None, rule.agreement)
    )
    return tuple(sorted(wanted, key=lambda rule: (rule.effect is Effect.PERMIT, rule.id)))


def told(partnership: Partnership, rules: Rules) -> Iterator[str]:
    """Rules as lines: what beats every agreement, what the house permits, then agreement by agreement."""
    yield "What beats every agreement:"
    for rule in rules:
        if rule.effect is Effect.FORBID:
            of = f" ({', '.join(rule.columns)} of {rule.dataset}/{rule.table})" if rule.columns else ""
            yield f"  {rule.id}{of if rule.table else ''}: {rule.says}"
    house = [rule for rule in rules if rule.effect is Effect.PERMIT and rule.agreement is None]
    if house:
        yield "What needs no agreement:"
        yield from dict.fromkeys(f"  {rule.says}" for rule in house)
    titles = {one.id: one for one in partnership.agreements}
    for name in sorted({rule.agreement for rule in rules if rule.agreement is not None}):
        yield from _agreement(partnership, titles[name], [one for one in rules if one.agreement == name])
    yield from _silent(partnership, rules)


def as_json(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Rules for a machine."""
    return [
        {
            "id": rule.id,
            "effect": rule.effect.value,
            "says": rule.says,
            "agreement": rule.agreement,
            "principal": rule.principal.as_json() if rule.principal else None,
            "posts": [kind.value for kind in rule.posts],
            "actions": [action.value for action in rule.actions],
            "dataset": rule.dataset,
            "table": rule.table,
            "columns": list(rule.columns) if rule.columns is not None else None,
            "purposes": [purpose.value for purpose in rule.purposes] if rule.purposes is not None else None,
            "days": [[str(span.first), str(span.last)] for span in rule.days],
            "turns_on": rule.circumstance.value if rule.circumstance else None,
            "zone": rule.zone.value if rule.zone else None,
            "under": rule.under,
        }
        for rule in rules
    ]


def sentence(partnership: Partnership, decision: Decision) -> str:
    """A decision as one says it: who may do what with which columns, for what, on which day, under what."""
    asked = decision.question
    if decision.permitted:
        under = f", under {listed(decision.agreements)}" if decision.agreements else ""
        across = "".join(f" {said}" for said in crossings_of(partnership, decision))
        return f"{asked_in_words(partnership, asked, 'may')}{under}.{across}"
    return f"{asked_in_words(partnership, asked, 'may not')}. {decision.refusal}"


def asked_in_words(partnership: Partnership, asked: Question, may: str) -> str:
    """A question as the beginning of its answer."""
    names = {one.id: one.name for one in partnership.datasets}
    thing = f"'{names.get(asked.dataset, asked.dataset)}'"
    columns = f"{listed(asked.columns)} of " if asked.columns else ""
    table = f"{asked.table} of " if asked.action not in BY_THE_HOUSE else ""
    what = f"{IN_WORDS[asked.action]} {columns}{table}{thing}"
    purpose = f" for {asked.purpose.replace('_', ' ')}" if asked.purpose else ""
    return f"{principals.in_words(partnership, asked.principal)} {may} {what}{purpose} on {day(asked.on)}"


def _agreement(partnership: Partnership, agreement: Agreement, rules: list[Rule]) -> Iterator[str]:
    purposes = listed(sorted(agreement.purposes))
    yield f"Agreement '{agreement.id}', {agreement.title}: for {purposes}."
    yield f"  Rung {agreement.rung.value}: {RUNGS[agreement.rung]}."
    for dataset, table in sorted({(str(rule.dataset), str(rule.table)) for rule in rules}):
        here = [rule for rule in rules if (rule.dataset, rule.table) == (dataset, table)]
        yield f"  {dataset}/{table}: {', '.join(sorted({c for one in here for c in one.columns or ()}))}"
        yield from (f"    {said}" for said in crossings_in(partnership, agreement, dataset))
        alike: dict[str, list[str]] = {}
        for rule in here:
            may = f"may {_doing(rule.actions)}, {_only(agreement, rule)}{days.in_words(rule.days)}."
            who = principals.in_words(partnership, rule.principal) if rule.principal else "Anybody"
            alike.setdefault(may, []).append(who)
        yield from (f"    {listed(these)} {may}" for may, these in alike.items())


def _doing(actions: Iterable[Action]) -> str:
    return listed(IN_WORDS[action].removesuffix(" by") for action in actions)


def _only(agreement: Agreement, rule: Rule) -> str:
    if set(rule.purposes or ()) == set(agreement.purposes):
        return ""
    return f"for {listed(rule.purposes or ())}, "


def _silent(partnership: Partnership, rules: Rules) -> Iterator[str]:
    """Receivers and agreements that nothing is permitted on any day, so that nobody has to guess."""
    speaking = {(one.agreement, one.principal.id if one.principal else None) for one in rules}
    agreements = {one.agreement for one in rules if one.agreement is not None}
    for agreement in partnership.agreements:
        if agreement.tier is Tier.PROTOCOL:
            yield f"Agreement '{agreement.id}' is a protocol and permits nothing by itself."
        elif agreement.id in agreements and agreement.tier is not Tier.OPEN_LICENCE:
            receivers = sorted({party.agency for party in agreement.parties if party.receives})
            for agency in receivers:
                if (agreement.id, agency) not in speaking:
                    name = partnership.agency(agency).name
                    yield f"Agreement '{agreement.id}' permits {name} nothing on any day: ask why with --ask."
