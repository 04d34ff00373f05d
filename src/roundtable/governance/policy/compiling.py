"""Agreements, and the house's own rules, compiled to rules that an engine can decide by.

Only what can matter to one dataset is compiled at a time: a decision looks at every rule that it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
    bound,
    controllers_of,
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
    found = [*BEATS_ANY_PERMIT, *_of_the_house(partnership, dataset_id, asking)]
    for agreement in partnership.agreements:
        if agreement.tier is not Tier.PROTOCOL:
            for grant in agreement.grants:
                if grant.dataset == dataset_id:
                    found += _permits(partnership, agreement, grant, asking)
    return tuple(sorted(found, key=lambda rule: (rule.effect is Effect.PERMIT, rule.id)))


def _of_the_house(partnership: Partnership, dataset_id: str, asking: Principal | None) -> Iterator[Rule]:
    """What no agreement has to grant: no-score zones, keeping in order what is held, people's rights."""
    everything = "The system erases and keeps in order what it holds, whether or not an agreement stands."
    yield Rule("house: system", Effect.PERMIT, everything, BY_THE_HOUSE, THE_SYSTEM)
    for dataset in partnership.datasets:
        if dataset.id == dataset_id:
            yield from forbidden_columns(dataset)
            yield from _posts(dataset)
    if asking is None or asking.kind is not PrincipalKind.SYSTEM:
        for agreement in partnership.agreements:
            if any(grant.dataset == dataset_id for grant in agreement.grants):
                yield from _controllers(partnership, agreement, dataset_id, asking)


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


def _controllers(
    partnership: Partnership, agreement: Agreement, dataset_id: str, asking: Principal | None
) -> Iterator[Rule]:
    """Who answers to a person for what came under an agreement: each controller (UK GDPR, article 26).

    They answer for it for as long as it is held, when the agreement itself has ended too.
    """
    kinds = listed(kind.replace("_", " ") for kind in sorted(_MAY_ERASE))
    says = (
        f"Posts of a controller that has signed '{agreement.id}' may erase what came under it, and whoever "
        f"may erase it deals with the person's requests: {kinds}."
    )
    for party in controllers_of(agreement):
        days = bound(partnership, agreement, party)
        if days and (asking is None or asking.agency == party.agency):
            yield Rule(
                f"house: erase {dataset_id} under {agreement.id} by {party.agency}",
                Effect.PERMIT,
                says,
                (Action.ERASE,),
                agency_asking(party.agency),
                tuple(sorted(_MAY_ERASE)),
                dataset_id,
                days=days,
                under=agreement.id,
            )


def _permits(
    partnership: Partnership, agreement: Agreement, grant: Grant, asking: Principal | None
) -> Iterator[Rule]:
    if asking is None or asking.kind is PrincipalKind.SYSTEM:
        actions = actions_on(rung_of(partnership, agreement), BY_THE_SYSTEM)
        held = {one: to_the_system(partnership, agreement, grant.dataset, one) for one in agreement.purposes}
        for days, purposes in _alike(held):
            yield from _permit(agreement, grant, THE_SYSTEM, purposes, actions, days)
    if asking is not None and asking.kind is PrincipalKind.SYSTEM:
        return
    actions = actions_on(rung_of(partnership, agreement), BY_RECIPIENTS)
    if agreement.tier is Tier.OPEN_LICENCE:
        days = to_anybody(partnership, agreement, grant.dataset)
        yield from _permit(agreement, grant, None, agreement.purposes, actions, days)
        return
    for party in receivers_of(agreement):
        if asking is None or asking.agency == party.agency:
            had = {
                one: to_a_party(partnership, agreement, grant.dataset, party, one)
                for one in agreement.purposes
            }
            for days, purposes in _alike(had):
                receiver = agency_asking(party.agency)
                yield from _permit(agreement, grant, receiver, purposes, actions, days)


def _alike(served: Mapping[Purpose, Days]) -> Iterator[tuple[Days, tuple[Purpose, ...]]]:
    """Purposes by the days on which they are served, in their order."""
    found: dict[Days, list[Purpose]] = {}
    for purpose, days in served.items():
        found.setdefault(days, []).append(purpose)
    for days, purposes in found.items():
        yield days, tuple(purposes)


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
