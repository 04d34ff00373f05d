"""Agreements, and the house's own rules, compiled to rules that an engine can decide by.

Only what can matter to one dataset is compiled at a time: a decision looks at every rule that it is given.
"""

from __future__ import annotations

from collections.abc import Iterator

from roundtable.governance.policy.actions import (
    BY_RECIPIENTS,
    BY_THE_HOUSE,
    BY_THE_SYSTEM,
    Action,
)
from roundtable.governance.policy.days import Days
from roundtable.governance.policy.no_score_zones import BEATS_ANY_PERMIT, forbidden_columns
from roundtable.governance.policy.principals import THE_SYSTEM, Principal, PrincipalKind, agency_asking
from roundtable.governance.policy.rules import Effect, Rule, Rules
from roundtable.governance.policy.standing import (
    actions_on,
    receivers_of,
    rung_of,
    to_a_party,
    to_anybody,
    to_the_system,
)
from roundtable.partnership.model.agency import ANSWERS_FOR_DATA, RoleKind
from roundtable.partnership.model.agreement import Agreement, Grant, Tier
from roundtable.partnership.model.contract import Dataset
from roundtable.partnership.model.purpose import Purpose
from roundtable.partnership.model.whole import Partnership
from roundtable.partnership.wording import listed

#: Posts of the agency that creates a dataset which may have it erased, or put it in order.
_MAY_ERASE = ANSWERS_FOR_DATA
_MAY_ADMINISTER = (*_MAY_ERASE, RoleKind.DATA_STEWARD)


def compiled(partnership: Partnership, dataset_id: str, asking: Principal | None = None) -> Rules:
    """The rules about one dataset.

    Args:
        partnership: what is agreed.
        dataset_id: the dataset, by id; of one that nobody knows, only agreements can speak.
        asking: leave out what can matter to others alone; without it, every rule.
    """
    found = [*BEATS_ANY_PERMIT, *_of_the_house(partnership, dataset_id)]
    for agreement in partnership.agreements:
        if agreement.tier is not Tier.PROTOCOL:
            for grant in agreement.grants:
                if grant.dataset == dataset_id:
                    found += _permits(partnership, agreement, grant, asking)
    return tuple(sorted(found, key=lambda rule: (rule.effect is Effect.PERMIT, rule.id)))


def _of_the_house(partnership: Partnership, dataset_id: str) -> Iterator[Rule]:
    """What holds without an agreement: no-score zones, and keeping in order what is held."""
    everything = "The system erases and keeps in order what it holds, whether or not an agreement stands."
    yield Rule("house: system", Effect.PERMIT, everything, BY_THE_HOUSE, THE_SYSTEM)
    for dataset in partnership.datasets:
        if dataset.id == dataset_id:
            yield from forbidden_columns(dataset)
            yield from _posts(dataset)


def _posts(dataset: Dataset) -> Iterator[Rule]:
    creator = dataset.terms.created_by
    if creator is None:
        return
    for action, posts in ((Action.ERASE, _MAY_ERASE), (Action.ADMINISTER, _MAY_ADMINISTER)):
        kinds = listed(kind.replace("_", " ") for kind in sorted(posts))
        says = f"Posts of the agency that creates a dataset may {action} it: {kinds}."
        rule_id = f"house: {action} {dataset.id}"
        yield Rule(
            rule_id, Effect.PERMIT, says, (action,), agency_asking(creator), tuple(sorted(posts)), dataset.id
        )


def _permits(
    partnership: Partnership, agreement: Agreement, grant: Grant, asking: Principal | None
) -> Iterator[Rule]:
    if asking is None or asking.kind is PrincipalKind.SYSTEM:
        days = to_the_system(partnership, agreement, grant.dataset)
        actions = actions_on(rung_of(partnership, agreement), BY_THE_SYSTEM)
        yield from _permit(agreement, grant, THE_SYSTEM, agreement.purposes, actions, days)
    if asking is not None and asking.kind is PrincipalKind.SYSTEM:
        return
    actions = actions_on(rung_of(partnership, agreement), BY_RECIPIENTS)
    if agreement.tier is Tier.OPEN_LICENCE:
        days = to_anybody(partnership, agreement, grant.dataset)
        yield from _permit(agreement, grant, None, agreement.purposes, actions, days)
        return
    for party in receivers_of(agreement):
        if asking is None or asking.agency == party.agency:
            found: dict[Days, list[Purpose]] = {}
            for purpose in agreement.purposes:
                days = to_a_party(partnership, agreement, grant.dataset, party, purpose)
                found.setdefault(days, []).append(purpose)
            for days, purposes in found.items():
                receiver = agency_asking(party.agency)
                yield from _permit(agreement, grant, receiver, tuple(purposes), actions, days)


def _permit(
    agreement: Agreement,
    grant: Grant,
    principal: Principal | None,
    purposes: tuple[Purpose, ...],
    actions: tuple[Action, ...],
    days: Days,
) -> Iterator[Rule]:
    """A rule, unless it could never fit."""
    if not days or not actions:
        return
    who = principal.id if principal else "anybody"
    for_ = listed(sorted(purposes)) if set(purposes) != set(agreement.purposes) else ""
    yield Rule(
        f"{agreement.id}: {grant.dataset}/{grant.table} to {who}{f' for {for_}' if for_ else ''}",
        Effect.PERMIT,
        agreement.title,
        actions,
        principal,
        dataset=grant.dataset,
        table=grant.table,
        columns=tuple(sorted(set(grant.columns))),
        purposes=tuple(sorted(purposes)),
        days=days,
        agreement=agreement.id,
    )
